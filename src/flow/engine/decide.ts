/** What a run does next: a function of definition, history and time (reference 4; design decision D3). */

import { type Action, type ActionGroup, type Definition, groupsOf } from '../definition/index.ts';
import type { Command, EndCommand, RunHistory } from './command.ts';
import { decideAction, skipAction } from './decide-action.ts';
import { beginDecision, type Decision, recordEnd } from './decision.ts';
import { type GroupStatus, groupStatus } from './group-status.ts';
import { runOutputs } from './run-outputs.ts';

/**
 * The commands that follow from the history: every pure result that can be computed now, every effect that is not done
 * yet, and the end of the run once nothing is left. The order of the history's rows does not matter.
 */
export function decide(definition: Definition, history: RunHistory, now: number): readonly Command[] {
  const decision = beginDecision(definition, history, now);
  const status = decideGroup(decision, definition.actions);
  if (decision.termination !== undefined) {
    endTheRest(decision, definition.actions);
    return [...decision.records, terminated(decision)];
  }
  if (status === undefined) return [...decision.records, ...decision.invokes];
  return [...decision.records, finished(decision, status)];
}

/** Decides each action of a group in order; the group's status, or undefined while an action of it is not decided. */
function decideGroup(decision: Decision, group: ActionGroup): GroupStatus | undefined {
  let isComplete = true;
  for (const action of group.ordered) {
    if (decision.termination !== undefined) return undefined;
    if (decideAction(decision, action, group, decideGroup) === undefined) isComplete = false;
  }
  // A Terminate that was the last to be decided ends the run, not the group.
  if (!isComplete || decision.termination !== undefined) return undefined;
  return groupStatus(group, (action) => decision.ended.get(action.name)?.status ?? 'Skipped');
}

function finished(decision: Decision, { status, cause }: GroupStatus): EndCommand {
  const outputs = runOutputs(decision);
  if (status === 'Succeeded') {
    if (outputs.kind === 'failed')
      return { kind: 'end', status: 'Failed', code: outputs.error.code, error: outputs.error };
    return end('Succeeded', 'OK', outputs.value);
  }
  const message = `The action '${cause?.name ?? ''}' ${status === 'Failed' ? 'failed' : 'timed out'}, and no action handled it.`;
  return {
    ...end(status, 'ActionFailed', outputs.kind === 'value' ? outputs.value : undefined),
    error: { code: 'ActionFailed', message },
  };
}

function terminated(decision: Decision): EndCommand {
  const { status, error } = decision.termination ?? { status: 'Cancelled' };
  const outputs = runOutputs(decision);
  const value = outputs.kind === 'value' ? outputs.value : undefined;
  return { ...end(status, 'Terminated', value), ...(error === undefined ? {} : { error }) };
}

function end(status: EndCommand['status'], code: string, outputs: EndCommand['outputs']): EndCommand {
  return { kind: 'end', status, code, ...(outputs === undefined ? {} : { outputs }) };
}

/** After Terminate: what runs is cancelled, what has not begun is skipped (reference 3.11). */
function endTheRest(decision: Decision, group: ActionGroup): void {
  for (const action of group.ordered) {
    if (decision.ended.has(action.name)) continue;
    if (decision.running.has(action.name) || decision.begun.has(action.name)) cancel(decision, action);
    else
      skipAction(decision, action, { code: 'Terminated', message: 'The run was terminated before the action began.' });
    for (const inner of groupsOf(action)) endTheRest(decision, inner);
  }
}

function cancel(decision: Decision, action: Action): void {
  const begun = decision.begun.get(action.name);
  recordEnd(decision, action, {
    status: 'Cancelled',
    code: 'Terminated',
    ...(begun === undefined ? {} : { startTime: begun.startTime }),
    ...(begun?.inputs === undefined ? {} : { inputs: begun.inputs }),
    error: { code: 'Terminated', message: 'The run was terminated while the action ran.' },
  });
}
