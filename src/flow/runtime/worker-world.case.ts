/** What the tests of workers share: a store in memory, a canned service, a clock that stands still, flows to run. */

import { seededIds } from '../../base/ids.ts';
import type { JsonObject } from '../../base/json.ts';
import { silentLog } from '../../base/log.ts';
import { type CannedAnswer, type CannedService, cannedService } from '../../testing/canned-service.ts';
import { type MemorySegmentQueue, memorySegmentQueue } from '../../testing/memory-segment-queue.ts';
import { type TestClock, testClock } from '../../testing/test-clock.ts';
import { openMemoryStore, type RunWithHistory, type Store } from '../store/index.ts';
import { deployFlow } from './deploy.ts';
import { createWorker, type Worker } from './worker.ts';
import type { WorkerLimits } from './worker-limits.ts';

export interface World {
  readonly clock: TestClock;
  readonly store: Store;
  readonly queue: MemorySegmentQueue;
  readonly service: CannedService;
  /** A started worker. Each lives in its own place. */
  worker(id: string, options?: WorkerChanges): Promise<Worker>;
  /** Ends what a killed process no longer does: it takes nothing out of the queue, and nothing it writes arrives. */
  kill(id: string): void;
  deploy(actions: JsonObject, changes?: { readonly trigger?: JsonObject }): Promise<void>;
  /** All runs with their histories, oldest first. */
  runs(): Promise<readonly RunWithHistory[]>;
  /** The trigger histories, oldest first, as `status code`. */
  checks(): Promise<readonly string[]>;
}

export interface WorkerChanges {
  readonly limits?: Partial<WorkerLimits>;
  readonly store?: Store;
  readonly place?: string;
}

export const flowName = 'lead-to-task';
export const triggerName = 'When_a_record_is_created';

/** A world with the connection `dataverse-1` and no flow. */
export async function givenWorld(answer?: CannedAnswer): Promise<World> {
  const clock = testClock();
  const queue = memorySegmentQueue(clock);
  const store = openMemoryStore({ clock, queue });
  const service = cannedService(answer);
  const now = clock.now();
  const connection = { name: 'dataverse-1', connector: 'dynamicscrmonline', settings: '{}' };
  await store.connections.create({ ...connection, createdTime: now, changedTime: now });
  let seed = 0;
  const killed = new Map<string, () => void>();

  return {
    clock,
    store,
    queue,
    service,
    async worker(id, changes = {}) {
      seed += 1;
      const source = queue.source(id);
      const mortal = mortalStore(changes.store ?? store);
      killed.set(id, () => {
        mortal.kill();
        void source.stop(0);
      });
      const worker = createWorker({
        store: mortal.store,
        connectors: service.connectors,
        source,
        clock,
        ids: seededIds(seed),
        log: silentLog,
        workerId: id,
        place: changes.place ?? id,
        limits: changes.limits ?? {},
      });
      await worker.start();
      return worker;
    },
    kill: (id) => killed.get(id)?.(),
    async deploy(actions, { trigger = {} } = {}) {
      const context = { store, connectors: service.connectors, clock };
      await deployFlow({ name: flowName, ...flowDocument(actions, trigger) }, context);
    },
    async runs() {
      const runs = await store.runs.list({ max: 1_000 });
      const found = await Promise.all(runs.map((run) => store.runs.get(run.id)));
      return found.flatMap((run) => run ?? []).reverse();
    },
    async checks() {
      const histories = await store.triggers.histories({ flow: flowName, trigger: triggerName, max: 100 });
      return histories.map((history) => `${history.status} ${history.code}`).reverse();
    },
  };
}

/** An action that makes a record at `/name`, after those named. */
export function create(name: string, after: readonly string[] = [], changes: JsonObject = {}): JsonObject {
  return {
    type: 'ApiConnection',
    runAfter: Object.fromEntries(after.map((before) => [before, ['Succeeded']])),
    inputs: { host, method: 'post', path: `/${name}`, body: { lead: "@triggerBody()?['id']" }, ...changes },
  };
}

/** Actions and their ends, `Create_task Succeeded`, in the order of the history. */
export function history(run: RunWithHistory | undefined): readonly string[] {
  return (run?.actions ?? []).map((row) => `${row.action} ${row.status}`);
}

/** The store as one process sees it: after its death no call of it has an effect or an end. */
function mortalStore(store: Store): { readonly store: Store; kill(): void } {
  let isDead = false;
  function mortal<Part extends object>(part: Part): Part {
    return new Proxy(part, {
      get: (target, name, receiver) => {
        const member: unknown = Reflect.get(target, name, receiver);
        if (typeof member !== 'function') return member;
        return (...values: unknown[]) => (isDead ? new Promise(() => {}) : Reflect.apply(member, target, values));
      },
    });
  }
  const { flows, triggers, runs, workers, connections } = store;
  return {
    store: {
      flows: mortal(flows),
      triggers: mortal(triggers),
      runs: mortal(runs),
      workers: mortal(workers),
      connections: mortal(connections),
      [Symbol.asyncDispose]: async () => {},
    },
    kill: () => {
      isDead = true;
    },
  };
}

const host = { connection: { name: "@parameters('$connections')['dynamicscrmonline']['connectionId']" } };

const parameters = JSON.stringify({
  $connections: { value: { dynamicscrmonline: { connectionId: '/connections/dataverse-1' } } },
});

/** A flow of these actions, checked every 10 seconds. */
export function flowDocument(
  actions: JsonObject,
  trigger: JsonObject = {},
): { readonly definition: string; readonly parameters: string } {
  return { definition: JSON.stringify(definitionOf(actions, trigger)), parameters };
}

function definitionOf(actions: JsonObject, trigger: JsonObject): JsonObject {
  return {
    $schema:
      'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
    contentVersion: '1.0.0.0',
    parameters: { $connections: { type: 'Object', defaultValue: {} } },
    triggers: {
      [triggerName]: {
        type: 'ApiConnection',
        recurrence: { frequency: 'Second', interval: 10 },
        splitOn: "@triggerBody()?['value']",
        inputs: { host, method: 'get', path: '/onnewitems' },
        ...trigger,
      },
    },
    actions,
  };
}
