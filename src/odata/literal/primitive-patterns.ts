/** What the text of each primitive type looks like (OData 4.01 ABNF, section 7). */

import type { EdmPrimitiveName } from './literal.ts';

/** A geo type has a shape of its own, which `geo-literal.ts` reads. */
export type GeoName = Extract<EdmPrimitiveName, `Edm.Geo${string}`>;

/** True for the name of a geo type. */
export function isGeoName(name: string): name is GeoName {
  return name.startsWith('Edm.Geo');
}

const year = String.raw`-?(?:[1-9]\d{3,8}|0\d{3})`;
const monthDay = String.raw`(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`;
const date = `${year}-${monthDay}`;
const hourMinute = String.raw`(?:[01]\d|2[0-3]):[0-5]\d`;
/** 60 is for leap seconds. */
const time = String.raw`${hourMinute}(?::(?:[0-5]\d|60)(?:\.\d{1,12})?)?`;
const hex = '[0-9A-Fa-f]';

/** Regular expression sources of the types whose text has a shape of its own. */
export const patterns = {
  guid: `${hex}{8}-${hex}{4}-${hex}{4}-${hex}{4}-${hex}{12}`,
  dateTimeOffset: `${date}[Tt]${time}(?:[Zz]|[+-]${hourMinute})`,
  date,
  timeOfDay: time,
  number: String.raw`[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?`,
  duration: String.raw`-?[Pp](?=[\dTt])(?:\d+[Dd])?(?:[Tt](?=\d)(?:\d+[Hh])?(?:\d+[Mm])?(?:\d+(?:\.\d+)?[Ss])?)?`,
  /** base64url whose last character holds no bits that are thrown away. */
  binary: '(?:[A-Za-z0-9_-]{4})*(?:[A-Za-z0-9_-]{2}[AEIMQUYcgkosw048]=?|[A-Za-z0-9_-][AQgw](?:==)?)?',
  /** `odataIdentifier` and, with dots, `namespace "." identifier`. */
  identifier: String.raw`[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}\p{Pc}\p{Cf}]{0,127}`,
} as const;

interface PrimitiveShape {
  readonly pattern: Pick<RegExp, 'test'>;
  /** For messages: what a value looks like. */
  readonly looksLike: string;
  /** Bounds of the integer types. */
  readonly min?: bigint;
  readonly max?: bigint;
}

/**
 * JSON has base64 with `+` and `/` (OData JSON 4.01 7.1), URIs have base64url; a value may be either. A pattern for
 * groups of four overruns the stack where a file of megabytes is the value.
 */
const base64 = {
  test(text: string): boolean {
    const isPadded = text.endsWith('=');
    return /^[A-Za-z0-9+/_-]*(?:={1,2})?$/.test(text) && (isPadded ? text.length % 4 === 0 : text.length % 4 !== 1);
  },
};

/** Shape of the text of each primitive type but the geo types. */
export const primitiveShapes: Readonly<Record<Exclude<EdmPrimitiveName, GeoName>, PrimitiveShape>> = {
  'Edm.String': { pattern: /^/, looksLike: 'a text' },
  'Edm.Guid': { pattern: whole(patterns.guid), looksLike: 'a guid such as 7d1b5c1e-0a1c-ee11-8f6d-000d3a111111' },
  'Edm.Boolean': { pattern: /^(?:true|false)$/, looksLike: 'true or false' },
  'Edm.Byte': integer(0n, 255n),
  'Edm.SByte': integer(-128n, 127n),
  'Edm.Int16': integer(-32768n, 32767n),
  'Edm.Int32': integer(-2147483648n, 2147483647n),
  'Edm.Int64': integer(-9223372036854775808n, 9223372036854775807n),
  'Edm.Decimal': { pattern: whole(patterns.number), looksLike: 'a decimal number such as 12.50' },
  'Edm.Double': { pattern: floating(), looksLike: 'a number, INF, -INF or NaN' },
  'Edm.Single': { pattern: floating(), looksLike: 'a number, INF, -INF or NaN' },
  'Edm.Date': { pattern: whole(patterns.date), looksLike: 'a date such as 2026-07-30' },
  'Edm.DateTimeOffset': {
    pattern: whole(patterns.dateTimeOffset),
    looksLike: 'a date and time with offset such as 2026-07-30T12:00:00Z',
  },
  'Edm.TimeOfDay': { pattern: whole(patterns.timeOfDay), looksLike: 'a time of day such as 07:59:59' },
  'Edm.Duration': { pattern: whole(patterns.duration), looksLike: 'an ISO 8601 duration such as PT1H30M' },
  'Edm.Binary': { pattern: base64, looksLike: 'base64 text' },
};

/** True when the date part of a text that matches a date pattern exists in the calendar. */
export function dateExists(text: string): boolean {
  const match = /^-?(\d{4,})-(\d\d)-(\d\d)/.exec(text);
  if (match === null) return true;
  const [, yearText, month, day] = match;
  const isLeap = isLeapYear(Number(yearText));
  const days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][Number(month) - 1] ?? 0;
  return Number(day) <= days;
}

function isLeapYear(yearNumber: number): boolean {
  return (yearNumber % 4 === 0 && yearNumber % 100 !== 0) || yearNumber % 400 === 0;
}

function whole(source: string): RegExp {
  return new RegExp(`^(?:${source})$`, 'u');
}

function floating(): RegExp {
  return whole(`${patterns.number}|-?INF|NaN`);
}

function integer(min: bigint, max: bigint): PrimitiveShape {
  return { pattern: /^[+-]?\d+$/, looksLike: `an integer from ${min} to ${max}`, min, max };
}
