/** Conditions: a template, or the structured form `{ "and": [ { "equals": ["@…", 1] } ] }` (reference 3.10). */

import { findFunction, findFunctionNotBuilt, isArrayValue, isObjectValue, type Value } from '../expression/index.ts';
import { type CheckContext, checkCall, type TemplatePlace } from './check-expressions.ts';
import type { Condition } from './definition.ts';
import { readExpressionTemplate, readTemplate } from './read-template.ts';

/** Reads the `expression` of an If; whatever is wrong with it is reported. */
export function readCondition(value: Value, pointer: string, place: TemplatePlace, context: CheckContext): Condition {
  if (typeof value === 'string') {
    return { kind: 'template', template: readExpressionTemplate(value, pointer, place, context) };
  }
  const entry = isObjectValue(value) && value.size === 1 ? [...value][0] : undefined;
  if (entry === undefined) {
    context.problems.invalid(
      pointer,
      'A condition is an expression, or an object with one member that names a function: { "equals": [ … ] }.',
    );
    return { kind: 'template', template: { kind: 'literal', value: null } };
  }
  return readCall(entry[0], entry[1], pointer, place, context);
}

function readCall(
  name: string,
  source: Value,
  pointer: string,
  place: TemplatePlace,
  context: CheckContext,
): Condition {
  const list = isArrayValue(source) ? source : [source];
  const at = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  // and([]) and or([]) have a meaning in this form only.
  if (list.length > 0 || !/^(and|or)$/i.test(name)) {
    checkCall({ name, arguments: list.map(() => ({ kind: 'literal', value: null, position: 0 })) }, at, place, context);
  }
  // Objects inside these can be nothing but conditions; a misspelt name must not pass for data.
  const takesConditions = /^(and|or|not)$/i.test(name);
  const readItem = takesConditions ? readOperand : readArgument;
  return {
    kind: 'call',
    name,
    arguments: list.map((item, index) => readItem(item, isArrayValue(source) ? `${at}/${index}` : at, place, context)),
  };
}

function readOperand(value: Value, pointer: string, place: TemplatePlace, context: CheckContext): Condition {
  if (isObjectValue(value)) return readCondition(value, pointer, place, context);
  return { kind: 'template', template: readTemplate(value, pointer, place, context) };
}

function readArgument(value: Value, pointer: string, place: TemplatePlace, context: CheckContext): Condition {
  const entry = isObjectValue(value) && value.size === 1 ? [...value][0] : undefined;
  // An object of another shape is plain data to compare with.
  if (entry !== undefined && (findFunction(entry[0]) ?? findFunctionNotBuilt(entry[0])) !== undefined) {
    return readCall(entry[0], entry[1], pointer, place, context);
  }
  return { kind: 'template', template: readTemplate(value, pointer, place, context) };
}
