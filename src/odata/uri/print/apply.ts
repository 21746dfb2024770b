/** Apply sequence → text, not percent-encoded. */

import type {
  ApplySequence,
  ApplyTransformation,
  GroupByElement,
  RecursiveHierarchy,
} from '../tree/apply-transformation.ts';
import type { ComputeItem } from '../tree/compute-item.ts';
import type { OrderByItem } from '../tree/order-by-item.ts';
import { printAggregateItem, printExpressionNode } from './expression.ts';
import { printSearch } from './search.ts';

/** The value of `$apply` (OData Data Aggregation 4.0, section 3). */
export function printApply(sequence: ApplySequence): string {
  return sequence.map(printTransformation).join('/');
}

/** The value of `$compute` (OData 4.01 URL 5.1.2). */
export function printCompute(items: readonly ComputeItem[]): string {
  return items.map(({ expression, alias }) => `${printExpressionNode(expression)} as ${alias}`).join(',');
}

/** The value of `$orderby` (OData 4.01 URL 5.1.6); `asc` is left out. */
export function printOrderBy(items: readonly OrderByItem[]): string {
  return items
    .map(({ expression, direction }) => `${printExpressionNode(expression)}${direction === 'desc' ? ' desc' : ''}`)
    .join(',');
}

function printTransformation(tree: ApplyTransformation): string {
  if (tree.kind === 'identity') return tree.kind;
  if (tree.kind === 'custom') return printExpressionNode(tree.call);
  return `${tree.kind}(${bodyOf(tree).join(',')})`;
}

/** What stands in the parentheses, part by part. */
function bodyOf(tree: Exclude<ApplyTransformation, { readonly kind: 'identity' | 'custom' }>): readonly string[] {
  switch (tree.kind) {
    case 'aggregate':
      return tree.items.map(printAggregateItem);
    case 'compute':
      return [printCompute(tree.items)];
    case 'concat':
      return tree.sequences.map(printApply);
    case 'groupby':
      return [`(${tree.groups.map(printElement).join(',')})`, ...applyOf(tree)];
    case 'join':
    case 'outerjoin':
      return [`${printExpressionNode(tree.property)} as ${tree.alias}`, ...applyOf(tree)];
    case 'nest':
    case 'addnested': {
      const items = tree.items.map(({ apply, alias }) => `${printApply(apply)} as ${alias}`);
      return tree.property === undefined ? items : [printExpressionNode(tree.property), ...items];
    }
    case 'filter':
      return [printExpressionNode(tree.predicate)];
    case 'search':
      return [printSearch(tree.expression)];
    case 'orderby':
      return [printOrderBy(tree.items)];
    case 'skip':
    case 'top':
      return [tree.count.toString()];
    case 'ancestors':
    case 'descendants': {
      const distance = tree.distance === undefined ? [] : [tree.distance.toString()];
      const keep = tree.keepStart ? ['keep start'] : [];
      return [...hierarchyOf(tree.hierarchy), ...tree.starts.map(printApply), ...distance, ...keep];
    }
    case 'traverse': {
      const starts = tree.starts === undefined ? [] : [printApply(tree.starts)];
      const items = tree.items.length === 0 ? [] : [printOrderBy(tree.items)];
      return [...hierarchyOf(tree.hierarchy), tree.order, ...starts, ...items];
    }
    default:
      return [printExpressionNode(tree.amount), printExpressionNode(tree.by)];
  }
}

function printElement(element: GroupByElement): string {
  switch (element.kind) {
    case 'propertyPath':
      return printExpressionNode(element);
    case 'rollup':
      return `rollup(${element.properties.map((property) => printExpressionNode(property)).join(',')})`;
    case 'rolluprecursive':
      return `rolluprecursive(${[...hierarchyOf(element.hierarchy), ...applyOf(element)].join(',')})`;
  }
}

function hierarchyOf({ nodes, qualifier, property }: RecursiveHierarchy): readonly string[] {
  return [printExpressionNode(nodes), qualifier, printExpressionNode(property)];
}

function applyOf({ apply }: { readonly apply?: ApplySequence }): readonly string[] {
  return apply === undefined ? [] : [printApply(apply)];
}
