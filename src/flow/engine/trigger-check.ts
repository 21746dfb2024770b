/** One check of a trigger: what to call, and which runs an answer starts (reference 2.1 to 2.5). */

import { isRialtoError, RialtoError } from '../../base/errors.ts';
import { type Definition, parameterScope } from '../definition/index.ts';
import {
  describeValue,
  type EvaluationScope,
  evaluateTemplate,
  isArrayValue,
  isObjectValue,
  type ObjectValue,
  objectValue,
  type Value,
} from '../expression/index.ts';
import { timeText } from './action-object.ts';
import type { ActionError } from './command.ts';
import { type ApiCall, apiCallOf } from './connector-call.ts';
import { trackedMoment } from './moment.ts';

/** Most runs that one check can start. */
export const splitItemsMax = 100_000;

export interface TriggerCall {
  /** The evaluated `inputs`. */
  readonly inputs: Value;
  readonly call: ApiCall;
}

/** The call that a check of the trigger makes at `now`. Raises EXPRESSION_FAILED and LIMIT_EXCEEDED. */
export function triggerCall(definition: Definition, parameters: ReadonlyMap<string, Value>, now: number): TriggerCall {
  const { trigger } = definition;
  const inputs = evaluateTemplate(
    trigger.inputs,
    triggerScope(parameters, undefined, `${trigger.name}\n(inputs)`, now),
  );
  const call = apiCallOf(inputs);
  if ('complaint' in call) {
    throw new RialtoError('EXPRESSION_FAILED', `The inputs of the trigger '${trigger.name}': ${call.complaint}`);
  }
  return { inputs, call };
}

/** What a check comes to: the trigger history's status, and the outputs of each run to start, in order. */
export interface TriggerSplit {
  /** `Failed` also when only some items could not be judged; the others still start their runs. */
  readonly status: 'Succeeded' | 'Skipped' | 'Failed';
  readonly code: string;
  readonly error?: ActionError;
  readonly items: readonly TriggerItem[];
}

export interface TriggerItem {
  /** `statusCode`, `headers`, and as `body` the item. */
  readonly outputs: Value;
  /** Place of the item in the array; 0 without splitOn. */
  readonly index: number;
}

/**
 * Splits the outputs of a check, `{ statusCode, headers, body }`, by the trigger's splitOn, and keeps the items for which
 * its conditions hold. An answer that brings nothing new need not come here: it is Skipped.
 */
export function splitTrigger(
  definition: Definition,
  parameters: ReadonlyMap<string, Value>,
  outputs: Value,
  now: number,
): TriggerSplit {
  const { trigger } = definition;
  const all = splitItems(definition, parameters, outputs, now);
  if ('code' in all) return { status: 'Failed', code: all.code, error: all, items: [] };
  const items: TriggerItem[] = [];
  let error: ActionError | undefined;
  for (const item of all.items) {
    const verdict = judge(definition, parameters, item, now);
    if (typeof verdict === 'object') error ??= verdict;
    else if (verdict) items.push(item);
  }
  if (error !== undefined) return { status: 'Failed', code: error.code, error, items };
  if (items.length > 0) return { status: 'Succeeded', code: 'OK', items };
  // Without conditions there was nothing to split; with them, nothing met them.
  const code = all.items.length === 0 || trigger.conditions.length === 0 ? 'NoContent' : 'TriggerConditionNotMet';
  return { status: 'Skipped', code, items };
}

export interface TriggerObjectOptions {
  readonly inputs: Value;
  readonly outputs: Value;
  /** Milliseconds since 1970. */
  readonly startTime: number;
  readonly endTime: number;
}

/** The trigger object of a run: what trigger() gives. */
export function triggerObject(definition: Definition, options: TriggerObjectOptions): ObjectValue {
  return objectValue({
    name: definition.trigger.name,
    inputs: options.inputs,
    outputs: options.outputs,
    startTime: timeText(options.startTime),
    endTime: timeText(options.endTime),
    status: 'Succeeded',
    code: 'OK',
  });
}

function splitItems(
  definition: Definition,
  parameters: ReadonlyMap<string, Value>,
  outputs: Value,
  now: number,
): { readonly items: readonly TriggerItem[] } | ActionError {
  const { name, splitOn } = definition.trigger;
  if (splitOn === undefined) return { items: [{ outputs, index: 0 }] };
  let array: Value;
  try {
    array = evaluateTemplate(splitOn, triggerScope(parameters, outputObject(name, outputs), `${name}\n(splitOn)`, now));
  } catch (error) {
    if (!isRialtoError(error)) throw error;
    return { code: 'InvalidTemplate', message: `splitOn: ${error.message}` };
  }
  if (array === null) return { items: [] };
  if (!isArrayValue(array)) {
    return { code: 'InvalidTemplate', message: `splitOn gives ${describeValue(array)}; expected an array.` };
  }
  if (array.length > splitItemsMax) {
    const message = `splitOn gives ${array.length} items, more than the limit splitItemsMax of ${splitItemsMax}.`;
    return { code: 'SplitOnItemsExceeded', message };
  }
  const rest = isObjectValue(outputs) ? [...outputs].filter(([member]) => member !== 'body') : [];
  return { items: array.map((item, index) => ({ outputs: new Map([...rest, ['body', item]]), index })) };
}

/** Whether all conditions hold for the item; an error when one cannot be evaluated. */
function judge(
  definition: Definition,
  parameters: ReadonlyMap<string, Value>,
  item: TriggerItem,
  now: number,
): boolean | ActionError {
  const { name, conditions } = definition.trigger;
  if (conditions.length === 0) return true;
  const scope = triggerScope(parameters, outputObject(name, item.outputs), `${name}\n(condition ${item.index})`, now);
  for (const condition of conditions) {
    try {
      const value = evaluateTemplate(condition, scope);
      if (typeof value !== 'boolean') {
        return {
          code: 'InvalidTemplate',
          message: `A trigger condition gives ${describeValue(value)}; expected true or false.`,
        };
      }
      if (!value) return false;
    } catch (error) {
      if (!isRialtoError(error)) throw error;
      return { code: 'InvalidTemplate', message: `A trigger condition: ${error.message}` };
    }
  }
  return true;
}

function outputObject(name: string, outputs: Value): ObjectValue {
  return objectValue({ name, outputs, status: 'Succeeded', code: 'OK' });
}

function triggerScope(
  parameters: ReadonlyMap<string, Value>,
  trigger: ObjectValue | undefined,
  seed: string,
  now: number,
): EvaluationScope {
  return { ...parameterScope(parameters), trigger: () => trigger, moment: trackedMoment(seed, now) };
}
