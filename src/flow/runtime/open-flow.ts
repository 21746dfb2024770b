/** A version of a flow, ready to be run: its definition parsed, its parameters filled in. */

import type { ActionRecord, Command, InvokeCommand, InvokeOutcome, RunHistory } from '../engine/command.ts';
import type { Value } from '../expression/value.ts';
import type { FlowVersion } from '../store/store.ts';

/** What the runtime asks of the engine about one version of a flow. Pure. */
export interface OpenFlow {
  readonly parameters: ReadonlyMap<string, Value>;
  decide(history: RunHistory, now: number): readonly Command[];
  settle(
    history: RunHistory,
    command: InvokeCommand,
    outcome: InvokeOutcome,
    timing: { readonly startTime: number; readonly endTime: number },
    random: number,
  ): ActionRecord;
}

export function openFlow(_version: FlowVersion): OpenFlow {
  throw new Error('todo');
}
