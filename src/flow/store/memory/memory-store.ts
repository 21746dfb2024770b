/** The store in memory, for tests: the rules of the PostgreSQL store, nothing durable. */

import type { Clock } from '../../../base/clock.ts';
import type { ConnectionStore, SegmentQueue, Store } from '../store.ts';
import { memoryFlows } from './memory-flows.ts';
import { memoryRuns } from './memory-runs.ts';
import { emptyState, type MemoryState } from './memory-state.ts';
import { memoryTriggers } from './memory-triggers.ts';
import { memoryWorkers } from './memory-workers.ts';

export interface MemoryStoreOptions {
  /** Stands for the clock of the database. */
  readonly clock: Clock;
  /** Called before the change that it belongs to; when it fails, nothing is changed. */
  readonly queue?: SegmentQueue<undefined>;
}

/** An empty store in memory. */
export function openMemoryStore(options: MemoryStoreOptions): Store {
  const state = emptyState(options.clock, options.queue);
  return {
    flows: memoryFlows(state),
    triggers: memoryTriggers(state),
    runs: memoryRuns(state),
    workers: memoryWorkers(state),
    connections: memoryConnections(state),
    // Waits for the writes under way.
    [Symbol.asyncDispose]: () => state.turns.take(async () => undefined),
  };
}

function memoryConnections(state: MemoryState): ConnectionStore {
  const { connections } = state;
  return {
    get: async (name) => connections.get(name),
    list: async () => [...connections.values()].sort((left, right) => (left.name < right.name ? -1 : 1)),
    create: async (record) => {
      if (connections.has(record.name)) return false;
      connections.set(record.name, record);
      return true;
    },
    update: async (record) => {
      const known = connections.get(record.name);
      if (known === undefined) return false;
      connections.set(record.name, { ...record, createdTime: known.createdTime });
      return true;
    },
    delete: async (name) => connections.delete(name),
  };
}
