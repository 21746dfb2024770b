/** Domains: how the values of a type are held while a filter runs, and how they compare. */

import type { EnumType, Model } from '../../model/model.ts';
import { type ExpressionType, isNumeric, referencedType } from '../check/expression-type.ts';
import { compareInstants, dayOf, durationOf, type Instant, instantOf, timeOf } from './instant.ts';
import { compareNumeric, type Numeric, numericOf } from './numeric.ts';
import { areSameCollection, areSameEntity, areSameStructure, isStructure } from './structures.ts';

/** A value in its domain; null is OData's null, and what cannot be read. */
export type Value = string | number | bigint | boolean | object | null;

/** The values of a type. */
export interface Domain {
  /** Puts a JSON value or a literal's text into the domain. */
  read(raw: unknown): Value;
  /** Negative, zero, positive, or NaN for values without an order. Neither is null. `depth` is that of the values. */
  compare(left: Value, right: Value, depth?: number): number;
}

/** How texts compare. */
export type StringCollation = 'ordinal' | 'case-insensitive';

interface DomainOptions {
  readonly model: Model;
  readonly collation: StringCollation;
}

/** The domain in which values of these two types are compared. */
export function commonDomain(left: ExpressionType, right: ExpressionType, options: DomainOptions): Domain {
  const isUnknown = left.kind === 'null' || left.kind === 'unknown' || left.kind === 'object';
  const type = isUnknown && right.kind !== 'null' ? right : left;
  if (left.kind === 'collection' && right.kind === 'collection') {
    return collections(commonDomain(left.item, right.item, options));
  }
  // A date beside a date with time is midnight UTC, which is how an instant reads it.
  const isInstant = [left, right].some((side) => side.kind === 'primitive' && side.name === 'Edm.DateTimeOffset');
  return isInstant ? instants : domainOf(type, options);
}

/** The domain of a type. */
export function domainOf(type: ExpressionType, options: DomainOptions): Domain {
  const { model, collation } = options;
  if (type.kind === 'enum') return enumerations(model.enumType(type.name));
  if (type.kind === 'collection') return collections(domainOf(type.item, options));
  if (type.kind === 'structured') return structures(type, options);
  if (type.kind !== 'primitive') return collation === 'case-insensitive' ? foldedAnything : anything;
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

/** Whether two values are equal: null equals null and nothing else (OData 4.01 URL 5.1.1.1.1). */
export function areEqual(left: Value, right: Value, domain: Domain, depth = 0): boolean {
  return left === null || right === null ? left === right : domain.compare(left, right, depth) === 0;
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

/** All numeric types, each value exact. */
export const numbers: Domain = {
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
const anything: Domain = openDomain((text) => text);
const foldedAnything: Domain = openDomain((text) => text.toLowerCase());

function openDomain(fold: (text: string) => string): Domain {
  const domain: Domain = {
    read(raw) {
      if (typeof raw === 'string') return fold(raw);
      const isScalar = typeof raw === 'number' || typeof raw === 'bigint' || typeof raw === 'boolean';
      return isScalar || (typeof raw === 'object' && raw !== null) ? raw : null;
    },
    compare(left, right, depth = 0) {
      if (typeof left === 'string' && typeof right === 'string') return compareTexts(left, right);
      if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right);
      if (typeof left === 'object' || typeof right === 'object') return compareStructures(left, right, domain, depth);
      if (typeof left !== typeof right && (typeof left === 'string' || typeof right === 'string')) return Number.NaN;
      return typeof left === 'boolean' || typeof right === 'boolean'
        ? Number.NaN
        : compareNumeric(left as Numeric, right as Numeric);
    },
  };
  return domain;
}

/** Two objects or two arrays of which nothing is known; zero or NaN. */
function compareStructures(left: Value, right: Value, domain: Domain, depth: number): number {
  if (Array.isArray(left) && Array.isArray(right)) {
    return areSameCollection(left, right, itemEquality(domain), depth) ? 0 : Number.NaN;
  }
  if (!isStructure(left) || !isStructure(right)) return Number.NaN;
  return areSameStructure(left, right, () => itemEquality(domain), depth) ? 0 : Number.NaN;
}

/** Ordered collections: of as many items, each equal to the one at its place (OData 4.01 URL 5.1.1.1.1). */
function collections(item: Domain): Domain {
  return {
    read: (raw) => (Array.isArray(raw) ? raw : null),
    compare: (left, right, depth = 0) =>
      Array.isArray(left) && Array.isArray(right) && areSameCollection(left, right, itemEquality(item), depth)
        ? 0
        : Number.NaN,
  };
}

/** Entities are equal when their keys are, complex values when all their members are (OData 4.01 URL 5.1.1.1.1). */
function structures(type: ExpressionType & { readonly kind: 'structured' }, options: DomainOptions): Domain {
  const { model } = options;
  const key = model.entityType(type.type.qualifiedName)?.key ?? [];
  const members = new Map<string, Equality>();
  const equalityOf = (name: string): Equality => {
    const known = members.get(name);
    if (known !== undefined) return known;
    const property = type.type.property(name);
    const equality = itemEquality(
      property === undefined ? anything : domainOf(referencedType(property, model), options),
    );
    members.set(name, equality);
    return equality;
  };
  return {
    read: (raw) => (isStructure(raw) ? raw : null),
    compare(left, right, depth = 0) {
      if (!isStructure(left) || !isStructure(right)) return Number.NaN;
      const byKey = areSameEntity(left, right, key, equalityOf);
      return (byKey ?? areSameStructure(left, right, equalityOf, depth)) ? 0 : Number.NaN;
    },
  };
}

type Equality = (left: unknown, right: unknown, depth: number) => boolean;

/** Whether two JSON values are equal in a domain. */
export function itemEquality(domain: Domain): Equality {
  return (left, right, depth) => areEqual(domain.read(left), domain.read(right), domain, depth);
}

function temporal(read: (text: string) => Instant | undefined): Domain {
  return {
    read: (raw) => (typeof raw === 'string' ? (read(raw) ?? null) : null),
    compare: (left, right) => compareInstants(left as Instant, right as Instant),
  };
}

/** Members by their numbers. A name that is no member is NaN: it equals nothing, and is not null. */
function enumerations(enumType: EnumType | undefined): Domain {
  const numberOf = (name: string): number | bigint =>
    enumType?.member(name)?.value ?? (/^-?\d+$/.test(name) ? enumNumber(name) : Number.NaN);
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

function enumNumber(digits: string): number | bigint {
  const value = Number(digits);
  return Number.isSafeInteger(value) ? value : BigInt(digits);
}
