/** `$expand`, one level: single-valued lookups and collections with their own options. */

import { printJson } from '../../base/json.ts';
import { type ExpandItem, printRequestUri, type QueryOptions } from '../../odata/index.ts';
import { repeatedItem } from '../query/repeated-item.ts';
import type { StoredRow } from '../store/table-store.ts';
import { notImplemented, refusal } from '../wire/refusal.ts';
import { type DataverseExchange, printContext } from './exchange.ts';
import { checkQuery } from './filter-rules.ts';
import { propertyName } from './model/table-data.ts';
import { printRow } from './print-row.ts';
import { queryRows, relatedRow } from './row-query.ts';
import { selectedProperties, unknownProperty } from './select.ts';
import { type TableSchema, targetMember } from './table-schema.ts';

/** Expand items that one query may hold. */
const expandsMax = 15;
/** Rows that an expanded collection may hold. */
const childrenMax = 5000;

/** Prints the expanded members of a row. */
export type ExpandPrinter = (row: StoredRow) => readonly string[];

/** Prepares the printing of expanded members. Raises SERVICE_ERROR for what cannot be expanded. */
export function expandPrinter(
  items: readonly ExpandItem[] | undefined,
  table: TableSchema,
  exchange: DataverseExchange,
): ExpandPrinter {
  if (items === undefined || items.length === 0) return () => [];
  if (items.length > expandsMax) {
    throw refusal(
      400,
      '0x80060888',
      `The number of $expand items is ${items.length}; at most ${expandsMax} are allowed.`,
    );
  }
  const repeated = repeatedItem(items);
  if (repeated !== undefined) throw refusal(400, '0x80060888', `$expand names '${repeated}' more than once.`);
  const printers = items.map((item) => itemPrinter(item, table, exchange));
  return (row) => printers.flatMap((print) => print(row));
}

function itemPrinter(item: ExpandItem, table: TableSchema, exchange: DataverseExchange): ExpandPrinter {
  const [name = '', ...more] = item.path;
  if (more.length > 0) throw notImplemented('ExpandReference', `$expand of '${item.path.join('/')}'`);
  refuseOptions(item.options);
  const collection = table.collections.get(name);
  if (collection !== undefined) return collectionPrinter(item, name, table, exchange);
  if (!table.lookups.has(name)) {
    if (table.elsewhere.has(name)) throw notImplemented('Table', `the table that '${name}' points to`);
    throw unknownProperty(name, table);
  }
  const { filter, orderby, top } = item.options;
  if (filter !== undefined) throw notImplemented('ExpandFilter', `$filter inside $expand of the lookup '${name}'`);
  if (orderby !== undefined || top !== undefined) {
    throw refusal(
      400,
      '0x80060888',
      'Only $select and $filter clause can be provided while doing $expand on many-to-one relationship or nested one-to-many relationship.',
    );
  }
  const properties = lookupProperties(item, name, table, exchange);
  return (row) => {
    const related = relatedRow(row, name, table, exchange);
    if (related === undefined) return [`${printJson(name)}:null`];
    return [`${printJson(name)}:${printRow(related.row, related.table, { properties }, printContext(exchange))}`];
  };
}

/** What is printed of the row behind a lookup; of an owner only what users and teams share. */
function lookupProperties(
  item: ExpandItem,
  name: string,
  table: TableSchema,
  exchange: DataverseExchange,
): readonly string[] {
  const navigation = table.entityType.navigationProperty(name);
  const target = navigation === undefined ? undefined : exchange.schema.model.entityType(navigation.type);
  if (target === undefined) throw unknownProperty(name, table);
  if (!target.isAbstract) return selectedProperties(item.options.select, exchange.schema.table(target.name));
  for (const { path } of item.options.select ?? []) {
    const selected = path.join('/');
    if (selected !== '*' && target.property(selected) === undefined) {
      throw refusal(
        400,
        '0x80060888',
        `Could not find a property named '${selected}' on type '${target.qualifiedName}'.`,
      );
    }
  }
  return target.properties.map((property) => property.name);
}

function refuseOptions(options: QueryOptions): void {
  if (options.expand !== undefined) throw notImplemented('NestedExpand', 'a nested $expand');
  for (const name of ['skip', 'count', 'search'] as const) {
    if (options[name] !== undefined) {
      throw refusal(400, '0x80060888', `The query option $${name} is not supported inside $expand.`);
    }
  }
}

function collectionPrinter(
  item: ExpandItem,
  name: string,
  table: TableSchema,
  exchange: DataverseExchange,
): ExpandPrinter {
  const { filter, orderby, top, select } = item.options;
  const child = exchange.schema.table(table.collections.get(name)?.table ?? '');
  // Everything that can be refused is refused here: the answer has begun by the time its rows are printed.
  checkQuery({ filter, orderby }, child.entityType, exchange.schema.model);
  const properties = selectedProperties(select, child);
  return (row) => {
    const { rows } = collectionRows(row, name, table, exchange);
    const selected = queryRows(rows, { filter, orderby }, child, exchange);
    const children = selected
      .slice(0, Math.min(top ?? childrenMax, childrenMax))
      .map((childRow) => printRow(childRow, child, { properties }, printContext(exchange)));
    const link = navigationLink(row, name, item.options, table, exchange);
    return [`${printJson(name)}:[${children.join(',')}]`, `${printJson(`${name}@odata.nextLink`)}:${printJson(link)}`];
  };
}

/** The rows of a collection-valued navigation property of a row. */
export function collectionRows(
  row: StoredRow,
  name: string,
  table: TableSchema,
  exchange: Pick<DataverseExchange, 'schema' | 'store'>,
): { readonly rows: readonly StoredRow[]; readonly child: TableSchema } {
  const collection = table.collections.get(name);
  if (collection === undefined) throw unknownProperty(name, table);
  const child = exchange.schema.table(collection.table);
  const column = child.columns.get(collection.column);
  if (column === undefined) throw unknownProperty(collection.column, child);
  const rows = exchange.store.table(child.name).groups(propertyName(column)).get(row[table.data.primaryId]) ?? [];
  const isPolymorphic = (column.targets?.length ?? 0) > 1;
  return { rows: isPolymorphic ? rows.filter((item) => item[targetMember(column)] === table.name) : rows, child };
}

/** The link that asks for the children again, without a skip token. */
function navigationLink(
  row: StoredRow,
  name: string,
  options: QueryOptions,
  table: TableSchema,
  exchange: DataverseExchange,
): string {
  const key = {
    kind: 'keyPredicate' as const,
    parts: [
      {
        name: undefined,
        value: {
          kind: 'literal' as const,
          type: 'Edm.Guid' as const,
          text: String(row[table.data.primaryId]),
          position: 0,
        },
        position: 0,
      },
    ],
    position: 0,
  };
  const relative = printRequestUri({
    kind: 'requestUri',
    path: [
      { kind: 'name', name: table.data.entitySet, key, position: 0 },
      { kind: 'name', name, position: 0 },
    ],
    options,
  });
  return exchange.serviceRoot + relative;
}
