/** Puts the values of parameter aliases in their place within query options. */

import { checkLimit } from '../../../base/limits.ts';
import type { ApplySequence, ApplyTransformation, GroupByElement } from '../tree/apply-transformation.ts';
import type { ComputeItem } from '../tree/compute-item.ts';
import type { OrderByItem } from '../tree/order-by-item.ts';
import type { QueryOptions } from '../tree/query-options.ts';
import { uriLimits } from '../uri-limits.ts';
import type { AliasValues } from './alias-values.ts';

/** The options without aliases, those of items within them too. Raises as `AliasValues`. */
export function resolveOptions(options: QueryOptions, values: AliasValues, depth = 0): QueryOptions {
  checkLimit('uriDepthMax', uriLimits.uriDepthMax, depth, 'The nesting of query options');
  const { aliases: _aliases, filter, orderby, compute, apply, select, expand, ...others } = options;
  return {
    ...others,
    ...(filter === undefined ? {} : { filter: values.expression(filter) }),
    ...(orderby === undefined ? {} : { orderby: resolveOrder(orderby, values) }),
    ...(compute === undefined ? {} : { compute: resolveCompute(compute, values) }),
    ...(apply === undefined ? {} : { apply: resolveSequence(apply, values, depth) }),
    ...(select === undefined
      ? {}
      : {
          select: select.map((item) =>
            item.options === undefined ? item : { ...item, options: resolveOptions(item.options, values, depth + 1) },
          ),
        }),
    ...(expand === undefined
      ? {}
      : { expand: expand.map((item) => ({ ...item, options: resolveOptions(item.options, values, depth + 1) })) }),
  };
}

function resolveOrder(items: readonly OrderByItem[], values: AliasValues): readonly OrderByItem[] {
  return items.map((item) => ({ ...item, expression: values.expression(item.expression) }));
}

function resolveCompute(items: readonly ComputeItem[], values: AliasValues): readonly ComputeItem[] {
  return items.map((item) => ({ ...item, expression: values.expression(item.expression) }));
}

function resolveSequence(sequence: ApplySequence, values: AliasValues, depth: number): ApplySequence {
  checkLimit('uriDepthMax', uriLimits.uriDepthMax, depth, 'The nesting of transformations');
  const inner = (within: ApplySequence) => resolveSequence(within, values, depth + 1);
  return sequence.map((transformation) => resolveTransformation(transformation, values, inner));
}

function resolveTransformation(
  transformation: ApplyTransformation,
  values: AliasValues,
  inner: (sequence: ApplySequence) => ApplySequence,
): ApplyTransformation {
  switch (transformation.kind) {
    case 'aggregate':
      return { ...transformation, items: transformation.items.map((item) => values.aggregate(item)) };
    case 'compute':
      return { ...transformation, items: resolveCompute(transformation.items, values) };
    case 'concat':
      return { ...transformation, sequences: transformation.sequences.map(inner) };
    case 'groupby': {
      const apply = transformation.apply === undefined ? {} : { apply: inner(transformation.apply) };
      return { ...transformation, groups: transformation.groups.map((group) => resolveGroup(group, inner)), ...apply };
    }
    case 'join':
    case 'outerjoin':
      return transformation.apply === undefined
        ? transformation
        : { ...transformation, apply: inner(transformation.apply) };
    case 'nest':
    case 'addnested':
      return {
        ...transformation,
        items: transformation.items.map(({ apply, alias }) => ({ apply: inner(apply), alias })),
      };
    case 'filter':
      return { ...transformation, predicate: values.expression(transformation.predicate) };
    case 'orderby':
      return { ...transformation, items: resolveOrder(transformation.items, values) };
    case 'ancestors':
    case 'descendants':
      return { ...transformation, starts: transformation.starts.map(inner) };
    case 'traverse': {
      const starts = transformation.starts === undefined ? {} : { starts: inner(transformation.starts) };
      return { ...transformation, ...starts, items: resolveOrder(transformation.items, values) };
    }
    case 'custom': {
      const { call } = transformation;
      return { ...transformation, call: { ...call, arguments: values.arguments(call.arguments) } };
    }
    default:
      if (!('amount' in transformation)) return transformation;
      return {
        ...transformation,
        amount: values.expression(transformation.amount),
        by: values.expression(transformation.by),
      };
  }
}

function resolveGroup(group: GroupByElement, inner: (sequence: ApplySequence) => ApplySequence): GroupByElement {
  return group.kind === 'rolluprecursive' && group.apply !== undefined
    ? { ...group, apply: inner(group.apply) }
    : group;
}
