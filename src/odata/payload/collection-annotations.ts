/** What stands around the rows of a collection. */

import { RialtoError } from '../../base/errors.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';

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
  const context = textMember(body, 'context');
  const count = countMember(body);
  const nextLink = textMember(body, 'nextLink');
  const deltaLink = textMember(body, 'deltaLink');
  return {
    ...(context === undefined ? {} : { context }),
    ...(count === undefined ? {} : { count }),
    ...(nextLink === undefined ? {} : { nextLink }),
    ...(deltaLink === undefined ? {} : { deltaLink }),
    members,
  };
}

function textMember(body: JsonObject, name: string): string | undefined {
  const value = body[`@odata.${name}`] ?? body[`@${name}`];
  if (value === undefined || typeof value === 'string') return value;
  throw invalid(`@odata.${name}`, 'a text', value);
}

/** With `IEEE754Compatible=true` a count is a text. */
function countMember(body: JsonObject): number | undefined {
  const value = body['@odata.count'] ?? body['@count'];
  if (value === undefined) return undefined;
  const count = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  if (typeof count === 'number' && Number.isSafeInteger(count) && count >= 0) return count;
  throw invalid('@odata.count', 'a whole number', value);
}

function invalid(name: string, expected: string, value: JsonValue): RialtoError {
  const found = value === null ? 'null' : Array.isArray(value) ? 'an array' : `a value of type ${typeof value}`;
  return new RialtoError('ODATA_PAYLOAD_INVALID', `Expected ${expected} for ${name} in the payload; got ${found}.`);
}
