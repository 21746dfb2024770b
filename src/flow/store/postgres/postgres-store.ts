/** The store in PostgreSQL, for production. */

import type { Clock } from '../../../base/clock.ts';
import { isRialtoError } from '../../../base/errors.ts';
import type { Log } from '../../../base/log.ts';
import type { Store } from '../store.ts';
import { Database } from './database.ts';
import { migrate } from './migrate.ts';
import { postgresConnections } from './postgres-connections.ts';
import { postgresFlows } from './postgres-flows.ts';
import { type PostgresSegmentQueue, postgresJournal } from './postgres-journal.ts';
import { postgresRuns } from './postgres-runs.ts';
import { postgresTriggers } from './postgres-triggers.ts';
import { postgresWorkers } from './postgres-workers.ts';

export interface PostgresStoreOptions {
  /** `postgresql://user:password@host:port/database`, of PostgreSQL 15 or newer. */
  readonly url: string;
  /** Takes the segments of runs that no worker holds; without it they are only marked as waiting. */
  readonly queue?: PostgresSegmentQueue;
  readonly clock: Clock;
  readonly log: Log;
  /** Most connections at the same time; 10 when absent. */
  readonly poolMax?: number;
  readonly signal?: AbortSignal;
}

const poolMaxDefault = 10;
const openAttemptsMax = 10;
const openPauseMs = 200;

/**
 * Opens the store and brings its tables up to date; a database that is just starting is waited for.
 * Raises STORE_UNAVAILABLE, STORE_INCOMPATIBLE and ABORTED.
 */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<Store> {
  const { url, log, queue } = options;
  const database = new Database({ url, connectionsMax: options.poolMax ?? poolMaxDefault, log });
  try {
    await migrateWhenUp(database, options);
  } catch (cause) {
    await database[Symbol.asyncDispose]();
    throw cause;
  }
  const journal = postgresJournal(database, queue);
  return {
    flows: postgresFlows(database),
    triggers: postgresTriggers(database, journal),
    runs: postgresRuns(database, journal, queue),
    workers: postgresWorkers(database, queue),
    connections: postgresConnections(database),
    async [Symbol.asyncDispose]() {
      await journal.idle();
      await database[Symbol.asyncDispose]();
    },
  };
}

async function migrateWhenUp(database: Database, options: PostgresStoreOptions): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await migrate(database, options.log);
      return;
    } catch (cause) {
      if (!isRialtoError(cause) || !cause.retryable || attempt >= openAttemptsMax) throw cause;
      await options.clock.sleep(openPauseMs, options.signal);
    }
  }
}
