/** Evaluates `$apply` on rows. */

import type { Model, StructuredType } from '../../model/model.ts';
import type { Row } from '../../row.ts';
import { type CheckedApply, checkApply, type TypedSequence, type TypedTransformation } from '../check/check-apply.ts';
import type { TypedExpression } from '../check/typed-expression.ts';
import type { ApplySequence, ApplyTransformation } from '../tree/apply-transformation.ts';
import { aggregator } from './aggregate.ts';
import { compileGroupBy } from './apply-group-by.ts';
import { compileNesting } from './apply-nesting.ts';
import { compileRank } from './apply-rank.ts';
import { rowOrder } from './compare-rows.ts';
import { computeMembers } from './compile-compute.ts';
import { type CompileContext, type EvaluateOptions, frameOf, jsonOf, notEvaluated } from './compile-context.ts';
import { compileContext } from './compile-expression.ts';
import { compileSearch, rowTexts } from './compile-search.ts';
import { checkRowCount, gatherRows } from './transformed-rows.ts';

/** What a transformation makes of its input. */
export type Transform = (rows: readonly Row[]) => readonly Row[];

/**
 * The rows that a sequence of transformations leaves (OData Data Aggregation 4.0, section 3). Entities that several
 * paths reach are taken each time. Not evaluated, and refused with ODATA_TYPE_MISMATCH before a row is read:
 * `ancestors`, `descendants`, `traverse`, `rolluprecursive`, a rollup of a named hierarchy, aggregates and methods of
 * the service itself, and transformations that are functions of the service. Otherwise errors as `checkApply` and
 * `compileFilter`.
 */
export function applyTransformations(
  sequence: ApplySequence | CheckedApply,
  rows: readonly Row[],
  entityType: StructuredType | undefined,
  model: Model,
  options: EvaluateOptions = {},
): readonly Row[] {
  const checked = 'kind' in sequence ? sequence : checkApply(sequence, entityType, model, options);
  return compileSequence(checked.sequence, compileContext(checked.model, options, true))(rows);
}

/** The transformations as one function, one working on the result of the one before. */
function compileSequence({ steps }: TypedSequence, context: CompileContext): Transform {
  const transforms = steps.map((step) => compileTransformation(step, context));
  return (rows) =>
    transforms.reduce((input: readonly Row[], transform) => {
      const output = transform(input);
      checkRowCount(output.length);
      return output;
    }, rows);
}

function compileTransformation(step: TypedTransformation, context: CompileContext): Transform {
  const { transformation } = step;
  const within = (sequence: TypedSequence) => compileSequence(sequence, context);
  switch (transformation.kind) {
    case 'aggregate': {
      const members = step.aggregates.map((aggregate) => [aggregate.name, aggregator(aggregate, context)] as const);
      return (rows) => {
        const frame = frameOf(undefined, context.options, rows);
        return [Object.fromEntries(members.map(([name, aggregate]) => [name, jsonOf(aggregate(rows, frame))])) as Row];
      };
    }
    case 'compute': {
      const compute = computeMembers(step.computed, context);
      return (rows) => rows.map((row) => compute(row, rows));
    }
    case 'concat': {
      const transforms = step.sequences.map(within);
      return (rows) => gatherRows(transforms, (transform) => transform(rows));
    }
    case 'groupby':
      return compileGroupBy(step, context, within);
    case 'filter': {
      const condition = context.condition(firstOf(step));
      return (rows) => rows.filter((row) => condition(row, frameOf(row, context.options, rows)) === true);
    }
    case 'orderby': {
      const order = rowOrder(step.order, context);
      return (rows) => [...rows].sort((left, right) => order(left, right, rows));
    }
    case 'search': {
      const test = compileSearch(transformation.expression, context.options.searchTexts ?? rowTexts);
      return (rows) => rows.filter(test);
    }
    case 'skip':
      return (rows) => rows.slice(transformation.count);
    case 'top':
      return (rows) => rows.slice(0, transformation.count);
    case 'identity':
      return (rows) => rows;
    default:
      return compileOther(step, context, within);
  }
}

function compileOther(
  step: TypedTransformation,
  context: CompileContext,
  within: (sequence: TypedSequence) => Transform,
): Transform {
  const { transformation } = step;
  switch (transformation.kind) {
    case 'topcount':
    case 'topsum':
    case 'toppercent':
    case 'bottomcount':
    case 'bottomsum':
    case 'bottompercent':
      return compileRank(transformation.kind, step, context);
    case 'join':
    case 'outerjoin':
    case 'nest':
    case 'addnested':
      return compileNesting(transformation, step, context, within);
    default:
      throw refused(transformation);
  }
}

function refused(transformation: ApplyTransformation): Error {
  const name = transformation.kind === 'custom' ? transformation.call.name : transformation.kind;
  return notEvaluated(`The transformation ${name}`, transformation.position);
}

function firstOf({ expressions, transformation }: TypedTransformation): TypedExpression {
  const [first] = expressions;
  if (first === undefined) throw refused(transformation);
  return first;
}
