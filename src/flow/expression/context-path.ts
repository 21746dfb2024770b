/** Member accesses that can be followed in plain data: `triggerBody()?['items'][0]` makes a value of the item alone. */

import { isJsonObject, type JsonArray, type JsonObject, type JsonValue } from '../../base/json.ts';
import type { EvaluationContext } from './evaluation-context.ts';
import { fromJson } from './json-value.ts';
import type { CallExpression, Expression, MemberExpression } from './syntax.ts';
import type { Value } from './value.ts';

/** The value of an access; undefined where it must be evaluated as any other, errors included. */
export function valueInContext(context: EvaluationContext, node: MemberExpression): Value | undefined {
  const json = jsonAt(context, node);
  return json === undefined ? undefined : fromJson(json);
}

/** The member of plain data: the exact name, else the first that is equal without regard to case (reference 7.4). */
export function memberOfJson(object: JsonObject, name: string): JsonValue | undefined {
  if (Object.hasOwn(object, name)) return object[name];
  const lowered = name.toLowerCase();
  for (const key of Object.keys(object)) {
    if (key.length === name.length && key.toLowerCase() === lowered) return object[key];
  }
  return undefined;
}

function jsonAt(context: EvaluationContext, node: Expression): JsonValue | undefined {
  if (node.kind === 'call') return rootOf(context, node);
  if (node.kind !== 'member' || node.index.kind !== 'literal') return undefined;
  const object = jsonAt(context, node.object);
  if (object === undefined) return undefined;
  const key = node.index.value;
  if (object === null) return node.isOptional ? null : undefined;
  if (typeof key === 'string') {
    if (!isJsonObject(object)) return undefined;
    let member = memberOfJson(object, key);
    if (member === undefined && key.includes('/')) member = memberAtSlashPath(object, key);
    // What is missing without ? is an error, which is left to the evaluator.
    return member === undefined && node.isOptional ? null : member;
  }
  if (typeof key !== 'bigint' || !Array.isArray(object)) return undefined;
  const item = (object as JsonArray)[Number(key)];
  return item === undefined && node.isOptional ? null : item;
}

/** `body/value` is a path where no member has that whole name. */
function memberAtSlashPath(object: JsonObject, path: string): JsonValue | undefined {
  let current: JsonValue | undefined = object;
  for (const segment of path.split('/')) {
    if (isJsonObject(current)) current = memberOfJson(current, segment);
    else if (Array.isArray(current) && /^\d{1,9}$/.test(segment)) current = (current as JsonArray)[Number(segment)];
    else return undefined;
  }
  return current;
}

type Root = (context: EvaluationContext, name: string) => JsonValue | undefined;

const unnamedRoots: ReadonlyMap<string, Root> = new Map<string, Root>([
  ['trigger', (context) => context.trigger],
  ['triggeroutputs', (context) => memberAt(context.trigger, 'outputs')],
  ['triggerbody', (context) => memberAt(memberAt(context.trigger, 'outputs'), 'body')],
  ['item', (context) => context.item],
  ['workflow', (context) => context.workflow],
]);

const namedRoots: ReadonlyMap<string, Root> = new Map<string, Root>([
  ['actions', (context, name) => memberAt(context.actions, name)],
  ['outputs', outputsOf],
  ['actionoutputs', outputsOf],
  ['body', (context, name) => memberAt(outputsOf(context, name), 'body')],
  ['actionbody', (context, name) => memberAt(outputsOf(context, name), 'body')],
  ['parameters', (context, name) => memberAt(context.parameters, name)],
  ['variables', (context, name) => memberAt(context.variables, name)],
  ['items', (context, name) => memberAt(context.items, name)],
]);

function rootOf(context: EvaluationContext, call: CallExpression): JsonValue | undefined {
  const roots = call.arguments.length === 0 ? unnamedRoots : namedRoots;
  const root = roots.get(call.name) ?? roots.get(call.name.toLowerCase());
  if (root === undefined || call.arguments.length > 1) return undefined;
  const [argument] = call.arguments;
  if (argument === undefined) return root(context, '');
  if (argument.kind !== 'literal' || typeof argument.value !== 'string') return undefined;
  return root(context, argument.value);
}

function outputsOf(context: EvaluationContext, name: string): JsonValue | undefined {
  return memberAt(memberAt(context.actions, name), 'outputs');
}

function memberAt(json: JsonValue | undefined, name: string): JsonValue | undefined {
  return isJsonObject(json) ? memberOfJson(json, name) : undefined;
}
