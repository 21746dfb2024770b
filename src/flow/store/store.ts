/**
 * The store seam: everything that Rialto remembers. Two implementations: PostgreSQL, and memory for tests.
 *
 * Rules that both keep:
 * - Every write of a run names the segment that the writer holds. When the run is at another segment, nothing of that
 *   run is written and the call raises RUN_FENCED; other runs in the same group commit are not affected.
 * - A promise of a write resolves only when the write is durable.
 * - Times are milliseconds since 1970. JSON travels as text (`JsonText`), so that numbers keep their spelling and
 *   members their order.
 */

/** A JSON document as text. */
export type JsonText = string;

export type RunStatus = 'Running' | 'Waiting' | 'Succeeded' | 'Failed' | 'Cancelled' | 'TimedOut' | 'Suspended';

export type FinishedStatus = 'Succeeded' | 'Failed' | 'Skipped' | 'TimedOut' | 'Cancelled';

export interface StatusError {
  readonly code: string;
  readonly message: string;
}

// --- flows ---------------------------------------------------------------------------------------------------------

export interface FlowVersion {
  readonly flow: string;
  /** Counts from 1. Immutable once stored. */
  readonly version: number;
  readonly definition: JsonText;
  /** Values of the definition's parameters, `$connections` among them: `{ "<name>": { "value": … } }`. */
  readonly parameters: JsonText;
  readonly createdTime: number;
}

export type FlowState = 'Enabled' | 'Disabled';

export interface Flow {
  readonly name: string;
  readonly state: FlowState;
  readonly version: FlowVersion;
  readonly createdTime: number;
  readonly changedTime: number;
}

/** What a polling trigger of a flow needs to be scheduled. */
export interface TriggerSchedule {
  readonly name: string;
  /** Time of the first check. */
  readonly nextCheckTime: number;
}

export interface FlowStore {
  /**
   * Stores a new version (none when definition and parameters equal the current one) and schedules its triggers: a
   * trigger that the flow had before keeps its position, a trigger that is gone is removed. With a new version the
   * acceptance of a check that is under way is stale: it would run the old version, and wait as long as that one says.
   */
  deploy(flow: {
    readonly name: string;
    readonly definition: JsonText;
    readonly parameters: JsonText;
    readonly triggers: readonly TriggerSchedule[];
    readonly now: number;
  }): Promise<Flow>;
  get(name: string): Promise<Flow | undefined>;
  getVersion(name: string, version: number): Promise<FlowVersion | undefined>;
  list(): Promise<readonly Flow[]>;
  setState(name: string, state: FlowState, now: number): Promise<Flow | undefined>;
  /** Removes the flow and its triggers; runs and versions stay. False when there is none. */
  delete(name: string): Promise<boolean>;
}

// --- triggers ------------------------------------------------------------------------------------------------------

export interface TriggerLease {
  readonly flow: string;
  readonly flowVersion: number;
  readonly trigger: string;
  /** Undefined before the first check. */
  readonly position: JsonText | undefined;
  /** Raised by every acceptance; an acceptance names the one that it started from. */
  readonly positionVersion: number;
}

export type TriggerHistoryStatus = 'Succeeded' | 'Skipped' | 'Failed';

export interface TriggerHistory {
  readonly id: string;
  readonly flow: string;
  readonly trigger: string;
  readonly startTime: number;
  readonly endTime: number;
  readonly status: TriggerHistoryStatus;
  readonly code: string;
  readonly error?: StatusError;
  readonly fired: boolean;
}

export interface TriggerState {
  readonly flow: string;
  readonly trigger: string;
  readonly position: JsonText | undefined;
  readonly nextCheckTime: number;
}

export interface NewEvent {
  /** Unique per flow and trigger, for ever. */
  readonly key: string;
  /** Id that the run of this event gets. */
  readonly runId: string;
  /** The trigger as the run sees it: name, inputs, outputs, times. */
  readonly trigger: JsonText;
}

