/** Decides one action: waits, is skipped, or runs by its type (reference 3, 4.2). */

import type {
  Action,
  ActionGroup,
  ApiConnectionAction,
  ComposeAction,
  IfAction,
  ScopeAction,
  TerminateAction,
} from '../definition/index.ts';
import { groupsOf, readRetryPolicy } from '../definition/index.ts';
import { describeValue, evaluateTemplate, memberAt, objectValue, type Value } from '../expression/index.ts';
import type { ActionError, ActionRecord, ActionStatus } from './command.ts';
import { apiCallOf } from './connector-call.ts';
import {
  type Decision,
  type Evaluated,
  evaluateFor,
  invalidTemplate,
  type RecordOptions,
  recordEnd,
} from './decision.ts';
import { evaluateCondition } from './evaluate-condition.ts';
import type { GroupStatus } from './group-status.ts';

/** Decides the actions of a group; given in by the caller, since actions hold groups and groups hold actions. */
export type DecideGroup = (decision: Decision, group: ActionGroup) => GroupStatus | undefined;

/** The status of an action that has ended, or ends now; undefined while it waits or runs. */
export function decideAction(
  decision: Decision,
  action: Action,
  group: ActionGroup,
  decideGroup: DecideGroup,
): ActionStatus | undefined {
  const ended = decision.ended.get(action.name);
  if (ended !== undefined) {
    // A Terminate whose record was kept while the end of the run was not.
    if (action.kind === 'Terminate' && ended.status === 'Succeeded') terminate(decision, ended.inputs ?? null);
    return ended.status;
  }
  if (![...action.runAfter.keys()].every((name) => decision.ended.has(name))) return undefined;
  const unsatisfied = unsatisfiedDependency(decision, action, group);
  if (unsatisfied !== undefined) return skipAction(decision, action, unsatisfied);
  switch (action.kind) {
    case 'Compose':
      return compose(decision, action);
    case 'ApiConnection':
      return invoke(decision, action);
    case 'If':
      return runIf(decision, action, decideGroup);
    case 'Scope':
      return runScopeAction(decision, action, decideGroup);
    case 'Terminate':
      return runTerminate(decision, action);
  }
}

/** Records an action as skipped, and everything inside it. */
export function skipAction(decision: Decision, action: Action, error: ActionError): ActionStatus {
  const code = error.code === 'Terminated' ? 'Terminated' : 'ActionSkipped';
  recordEnd(decision, action, { status: 'Skipped', code, error });
  const inner =
    error.code === 'ActionConditionFailed'
      ? { code: 'ActionDependencyFailed', message: `'${action.name}', which holds the action, was skipped.` }
      : error;
  for (const group of groupsOf(action)) skipGroup(decision, group, inner);
  return 'Skipped';
}

function skipGroup(decision: Decision, group: ActionGroup, error: ActionError): void {
  for (const action of group.ordered) {
    if (!decision.ended.has(action.name)) skipAction(decision, action, error);
  }
}

function unsatisfiedDependency(decision: Decision, action: Action, group: ActionGroup): ActionError | undefined {
  for (const [name, allowed] of action.runAfter) {
    const status = decision.ended.get(name)?.status;
    if (status === undefined || !group.actions.has(name) || allowed.includes(status)) continue;
    return {
      code: 'ActionConditionFailed',
      message: `The action runs after '${name}' with status ${allowed.join(' or ')}; it ended ${status}.`,
    };
  }
  return undefined;
}

function compose(decision: Decision, action: ComposeAction): ActionStatus {
  const result = evaluateFor(decision, action, (scope) => evaluateTemplate(action.inputs, scope));
  if (result.kind === 'failed') return fail(decision, action, result);
  const { value, isVolatile } = result;
  return recordEnd(decision, action, { status: 'Succeeded', code: 'OK', inputs: value, outputs: value, isVolatile });
}

/** Asks for the call. Inputs that the history holds already are taken as they are: computing them again could differ. */
function invoke(decision: Decision, action: ApiConnectionAction): ActionStatus | undefined {
  const row = decision.begun.get(action.name);
  const stored = row?.inputs;
  const evaluated: Evaluated<Value> =
    stored === undefined
      ? evaluateFor(decision, action, (scope) => evaluateTemplate(action.inputs, scope))
      : { kind: 'value', value: stored, isVolatile: false };
  if (evaluated.kind === 'failed') return fail(decision, action, evaluated);
  const call = apiCallOf(evaluated.value);
  const policy = readRetryPolicy(memberAt(evaluated.value, ['retryPolicy']));
  if ('complaint' in call) return failInputs(decision, action, call.complaint, evaluated);
  if ('complaint' in policy) return failInputs(decision, action, policy.complaint, evaluated);
  decision.running.add(action.name);
  decision.invokes.push({
    kind: 'invoke',
    action: action.name,
    repetition: '',
    attempt: row === undefined ? 1 : row.status === 'Retrying' ? row.attempt + 1 : row.attempt,
    ...(row?.status === 'Retrying' && row.retryTime !== undefined ? { notBefore: row.retryTime } : {}),
    inputs: evaluated.value,
    isVolatile: evaluated.isVolatile,
    call,
  });
  return undefined;
}

