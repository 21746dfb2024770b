/** Equality of objects and arrays as they stand in payloads. */

import { checkLimit } from '../../../base/limits.ts';
import type { Row } from '../../row.ts';

/** Whether two JSON values are equal. */
export type ValueEquality = (left: unknown, right: unknown, depth: number) => boolean;

/** Nesting of values that are compared, grouped or aggregated. */
const valueDepthMax = 200;

/** Raises LIMIT_EXCEEDED for a value that nests too deep. */
export function checkValueDepth(depth: number): void {
  checkLimit('valueDepthMax', valueDepthMax, depth, 'The nesting of a value');
}

/** True for an object that is neither null nor an array. */
export function isStructure(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member of a row, or undefined. What `Object.prototype` has is no member; rows that others stand behind are rows. */
export function memberOf(row: Row, name: string): unknown {
  return name in Object.prototype && !Object.hasOwn(row, name) ? undefined : row[name];
}

/** Of the same length, with equal items at each place. */
export function areSameCollection(
  left: readonly unknown[],
  right: readonly unknown[],
  areEqual: ValueEquality,
  depth: number,
): boolean {
  checkValueDepth(depth);
  return left.length === right.length && left.every((item, index) => areEqual(item, right[index], depth + 1));
}

/** With equal members; one that is absent is null, annotations do not count. */
export function areSameStructure(
  left: Row,
  right: Row,
  equalityOf: (name: string) => ValueEquality,
  depth: number,
): boolean {
  checkValueDepth(depth);
  const names = new Set([...Object.keys(left), ...Object.keys(right)].filter((name) => !name.includes('@')));
  return [...names].every((name) => equalityOf(name)(memberOf(left, name), memberOf(right, name), depth + 1));
}

/** Whether two entities have the same key; undefined when a part of it is absent. */
export function areSameEntity(
  left: Row,
  right: Row,
  key: readonly string[],
  equalityOf: (name: string) => ValueEquality,
): boolean | undefined {
  if (key.length === 0) return undefined;
  if (key.some((name) => memberOf(left, name) === undefined || memberOf(right, name) === undefined)) return undefined;
  return key.every((name) => equalityOf(name)(memberOf(left, name), memberOf(right, name), 0));
}
