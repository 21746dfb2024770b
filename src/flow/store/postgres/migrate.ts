/** Brings the tables up to date when the store opens. */

import type { PoolClient } from 'pg';
import { RialtoError } from '../../../base/errors.ts';
import type { Log } from '../../../base/log.ts';
import type { Database } from './database.ts';
import { migrations } from './migrations/index.ts';

/** `rialto` in ASCII plus one: the lock that lets one starter migrate at a time. */
const lockKey = '125822424085616';
/** PostgreSQL 15: the oldest that the project is tested for. */
const serverVersionMin = 150_000;

/**
 * Applies the migrations that are missing, all in one transaction. Any number may do so at the same time.
 * Raises STORE_UNAVAILABLE, and STORE_INCOMPATIBLE for a server or tables that this release cannot use.
 */
export async function migrate(database: Database, log: Log): Promise<void> {
  const applied = await database.transaction(async (client) => {
    await checkServer(client);
    await client.query(`select pg_advisory_xact_lock(${lockKey})`);
    const before = await appliedCount(client);
    if (before > migrations.length) {
      throw new RialtoError(
        'STORE_INCOMPATIBLE',
        `The database has migration ${before}; this Rialto knows ${migrations.length}. Use the newer Rialto.`,
      );
    }
    for (const [index, statements] of migrations.entries()) {
      if (index < before) continue;
      for (const statement of statements) await client.query(statement);
      await client.query('insert into rialto.migrations (number, applied_at) values ($1, now())', [index + 1]);
    }
    return migrations.length - before;
  });
  if (applied > 0) log.info('The tables were brought up to date.', { migrations: applied });
}

async function checkServer(client: PoolClient): Promise<void> {
  const answer = await client.query<{ number: string; name: string }>(
    `select current_setting('server_version_num') as number, current_setting('server_version') as name`,
  );
  const version = answer.rows[0];
  if (Number(version?.number) < serverVersionMin) {
    throw new RialtoError(
      'STORE_INCOMPATIBLE',
      `The database is PostgreSQL ${version?.name}; Rialto needs 15 or newer.`,
    );
  }
}

async function appliedCount(client: PoolClient): Promise<number> {
  const known = await client.query<{ name: string | null }>(`select to_regclass('rialto.migrations')::text as name`);
  if ((known.rows[0]?.name ?? null) === null) {
    await client.query('create schema if not exists rialto');
    await client.query('create table rialto.migrations (number integer primary key, applied_at timestamptz not null)');
    return 0;
  }
  const last = await client.query<{ last: number }>('select coalesce(max(number), 0) as last from rialto.migrations');
  return last.rows[0]?.last ?? 0;
}
