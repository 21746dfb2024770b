/** Reads the body of a create or update into column values: properties, lookups by bind, and what is refused. */

import { isRialtoError } from '../../base/errors.ts';
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '../../base/json.ts';
import { parseResourcePath } from '../../odata/index.ts';
import type { DataverseSettings } from '../options.ts';
import type { TableStore } from '../store/table-store.ts';
import { notImplemented, refusal } from '../wire/refusal.ts';
import { columnValue, payloadError } from './column-value.ts';
import { propertyName } from './model/table-data.ts';
import { findRow, readRowKey, rowMissing } from './row-key.ts';
import { type DataverseSchema, type LookupNavigation, type TableSchema, targetMember } from './table-schema.ts';

export interface WriteContext {
  readonly schema: DataverseSchema;
  readonly store: TableStore;
  readonly settings: DataverseSettings;
  /** Absolute references must point here: `http://127.0.0.1:8367`. */
  readonly origins: ReadonlySet<string>;
}

/** Parses a request body. Raises SERVICE_ERROR 400 when it is not a JSON object. */
export function parseBody(text: string, entitySet: string): JsonObject {
  try {
    const body = parseJson(text === '' ? '{}' : text, { what: 'the request body' });
    if (isJsonObject(body)) return body;
  } catch (error) {
    if (!isRialtoError(error) || error.code !== 'JSON_INVALID') throw error;
    throw payloadError(entitySet, `Invalid JSON. ${error.message}`);
  }
  throw payloadError(entitySet, "An unexpected node was found when reading a resource; expected 'StartObject'.");
}

/** The column values of a body, as own members of a row. Raises SERVICE_ERROR 400, 404 or 501. */
export function readColumns(body: JsonObject, table: TableSchema, context: WriteContext): Record<string, JsonValue> {
  const values: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(body)) {
    if (name.startsWith('@')) continue;
    const bound = /^(.+)@odata\.bind$/.exec(name)?.[1];
    if (bound !== undefined) Object.assign(values, bind(bound, value, table, context));
    else if (name.includes('@')) checkAnnotation(name, table);
    else Object.assign(values, member(name, value, table));
  }
  return values;
}

/** Annotations of known properties say nothing to the service; a misspelled bind must not be taken for one. */
function checkAnnotation(name: string, table: TableSchema): void {
  const property = name.slice(0, name.indexOf('@'));
  const isDeclared = [table.columnsByProperty, table.lookups, table.collections, table.elsewhere].some((names) =>
    names.has(property),
  );
  if (!isDeclared || /@odata\.bind$/i.test(name)) throw undeclared(property, table);
}

function member(name: string, value: JsonValue, table: TableSchema): Record<string, JsonValue> {
  const column = table.columnsByProperty.get(name);
  if (column === undefined) {
    const lookup = table.lookups.get(name);
    if (lookup !== undefined && value === null) return clearedLookup(lookup);
    if (lookup !== undefined || table.collections.has(name) || table.elsewhere.has(name)) {
      throw notImplemented('DeepInsert', `deep insert (here of '${name}')`);
    }
    if (name === table.data.edmKey && name !== table.data.primaryId)
      return { [table.data.primaryId]: guidOf(value, table) };
    throw payloadError(
      table.data.entitySet,
      `The property '${name}' does not exist on type '${table.entityType.qualifiedName}'. Make sure to only use property names that are defined by the type.`,
    );
  }
  if (name !== column.name) {
    throw refusal(
      400,
      '0x80060888',
      'CRM do not support direct update of Entity Reference properties, Use Navigation properties instead.',
    );
  }
  const checked = columnValue(value, column, table);
  // Columns that are not valid for writing are dropped without a word, as the platform does.
  return column.readOnly === true && name !== table.data.primaryId ? {} : { [name]: checked };
}

function guidOf(value: JsonValue, table: TableSchema): JsonValue {
  const column = table.columns.get(table.data.primaryId);
  return column === undefined ? value : columnValue(value, column, table);
}

function bind(name: string, value: JsonValue, table: TableSchema, context: WriteContext): Record<string, JsonValue> {
  const lookup = table.lookups.get(name);
  if (lookup === undefined) {
    if (table.collections.has(name)) throw notImplemented('CollectionBind', `binding the collection '${name}'`);
    if (table.elsewhere.has(name)) throw notImplemented('Table', `the table that '${name}' points to`);
    throw undeclared(name, table);
  }
  if (lookup.isInherited && context.settings.inheritedBinds === 'reject') throw undeclared(name, table);
  if (lookup.column.readOnly === true) return {};
  if (value === null) return clearedLookup(lookup);
  if (typeof value !== 'string') {
    throw payloadError(table.data.entitySet, `The value of '${name}@odata.bind' must be the URI of one row.`);
  }
  return boundLookup(lookup, value, table, context);
}

/** A misspelled or wrongly cased bind: the annotation of a property that there is not. */
function undeclared(name: string, table: TableSchema): Error {
  return payloadError(
    table.data.entitySet,
    `An undeclared property '${name}' which only has property annotations in the payload but no property value was found in the payload. In OData, only declared navigation properties and declared named streams can be represented as properties without values.`,
  );
}

function clearedLookup(lookup: LookupNavigation): Record<string, JsonValue> {
  return { [propertyName(lookup.column)]: null, [targetMember(lookup.column)]: null };
}

function boundLookup(
  lookup: LookupNavigation,
  reference: string,
  table: TableSchema,
  context: WriteContext,
): Record<string, JsonValue> {
  const { target, id } = resolveReference(reference, table, context);
  if (!lookup.targets.includes(target.name)) {
    throw payloadError(
      table.data.entitySet,
      `The reference '${reference}' of '${lookup.name}@odata.bind' addresses a ${target.name}; expected ${lookup.targets.join(' or ')}.`,
    );
  }
  return { [propertyName(lookup.column)]: id, [targetMember(lookup.column)]: target.name };
}

/** The row behind `/accounts(id)`, `accounts(id)`, `/accounts(key='x')` or an absolute URI. */
function resolveReference(
  reference: string,
  table: TableSchema,
  context: WriteContext,
): { readonly target: TableSchema; readonly id: string } {
  const segment = parseReference(relativeReference(reference, context), table);
  const target = context.schema.tableOfSet(segment.name);
  if (target === undefined) {
    throw refusal(400, '0x80060888', `Resource not found for the segment '${segment.name}'.`);
  }
  const key = readRowKey(segment.key, target);
  const row = findRow(key, context.store.table(target.name));
  const id = row?.[target.data.primaryId];
  if (typeof id !== 'string') throw rowMissing(key, target);
  return { target, id };
}

function relativeReference(reference: string, context: WriteContext): string {
  const absolute = /^(https?:\/\/[^/]+)\/api\/data\/v[\d.]+\/(.*)$/i.exec(reference);
  if (absolute === null) return reference.replace(/^\//, '');
  const [, origin = '', rest = ''] = absolute;
  return context.origins.has(origin.toLowerCase()) ? rest : reference;
}

function parseReference(relative: string, table: TableSchema): Required<{ name: string }> & { key: RowKeyPredicate } {
  try {
    const [first, ...rest] = parseResourcePath(relative, { version: '4.0' });
    if (first?.kind === 'name' && first.key !== undefined && rest.length === 0)
      return { name: first.name, key: first.key };
  } catch (error) {
    if (!isRialtoError(error) || error.code !== 'ODATA_SYNTAX') throw error;
  }
  throw payloadError(table.data.entitySet, `The reference '${relative.slice(0, 200)}' is not the URI of one row.`);
}

type RowKeyPredicate = Parameters<typeof readRowKey>[0];