function runIf(decision: Decision, action: IfAction, decideGroup: DecideGroup): ActionStatus | undefined {
  const started = decision.begun.get(action.name);
  const result = ifResult(decision, action, started);
  if (result.kind === 'failed') {
    const status = fail(decision, action, result);
    const error = {
      code: 'ActionDependencyFailed',
      message: `The condition of '${action.name}' could not be evaluated.`,
    };
    for (const group of groupsOf(action)) skipGroup(decision, group, error);
    return status;
  }
  const isTrue = result.value;
  const inputs = objectValue({ expressionResult: isTrue });
  const records = decision.records.length;
  skipGroup(decision, isTrue ? action.whenFalse : action.whenTrue, {
    code: 'ActionBranchingConditionNotSatisfied',
    message: `The condition of '${action.name}' is ${isTrue}; the action is in the other branch.`,
  });
  const status = decideGroup(decision, isTrue ? action.whenTrue : action.whenFalse);
  const startTime = started?.startTime ?? decision.now;
  if (status !== undefined) {
    return endContainer(decision, action, status, { startTime, inputs, isVolatile: result.isVolatile });
  }
  decision.running.add(action.name);
  if (started === undefined) {
    // The branch is taken for good: the row says which, should the condition give another result later.
    const record: ActionRecord = {
      action: action.name,
      repetition: '',
      attempt: 1,
      status: 'Started',
      code: 'NotSpecified',
      startTime,
      endTime: startTime,
      inputs,
    };
    decision.records.splice(records, 0, { kind: 'record', record, isVolatile: result.isVolatile });
  }
  return undefined;
}

function ifResult(decision: Decision, action: IfAction, started: ActionRecord | undefined): Evaluated<boolean> {
  const stored = memberAt(started?.inputs, ['expressionResult']);
  if (typeof stored === 'boolean') return { kind: 'value', value: stored, isVolatile: false };
  const result = evaluateFor(decision, action, (scope) => evaluateCondition(action.expression, scope));
  if (result.kind === 'failed') return result;
  const { value, isVolatile } = result;
  if (typeof value === 'boolean') return { kind: 'value', value, isVolatile };
  const message = `The condition gives ${describeValue(value)}; expected true or false.`;
  return { kind: 'failed', error: invalidTemplate(message), isVolatile };
}

function runScopeAction(decision: Decision, action: ScopeAction, decideGroup: DecideGroup): ActionStatus | undefined {
  const status = decideGroup(decision, action.body);
  if (status !== undefined) return endContainer(decision, action, status, {});
  decision.running.add(action.name);
  return undefined;
}

function endContainer(
  decision: Decision,
  action: IfAction | ScopeAction,
  { status, cause }: GroupStatus,
  options: Pick<RecordOptions, 'startTime' | 'inputs' | 'isVolatile'>,
): ActionStatus {
  const startTime = options.startTime ?? firstStart(decision, action);
  if (status === 'Succeeded') return recordEnd(decision, action, { ...options, startTime, status, code: 'OK' });
  const verb = status === 'Failed' ? 'failed' : 'timed out';
  return recordEnd(decision, action, {
    ...options,
    startTime,
    status,
    code: 'ActionFailed',
    error: {
      code: 'ActionFailed',
      message: `The action '${cause?.name ?? ''}' inside ${verb}, and no action handled it.`,
    },
  });
}

/** A scope starts with the first action inside it. */
function firstStart(decision: Decision, action: Action): number {
  const starts = groupsOf(action).flatMap((group) =>
    [...group.actions.keys()].map((name) => decision.ended.get(name)?.startTime ?? decision.now),
  );
  return Math.min(decision.now, ...starts);
}

function runTerminate(decision: Decision, action: TerminateAction): ActionStatus {
  const result = evaluateFor(decision, action, (scope) => evaluateTemplate(action.inputs, scope));
  if (result.kind === 'failed') return fail(decision, action, result);
  const { value, isVolatile } = result;
  const complaint = terminate(decision, value);
  if (complaint !== undefined) return failInputs(decision, action, complaint, result);
  return recordEnd(decision, action, { status: 'Succeeded', code: 'OK', inputs: value, isVolatile });
}

const runStatuses: ReadonlyMap<string, 'Succeeded' | 'Failed' | 'Cancelled'> = new Map([
  ['succeeded', 'Succeeded'],
  ['failed', 'Failed'],
  ['cancelled', 'Cancelled'],
]);

/** Ends the run as evaluated inputs of Terminate say; a sentence about what is wrong with them. */
function terminate(decision: Decision, inputs: Value): string | undefined {
  const written = memberAt(inputs, ['runStatus']) ?? null;
  const status = typeof written === 'string' ? runStatuses.get(written.toLowerCase()) : undefined;
  if (status === undefined) return `runStatus is ${describeValue(written)}; expected Succeeded, Failed or Cancelled.`;
  const code = memberAt(inputs, ['runError', 'code']);
  const message = memberAt(inputs, ['runError', 'message']);
  decision.termination =
    status === 'Failed'
      ? {
          status,
          error: {
            code: typeof code === 'string' ? code : 'Terminated',
            message: typeof message === 'string' ? message : 'The run was terminated.',
          },
        }
      : { status };
  return undefined;
}

/** Fails an action whose inputs were evaluated and are not what it takes. */
function failInputs(
  decision: Decision,
  action: Action,
  complaint: string,
  { value, isVolatile }: { readonly value: Value; readonly isVolatile: boolean },
): ActionStatus {
  return fail(decision, action, { error: invalidTemplate(complaint), isVolatile }, { inputs: value });
}

function fail(
  decision: Decision,
  action: Action,
  { error, isVolatile }: { readonly error: ActionError; readonly isVolatile: boolean },
  options: Pick<RecordOptions, 'inputs'> = {},
): ActionStatus {
  return recordEnd(decision, action, { ...options, status: 'Failed', code: error.code, error, isVolatile });
}
