/** What stands around the rows of a collection. */

import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { control } from '../member-name.ts';
import { invalidPayload } from '../payload-bytes.ts';

/** Control information of a collection (OData JSON 4.01 4.6), and every member besides `value` as it is written. */
export interface CollectionAnnotations {
  readonly context?: string;
  readonly count?: number;
  readonly nextLink?: string;
  readonly deltaLink?: string;
  readonly members: Readonly<Record<string, JsonValue>>;
}

/** Reads them from the object around `value`, with `@odata.x` or `@x` as names. Raises ODATA_PAYLOAD_INVALID. */
export function readCollectionAnnotations(body: JsonObject): CollectionAnnotations {
  const { value: _rows, ...members } = body;
  const context = textControl(body, 'context');
  const count = countOf(body);
  const nextLink = textControl(body, 'nextLink');
  const deltaLink = textControl(body, 'deltaLink');
  return {
    ...(context === undefined ? {} : { context }),
    ...(count === undefined ? {} : { count }),
    ...(nextLink === undefined ? {} : { nextLink }),
    ...(deltaLink === undefined ? {} : { deltaLink }),
    members,
  };
}

/** Control information that must be a text where it is. Raises ODATA_PAYLOAD_INVALID. */
export function textControl(body: JsonObject, term: string): string | undefined {
  const value = control(body, term);
  if (value === undefined || typeof value === 'string') return value;
  throw invalid(term, 'a text', value);
}

/** With `IEEE754Compatible=true` a count is a text. */
function countOf(body: JsonObject): number | undefined {
  const value = control(body, 'count');
  if (value === undefined) return undefined;
  const count = typeof value === 'string' && /^\d{1,16}$/.test(value) ? Number(value) : value;
  if (typeof count === 'number' && Number.isSafeInteger(count) && count >= 0) return count;
  throw invalid('count', 'a whole number', value);
}

function invalid(term: string, expected: string, value: JsonValue) {
  const found = value === null ? 'null' : Array.isArray(value) ? 'an array' : `a value of type ${typeof value}`;
  return invalidPayload(`Expected ${expected} for @odata.${term} in the payload; got ${found}.`);
}
