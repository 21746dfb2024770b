/** Collection functions (reference 8.2). */

import { checkLimit } from '../../../base/limits.ts';
import { firstIndexOf } from '../../../base/text-search.ts';
import { compareValues, equalityKey, keyBudget, valuesEqual } from '../compare.ts';
import { valueTextMax } from '../limits.ts';
import { toText } from '../to-text.ts';
import {
  type ArrayValue,
  describeValue,
  isArrayValue,
  isObjectValue,
  memberOf,
  type ObjectValue,
  type Value,
} from '../value.ts';
import {
  anyArgument,
  argumentError,
  arrayArgument,
  callError,
  countArgument,
  type ExpressionFunction,
  eager,
  type FunctionCall,
  textArgument,
} from './function.ts';

export const collectionFunctions: readonly ExpressionFunction[] = [
  eager('contains(collection, value)', contains),
  eager('empty(collection)', empty),
  eager('first(collection)', (call) => endOf(call, 0)),
  eager('last(collection)', (call) => endOf(call, -1)),
  eager('intersection(collection, ...)', intersection),
  eager('union(collection, ...)', union),
  eager('join(array, delimiter)', join),
  eager('reverse(array)', (call) => arrayArgument(call, 0).toReversed()),
  eager('skip(collection, count)', (call) => sequence(call).slice(amount(call))),
  eager('take(collection, count)', (call) => sequence(call).slice(0, amount(call))),
  eager('sort(array, property?)', sort),
];

function contains(call: FunctionCall): Value {
  const collection = anyArgument(call, 0);
  const value = anyArgument(call, 1);
  if (isArrayValue(collection)) return collection.some((item) => valuesEqual(item, value));
  if (typeof collection === 'string' && value !== null)
    return firstIndexOf(collection, toText(value, call.position)) >= 0;
  if (typeof collection === 'string') throw argumentError(call, 1, value, 'a text to search for');
  if (!isObjectValue(collection)) throw argumentError(call, 0, collection, 'a string, an array or an object');
  return memberOf(collection, textArgument(call, 1)) !== undefined;
}

function empty(call: FunctionCall): Value {
  const collection = anyArgument(call, 0);
  if (collection === null) return true;
  if (typeof collection === 'string' || isArrayValue(collection)) return collection.length === 0;
  if (isObjectValue(collection)) return collection.size === 0;
  throw argumentError(call, 0, collection, 'a string, an array or an object');
}

function endOf(call: FunctionCall, index: 0 | -1): Value {
  const collection = anyArgument(call, 0);
  if (typeof collection === 'string') return collection.at(index) ?? '';
  if (isArrayValue(collection)) return collection.at(index) ?? null;
  throw argumentError(call, 0, collection, 'a string or an array');
}

function sequence(call: FunctionCall): string | ArrayValue {
  const collection = anyArgument(call, 0);
  if (typeof collection === 'string' || isArrayValue(collection)) return collection;
  throw argumentError(call, 0, collection, 'a string or an array');
}

function amount(call: FunctionCall): number {
  const count = countArgument(call, 1);
  if (count < 0) throw argumentError(call, 1, anyArgument(call, 1), 'an integer from 0');
  return count;
}

function intersection(call: FunctionCall): Value {
  const first = anyArgument(call, 0);
  if (isArrayValue(first)) {
    const budget = keyBudget();
    const others = allArrays(call)
      .slice(1)
      .map((array) => new Set(array.map((item) => equalityKey(item, budget))));
    const seen = new Set<string>();
    return first.filter((item) => {
      const key = equalityKey(item, budget);
      if (seen.has(key) || !others.every((keys) => keys.has(key))) return false;
      seen.add(key);
      return true;
    });
  }
  const [base, ...others] = allObjects(call);
  return new Map(
    [...(base ?? [])].filter(([name, member]) =>
      others.every((other) => {
        const counterpart = other.get(name);
        return counterpart !== undefined && valuesEqual(member, counterpart);
      }),
    ),
  );
}

function union(call: FunctionCall): Value {
  if (!isArrayValue(anyArgument(call, 0))) {
    const merged = new Map<string, Value>();
    for (const object of allObjects(call)) for (const [name, member] of object) merged.set(name, member);
    return merged;
  }
  const distinct = new Map<string, Value>();
  const budget = keyBudget();
  for (const item of allArrays(call).flat()) {
    const key = equalityKey(item, budget);
    if (!distinct.has(key)) distinct.set(key, item);
  }
  return [...distinct.values()];
}

function allArrays(call: FunctionCall): readonly ArrayValue[] {
  return call.arguments.map((_, index) => arrayArgument(call, index));
}

function allObjects(call: FunctionCall): readonly ObjectValue[] {
  return call.arguments.map((value, index) => {
    if (isObjectValue(value)) return value;
    throw argumentError(call, index, value, index === 0 ? 'an array or an object' : 'an object, as the first is');
  });
}

function join(call: FunctionCall): Value {
  const array = arrayArgument(call, 0);
  const delimiter = textArgument(call, 1);
  let text = '';
  array.forEach((item, index) => {
    text += (index === 0 ? '' : delimiter) + toText(item, call.position);
    checkLimit('valueTextMax', valueTextMax, text.length, 'The length of the result of join()');
  });
  return text;
}

function sort(call: FunctionCall): Value {
  const array = arrayArgument(call, 0);
  const property = call.arguments.length > 1 ? textArgument(call, 1) : undefined;
  const keyed = array.map((item) => ({ item, key: property === undefined ? item : sortKey(call, item, property) }));
  keyed.sort((left, right) => {
    const order = compareValues(left.key, right.key);
    if (order === undefined || Number.isNaN(order)) {
      throw callError(
        call,
        `found ${describeValue(left.key)} and ${describeValue(right.key)} among what is sorted; expected all numbers or all strings`,
      );
    }
    return order;
  });
  return keyed.map(({ item }) => item);
}

function sortKey(call: FunctionCall, item: Value, property: string): Value {
  const key = isObjectValue(item) ? memberOf(item, property) : undefined;
  if (key === undefined) throw callError(call, `an item of the array has no property '${property}'`);
  return key;
}
