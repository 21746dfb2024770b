/** The connection pool, and the two ways in which the store uses it: one statement, or a transaction. */

import type { PoolClient } from 'pg';
import pg from 'pg';
import type { Log } from '../../../base/log.ts';
import { databaseError, isSerializationFailure } from './database-error.ts';

/** A prepared statement; each connection parses it once, under its name. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

export type Parameter = string | number | boolean | null | readonly (string | number | boolean | null)[];

export interface DatabaseOptions {
  readonly url: string;
  readonly connectionsMax: number;
  readonly log: Log;
}

const connectTimeoutMs = 10_000;
const idleMs = 30_000;
/** A statement that takes this long has lost its server. */
const queryTimeoutMs = 60_000;
const idleInTransactionMs = 30_000;
const conflictAttemptsMax = 5;

/** int8 is read as a number: all of ours are times and counters far below 2^53. */
const int8 = 20;
const types = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
    oid === int8 ? Number : pg.types.getTypeParser(oid, format as 'text')) as typeof pg.types.getTypeParser,
};

/** Runs a statement on a connection. */
export async function runStatement<Row>(
  client: PoolClient | pg.Pool,
  statement: Statement,
  values: readonly Parameter[],
): Promise<readonly Row[]> {
  const result = await client.query({ ...statement, values: [...values], types });
  return result.rows as Row[];
}

/** A bounded pool of connections to one database. */
export class Database implements AsyncDisposable {
  readonly #pool: pg.Pool;

  constructor(options: DatabaseOptions) {
    this.#pool = new pg.Pool({
      connectionString: options.url,
      max: options.connectionsMax,
      application_name: 'rialto',
      connectionTimeoutMillis: connectTimeoutMs,
      idleTimeoutMillis: idleMs,
      query_timeout: queryTimeoutMs,
      idle_in_transaction_session_timeout: idleInTransactionMs,
      keepAlive: true,
    });
    // Without listeners a connection that breaks would end the process; whoever uses it gets the error anyway.
    this.#pool.on('connect', (client) => {
      client.on('error', (cause) => options.log.debug('A database connection broke.', { error: cause.message }));
    });
    this.#pool.on('error', (cause) =>
      options.log.debug('An idle database connection broke.', { error: cause.message }),
    );
  }

  /** Runs one statement, in a transaction of its own. Raises STORE_UNAVAILABLE. */
  query<Row>(statement: Statement, values: readonly Parameter[]): Promise<readonly Row[]> {
    return againAfterConflict(() => runStatement<Row>(this.#pool, statement, values));
  }

  /**
   * Runs `work` in a transaction, again when PostgreSQL ends it to resolve a deadlock. Raises STORE_UNAVAILABLE; when the
   * connection broke in the commit itself, it may have been committed all the same.
   */
  transaction<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    return againAfterConflict(() => this.#transactionOnce(work));
  }

  /** Waits for what is under way and closes all connections. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#pool.ended) await this.#pool.end();
  }

  async #transactionOnce<Result>(work: (client: PoolClient) => Promise<Result>): Promise<Result> {
    const client = await this.#pool.connect();
    let isBroken = true;
    try {
      await client.query('begin');
      const result = await work(client);
      await client.query('commit');
      isBroken = false;
      return result;
    } catch (cause) {
      isBroken = await client.query('rollback').then(
        () => false,
        () => true,
      );
      throw cause;
    } finally {
      // A connection in an unknown state is closed rather than given to the next user.
      client.release(isBroken);
    }
  }
}

async function againAfterConflict<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (cause) {
      if (!isSerializationFailure(cause) || attempt >= conflictAttemptsMax) throw databaseError(cause);
    }
  }
}
