/** What an expression can see: an interface, so that evaluation is a function of its input. */

import type { MemberExpression } from './syntax.ts';
import type { ArrayValue, ObjectValue, Value } from './value.ts';

/**
 * The surroundings of an evaluation. A look-up gives undefined where there is nothing of that name, or where the place
 * has none at all (no loop, no trigger); the function that asked says so. Names are matched by the implementation:
 * exact first, then without regard to case.
 */
export interface EvaluationScope {
  /**
   * The value of a member access, where the scope can follow it without making values of all that it passes; undefined
   * where it cannot. It agrees with evaluating the access step by step.
   */
  atPath?(node: MemberExpression): Value | undefined;
  /** The trigger object: `name`, `inputs`, `outputs`, `status` … */
  trigger(): ObjectValue | undefined;
  /** The object of an action that has ended: `name`, `inputs`, `outputs`, `status`, `code`, times … */
  action(name: string): ObjectValue | undefined;
  /** The outputs alone of an action that has ended: null when it has none. */
  outputs(name: string): Value | undefined;
  /** The action that is being recorded: `action()`. */
  currentAction(): ObjectValue | undefined;
  /** First-level results of a scope that has ended. */
  result(scope: string): ArrayValue | undefined;
  parameter(name: string): Value | undefined;
  variable(name: string): Value | undefined;
  /** Current item of the innermost loop. */
  item(): Value | undefined;
  /** Current item of the loop named. */
  items(loop: string): Value | undefined;
  iterationIndex(loop: string): number | undefined;
  workflow(): Value | undefined;
  readonly moment: Moment;
}

/** Where values come from that are not the same twice. An implementation notes that one was asked for. */
export interface Moment {
  /** Ticks of 100 ns since 0001-01-01T00:00:00 UTC. */
  nowTicks(): bigint;
  /** A number in [0, 1). */
  random(): number;
  /** A random UUID, lower case. */
  uuid(): string;
}
