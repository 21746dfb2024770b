/** Reading the values of options and arguments. A wrong one is a usage error of the command line. */

import { InvalidArgumentError } from 'commander';
import { parseInstant } from '../base/clock.ts';
import { parseDurationMs } from '../base/duration.ts';
import { RialtoError } from '../base/errors.ts';
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '../base/json.ts';
import type { EntitySchemaAnswer } from '../server/wire.ts';
import type { CliContext } from './cli-context.ts';

/** A number within bounds; with `isWhole` without decimals. */
export function numberOption(bounds: {
  readonly min: number;
  readonly max?: number;
  readonly isWhole?: boolean;
}): (text: string) => number {
  const { min, max = Number.POSITIVE_INFINITY, isWhole = false } = bounds;
  return (text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (!Number.isFinite(value) || value < min || value > max || (isWhole && !Number.isInteger(value))) {
      const range = Number.isFinite(max) ? `from ${min} to ${max}` : `of at least ${min}`;
      throw new InvalidArgumentError(`Expected a ${isWhole ? 'whole ' : ''}number ${range}.`);
    }
    return value;
  };
}

/** Gathers an option that may be given several times. */
export function collect(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

/** Names separated by commas: `a, b`. */
export function nameList(text: string): readonly string[] {
  return text.split(',').map((name) => name.trim());
}

/** Gathers `name=value`; the value may hold further `=`. */
export function collectPair(
  text: string,
  before: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError(`Expected name=value, found '${text}'.`);
  const name = text.slice(0, at).trim();
  if (Object.hasOwn(before, name)) throw new InvalidArgumentError(`'${name}' is given twice.`);
  return { ...before, [name]: text.slice(at + 1) };
}

/** Gathers the parts of a key, `name=value`; a value alone is the unnamed key, sent as `key`. */
export function collectKey(
  text: string,
  before: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  return collectPair(text.includes('=') ? text : `key=${text}`, before);
}

/** An ISO 8601 instant, as it is typed. */
export function instantOption(text: string): string {
  if (parseInstant(text) === undefined)
    throw new InvalidArgumentError('Expected an instant such as 2026-05-04T09:00:00Z.');
  return text;
}

/** Milliseconds of a span: `90s`, `30m`, `1h`, `2d`, or ISO 8601 (`PT1H`). */
export function spanOption(text: string): number {
  const match = /^(\d+)([smhd])$/.exec(text);
  const unitMs = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };
  if (match !== null) return Number(match[1]) * unitMs[match[2] as keyof typeof unitMs];
  try {
    return parseDurationMs(text);
  } catch {
    throw new InvalidArgumentError('Expected a span such as 30m, 1h, 2d or PT1H.');
  }
}

/**
 * A value as it is typed: JSON when it is a number, boolean, null or quoted text, else text as it stands. Where the type
 * of the property is known and is textual, only `null` and quoted text are special: an account `30` stays text.
 */
export function typedValue(text: string, type?: string): JsonValue {
  if (/^"(?:[^"\\]|\\.)*"$/s.test(text) || text === 'null') return jsonOr(text);
  if (type !== undefined && !/^Edm\.(Boolean|S?Byte|Int\d\d|Double|Single|Decimal)$/.test(type)) return text;
  return /^(true|false|-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?)$/.test(text) ? jsonOr(text) : text;
}

/** Values by name, each typed by the property of that name when the schema is known. */
export function typedValues(pairs: Readonly<Record<string, string>>, schema?: EntitySchemaAnswer): JsonObject {
  const types = new Map(schema?.properties.map((property) => [property.name, property.type]));
  return Object.fromEntries(Object.entries(pairs).map(([name, text]) => [name, typedValue(text, types.get(name))]));
}

/** A JSON object given as text, or as `@file`. Raises JSON_INVALID and OPTION_INVALID. */
export async function jsonObjectOption(text: string, context: CliContext): Promise<JsonObject> {
  const isFile = text.startsWith('@');
  const source = isFile ? await context.readTextFile(text.slice(1)) : text;
  const value = parseJson(source, { what: isFile ? `the file '${text.slice(1)}'` : 'the value of --data' });
  if (!isJsonObject(value))
    throw new RialtoError('OPTION_INVALID', '--data is no JSON object; expected {"Name": value, …}.');
  return value;
}

function jsonOr(text: string): JsonValue {
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}
