/** A world state as plain data, for evaluating a template outside of a run. */

import { RialtoError } from '../../base/errors.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { memberOfJson, valueInContext } from './context-path.ts';
import { fromJson } from './json-value.ts';
import { parseTimestamp } from './parse-timestamp.ts';
import type { EvaluationScope, Moment } from './scope.ts';
import type { MemberExpression } from './syntax.ts';
import { type ArrayValue, isArrayValue, isObjectValue, memberAt, type ObjectValue, type Value } from './value.ts';

/** What an expression can see; each member may be left out. */
export interface EvaluationContext {
  /** ISO timestamp that utcNow() and its like use. `evaluate` and `compile` take the machine's clock without it. */
  readonly now?: string;
  /** Gives [0, 1); guid() and rand() use it. `evaluate` and `compile` take the machine's randomness without it. */
  readonly random?: () => number;
  readonly parameters?: JsonObject;
  readonly variables?: JsonObject;
  /** `{ name, status, outputs: { statusCode?, headers?, body? } }` */
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

/** Where time and randomness come from when the context does not say. */
export type MomentDefaults = Pick<Moment, 'nowTicks' | 'random'>;

/**
 * A scope over plain data, of which only what is asked for is turned into values. Without defaults, functions of the
 * time and of randomness fail where the context gives none.
 */
export function contextScope(context: EvaluationContext, defaults?: MomentDefaults): EvaluationScope {
  return new ContextScope(context, defaults);
}

class ContextScope implements EvaluationScope {
  readonly #context: EvaluationContext;
  readonly #defaults: MomentDefaults | undefined;

  constructor(context: EvaluationContext, defaults: MomentDefaults | undefined) {
    this.#context = context;
    this.#defaults = defaults;
  }

  atPath(node: MemberExpression): Value | undefined {
    return valueInContext(this.#context, node);
  }

  trigger(): ObjectValue | undefined {
    return objectOrNone(converted(this.#context.trigger));
  }

  action(name: string): ObjectValue | undefined {
    return objectOrNone(named(this.#context.actions, name));
  }

  outputs(name: string): Value | undefined {
    const action = named(this.#context.actions, name);
    return action === undefined ? undefined : (memberAt(action, ['outputs']) ?? null);
  }

  currentAction(): undefined {
    return undefined;
  }

  result(scope: string): ArrayValue | undefined {
    const value = named(this.#context.results, scope);
    return isArrayValue(value) ? value : undefined;
  }

  parameter(name: string): Value | undefined {
    return named(this.#context.parameters, name);
  }

  variable(name: string): Value | undefined {
    return named(this.#context.variables, name);
  }

  item(): Value | undefined {
    return converted(this.#context.item);
  }

  items(loop: string): Value | undefined {
    return named(this.#context.items, loop);
  }

  iterationIndex(loop: string): number | undefined {
    const index = named(this.#context.iterationIndexes, loop);
    return typeof index === 'bigint' ? Number(index) : undefined;
  }

  workflow(): Value | undefined {
    return converted(this.#context.workflow);
  }

  get moment(): Moment {
    return contextMoment(this.#context, this.#defaults);
  }
}

function converted(json: JsonValue | undefined): Value | undefined {
  return json === undefined ? undefined : fromJson(json);
}

function named(members: JsonObject | undefined, name: string): Value | undefined {
  return members === undefined ? undefined : converted(memberOfJson(members, name));
}

function objectOrNone(value: Value | undefined): ObjectValue | undefined {
  return isObjectValue(value) ? value : undefined;
}

function contextMoment({ now, random }: EvaluationContext, defaults: MomentDefaults | undefined): Moment {
  function draw(): number {
    const source = random ?? defaults?.random;
    if (source === undefined) throw missing('random', 'guid() and rand()');
    return source();
  }
  return {
    nowTicks() {
      if (now === undefined && defaults !== undefined) return defaults.nowTicks();
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
