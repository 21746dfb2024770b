/** A world state as plain data, for evaluating a template outside of a run. */

import { RialtoError } from '../../base/errors.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { fromJson } from './json-value.ts';
import { parseTimestamp } from './parse-timestamp.ts';
import type { EvaluationScope, Moment } from './scope.ts';
import { type ArrayValue, isArrayValue, isObjectValue, memberAt, type ObjectValue, type Value } from './value.ts';

/** What an expression can see; each member may be left out. */
export interface EvaluationContext {
  /** ISO timestamp that utcNow() and its like use. Without it they fail. */
  readonly now?: string;
  /** Gives [0, 1); guid() and rand() use it. Without it they fail. */
  readonly random?: () => number;
  readonly parameters?: JsonObject;
  readonly variables?: JsonObject;
  readonly trigger?: JsonObject;
  /** Action name → `{ status, outputs, … }`. */
  readonly actions?: JsonObject;
  /** Current item for item(). */
  readonly item?: JsonValue;
  /** Loop name → current item. */
  readonly items?: JsonObject;
  /** Loop name → index. */
  readonly iterationIndexes?: JsonObject;
  /** Scope name → array for result(). */
  readonly results?: JsonObject;
  /** What workflow() gives. */
  readonly workflow?: JsonObject;
}

/** A scope over plain data. Raises LIMIT_EXCEEDED for data nested too deeply. */
export function contextScope(context: EvaluationContext): EvaluationScope {
  const { now, random, ...data } = context;
  const values = fromJson(data as JsonObject);
  const lookUp = (member: string, name: string) => memberAt(values, [member, name]);
  return {
    trigger: () => objectOrNone(memberAt(values, ['trigger'])),
    action: (name) => objectOrNone(lookUp('actions', name)),
    outputs(name) {
      const action = lookUp('actions', name);
      return action === undefined ? undefined : (memberAt(action, ['outputs']) ?? null);
    },
    currentAction: () => undefined,
    result: (name) => arrayOrNone(lookUp('results', name)),
    parameter: (name) => lookUp('parameters', name),
    variable: (name) => lookUp('variables', name),
    item: () => memberAt(values, ['item']),
    items: (name) => lookUp('items', name),
    iterationIndex(name) {
      const index = lookUp('iterationIndexes', name);
      return typeof index === 'bigint' ? Number(index) : undefined;
    },
    workflow: () => memberAt(values, ['workflow']),
    moment: contextMoment(now, random),
  };
}

function contextMoment(now: string | undefined, random: (() => number) | undefined): Moment {
  function draw(): number {
    if (random === undefined) throw missing('random', 'guid() and rand()');
    return random();
  }
  return {
    nowTicks() {
      if (now === undefined) throw missing('now', 'functions of the current time');
      const timestamp = parseTimestamp(now);
      if (timestamp === undefined) {
        throw new RialtoError('OPTION_INVALID', `The context member 'now' is '${now}', expected an ISO timestamp.`);
      }
      return timestamp.ticks;
    },
    random: draw,
    uuid() {
      // Version 4: random but for the marks of version and variant.
      const digits = Array.from({ length: 32 }, (_, index) =>
        index === 12 ? '4' : Math.floor(index === 16 ? 8 + draw() * 4 : draw() * 16).toString(16),
      ).join('');
      return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    },
  };
}

function missing(member: string, needs: string): RialtoError {
  return new RialtoError('OPTION_INVALID', `The context has no member '${member}', which ${needs} need.`);
}

function objectOrNone(value: Value | undefined): ObjectValue | undefined {
  return isObjectValue(value) ? value : undefined;
}

function arrayOrNone(value: Value | undefined): ArrayValue | undefined {
  return isArrayValue(value) ? value : undefined;
}
