/** Formatted values: what a person with English settings and UTC sees of a column. */

import type { JsonValue } from '../../base/json.ts';
import type { StoredRow, TableStore } from '../store/table-store.ts';
import { type ColumnData, isLookup, propertyName } from './model/table-data.ts';
import { type DataverseSchema, targetMember } from './table-schema.ts';

/** The value of `@OData.Community.Display.V1.FormattedValue`; undefined for plain text and for null. */
export function formattedValue(
  row: StoredRow,
  column: ColumnData,
  context: { readonly schema: DataverseSchema; readonly store: TableStore },
): string | undefined {
  const value = row[propertyName(column)];
  if (value === null || value === undefined) return undefined;
  if (isLookup(column)) return lookupName(row, column, context);
  switch (column.type) {
    case 'Boolean':
      return (column.labels ?? ['No', 'Yes'])[value === true ? 1 : 0];
    case 'Picklist':
    case 'State':
    case 'Status':
      return column.options?.find((option) => option.value === value)?.label;
    case 'Money':
      return `${currencySymbol(row, context)}${grouped(Number(value), column.precision ?? 2)}`;
    case 'Decimal':
    case 'Double':
      return grouped(Number(value), column.precision ?? 2);
    case 'Integer':
    case 'BigInt':
      return grouped(Number(value), 0);
    case 'DateTime':
      return formattedDate(String(value), column);
    default:
      return undefined;
  }
}

/** The table that a lookup of a row points to; undefined when the lookup is empty. */
export function lookupTarget(row: StoredRow, column: ColumnData): string | undefined {
  if (row[propertyName(column)] === null) return undefined;
  const stored: JsonValue | undefined = row[targetMember(column)];
  return typeof stored === 'string' ? stored : column.targets?.[0]?.table;
}

function lookupName(
  row: StoredRow,
  column: ColumnData,
  { schema, store }: { readonly schema: DataverseSchema; readonly store: TableStore },
): string | undefined {
  const target = lookupTarget(row, column);
  const id = row[propertyName(column)];
  if (target === undefined || typeof id !== 'string') return undefined;
  const name = store.table(target).get(id)?.[schema.table(target).data.primaryName];
  return typeof name === 'string' ? name : undefined;
}

function currencySymbol(row: StoredRow, { store }: { readonly store: TableStore }): string {
  const id = row._transactioncurrencyid_value;
  const symbol = typeof id === 'string' ? store.table('transactioncurrency').get(id)?.currencysymbol : undefined;
  return typeof symbol === 'string' ? symbol : '$';
}

function grouped(value: number, digits: number): string {
  const [whole = '', fraction] = Math.abs(value).toFixed(digits).split('.');
  const text = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${value < 0 ? '-' : ''}${text}${fraction === undefined ? '' : `.${fraction}`}`;
}

/** `4/7/2023 2:59 PM`, or the date alone. */
function formattedDate(text: string, column: ColumnData): string | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}):(\d{2}))?/.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute] = match;
  const date = `${Number(month)}/${Number(day)}/${year}`;
  if (hour === undefined || column.dateOnly === true || column.showsDateOnly === true) return date;
  return `${date} ${Number(hour) % 12 === 0 ? 12 : Number(hour) % 12}:${minute} ${Number(hour) < 12 ? 'AM' : 'PM'}`;
}