/** One check of a trigger and all that it leads to: written in one transaction or not at all. */
export interface TriggerAcceptance {
  readonly flow: string;
  readonly flowVersion: number;
  readonly trigger: string;
  /** The position version of the lease; when another is stored, TRIGGER_POSITION_STALE and nothing is written. */
  readonly positionVersion: number;
  /** Undefined keeps the position (a failed check). */
  readonly position: JsonText | undefined;
  readonly nextCheckTime: number;
  readonly history: TriggerHistory;
  readonly events: readonly NewEvent[];
  /** Owner of the first `ownedMax` new runs from birth; the rest are enqueued. */
  readonly worker: string;
  readonly ownedMax: number;
}

export interface AcceptedRun {
  readonly runId: string;
  readonly eventKey: string;
  /** True: owned by the worker of the acceptance, at segment 1. False: enqueued for any worker. */
  readonly owned: boolean;
}

export interface TriggerStore {
  /** Leases up to `max` triggers of enabled flows whose check is due and that no live lease holds. */
  leaseDue(options: {
    readonly worker: string;
    readonly now: number;
    readonly leaseMs: number;
    readonly max: number;
  }): Promise<readonly TriggerLease[]>;
  /**
   * Stores position, history, events and runs; gives up the lease. Events whose key is known already make no run. The
   * same acceptance again (its history's id says so) answers as before: safe to repeat when the answer was lost. A worker
   * that is not registered, or was declared dead, owns nothing: all its runs are enqueued.
   */
  accept(acceptance: TriggerAcceptance): Promise<readonly AcceptedRun[]>;
  /** When the next check of any trigger is due; undefined when there is none. */
  nextCheckTime(): Promise<number | undefined>;
  /** Makes a trigger due now. False when there is none. */
  checkNow(flow: string, trigger: string, now: number): Promise<boolean>;
  list(flow?: string): Promise<readonly TriggerState[]>;
  /** Newest first. */
  histories(options: {
    readonly flow: string;
    readonly trigger: string;
    readonly max: number;
  }): Promise<readonly TriggerHistory[]>;
}

// --- runs ----------------------------------------------------------------------------------------------------------

/** Key of an action in a run's history, with its outcome. One row per action, repetition and attempt. */
export interface ActionRow {
  readonly action: string;
  /** Empty outside loops; `000003` or `000003-000001` inside. */
  readonly repetition: string;
  /** Counts from 1. Attempts before the last are failures that were tried again. */
  readonly attempt: number;
  /** `Retrying`: this attempt failed and the next one is due at `retryTime`. `Started`: inputs fixed, not yet done. */
  readonly status: FinishedStatus | 'Retrying' | 'Started';
  readonly code: string;
  readonly startTime: number;
  readonly endTime: number;
  readonly retryTime?: number;
  readonly inputs?: JsonText;
  readonly outputs?: JsonText;
  readonly error?: StatusError;
}

export interface Run {
  readonly id: string;
  readonly flow: string;
  readonly flowVersion: number;
  readonly status: RunStatus;
  readonly code?: string;
  readonly error?: StatusError;
  readonly startTime: number;
  readonly endTime?: number;
  /** When a parked run goes on. */
  readonly wakeTime?: number;
  readonly triggerName: string;
  /** Number of the segment that may write; counts from 1. */
  readonly segment: number;
  /**
   * The segment that began in order: at birth, or by `park`. A higher `segment` was taken from a worker that died, so
   * calls may have been made that the history does not show.
   */
  readonly orderlySegment: number;
  /** Worker that holds the segment; undefined while it is enqueued, parked or ended. */
  readonly owner?: string;
}

export interface RunWithHistory extends Run {
  readonly trigger: JsonText;
  readonly outputs?: JsonText;
  /** In the order in which they were written. */
  readonly actions: readonly ActionRow[];
}

export interface RunEnd {
  readonly status: 'Succeeded' | 'Failed' | 'Cancelled' | 'TimedOut';
  readonly code: string;
  readonly error?: StatusError;
  readonly outputs?: JsonText;
  readonly endTime: number;
}

