/** Checks one value of a request body against its column, and brings it into the form in which rows keep it. */

import { isoInstant } from '../../base/clock.ts';
import { type JsonValue, printJson } from '../../base/json.ts';
import { isCalendarDay, readBodyInstant } from '../wire/body-date.ts';
import { refusal } from '../wire/refusal.ts';
import { type ColumnData, edmTypeOf } from './model/table-data.ts';
import type { TableSchema } from './table-schema.ts';

const guidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The value to keep. Raises SERVICE_ERROR with the code of the rule that is broken. */
export function columnValue(value: JsonValue, column: ColumnData, table: TableSchema): JsonValue {
  if (value === null) return null;
  switch (column.type) {
    case 'String':
    case 'Memo':
    case 'EntityName':
      return textValue(value, column, table);
    case 'Boolean':
      if (typeof value === 'boolean') return value;
      throw wrongLiteral(value, column, table);
    case 'Picklist':
    case 'State':
    case 'Status':
      return choiceValue(value, column, table);
    case 'Integer':
    case 'BigInt':
    case 'Decimal':
    case 'Double':
    case 'Money':
      return numberValue(value, column, table);
    case 'DateTime':
      return column.dateOnly === true ? dateValue(value, column, table) : instantValue(value, column, table);
    default:
      if (typeof value === 'string' && guidPattern.test(value)) return value.toLowerCase();
      throw wrongLiteral(value, column, table);
  }
}

/** The refusal of a payload, in the words of the service. */
export function payloadError(entitySet: string, reason: string): Error {
  return refusal(
    400,
    '0x80048d19',
    `Error identified in Payload provided by the user for Entity :'${entitySet}', For more information on this error please follow this help link https://go.microsoft.com/fwlink/?linkid=2195293  ---->  InnerException : Microsoft.OData.ODataException: ${reason}`,
  );
}

function textValue(value: JsonValue, column: ColumnData, table: TableSchema): string {
  if (typeof value !== 'string') throw wrongLiteral(value, column, table);
  if (column.maxLength !== undefined && value.length > column.maxLength) {
    throw refusal(
      400,
      '0x80044331',
      `A validation error occurred.  The length of the '${column.name}' attribute of the '${table.name}' entity exceeded the maximum allowed length of '${column.maxLength}'.`,
    );
  }
  return value;
}

function choiceValue(value: JsonValue, column: ColumnData, table: TableSchema): number {
  if (typeof value !== 'number' || !Number.isInteger(value)) throw wrongLiteral(value, column, table);
  const values = (column.options ?? []).map((option) => option.value);
  if (values.includes(value)) return value;
  throw refusal(
    400,
    '0x8004431a',
    `A validation error occurred. The value ${value} of '${column.name}' on record of type '${table.name}' is outside the valid range. Accepted Values: ${values.join(',')}`,
  );
}

function numberValue(value: JsonValue, column: ColumnData, table: TableSchema): number | bigint {
  const isInteger = column.type === 'Integer' || column.type === 'BigInt';
  if (typeof value === 'bigint' && column.type === 'BigInt') return value;
  if (typeof value !== 'number' || (isInteger && !Number.isInteger(value))) throw wrongLiteral(value, column, table);
  const min = column.min ?? (column.type === 'Integer' ? -2_147_483_648 : undefined);
  const max = column.max ?? (column.type === 'Integer' ? 2_147_483_647 : undefined);
  if ((min !== undefined && value < min) || (max !== undefined && value > max)) {
    throw refusal(
      400,
      isInteger ? '0x8004432f' : '0x80044330',
      `A validation error occurred.  The value of '${column.name}' on record of type '${table.name}' is outside the valid range.`,
    );
  }
  if (isInteger || column.precision === undefined) return value;
  return Number(value.toFixed(Math.min(column.precision, 100)));
}

function dateValue(value: JsonValue, column: ColumnData, table: TableSchema): string {
  if (typeof value === 'string' && isCalendarDay(value)) return value;
  throw wrongLiteral(value, column, table);
}

/** UTC, whole seconds. */
function instantValue(value: JsonValue, column: ColumnData, table: TableSchema): string {
  const epochMs = typeof value === 'string' ? readBodyInstant(value) : undefined;
  if (epochMs === undefined) throw wrongLiteral(value, column, table);
  return wholeSeconds(epochMs);
}

/** An instant as the service prints it: `2024-05-01T09:30:00Z`. */
export function wholeSeconds(epochMs: number): string {
  return `${isoInstant(epochMs).slice(0, 19)}Z`;
}

function wrongLiteral(value: JsonValue, column: ColumnData, table: TableSchema): Error {
  const text = typeof value === 'string' ? value.slice(0, 80) : printJson(value).slice(0, 80);
  return payloadError(
    table.data.entitySet,
    `Cannot convert the literal '${text}' to the expected type '${edmTypeOf(column)}'.`,
  );
}
