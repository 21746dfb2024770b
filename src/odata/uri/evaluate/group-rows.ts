/** Parts rows into groups of equal values. */

import type { JsonValue } from '../../../base/json.ts';
import { printJson } from '../../../base/json.ts';
import type { ExpressionType } from '../check/expression-type.ts';
import type { TypedExpression } from '../check/typed-expression.ts';
import { type CompileContext, frameOf } from './compile-context.ts';
import { domainOf } from './domain.ts';
import { checkValueDepth, isStructure, memberOf } from './structures.ts';

/** Rows with the same values of the grouping properties, in the order of the first of each. */
export interface RowGroup {
  readonly rows: readonly unknown[];
  /** The values, in the order of the properties. */
  readonly values: readonly unknown[];
}

/** A function that groups rows by paths (OData Data Aggregation 4.0, section 3.2.3.1). */
export function groupRows(
  paths: readonly TypedExpression[],
  context: CompileContext,
): (rows: readonly unknown[]) => readonly RowGroup[] {
  const parts = paths.map((path) => ({ value: context.value(path), keyOf: valueKey(path.type, context) }));
  return (rows) => {
    const groups = new Map<string, { readonly rows: unknown[]; readonly values: readonly unknown[] }>();
    for (const row of rows) {
      const frame = frameOf(row, context.options, rows);
      const values = parts.map(({ value }) => value(row, frame) ?? null);
      const key = JSON.stringify(parts.map(({ keyOf }, index) => keyOf(values[index])));
      const known = groups.get(key);
      if (known === undefined) groups.set(key, { rows: [row], values });
      else known.rows.push(row);
    }
    return [...groups.values()];
  };
}

/** A text that equal values of a type have in common, and no others. */
export function valueKey(type: ExpressionType, context: CompileContext): (value: unknown) => string {
  const domain = domainOf(type, context);
  const key = type.kind === 'structured' ? (context.model.entityType(type.type.qualifiedName)?.key ?? []) : [];
  return (value) => {
    if (isStructure(value) && key.length > 0 && key.every((name) => memberOf(value, name) !== undefined)) {
      return printJson(key.map((name) => memberOf(value, name) as JsonValue));
    }
    const read = domain.read(value);
    if (read === null) return 'null';
    if (typeof read === 'object') return structureKey(read, 0);
    const isWhole = typeof read === 'number' && Number.isInteger(read);
    return `${typeof read === 'bigint' ? 'number' : typeof read} ${isWhole ? BigInt(read) : read}`;
  };
}

/** A text that equal objects and arrays have in common: members in any order, absent ones are null, no annotations. */
function structureKey(value: unknown, depth: number): string {
  checkValueDepth(depth);
  if (Array.isArray(value)) return `[${value.map((item) => structureKey(item, depth + 1)).join()}]`;
  if (!isStructure(value)) return printJson(value as JsonValue);
  const members = Object.entries(value)
    .filter(([name, member]) => !name.includes('@') && member !== null && member !== undefined)
    .map(([name, member]) => `${JSON.stringify(name)}:${structureKey(member, depth + 1)}`);
  return `{${members.sort().join()}}`;
}
