/** The state of one decision: what the history says, and what is added to it while deciding. */

import { isRialtoError } from '../../base/errors.ts';
import type { Action, Definition } from '../definition/index.ts';
import type { EvaluationScope, Value } from '../expression/index.ts';
import type { ActionError, ActionRecord, ActionStatus, InvokeCommand, RecordCommand, RunHistory } from './command.ts';
import { historyValue, type KnownValues } from './history-value.ts';
import { type TrackedMoment, trackedMoment } from './moment.ts';
import { runScope } from './run-scope.ts';

/** How a run ends before its actions have. */
export interface Termination {
  readonly status: 'Succeeded' | 'Failed' | 'Cancelled';
  readonly error?: ActionError;
}

export interface Decision {
  readonly definition: Definition;
  readonly history: RunHistory;
  readonly now: number;
  /** Records of actions that have ended, by name. */
  readonly ended: Map<string, EndedRecord>;
  /** The newest row of actions that have begun and not ended, by name. */
  readonly begun: ReadonlyMap<string, ActionRecord>;
  readonly records: RecordCommand[];
  readonly invokes: InvokeCommand[];
  /** Actions that run now: an effect is asked for, or an action inside. */
  readonly running: Set<string>;
  termination: Termination | undefined;
  /** Values that were found fit for the history. */
  readonly known: KnownValues;
}

export type EndedRecord = ActionRecord & { readonly status: ActionStatus };

/** The state at the start of a decision: of several rows of an action the last attempt counts, in whatever order. */
export function beginDecision(definition: Definition, history: RunHistory, now: number): Decision {
  const newest = new Map<string, ActionRecord>();
  for (const row of history.actions) {
    const known = newest.get(row.action);
    if (known === undefined || isNewer(row, known)) newest.set(row.action, row);
  }
  const ended = new Map<string, EndedRecord>();
  const begun = new Map<string, ActionRecord>();
  for (const [name, row] of newest) {
    if (isEnded(row)) ended.set(name, row);
    else begun.set(name, row);
  }
  return {
    definition,
    history,
    now,
    ended,
    begun,
    records: [],
    invokes: [],
    running: new Set(),
    termination: undefined,
    known: new Map(),
  };
}

/** True for a record of an action that has ended. */
export function isEnded(record: ActionRecord): record is EndedRecord {
  return record.status !== 'Started' && record.status !== 'Retrying';
}

/** What came of evaluating something for an action. */
export type Evaluated<T> =
  | { readonly kind: 'value'; readonly value: T; readonly isVolatile: boolean }
  | { readonly kind: 'failed'; readonly error: ActionError; readonly isVolatile: boolean };

/** Evaluates for an action; an evaluation error is a result, not an exception. */
export function evaluateFor(
  decision: Decision,
  action: Action,
  evaluate: (scope: EvaluationScope) => Value,
): Evaluated<Value> {
  const moment = trackedMoment(`${decision.history.run.id}\n${action.name}`, decision.now);
  try {
    const value = historyValue(evaluate(decisionScope(decision, moment)), decision.known);
    return { kind: 'value', value, isVolatile: moment.wasUsed() };
  } catch (error) {
    if (!isRialtoError(error)) throw error;
    return { kind: 'failed', error: invalidTemplate(error.message), isVolatile: moment.wasUsed() };
  }
}

/** What expressions of the run can see at this point of the decision. */
export function decisionScope(decision: Decision, moment: TrackedMoment): EvaluationScope {
  return runScope(decision.definition, decision.history, (name) => decision.ended.get(name), moment);
}

/** The error of an action whose templates cannot be evaluated (reference 3.1). */
export function invalidTemplate(message: string): ActionError {
  return { code: 'InvalidTemplate', message };
}

export interface RecordOptions {
  readonly status: ActionStatus;
  readonly code: string;
  readonly isVolatile?: boolean;
  readonly startTime?: number;
  readonly inputs?: Value;
  readonly outputs?: Value;
  readonly error?: ActionError;
}

/** Records the end of an action, for this decision and for the history. */
export function recordEnd(decision: Decision, action: Action, options: RecordOptions): ActionStatus {
  const { isVolatile = false, startTime = decision.now, ...rest } = options;
  const begun = decision.begun.get(action.name);
  const record: EndedRecord = {
    action: action.name,
    repetition: '',
    attempt: attemptOfEnd(begun),
    startTime,
    endTime: Math.max(decision.now, startTime),
    ...rest,
  };
  decision.ended.set(action.name, record);
  decision.records.push({ kind: 'record', record, isVolatile });
  return record.status;
}

/** The attempt that an end belongs to: the one that was begun, or the one that a retry was waiting for. */
function attemptOfEnd(begun: ActionRecord | undefined): number {
  if (begun === undefined) return 1;
  return begun.status === 'Retrying' ? begun.attempt + 1 : begun.attempt;
}

function isNewer(row: ActionRecord, known: ActionRecord): boolean {
  // Of one attempt the row that says more counts: Started is replaced by what came of it.
  return row.attempt > known.attempt || (row.attempt === known.attempt && known.status === 'Started');
}
