/** What the memory store holds: readonly values in maps, replaced whole when they change. */

import type { Clock } from '../../../base/clock.ts';
import type {
  ActionRow,
  ConnectionRecord,
  Flow,
  FlowVersion,
  JsonText,
  Run,
  SegmentQueue,
  SegmentRef,
  TriggerHistory,
} from '../store.ts';

export interface StoredTrigger {
  readonly flow: string;
  readonly trigger: string;
  readonly position: JsonText | undefined;
  readonly positionVersion: number;
  readonly nextCheckTime: number;
  readonly lease: { readonly worker: string; readonly until: number } | undefined;
}

export interface StoredRun {
  readonly run: Run;
  readonly trigger: JsonText;
  readonly outputs: JsonText | undefined;
  readonly actions: readonly ActionRow[];
}

export interface StoredWorker {
  readonly id: string;
  readonly place: string;
  readonly lastBeatTime: number;
}

export interface MemoryState {
  readonly clock: Clock;
  readonly queue: SegmentQueue<undefined> | undefined;
  readonly turns: Turns;
  readonly flows: Map<string, Flow>;
  /** By flow; the version is the index plus one. */
  readonly versions: Map<string, readonly FlowVersion[]>;
  /** By flow and trigger, see `compositeKey`. */
  readonly triggers: Map<string, StoredTrigger>;
  readonly histories: Map<string, TriggerHistory>;
  /** Run ids by flow, trigger and key of the event. */
  readonly events: Map<string, string>;
  readonly runs: Map<string, StoredRun>;
  readonly workers: Map<string, StoredWorker>;
  readonly connections: Map<string, ConnectionRecord>;
}

/** An empty state. */
export function emptyState(clock: Clock, queue: SegmentQueue<undefined> | undefined): MemoryState {
  return {
    clock,
    queue,
    turns: new Turns(),
    flows: new Map(),
    versions: new Map(),
    triggers: new Map(),
    histories: new Map(),
    events: new Map(),
    runs: new Map(),
    workers: new Map(),
    connections: new Map(),
  };
}

/** One map key from several names, unambiguous whatever they hold. */
export function compositeKey(...parts: readonly string[]): string {
  return JSON.stringify(parts);
}

/** Enqueues segments; a caller changes the state only after that, so that a queue that fails leaves it unchanged. */
export async function enqueueAll(
  state: MemoryState,
  segments: readonly SegmentRef[],
  wakeTime?: number,
): Promise<void> {
  for (const segment of segments) await state.queue?.enqueue(undefined, segment, wakeTime);
}

/** The memory store's transactions: one write at a time. */
class Turns {
  #last: Promise<unknown> = Promise.resolve();

  take<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.#last.then(work, work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
