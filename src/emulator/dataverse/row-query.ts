/** Selects and orders rows of a table for a list; what it finds is kept until the table changes. */

import type { JsonValue } from '../../base/json.ts';
import {
  compareRows,
  compileFilter,
  type FilterExpression,
  type OrderByItem,
  printFilter,
  printOrderBy,
} from '../../odata/index.ts';
import type { StoredRow, TableStore } from '../store/table-store.ts';
import { checkQuery } from './filter-rules.ts';
import { propertyName } from './model/table-data.ts';
import type { DataverseSchema, TableSchema } from './table-schema.ts';

export interface RowQuery {
  readonly filter?: FilterExpression | undefined;
  readonly orderby?: readonly OrderByItem[] | undefined;
}

interface QueryContext {
  readonly schema: DataverseSchema;
  readonly store: TableStore;
}

const evaluation = { stringCollation: 'case-insensitive' } as const;

/** The rows of a whole table that a query selects, in its order. Raises SERVICE_ERROR. */
export function queryTable(query: RowQuery, table: TableSchema, context: QueryContext): readonly StoredRow[] {
  const paths = checkQuery(query, table.entityType, context.schema.model);
  const rows = context.store.table(table.name);
  // A query over lookups also depends on other tables, so its result is not kept.
  if (paths.navigation.size > 0) return select(rows.rows(), query, table, context, paths.navigation);
  const name = `query ${printQuery(query)}`;
  return rows.derived(name, () => select(rows.rows(), query, table, context, paths.navigation));
}

/** The same for the rows of a collection. */
export function queryRows(
  rows: readonly StoredRow[],
  query: RowQuery,
  table: TableSchema,
  context: QueryContext,
): readonly StoredRow[] {
  const paths = checkQuery(query, table.entityType, context.schema.model);
  return select(rows, query, table, context, paths.navigation);
}

/** The order of a query: its own, then the primary key, so that it is total. */
export function rowOrder(
  query: RowQuery,
  table: TableSchema,
  context: QueryContext,
): (left: StoredRow, right: StoredRow) => number {
  const { primaryId } = table.data;
  const byKey = (left: StoredRow, right: StoredRow): number =>
    String(left[primaryId]) < String(right[primaryId]) ? -1 : left[primaryId] === right[primaryId] ? 0 : 1;
  if (query.orderby === undefined || query.orderby.length === 0) return byKey;
  const byItems = compareRows(query.orderby, table.entityType, context.schema.model, evaluation);
  return (left, right) => byItems(left, right) || byKey(left, right);
}

function select(
  rows: readonly StoredRow[],
  query: RowQuery,
  table: TableSchema,
  context: QueryContext,
  navigation: ReadonlySet<string>,
): readonly StoredRow[] {
  const joined = navigation.size === 0 ? rows : rows.map((row) => joinLookups(row, navigation, table, context));
  const matches =
    query.filter === undefined
      ? undefined
      : compileFilter(query.filter, table.entityType, context.schema.model, evaluation);
  const selected = matches === undefined ? [...joined] : joined.filter(matches);
  return selected.sort(rowOrder(query, table, context));
}

/** The row with the rows its lookups point to as members, so that a path `primarycontactid/fullname` can be read. */
export function joinLookups(
  row: StoredRow,
  navigation: Iterable<string>,
  table: TableSchema,
  context: QueryContext,
): StoredRow {
  const related: Record<string, JsonValue> = {};
  for (const name of navigation) related[name] = relatedRow(row, name, table, context)?.row ?? null;
  return Object.assign(Object.create(row) as StoredRow, related);
}

/** The row that a lookup points to through one navigation property; undefined when it is empty or points elsewhere. */
export function relatedRow(
  row: StoredRow,
  navigation: string,
  table: TableSchema,
  context: QueryContext,
): { readonly row: StoredRow; readonly table: TableSchema } | undefined {
  const lookup = table.lookups.get(navigation);
  const id = lookup === undefined ? null : row[propertyName(lookup.column)];
  if (lookup === undefined || typeof id !== 'string') return undefined;
  for (const target of lookup.targets) {
    const found = context.store.table(target).get(id);
    if (found !== undefined) return { row: found, table: context.schema.table(target) };
  }
  return undefined;
}

function printQuery(query: RowQuery): string {
  const filter = query.filter === undefined ? '' : printFilter(query.filter);
  const orderby = query.orderby === undefined ? '' : printOrderBy(query.orderby);
  return `${filter}\u0000${orderby}`;
}
