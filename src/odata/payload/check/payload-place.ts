/** Where in a payload something is wrong, and the error that says so. */

import { RialtoError } from '../../../base/errors.ts';
import { isJsonObject, type JsonValue, jsonPointer } from '../../../base/json.ts';
import type { Model } from '../../model/model.ts';
import type { CheckPayloadOptions } from './check-payload.ts';

/** Names of members and indexes of items, from the outside in. */
export type PayloadPlace = readonly (string | number)[];

/** What all checks of one payload share. */
export interface PayloadCheck {
  readonly model: Model;
  readonly options: CheckPayloadOptions;
}

/** ODATA_LITERAL_INVALID: what is expected at a place, and what stands there. */
export function wrongAt(place: PayloadPlace, expected: string, value: JsonValue): RialtoError {
  const found = Array.isArray(value) ? 'an array' : isJsonObject(value) ? 'an object' : scalarText(value);
  return new RialtoError('ODATA_LITERAL_INVALID', `Expected ${expected} at ${pointerOf(place)}; got ${found}.`);
}

/** The JSON pointer of a place; `/` for the payload itself. */
export function pointerOf(place: PayloadPlace): string {
  return jsonPointer(place) || '/';
}

/** A scalar for messages; long texts are cut. */
function scalarText(value: JsonValue): string {
  if (typeof value !== 'string') return `the ${typeof value} ${String(value)}`.replace('the object null', 'null');
  return `'${value.length > 64 ? `${value.slice(0, 64)}…` : value}'`;
}
