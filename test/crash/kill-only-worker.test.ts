/** The only worker is killed with SIGKILL at random points of 50 runs while events arrive, and started again each time. */

import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  checkOutcome,
  createLeads,
  deploy,
  everyLeadIsMarked,
  killsMax,
  killWorker,
  leadsMax,
  leadsPerKill,
  openCrashWorld,
  randomMoment,
  startWorker,
} from './crash-world.ts';

test('afterwards every lead has exactly one task, and no completed action ran twice', async () => {
  await using world = await openCrashWorld();
  const place = { dataDirectory: join(world.directory, 'data') };
  await deploy(world, place);
  const leads: string[] = [];
  for (let kills = 0; kills < killsMax; kills += 1) {
    const worker = await startWorker(world, place);
    const created = createLeads(world, leads, Math.min(leadsPerKill, leadsMax - leads.length));
    await randomMoment(world);
    await killWorker(world, worker);
    await created;
  }
  const last = await startWorker(world, place);
  await everyLeadIsMarked(world, leads.length);
  await killWorker(world, last);
  await checkOutcome(world, place, leads);
  expect(leads).toHaveLength(leadsMax);
});
