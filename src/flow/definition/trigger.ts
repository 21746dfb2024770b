/** Triggers of a definition (reference 2). */

import { jsonPointer } from '../../base/json.ts';
import {
  describeValue,
  isArrayValue,
  isObjectValue,
  memberAt,
  type ObjectValue,
  type Template,
  type Value,
} from '../expression/index.ts';
import { type ReadContext, readApiConnectionInputs } from './api-connection.ts';
import { checkTrigger } from './check/check-trigger.ts';
import type { Trigger } from './definition.ts';
import { checkName } from './outline.ts';
import { readExpressionTemplate, readTemplate } from './read-template.ts';
import { readRecurrence } from './recurrence.ts';
import { defaultRetryPolicy, readRetryPolicy } from './retry-policy.ts';
import { triggerTypesRun, typeRemedy } from './supported.ts';
import { reportMembers, reportTriggerMembers } from './unsupported-members.ts';

/** All trigger types of the language. */
export const triggerTypes: readonly string[] = [
  'ApiConnection',
  'ApiConnectionNotification',
  'ApiConnectionWebhook',
  'ApiManagement',
  'Batch',
  'Http',
  'HttpWebhook',
  'Manual',
  'OpenApiConnection',
  'OpenApiConnectionNotification',
  'OpenApiConnectionWebhook',
  'Recurrence',
  'Request',
  'ServiceProvider',
  'SlidingWindow',
];

/** Reads the one trigger of a definition; undefined, and reported, when it is wrong or not supported. */
export function readTriggers(source: Value | undefined, pointer: string, context: ReadContext): Trigger | undefined {
  const { problems } = context;
  if (!isObjectValue(source) || source.size === 0) {
    problems.invalid(pointer, 'The definition has no trigger; nothing would start it.');
    return undefined;
  }
  const { triggersMax, title } = context.platform;
  if (source.size > triggersMax) {
    problems.invalid(pointer, `There are ${source.size} triggers; ${title} allows ${triggersMax}.`);
  } else if (source.size > 1) {
    problems.unsupported(pointer, `There are ${source.size} triggers; more than one is not supported yet.`);
  }
  const names = new Set([...source.keys()].map((name) => name.toLowerCase()));
  if (names.size < source.size) problems.invalid(pointer, 'Two triggers have the same name, but for letter case.');
  const triggers = [...source].map(([name, trigger]) => {
    const at = pointer + jsonPointer([name]);
    checkName('trigger', name, at, problems);
    if (isObjectValue(trigger)) return readTrigger(name, trigger, at, context);
    problems.invalid(at, `The trigger '${name}' is ${describeValue(trigger)}; expected an object.`);
    return undefined;
  });
  return triggers[0];
}

/** The type of a trigger as the language spells it; undefined when it has none of that name. */
export function findTriggerType(written: Value | undefined): string | undefined {
  return typeof written === 'string'
    ? triggerTypes.find((one) => one.toLowerCase() === written.toLowerCase())
    : undefined;
}

function readTrigger(name: string, source: ObjectValue, pointer: string, context: ReadContext): Trigger | undefined {
  const { problems } = context;
  const written = source.get('type');
  const type = findTriggerType(written);
  if (type === undefined) {
    const found = typeof written === 'string' ? `'${written}'` : describeValue(written ?? null);
    const hint = typeof written === 'string' ? problems.hint(written, triggerTypes) : '';
    problems.invalid(`${pointer}/type`, `The type of the trigger '${name}' is ${found}, which is none.${hint}`);
    return undefined;
  }
  const splitOn = readSplitOn(source, pointer, context);
  const conditions = readConditions(source.get('conditions'), `${pointer}/conditions`, context);
  reportTriggerMembers(source, pointer, triggerTypesRun.has(type), problems);
  checkTrigger({ name, type, source, pointer, context });
  if (!triggerTypesRun.has(type)) {
    problems.unsupported(`${pointer}/type`, `Triggers of type ${type} are not supported yet.`, typeRemedy(type));
    readUnsupportedInputs(source, pointer, context);
    return undefined;
  }
  const recurrence = readRecurrence(source.get('recurrence'), `${pointer}/recurrence`, context);
  const inputs = readApiConnectionInputs(
    source.get('inputs'),
    `${pointer}/inputs`,
    { kind: 'trigger-inputs' },
    context,
  );
  reportRetryPolicy(source, pointer, context);
  if (recurrence === undefined) return undefined;
  return {
    kind: 'ApiConnection',
    name,
    pointer,
    recurrence,
    inputs,
    ...(splitOn === undefined ? {} : { splitOn }),
    conditions,
  };
}

function readUnsupportedInputs(source: ObjectValue, pointer: string, context: ReadContext): void {
  const inputs = source.get('inputs') ?? null;
  // JSON schemas are never evaluated.
  const checked = isObjectValue(inputs) ? new Map([...inputs].filter(([name]) => !/schema$/i.test(name))) : inputs;
  readTemplate(checked, `${pointer}/inputs`, { kind: 'trigger-inputs' }, context);
  const recurrence = source.get('recurrence') ?? null;
  if (recurrence !== null) readRecurrence(recurrence, `${pointer}/recurrence`, context);
}

/** A check that fails is made again at the recurrence; what else a policy asks for is not done. */
function reportRetryPolicy(source: ObjectValue, pointer: string, { problems }: ReadContext): void {
  const policy = readRetryPolicy(memberAt(source, ['inputs', 'retryPolicy']));
  if ('complaint' in policy || policy.kind === 'none' || policy === defaultRetryPolicy) return;
  problems.unsupported(
    `${pointer}/inputs/retryPolicy`,
    'A retry policy of a trigger other than none and default is not supported yet.',
  );
}

function readSplitOn(source: ObjectValue, pointer: string, context: ReadContext): Template | undefined {
  const splitOn = source.get('splitOn');
  if (splitOn === undefined || splitOn === null) return undefined;
  if (typeof splitOn !== 'string') {
    context.problems.invalid(`${pointer}/splitOn`, `splitOn is ${describeValue(splitOn)}; expected an expression.`);
    return undefined;
  }
  return readExpressionTemplate(splitOn, `${pointer}/splitOn`, { kind: 'trigger-result' }, context);
}

function readConditions(source: Value | undefined, pointer: string, context: ReadContext): readonly Template[] {
  if (source === undefined || source === null) return [];
  if (!isArrayValue(source)) {
    context.problems.invalid(pointer, `The conditions are ${describeValue(source)}; expected an array.`);
    return [];
  }
  return source.flatMap((entry, index) => {
    const expression = isObjectValue(entry) ? entry.get('expression') : undefined;
    if (!isObjectValue(entry) || typeof expression !== 'string') {
      context.problems.invalid(`${pointer}/${index}`, 'A trigger condition is an object with an expression.');
      return [];
    }
    reportMembers(entry, [['dependsOn']], `${pointer}/${index}`, context.problems);
    return [readExpressionTemplate(expression, `${pointer}/${index}/expression`, { kind: 'trigger-result' }, context)];
  });
}
