/** Workers in PostgreSQL: beats and deaths by the database's clock. */

import type { PoolClient } from 'pg';
import type { WorkerStore } from '../store.ts';
import { type Database, runStatement, type Statement } from './database.ts';
import type { PostgresSegmentQueue } from './postgres-journal.ts';
import { releaseRuns } from './statements/release-runs.ts';

const insertWorker = {
  name: 'rialto_insert_worker',
  text: `
    insert into rialto.workers (id, place, last_beat) values ($1, $2, now())
    on conflict (id) do update set place = excluded.place, last_beat = excluded.last_beat`,
};

const beatWorker = {
  name: 'rialto_beat_worker',
  text: 'update rialto.workers set last_beat = now() where id = $1 returning id',
};

const selectSamePlace = {
  name: 'rialto_select_workers_of_place',
  text: 'select id from rialto.workers where place = $1 and id <> $2 order by id',
};

const isSilent = 'last_beat < now() - make_interval(secs => $1::float8 / 1000)';

const selectSilent = {
  name: 'rialto_select_silent_workers',
  text: `select id from rialto.workers where ${isSilent} and id <> $2 order by last_beat limit 100`,
};

/** Asked again under its lock: the worker may have beaten, or another may bury it. */
const deleteSilent = {
  name: 'rialto_delete_silent_worker',
  text: `
    delete from rialto.workers where id = (select id from rialto.workers where id = $2 and ${isSilent}
      for update skip locked)
    returning id`,
};

const deleteWorker = {
  name: 'rialto_delete_worker',
  text: 'delete from rialto.workers where id = $1 returning id',
};

const releaseLeases = {
  name: 'rialto_release_trigger_leases',
  text: 'update rialto.triggers set lease_worker = null, lease_until = null where lease_worker = $1',
};

/** The worker store in a database. */
export function postgresWorkers(database: Database, queue: PostgresSegmentQueue | undefined): WorkerStore {
  return {
    async register({ id, place }) {
      await database.transaction(async (client) => {
        const older = await runStatement<{ id: string }>(client, selectSamePlace, [place, id]);
        for (const worker of older) await bury(client, queue, worker.id, deleteWorker, [worker.id]);
        await runStatement(client, insertWorker, [id, place]);
      });
    },
    async beat(id) {
      return (await database.query(beatWorker, [id])).length > 0;
    },
    async releaseDead(deadAfterMs, askedBy) {
      const silent = await database.query<{ id: string }>(selectSilent, [deadAfterMs, askedBy]);
      let released = 0;
      for (const { id } of silent) {
        released += await database.transaction((client) => bury(client, queue, id, deleteSilent, [deadAfterMs, id]));
      }
      return released;
    },
    async unregister(id) {
      await database.transaction((client) => bury(client, queue, id, deleteWorker, [id]));
    },
  };
}

/**
 * Forgets the worker, which waits for its writes under way, and gives what it held to others. Returns how many runs
 * that were.
 */
async function bury(
  client: PoolClient,
  queue: PostgresSegmentQueue | undefined,
  id: string,
  remove: Statement,
  values: readonly (string | number)[],
): Promise<number> {
  const gone = await runStatement(client, remove, values);
  if (gone.length === 0) return 0;
  await runStatement(client, releaseLeases, [id]);
  return await releaseRuns(client, queue, { kind: 'held-by', worker: id });
}
