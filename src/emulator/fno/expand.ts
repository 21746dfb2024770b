/** `$expand`, first level, with `$select` alone. */

import { printJson } from '../../base/json.ts';
import type { ExpandItem } from '../../odata/index.ts';
import { repeatedItem } from '../query/repeated-item.ts';
import type { StoredRow } from '../store/table-store.ts';
import { notImplemented } from '../wire/refusal.ts';
import type { EntitySchema } from './entity-schema.ts';
import type { FnoExchange } from './exchange.ts';
import { requestFailure } from './failures.ts';
import { unknownField } from './filter-rules.ts';
import { rowPrinter } from './print-row.ts';
import { selectedFields } from './select.ts';

/** Prints the expanded members of a row, each with a comma in front. */
export type ExpandPrinter = (row: StoredRow) => string;

/** Prepares the printing of expanded members. Raises SERVICE_ERROR. */
export function expandPrinter(
  items: readonly ExpandItem[] | undefined,
  entity: EntitySchema,
  exchange: FnoExchange,
): ExpandPrinter {
  const repeated = repeatedItem(items ?? []);
  if (repeated !== undefined) throw requestFailure(`$expand names '${repeated}' more than once.`);
  const printers = (items ?? []).map((item) => itemPrinter(item, entity, exchange));
  return (row) => printers.map((print) => print(row)).join('');
}

function itemPrinter(item: ExpandItem, entity: EntitySchema, exchange: FnoExchange): ExpandPrinter {
  const [name = '', ...more] = item.path;
  if (more.length > 0 || entity.entityType.navigationProperty(name) === undefined) {
    throw unknownField(item.path.join('/'), entity.entityType);
  }
  const { select, custom: _custom, ...others } = item.options;
  if (others.expand !== undefined) throw requestFailure('A nested $expand is not supported.');
  const [other] = Object.keys(others);
  if (other !== undefined) throw notImplemented('ExpandOption', `$${other} inside $expand`);
  const lines = exchange.schema.entity('SalesOrderLines');
  const print = rowPrinter(lines, selectedFields(select, lines));
  return (row) => {
    const children = (
      exchange.store.table(lines.name).groups('SalesOrderNumber').get(row.SalesOrderNumber) ?? []
    ).filter((line) => line.dataAreaId === row.dataAreaId);
    return `,${printJson(name)}:[${children.map((child) => print(child)).join(',')}]`;
  };
}
