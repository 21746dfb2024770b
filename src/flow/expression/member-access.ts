/** Member access: `x.name`, `x['name']`, `x[3]`, each with or without `?` (reference 7.4). */

import { didYouMean } from '../../base/nearest.ts';
import { EvaluationError } from './evaluation-error.ts';
import type { MemberExpression } from './syntax.ts';
import {
  type ArrayValue,
  describeValue,
  isArrayValue,
  isObjectValue,
  memberOf,
  type ObjectValue,
  type Value,
} from './value.ts';

/** The member of `object` at `index`. Raises EXPRESSION_FAILED. */
export function memberAccess(object: Value, index: Value, node: MemberExpression): Value {
  if (isObjectValue(object)) return memberOfObject(object, index, node);
  if (isArrayValue(object)) return itemOfArray(object, index, node);
  if (object === null) {
    if (node.isOptional) return null;
    throw fail(node, `${describeIndex(index)} is asked of null; write ?[…] to get null`);
  }
  throw fail(node, `${describeIndex(index)} is asked of ${describeValue(object)}, which has no members`);
}

function memberOfObject(object: ObjectValue, index: Value, node: MemberExpression): Value {
  if (typeof index !== 'string') {
    throw fail(node, `A member of an object is asked for by ${describeValue(index)}; expected a string`);
  }
  // Not `??`: a member that is null is there.
  const member = memberOf(object, index);
  if (member !== undefined) return member;
  const atPath = memberAtSlashPath(object, index);
  if (atPath !== undefined) return atPath;
  if (node.isOptional) return null;
  throw fail(
    node,
    `The object has no member '${index}'.${didYouMean(index, object.keys())} Write ?['${index}'] to get null`,
  );
}

function itemOfArray(array: ArrayValue, index: Value, node: MemberExpression): Value {
  if (typeof index !== 'bigint') {
    throw fail(node, `An item of an array is asked for by ${describeValue(index)}; expected an integer`);
  }
  const item = array[Number(index)];
  if (item !== undefined) return item;
  if (node.isOptional) return null;
  throw fail(node, `The array has ${array.length} items and none at ${index}; write ?[${index}] to get null`);
}

/** `body/value` is a path where no member has that whole name: Power Automate writes such. Undefined where it breaks. */
function memberAtSlashPath(object: ObjectValue, path: string): Value | undefined {
  if (!path.includes('/')) return undefined;
  let current: Value | undefined = object;
  for (const segment of path.split('/')) {
    if (isObjectValue(current)) current = memberOf(current, segment);
    else if (isArrayValue(current) && /^\d{1,9}$/.test(segment)) current = current[Number(segment)];
    else return undefined;
  }
  return current;
}

function describeIndex(index: Value): string {
  return typeof index === 'string' ? `The member '${index}'` : `The item at ${describeValue(index)}`;
}

function fail(node: MemberExpression, message: string): EvaluationError {
  return new EvaluationError(`${message}.`, { position: node.position });
}
