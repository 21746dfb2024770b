/** What can be evaluated without a run: expressions of parameters alone. */

import { RialtoError } from '../../base/errors.ts';
import { type EvaluationScope, type Moment, memberOf, type Value } from '../expression/index.ts';

/** A scope in which only parameters() gives something. */
export function parameterScope(values: ReadonlyMap<string, Value>): EvaluationScope {
  const none = (): undefined => undefined;
  return {
    trigger: none,
    action: none,
    outputs: none,
    currentAction: none,
    result: none,
    parameter: (name) => memberOf(values, name),
    variable: none,
    item: none,
    items: none,
    iterationIndex: none,
    workflow: none,
    moment: noMoment,
  };
}

const noMoment: Moment = Object.freeze({ nowTicks: refuse, random: refuse, uuid: refuse });

function refuse(): never {
  throw new RialtoError('EXPRESSION_FAILED', 'The time and random values are known in a run only.');
}
