/** Columns that the platform computes from others: full names, address composites, base amounts, echoes of lookups. */

import type { JsonValue } from '../../base/json.ts';
import { isLookup, propertyName } from './model/table-data.ts';
import { type TableSchema, targetMember } from './table-schema.ts';

type Members = Record<string, JsonValue>;

/** Sets what follows from the other columns of a row; `row` is changed in place. */
export function computeColumns(row: Members, table: TableSchema): void {
  computeFullName(row, table, '');
  computeFullName(row, table, 'yomi');
  for (const address of ['address1', 'address2', 'address3']) {
    if (table.columns.has(`${address}_composite`)) row[`${address}_composite`] = addressComposite(row, address);
  }
  computeBaseAmounts(row, table);
  computeEchoes(row, table);
}

function computeFullName(row: Members, table: TableSchema, prefix: '' | 'yomi'): void {
  const target = `${prefix}fullname`;
  if (!table.columns.has(target) || !table.columns.has(`${prefix}lastname`)) return;
  const parts = [row[`${prefix}firstname`], row[`${prefix}middlename`], row[`${prefix}lastname`]];
  const name = parts.filter((part) => typeof part === 'string' && part !== '').join(' ');
  row[target] = name === '' ? null : name;
}

function addressComposite(row: Members, address: string): string | null {
  const part = (name: string): string => {
    const value = row[`${address}_${name}`];
    return typeof value === 'string' ? value : '';
  };
  const region = [part('stateorprovince'), part('postalcode')].filter((text) => text !== '').join(' ');
  const city = [part('city'), region].filter((text) => text !== '').join(', ');
  const lines = [part('line1'), part('line2'), part('line3'), city, part('country')].filter((line) => line !== '');
  return lines.length === 0 ? null : lines.join('\r\n');
}

/** `x_base = x / exchangerate`. */
function computeBaseAmounts(row: Members, table: TableSchema): void {
  const rate = typeof row.exchangerate === 'number' ? row.exchangerate : 1;
  for (const column of table.data.columns) {
    if (column.type !== 'Money' || !column.name.endsWith('_base')) continue;
    const amount = row[column.name.slice(0, -'_base'.length)];
    row[column.name] = typeof amount === 'number' ? Number((amount / rate).toFixed(4)) : null;
  }
}

/** `_accountid_value` and `_contactid_value` repeat the customer lookup. */
function computeEchoes(row: Members, table: TableSchema): void {
  const customer = table.data.columns.find((column) => column.type === 'Customer');
  if (customer === undefined) return;
  for (const target of ['account', 'contact']) {
    const echo = table.columns.get(`${target}id`);
    if (echo === undefined || !isLookup(echo)) continue;
    const isTarget = row[targetMember(customer)] === target;
    row[propertyName(echo)] = isTarget ? (row[propertyName(customer)] ?? null) : null;
  }
}
