/** `join`, `outerjoin`, `nest` and `addnested` on rows. */

import type { JsonValue } from '../../../base/json.ts';
import type { Row } from '../../row.ts';
import type { TypedSequence, TypedTransformation } from '../check/check-apply.ts';
import type { JoinTransformation, NestTransformation } from '../tree/apply-transformation.ts';
import type { Transform } from './apply-transformations.ts';
import { withMembers } from './compile-compute.ts';
import { type CompileContext, frameOf } from './compile-context.ts';
import { isStructure } from './structures.ts';
import { checkRowCount, gatherRows } from './transformed-rows.ts';

/** Related rows beside or within each row (OData Data Aggregation 4.0, sections 3.5.1 to 3.5.3). */
export function compileNesting(
  transformation: JoinTransformation | NestTransformation,
  step: TypedTransformation,
  context: CompileContext,
  within: (sequence: TypedSequence) => Transform,
): Transform {
  const transforms = step.sequences.map(within);
  const [path] = step.expressions;
  if ('items' in transformation) {
    const aliases = transformation.items.map(({ alias }) => alias);
    const nested = (input: readonly Row[]) =>
      transforms.map((transform, index) => [aliases[index] ?? '', transform(input) as JsonValue] as const);
    if (path === undefined) return (rows) => [withMembers({}, nested(rows))];
    const related = relatedRows(path, context);
    return (rows) => {
      let count = 0;
      return rows.map((row) => {
        const members = nested(related(row));
        for (const [, found] of members) count += Array.isArray(found) ? found.length : 0;
        checkRowCount(count);
        return withMembers(row, members);
      });
    };
  }
  const related = path === undefined ? () => [] : relatedRows(path, context);
  const [transform = (rows: readonly Row[]) => rows] = transforms;
  const { alias, kind } = transformation;
  return (rows) =>
    gatherRows(rows, (row) => {
      const found = transform(related(row));
      if (found.length === 0) return kind === 'outerjoin' ? [withMembers(row, [[alias, null]])] : [];
      return found.map((each) => withMembers(row, [[alias, each]]));
    });
}

function relatedRows(
  path: TypedTransformation['expressions'][number],
  context: CompileContext,
): (row: Row) => readonly Row[] {
  const value = context.value(path);
  return (row) => {
    const found = value(row, frameOf(row, context.options));
    return Array.isArray(found) ? found : isStructure(found) ? [found] : [];
  };
}
