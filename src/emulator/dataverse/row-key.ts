/** Finds the row that a key predicate addresses: by primary key, or by an alternate key. */

import type { JsonValue } from '../../base/json.ts';
import { type KeyPart, type KeyPredicate, keyLiteral, literalValue } from '../../odata/index.ts';
import { areComparable } from '../query/comparison-types.ts';
import type { StoredRow, Table } from '../store/table-store.ts';
import { refusal } from '../wire/refusal.ts';
import type { TableSchema } from './table-schema.ts';

/** What a key predicate says. */
export type RowKey =
  | { readonly kind: 'primary'; readonly id: string }
  | { readonly kind: 'alternate'; readonly values: ReadonlyMap<string, JsonValue> };

/** Reads a key predicate. Raises SERVICE_ERROR 400 when its names are not those of a key, or its values not of their types. */
export function readRowKey(predicate: KeyPredicate, table: TableSchema): RowKey {
  const [first] = predicate.parts;
  const { primaryId, edmKey } = table.data;
  if (predicate.parts.length === 1 && first !== undefined) {
    const isPrimary = first.name === undefined || first.name === primaryId || first.name === edmKey;
    const value = keyLiteral(first);
    if (isPrimary && value.type === 'Edm.Guid') return { kind: 'primary', id: value.text.toLowerCase() };
    if (isPrimary) throw invalidKey(table);
  }
  const names = predicate.parts.map((part) => part.name ?? '');
  const isDeclared = table.alternateKeys.some(
    (key) => key.length === names.length && key.every((column) => names.includes(propertyOf(column, table))),
  );
  if (!isDeclared) throw invalidKey(table);
  return {
    kind: 'alternate',
    values: new Map(predicate.parts.map((part) => [part.name ?? '', alternateValue(part, table)])),
  };
}

/** The value of an alternate key column. Raises SERVICE_ERROR 400 for null and for literals of another type. */
function alternateValue(part: KeyPart, table: TableSchema): JsonValue {
  const { name = '' } = part;
  const value = keyLiteral(part);
  const type = table.entityType.property(name)?.type ?? 'Edm.String';
  if (value.type !== 'null' && areComparable(type, value.type)) return literalValue(value);
  throw refusal(400, '0x80060888', `The key value of '${name}' has the type ${value.type}; expected ${type}.`);
}

/** The row, or undefined. */
export function findRow(key: RowKey, rows: Table): StoredRow | undefined {
  if (key.kind === 'primary') return rows.get(key.id);
  const [[firstName, firstValue] = ['', null]] = key.values;
  const sameFirst = alternateIndex(rows, firstName).get(collated(firstValue)) ?? [];
  return sameFirst.find((row) =>
    [...key.values].every(([name, value]) => collated(row[name] ?? null) === collated(value)),
  );
}

/** The refusal for a row that is not there. */
export function rowMissing(key: RowKey, table: TableSchema): Error {
  if (key.kind === 'alternate') {
    return refusal(404, '0x80060891', `A record with the specified key values does not exist in ${table.name} entity`);
  }
  return refusal(404, '0x80040217', `Entity '${table.name}' With Id = ${key.id} Does Not Exist`);
}

/**
 * Raises SERVICE_ERROR 412 when another row has the same value for an alternate key. Rows without a value are not
 * compared: the index leaves nulls out.
 */
export function checkAlternateKeys(row: StoredRow, id: string, table: TableSchema, rows: Table): void {
  for (const columns of table.alternateKeys) {
    const properties = columns.map((column) => propertyOf(column, table));
    const values = properties.map((name) => row[name] ?? null);
    if (values.some((value) => value === null)) continue;
    const key: RowKey = {
      kind: 'alternate',
      values: new Map(properties.map((name, index) => [name, values[index] ?? null])),
    };
    const other = findRow(key, rows);
    if (other !== undefined && other[table.data.primaryId] !== id) {
      throw refusal(
        412,
        '0x80060892',
        `Entity Key ${columns.join('_')} violated. A record with the same value for ${columns.join(', ')} already exists. A duplicate record cannot be created. Select one or more unique values and try again.`,
      );
    }
  }
}

function propertyOf(column: string, table: TableSchema): string {
  return table.columnsByProperty.has(`_${column}_value`) ? `_${column}_value` : column;
}

function invalidKey(table: TableSchema): Error {
  return refusal(
    400,
    '0x80060888',
    `The key in the request URI is not valid for resource '${table.entityType.qualifiedName}'. Ensure that the names and number of key properties match the declared or alternate key properties for the resource '${table.entityType.qualifiedName}'.`,
  );
}

/** Comparison in keys ignores case, as the database does. */
function collated(value: JsonValue): JsonValue {
  return typeof value === 'string' ? value.toLowerCase() : value;
}

function alternateIndex(rows: Table, property: string): ReadonlyMap<JsonValue, readonly StoredRow[]> {
  return rows.derived(`alternate ${property}`, () => {
    const index = new Map<JsonValue, StoredRow[]>();
    for (const row of rows.rows()) {
      const value = collated(row[property] ?? null);
      const found = index.get(value);
      if (found === undefined) index.set(value, [row]);
      else found.push(row);
    }
    return index;
  });
}
