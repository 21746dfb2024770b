/** A version of a flow, ready to be run: its definition parsed, its parameters filled in. */

import { type Definition, parseDefinition } from '../definition/index.ts';
import {
  type ActionRecord,
  type Command,
  decide,
  type InvokeCommand,
  type InvokeOutcome,
  type InvokeTiming,
  nextCheckTime,
  type RunHistory,
  settle,
  splitTrigger,
  type TriggerCall,
  type TriggerSplit,
  triggerCall,
  triggerObject,
} from '../engine/index.ts';
import { parseValue, printValue, type Value } from '../expression/index.ts';
import type { FlowVersion, JsonText } from '../store/store.ts';

/** What the runtime asks of the engine when it executes a run. Pure. */
export interface RunnableFlow {
  readonly parameters: ReadonlyMap<string, Value>;
  decide(history: RunHistory, now: number): readonly Command[];
  settle(command: InvokeCommand, outcome: InvokeOutcome, timing: InvokeTiming, random: number): ActionRecord;
}

/** What the runtime asks of the engine when it checks the trigger. Pure. */
export interface PolledFlow {
  /** Raises EXPRESSION_FAILED. */
  triggerCall(now: number): TriggerCall;
  splitTrigger(outputs: Value, now: number): TriggerSplit;
  /** The trigger as a run sees it. */
  printTrigger(facts: Parameters<typeof triggerObject>[1]): JsonText;
  /** The check after one that began at `previous`. */
  nextCheckTime(now: number, previous: number): number;
}

export interface OpenFlow extends RunnableFlow, PolledFlow {}

/**
 * Opens a stored version. Raises DEFINITION_INVALID and DEFINITION_UNSUPPORTED for one that this release does not run.
 */
export function openFlow(version: FlowVersion): OpenFlow {
  const what = `version ${version.version} of flow '${version.flow}'`;
  const definition = parseDefinition(
    new Map([
      ['definition', parseValue(version.definition, `the definition of ${what}`)],
      ['parameters', parseValue(version.parameters, `the parameters of ${what}`)],
    ]),
  );
  return flowOf(definition);
}

function flowOf(definition: Definition): OpenFlow {
  const parameters = definition.parameterValues;
  return {
    parameters,
    decide: (history, now) => decide(definition, history, now),
    settle,
    triggerCall: (now) => triggerCall(definition, parameters, now),
    splitTrigger: (outputs, now) => splitTrigger(definition, parameters, outputs, now),
    printTrigger: (facts) => printValue(triggerObject(definition, facts)),
    nextCheckTime: (now, previous) => nextCheckTime(definition.trigger.recurrence, { now, previous }),
  };
}
