/** Compares what was sent with what is stored, to tell an own earlier create from another record with the same key. */

import { parseInstant } from '../base/clock.ts';
import type { JsonObject, JsonPrimitive, JsonValue } from '../base/json.ts';

/**
 * True when the stored record has every plain value that was sent. Texts compare without regard to case, because F&O
 * normalises them (`en-us` becomes `en-US`); references, binds and annotations are not compared.
 */
export function hasSentMembers(stored: JsonObject, sent: JsonObject): boolean {
  return Object.entries(sent).every(([name, value]) => {
    if (name.includes('@') || !isPrimitive(value)) return true;
    return isSame(stored[name], value);
  });
}

function isPrimitive(value: JsonValue): value is JsonPrimitive {
  return typeof value !== 'object' || value === null;
}

function isSame(stored: JsonValue | undefined, sent: JsonPrimitive): boolean {
  // F&O has no null: an empty text is stored and answered in its place.
  if (sent === null || sent === '') return stored === null || stored === undefined || stored === '';
  if (typeof sent === 'string' && typeof stored === 'string') return isSameText(stored, sent);
  if (typeof sent === 'string' || typeof stored === 'string') return String(stored) === String(sent);
  return typeof stored === 'boolean' ? stored === sent : Number(stored) === Number(sent);
}

function isSameText(stored: string, sent: string): boolean {
  if (stored.toLowerCase() === sent.toLowerCase()) return true;
  if (!/^\d{4}-\d{2}-\d{2}/.test(sent) || !/^\d{4}-\d{2}-\d{2}/.test(stored)) return false;
  // A date alone is stored as noon of that day.
  if (sent.length === 10) return stored.startsWith(sent);
  const instant = parseInstant(sent);
  return instant !== undefined && instant === parseInstant(stored);
}
