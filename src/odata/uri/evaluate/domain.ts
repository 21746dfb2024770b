/** Domains: how the values of a type are held while a filter runs, and how they compare. */

import type { EnumType, Model } from '../../model/model.ts';
import { type ExpressionType, isNumeric } from '../check/expression-type.ts';
import { compareInstants, dayOf, durationOf, type Instant, instantOf, timeOf } from './instant.ts';
import { compareNumeric, type Numeric, numericOf } from './numeric.ts';

/** A value in its domain; null is OData's null, and what cannot be read. */
export type Value = string | number | bigint | boolean | null;

/** The values of a type. */
export interface Domain {
  /** Puts a JSON value or a literal's text into the domain. */
  read(raw: unknown): Value;
  /** Negative, zero, positive, or NaN for values without an order. Neither is null. */
  compare(left: Value, right: Value): number;
}

/** How texts compare. */
export type StringCollation = 'ordinal' | 'case-insensitive';

/** The domain in which values of these two types are compared. */
export function commonDomain(
  left: ExpressionType,
  right: ExpressionType,
  options: { readonly model: Model; readonly collation: StringCollation },
): Domain {
  const type = left.kind === 'null' || left.kind === 'unknown' ? right : left;
  // A date beside a date with time is midnight UTC, which is how an instant reads it.
  const isInstant = [left, right].some((side) => side.kind === 'primitive' && side.name === 'Edm.DateTimeOffset');
  return isInstant ? instants : domainOf(type, options);
}

/** The domain of a type. */
export function domainOf(
  type: ExpressionType,
  { model, collation }: { readonly model: Model; readonly collation: StringCollation },
): Domain {
  if (type.kind === 'enum') return enumerations(model.enumType(type.name));
  if (type.kind !== 'primitive') return anything;
  switch (type.name) {
    case 'Edm.String':
      return collation === 'case-insensitive' ? foldedTexts : texts;
    case 'Edm.Guid':
      return guids;
    case 'Edm.Boolean':
      return booleans;
    case 'Edm.DateTimeOffset':
      return instants;
    case 'Edm.Date':
      return days;
    case 'Edm.TimeOfDay':
      return times;
    case 'Edm.Duration':
      return durations;
    case 'Edm.Binary':
      return binaries;
    default:
      return isNumeric(type) ? numbers : anything;
  }
}

const texts: Domain = { read: (raw) => (typeof raw === 'string' ? raw : null), compare: compareTexts };

/** Databases of both services compare without case. */
const foldedTexts: Domain = {
  read: (raw) => (typeof raw === 'string' ? raw.toLowerCase() : null),
  compare: compareTexts,
};

const guids: Domain = foldedTexts;

const booleans: Domain = {
  read: (raw) => (typeof raw === 'boolean' ? raw : raw === 'true' ? true : raw === 'false' ? false : null),
  compare: (left, right) => Number(left) - Number(right),
};

const numbers: Domain = {
  read: (raw) => {
    if (typeof raw === 'number' || typeof raw === 'bigint') return raw;
    return typeof raw === 'string' ? (numericOf(raw) ?? null) : null;
  },
  compare: (left, right) => compareNumeric(left as Numeric, right as Numeric),
};

const instants: Domain = temporal(instantOf);
const times: Domain = temporal(timeOf);
const durations: Domain = temporal(durationOf);

const days: Domain = {
  read: (raw) => (typeof raw === 'string' ? (dayOf(raw) ?? null) : null),
  compare: (left, right) => Number(left) - Number(right),
};

const binaries: Domain = {
  read: (raw) => (typeof raw === 'string' ? raw.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '') : null),
  compare: compareTexts,
};

/** Open properties: values of one kind compare, others do not. */
const anything: Domain = {
  read: (raw) => {
    const isScalar = typeof raw === 'string' || typeof raw === 'number' || typeof raw === 'bigint';
    return isScalar || typeof raw === 'boolean' ? raw : null;
  },
  compare: (left, right) => {
    if (typeof left === 'string' && typeof right === 'string') return compareTexts(left, right);
    if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right);
    if (typeof left === 'string' || typeof right === 'string') return Number.NaN;
    return compareNumeric(left as Numeric, right as Numeric);
  },
};

function temporal(read: (text: string) => Instant | undefined): Domain {
  return {
    read: (raw) => (typeof raw === 'string' ? (read(raw) ?? null) : null),
    compare: (left, right) => compareInstants(left as Instant, right as Instant),
  };
}

/** Members by their numbers. A name that is no member is NaN: it equals nothing, and is not null. */
function enumerations(enumType: EnumType | undefined): Domain {
  const numberOf = (name: string): number | bigint =>
    enumType?.member(name)?.value ?? (/^-?\d+$/.test(name) ? Number(name) : Number.NaN);
  return {
    read(raw) {
      if (typeof raw === 'number' || typeof raw === 'bigint') return raw;
      if (typeof raw !== 'string') return null;
      if (!raw.includes(',')) return numberOf(raw);
      const all = raw.split(',').map((name) => numberOf(name.trim()));
      return all.some((value) => Number.isNaN(value)) ? Number.NaN : unite(all);
    },
    compare: (left, right) => compareNumeric(left as Numeric, right as Numeric),
  };
}

function unite(values: readonly (number | bigint)[]): number | bigint {
  const united = values.reduce((sum: bigint, value) => sum | BigInt(value), 0n);
  return Number.isSafeInteger(Number(united)) ? Number(united) : united;
}

function compareTexts(left: Value, right: Value): number {
  const a = String(left);
  const b = String(right);
  return a < b ? -1 : a > b ? 1 : 0;
}
