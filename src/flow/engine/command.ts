/**
 * What the engine knows and what it asks for. The engine decides, the runtime does: `decide(definition, history, now)`
 * gives commands and has no effect (design decision D3).
 */

import type { Value } from '../expression/value.ts';

export type ActionStatus = 'Succeeded' | 'Failed' | 'Skipped' | 'TimedOut' | 'Cancelled';

export interface ActionError {
  readonly code: string;
  readonly message: string;
}

/** Names one execution of an action in a run. */
export interface ActionKey {
  /** Name of the action; unique in its definition. */
  readonly action: string;
  /** Empty outside loops; `000003` or `000003-000001` inside. */
  readonly repetition: string;
}

/** One row of the history: an action that ended (`Succeeded` …), or one attempt of it that is to be repeated. */
export interface ActionRecord extends ActionKey {
  /** Counts from 1. */
  readonly attempt: number;
  /**
   * `Retrying`: the attempt failed, the next one is due at `retryTime`. `Started`: the inputs are fixed in the history
   * before the call is made, because computing them again could give others.
   */
  readonly status: ActionStatus | 'Retrying' | 'Started';
  readonly code: string;
  /** Milliseconds since 1970. */
  readonly startTime: number;
  readonly endTime: number;
  readonly retryTime?: number;
  readonly inputs?: Value;
  readonly outputs?: Value;
  readonly error?: ActionError;
}

/** All that a decision depends on, besides definition and time. */
export interface RunHistory {
  readonly run: { readonly id: string; readonly flow: string; readonly flowVersion: number };
  /** The trigger object that `trigger()` gives. */
  readonly trigger: Value;
  /** Parameter values by name, `$connections` among them; defaults are filled in from the definition. */
  readonly parameters: ReadonlyMap<string, Value>;
  /** In any order. */
  readonly actions: readonly ActionRecord[];
}

/** A pure result: write it to the history. */
export interface RecordCommand {
  readonly kind: 'record';
  readonly record: ActionRecord;
  /**
   * False: computing it again gives the same, so it may ride with the next write. True (it used the time, or
   * randomness): it must be in the history before any effect that follows.
   */
  readonly isVolatile: boolean;
}

/** An effect: call a connector, once per key and attempt. Asked again by each decision until the history has the result. */
export interface InvokeCommand extends ActionKey {
  readonly kind: 'invoke';
  readonly attempt: number;
  /** Not before this time (a retry); undefined: at once. */
  readonly notBefore?: number;
  /** The evaluated `inputs`, as the history shows them. */
  readonly inputs: Value;
  /** As in RecordCommand: true asks for a `Started` row before the call. */
  readonly isVolatile: boolean;
  readonly call: {
    /** The evaluated `host.connection.name`. */
    readonly connectionId: string;
    /** Lower case. */
    readonly method: string;
    readonly path: string;
    readonly queries: ReadonlyMap<string, Value>;
    readonly headers: ReadonlyMap<string, Value>;
    readonly body?: Value;
  };
}

/** The run is over. */
export interface EndCommand {
  readonly kind: 'end';
  readonly status: 'Succeeded' | 'Failed' | 'Cancelled' | 'TimedOut';
  readonly code: string;
  readonly error?: ActionError;
  readonly outputs?: Value;
}

export type Command = RecordCommand | InvokeCommand | EndCommand;

/** What came of an invocation: an answer (any status), or none. */
export type InvokeOutcome =
  | {
      readonly kind: 'answer';
      readonly statusCode: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body?: Value;
    }
  | {
      readonly kind: 'no-answer';
      readonly code: string;
      readonly message: string;
      readonly retryable: boolean;
      readonly retryAfterMs?: number;
    };
