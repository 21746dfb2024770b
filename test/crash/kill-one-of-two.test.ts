/** One of two workers is killed with SIGKILL at random points while events arrive; the other takes its runs over. */

import { join } from 'node:path';
import { test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { systemIds } from '../../src/base/ids.ts';
import { silentLog } from '../../src/base/log.ts';
import { openPostgresStore, type Store, startEmbeddedPostgres } from '../../src/flow/store/index.ts';
import {
  checkOutcome,
  createLeads,
  deploy,
  everyLeadIsMarked,
  killsMax,
  killWorker,
  leadsPerKill,
  openCrashWorld,
  randomMoment,
  runsOf,
  startWorker,
} from './crash-world.ts';

test('afterwards every lead has exactly one task, and no completed action ran twice', async () => {
  await using world = await openCrashWorld();
  const dataDirectory = join(world.directory, 'data');
  const database = {
    dataDirectory: join(world.directory, 'database'),
    clock: systemClock,
    ids: systemIds,
    log: silentLog,
  };
  await using postgres = await startEmbeddedPostgres(database);
  // With a database of their own choice workers do not know who lived where: only the missing beat tells of a death.
  const place = { dataDirectory, databaseUrl: postgres.url };
  await deploy(world, place);
  await using store = await openPostgresStore({ url: postgres.url, clock: systemClock, log: silentLog });
  const leads: string[] = [];
  const pair = [await startWorker(world, place)];
  // A kill of the one that has nothing to do proves nothing: as often as needed, within reason.
  for (let kills = 0; kills < 4 || (kills < 3 * killsMax && !(await isAnyTaken(store))); kills += 1) {
    pair.push(await startWorker(world, place));
    const created = createLeads(world, leads, leadsPerKill);
    await randomMoment(world);
    const [victim] = pair.splice(Math.floor(world.ids.random() * 2), 1);
    if (victim !== undefined) await killWorker(world, victim);
    await created;
  }
  await everyLeadIsMarked(world, leads.length);
  for (const worker of pair) await killWorker(world, worker);
  await checkOutcome(world, place, leads);
});

async function isAnyTaken(store: Store): Promise<boolean> {
  return (await runsOf(store)).some((run) => run.segment > 1);
}
