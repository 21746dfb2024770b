/** Prints rows of Dataverse tables: annotations before their property, decimals with their fixed scale. */

import { type JsonValue, printJson } from '../../base/json.ts';
import type { StoredRow, TableStore } from '../store/table-store.ts';
import { formattedValue, lookupTarget } from './formatted-value.ts';
import { type ColumnData, isLookup, propertyName } from './model/table-data.ts';
import type { AnnotationFilter } from './preferences.ts';
import type { DataverseSchema, TableSchema } from './table-schema.ts';

export interface PrintContext {
  readonly schema: DataverseSchema;
  readonly store: TableStore;
  readonly includesAnnotation: AnnotationFilter | undefined;
}

export interface PrintRowOptions {
  /** Properties in the order in which they are printed. */
  readonly properties: readonly string[];
  /** Printed members that come first: `"@odata.context":"…"`. */
  readonly before?: readonly string[];
  /** Printed members that come last: expanded navigation properties. */
  readonly after?: readonly string[];
}

/** The text of one row as a JSON object. */
export function printRow(row: StoredRow, table: TableSchema, options: PrintRowOptions, context: PrintContext): string {
  const members = [...(options.before ?? []), `"@odata.etag":${printJson(etagOf(row))}`];
  for (const name of options.properties) {
    const column = table.columnsByProperty.get(name);
    if (column !== undefined && context.includesAnnotation !== undefined) {
      members.push(...annotations(row, column, context, context.includesAnnotation));
    }
    members.push(`${printJson(name)}:${printValue(row[name] ?? null, column)}`);
  }
  members.push(...(options.after ?? []));
  return `{${members.join(',')}}`;
}

/** The ETag of a row: weak, from its version number. */
export function etagOf(row: StoredRow): string {
  return `W/"${row.versionnumber}"`;
}

function printValue(value: JsonValue, column: ColumnData | undefined): string {
  if (typeof value === 'number' && column?.type === 'Money') return value.toFixed(4);
  if (typeof value === 'number' && column?.type === 'Decimal') return value.toFixed(column.precision ?? 2);
  return printJson(value);
}

function annotations(
  row: StoredRow,
  column: ColumnData,
  context: PrintContext,
  includes: AnnotationFilter,
): readonly string[] {
  const name = propertyName(column);
  const members: string[] = [];
  const add = (term: string, value: string | undefined): void => {
    if (value !== undefined && includes(term)) members.push(`${printJson(`${name}@${term}`)}:${printJson(value)}`);
  };
  add('OData.Community.Display.V1.FormattedValue', formattedValue(row, column, context));
  if (isLookup(column)) {
    const target = lookupTarget(row, column);
    add(
      'Microsoft.Dynamics.CRM.associatednavigationproperty',
      column.targets?.find((candidate) => candidate.table === target)?.navigation,
    );
    add('Microsoft.Dynamics.CRM.lookuplogicalname', target);
  }
  return members;
}
