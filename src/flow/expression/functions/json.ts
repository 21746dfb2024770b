/** Functions on the members of objects (reference 8.9). */

import { memberName, type ObjectValue, type Value } from '../value.ts';
import {
  anyArgument,
  argumentError,
  type ExpressionFunction,
  eager,
  type FunctionCall,
  objectArgument,
  textArgument,
} from './function.ts';

export const jsonFunctions: readonly ExpressionFunction[] = [
  eager('addProperty(object, property, value)', addProperty),
  eager('setProperty(object, property, value)', setProperty),
  eager('removeProperty(object, property)', removeProperty),
  eager('mergeObjects(object, ...)', mergeObjects),
];

function addProperty(call: FunctionCall): Value {
  const object = objectArgument(call, 0);
  const property = textArgument(call, 1);
  const existing = memberName(object, property);
  if (existing !== undefined) {
    throw argumentError(call, 1, property, `a name that the object does not have; it has '${existing}'`);
  }
  return new Map([...object, [property, anyArgument(call, 2)]]);
}

/** The member takes its new value and moves to the end, in the spelling it had. */
function setProperty(call: FunctionCall): Value {
  const object = objectArgument(call, 0);
  const property = textArgument(call, 1);
  const name = memberName(object, property) ?? property;
  return new Map([...without(object, name), [name, anyArgument(call, 2)]]);
}

function removeProperty(call: FunctionCall): Value {
  const object = objectArgument(call, 0);
  const name = memberName(object, textArgument(call, 1));
  return name === undefined ? object : new Map(without(object, name));
}

function mergeObjects(call: FunctionCall): Value {
  const merged = new Map<string, Value>();
  call.arguments.forEach((_, index) => {
    for (const [name, member] of objectArgument(call, index)) merged.set(name, member);
  });
  return merged;
}

function without(object: ObjectValue, name: string): readonly (readonly [string, Value])[] {
  return [...object].filter(([key]) => key !== name);
}
