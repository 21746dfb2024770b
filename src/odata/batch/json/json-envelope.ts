/** What JSON batches of requests and of responses have in common: an object with an array of objects. */

import { isUtf8 } from 'node:buffer';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../base/json.ts';
import { checkLimit } from '../../../base/limits.ts';
import { invalidBatch } from '../batch-error.ts';
import type { BatchHeaders } from '../batch-headers.ts';
import type { ReadContext } from '../read-options.ts';
import { checkJsonDepth, itemSpans, memberSpans, skipBlanks } from './json-spans.ts';

/** A request or response object. */
export interface EnvelopeItem {
  /** For messages: `Item 1 of requests`. */
  readonly what: string;
  readonly members: JsonObject;
  /** The text of `body` as it is written; undefined when it is null or not there. */
  readonly bodyText: string | undefined;
  /** The limit on URL and headers. */
  readonly batchHeaderBytesMax: number;
}

export interface Envelope {
  readonly members: JsonObject;
  readonly items: readonly EnvelopeItem[];
}

/** Reads the object around the array `name`. Raises ODATA_BATCH_INVALID and LIMIT_EXCEEDED. */
export function readEnvelope(bytes: Buffer, name: 'requests' | 'responses', context: ReadContext): Envelope {
  const { limits, what } = context;
  if (!isUtf8(bytes)) throw invalidBatch(`The JSON batch ${what} is not UTF-8.`);
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  checkJsonDepth(text, limits.batchDepthMax);
  const members = parseText(text, `The JSON batch ${what}`);
  if (!isJsonObject(members)) throw invalidBatch(`The JSON batch ${what} is no object.`);
  const list = members[name];
  if (!Array.isArray(list)) throw invalidBatch(`The JSON batch ${what} has no array "${name}".`);
  const values = list as readonly JsonValue[];
  checkLimit('batchRequestsMax', limits.batchRequestsMax, values.length, `The number of ${name} in the batch`);
  const spans = itemSpans(text, memberSpans(text, skipBlanks(text, 0)).get(name)?.start ?? 0);
  const items = values.map((item, index): EnvelopeItem => {
    const itemName = `Item ${index + 1} of ${name}`;
    if (!isJsonObject(item)) throw invalidBatch(`${itemName} is no object.`);
    const body = memberSpans(text, spans[index]?.start ?? 0).get('body');
    const hasBody = body !== undefined && item.body !== null;
    const bodyText = hasBody ? text.slice(body.start, body.end) : undefined;
    return { what: itemName, members: item, bodyText, batchHeaderBytesMax: limits.batchHeaderBytesMax };
  });
  return { members, items };
}

/**
 * The value of a JSON text, with numbers as doubles: bodies are taken from the text, so that only statuses are read from
 * it, and no number of a million digits is computed. Raises ODATA_BATCH_INVALID.
 */
export function parseText(text: string, what: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch (cause) {
    const position = cause instanceof Error ? /at position (\d+)/.exec(cause.message)?.[0] : undefined;
    throw invalidBatch(`${what} is not JSON${position === undefined ? '' : ` ${position}`}.`, cause);
  }
}

/** A text member; undefined when it is null or not there. Raises ODATA_BATCH_INVALID for anything else. */
export function textMember({ members, what, batchHeaderBytesMax }: EnvelopeItem, name: string): string | undefined {
  const value = members[name] ?? undefined;
  if (typeof value === 'string') {
    checkLimit('batchHeaderBytesMax', batchHeaderBytesMax, value.length, `The length of "${name}" of ${what}`);
  }
  if (value === undefined || typeof value === 'string') return value;
  throw invalidBatch(`${what} has a member "${name}" that is no text.`);
}

/** A text member that must be there. Raises ODATA_BATCH_INVALID. */
export function requiredText(item: EnvelopeItem, name: string): string {
  const value = textMember(item, name);
  if (value === undefined) throw invalidBatch(`${item.what} has no member "${name}".`);
  return value;
}

/** The member `headers`: an object of texts. Raises ODATA_BATCH_INVALID and LIMIT_EXCEEDED. */
export function headersMember({ members, what, batchHeaderBytesMax }: EnvelopeItem): BatchHeaders {
  const { headers } = members;
  if (headers === undefined || headers === null) return [];
  if (!isJsonObject(headers)) throw invalidBatch(`${what} has headers that are no object.`);
  let length = 0;
  return Object.entries(headers).map(([name, value]) => {
    if (typeof value !== 'string') throw invalidBatch(`${what} has a header "${name.slice(0, 40)}" that is no text.`);
    length += name.length + value.length;
    checkLimit('batchHeaderBytesMax', batchHeaderBytesMax, length, `The length of the headers of ${what}`);
    return { name, value: value.trim() };
  });
}
