/** The bytes of whole rows → rows, all of them at once. */

import { isRialtoError } from '../../../base/errors.ts';
import { isJsonObject } from '../../../base/json.ts';
import type { Row } from '../../row.ts';
import type { DecimalForm } from '../exact-number.ts';
import { JsonParser } from '../json-parser.ts';
import { tryParseItems } from '../parse-items.ts';
import { invalidPayload } from '../payload-bytes.ts';
import { payloadLimits } from '../payload-limits.ts';

export interface ParseRowsOptions {
  readonly decimals: DecimalForm;
  /** Where the bytes stand in the payload, for messages. */
  readonly offset: number;
}

/**
 * Reads rows with commas between them. Raises ODATA_PAYLOAD_INVALID with the byte where they go wrong, and
 * LIMIT_EXCEEDED.
 */
export function parseRows(rows: Buffer, options: ParseRowsOptions): readonly Row[] {
  const read = tryParseRows(rows, options);
  if (read !== undefined) return read;
  // What JSON.parse does not read as rows is either wrong, which this finds, or its numbers need care.
  return parseSlowly(rows, options);
}

/** The same for what may not be rows: undefined when it is not. Raises LIMIT_EXCEEDED only. */
export function rowsIfAny(rows: Buffer, options: ParseRowsOptions): readonly Row[] | undefined {
  try {
    return tryParseRows(rows, options);
  } catch (cause) {
    if (isRialtoError(cause) && cause.code === 'LIMIT_EXCEEDED') throw cause;
    return undefined;
  }
}

function tryParseRows(rows: Buffer, { decimals }: ParseRowsOptions): readonly Row[] | undefined {
  const items = tryParseItems(rows, { decimals, depthMax: payloadLimits.payloadDepthMax });
  return items?.every(isJsonObject) === true ? (items as readonly Row[]) : undefined;
}

function parseSlowly(rows: Buffer, { decimals, offset }: ParseRowsOptions): readonly Row[] {
  const parser = new JsonParser({ decimals, root: 'array', depthMax: payloadLimits.payloadDepthMax + 1 });
  parser.push(Buffer.from('['), 0, offset - 1);
  const end = parser.push(rows, 0, offset);
  if (end === rows.length) parser.push(Buffer.from(']'), 0, offset + rows.length);
  if (end < rows.length || !parser.isComplete) throw invalidPayload(`The rows at byte ${offset} are not JSON.`);
  return parser.value as readonly Row[];
}