/** Names the segment of a run that a worker holds. */
export interface SegmentRef {
  readonly runId: string;
  readonly segment: number;
}

export interface RunQuery {
  readonly flow?: string;
  readonly status?: RunStatus;
  /** Inclusive. */
  readonly startedFrom?: number;
  /** Exclusive. */
  readonly startedTo?: number;
  /** At most this many, newest first. */
  readonly max: number;
  /** Go on behind this run: the last id of the page before. RUN_UNKNOWN when there is none. */
  readonly after?: string;
}

export interface RunStore {
  /**
   * Takes a queued segment for this worker: the run's owner becomes `worker`. Undefined when the run ended or is at
   * another segment, or another worker has claimed it. The same worker may claim again. A worker that was declared dead
   * gets nothing, and the run is enqueued again.
   */
  claim(segment: SegmentRef, worker: string): Promise<RunWithHistory | undefined>;
  get(id: string): Promise<RunWithHistory | undefined>;
  list(query: RunQuery): Promise<readonly Run[]>;
  /** Appends rows to the history. A row whose key exists replaces it only when it is still `Started`. */
  append(segment: SegmentRef, rows: readonly ActionRow[]): Promise<void>;
  /** Appends rows and ends the run. Does nothing when it has ended at this very segment: safe to repeat. */
  end(segment: SegmentRef, rows: readonly ActionRow[], end: RunEnd): Promise<void>;
  /** Appends rows, gives the run up, raises its segment by one and enqueues that for `wakeTime`. */
  park(segment: SegmentRef, rows: readonly ActionRow[], wakeTime: number): Promise<void>;
}

// --- workers -------------------------------------------------------------------------------------------------------

export interface WorkerStore {
  /**
   * Registers a worker. Workers registered before under the same `place` (one data directory, held by a lock) are dead:
   * their runs are released at once, see `releaseDead`.
   */
  register(worker: { readonly id: string; readonly place: string }): Promise<void>;
  /** Says that the worker lives. False when it was declared dead meanwhile: it must stop. */
  beat(id: string): Promise<boolean>;
  /**
   * Declares workers dead, other than the one that asks, whose last beat (by the database's clock) is older than
   * `deadAfterMs`, raises the segment of each of their runs by one and enqueues it, all in one transaction per worker.
   * Returns how many runs were released.
   */
  releaseDead(deadAfterMs: number, askedBy: string): Promise<number>;
  /** Releases what the worker still holds, as `releaseDead` does, and forgets it: the end of an orderly stop. */
  unregister(id: string): Promise<void>;
}

// --- connections ---------------------------------------------------------------------------------------------------

export interface ConnectionRecord {
  readonly name: string;
  readonly connector: string;
  /** Settings without secrets, and secrets encrypted by the caller; the store does not look inside. */
  readonly settings: JsonText;
  readonly createdTime: number;
  readonly changedTime: number;
}

export interface ConnectionStore {
  get(name: string): Promise<ConnectionRecord | undefined>;
  list(): Promise<readonly ConnectionRecord[]>;
  /** Creates it; false when the name is taken (nothing is changed). */
  create(record: ConnectionRecord): Promise<boolean>;
  /** Replaces it; false when there is none. */
  update(record: ConnectionRecord): Promise<boolean>;
  delete(name: string): Promise<boolean>;
}

/** Everything that Rialto remembers. */
export interface Store extends AsyncDisposable {
  readonly flows: FlowStore;
  readonly triggers: TriggerStore;
  readonly runs: RunStore;
  readonly workers: WorkerStore;
  readonly connections: ConnectionStore;
}

/**
 * Carries segments from one worker to another, or to a later time. The PostgreSQL store calls it inside its own
 * transaction, so that a run and its next segment are never apart.
 */
export interface SegmentQueue<Transaction> {
  enqueue(transaction: Transaction, segment: SegmentRef, wakeTime: number | undefined): Promise<void>;
}
