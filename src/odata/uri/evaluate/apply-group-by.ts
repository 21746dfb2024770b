/** `groupby` on rows. */

import type { JsonValue } from '../../../base/json.ts';
import { checkLimit } from '../../../base/limits.ts';
import type { Row } from '../../row.ts';
import type { TypedGroup, TypedSequence, TypedTransformation } from '../check/check-apply.ts';
import type { TypedExpression } from '../check/typed-expression.ts';
import type { Transform } from './apply-transformations.ts';
import { withMembers } from './compile-compute.ts';
import { type CompileContext, notEvaluated } from './compile-context.ts';
import { groupRows } from './group-rows.ts';
import { isStructure, memberOf } from './structures.ts';
import { gatherRows } from './transformed-rows.ts';

/** Groupings that rollups multiply to. */
const groupingsMax = 1_000;

/**
 * Groups rows, transforms each group, and gives each row that comes of it the values of its group; with rollups for
 * every combination of levels, finest first (OData Data Aggregation 4.0, section 3.2.3).
 */
export function compileGroupBy(
  step: TypedTransformation,
  context: CompileContext,
  within: (sequence: TypedSequence) => Transform,
): Transform {
  const [sequence] = step.sequences;
  const transform: Transform = sequence === undefined ? () => [{}] : within(sequence);
  const groupings = combinations(step.groups.map(levelsOf)).map((paths) => {
    return { group: groupRows(paths, context), names: paths.map(memberNames) };
  });
  return (rows) =>
    gatherRows(groupings, ({ group, names }) =>
      gatherRows(group(rows), ({ rows: members, values }) =>
        transform(members as readonly Row[]).map((row) =>
          names.reduce((result, path, index) => withPath(result, path, values[index] as JsonValue), row),
        ),
      ),
    );
}

/** The path alone, or the levels of a rollup without the last, the last two, and so on. */
function levelsOf({ element, paths }: TypedGroup): readonly (readonly TypedExpression[])[] {
  if (element.kind === 'propertyPath') return [paths];
  if (element.kind === 'rolluprecursive') throw notEvaluated('rolluprecursive', element.position);
  if (paths.length === 0) throw notEvaluated('A rollup of a named hierarchy', element.position);
  return paths.map((_path, index) => paths.slice(0, paths.length - index));
}

function combinations(
  groups: readonly (readonly (readonly TypedExpression[])[])[],
): readonly (readonly TypedExpression[])[] {
  return groups.reduce(
    (all: readonly (readonly TypedExpression[])[], levels) => {
      checkLimit('groupingsMax', groupingsMax, all.length * levels.length, 'The number of groupings');
      return all.flatMap((paths) => levels.map((level) => [...paths, ...level]));
    },
    [[]],
  );
}

function memberNames({ path }: TypedExpression): readonly string[] {
  return (path?.steps ?? []).flatMap((step) => (step.kind === 'member' ? [step.name] : []));
}

/** A copy of the row in which a path leads to a value. */
function withPath(row: Row, [name, ...behind]: readonly string[], value: JsonValue): Row {
  if (name === undefined) return row;
  if (behind.length === 0) return withMembers(row, [[name, value]]);
  const inner = memberOf(row, name);
  return withMembers(row, [[name, withPath(isStructure(inner) ? inner : {}, behind, value)]]);
}
