import { describe, expect, test } from 'vitest';
import { DefinitionError, RialtoError } from '../../base/errors.ts';
import type { JsonObject } from '../../base/json.ts';
import type { ConnectorHost } from '../../connector/contract.ts';
import { testClock } from '../../testing/test-clock.ts';
import { openMemoryStore } from '../store/index.ts';
import { checkFlow, deployFlow } from './deploy.ts';

function host(connection: string): JsonObject {
  return { connection: { name: `@parameters('$connections')['${connection}']['connectionId']` } };
}

function given(actions: JsonObject = {}) {
  const clock = testClock();
  const store = openMemoryStore({ clock });
  const connectors: Pick<ConnectorHost, 'check'> = {
    async check(call) {
      if (call.path.includes('unknown')) throw new RialtoError('OPERATION_UNKNOWN', `No operation at ${call.path}.`);
    },
  };
  const definition = {
    parameters: { $connections: { type: 'Object', defaultValue: {} } },
    triggers: {
      New_lead: {
        type: 'ApiConnection',
        recurrence: { frequency: 'Minute', interval: 3 },
        inputs: { host: host('crm'), method: 'get', path: '/onnewitems' },
      },
    },
    actions: {
      Create_task: {
        type: 'ApiConnection',
        inputs: { host: host('crm'), method: 'post', path: "/@{triggerBody()?['table']}/items" },
      },
      ...actions,
    },
  };
  const flow = {
    name: 'lead-to-task',
    definition: JSON.stringify(definition),
    parameters: JSON.stringify({
      $connections: {
        value: {
          crm: { connectionId: '/connections/contoso-dataverse' },
          gone: { connectionId: '/connections/contoso-datavers' },
        },
      },
    }),
  };
  return { store, clock, flow, context: { store, connectors, clock } };
}

async function givenConnection({ store, clock }: ReturnType<typeof given>): Promise<void> {
  const now = clock.now();
  const record = { name: 'contoso-dataverse', connector: 'dynamicscrmonline', settings: '{}' };
  await store.connections.create({ ...record, createdTime: now, changedTime: now });
}

async function problemsOf(deployed: Promise<unknown>): Promise<readonly string[]> {
  const error = await deployed.catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(DefinitionError);
  return error instanceof DefinitionError
    ? error.problems.map((problem) => `${problem.code} ${problem.pointer} ${problem.message}`)
    : [];
}

describe('deploy', () => {
  test('stores the version and schedules the trigger, the first check at once', async () => {
    const world = given();
    await givenConnection(world);
    const flow = await deployFlow(world.flow, world.context);
    expect(flow).toMatchObject({ name: 'lead-to-task', state: 'Enabled', version: { version: 1 } });
    expect(JSON.parse(flow.version.definition)).toEqual(JSON.parse(world.flow.definition));
    expect(JSON.parse(flow.version.parameters)).toEqual(JSON.parse(world.flow.parameters));
    expect(await world.store.triggers.list()).toMatchObject([
      { trigger: 'New_lead', position: undefined, nextCheckTime: world.clock.now() },
    ]);
  });

  test('an unknown connection is named, with those that there are', async () => {
    const world = given({
      Note: { type: 'ApiConnection', inputs: { host: host('gone'), method: 'post', path: '/notes' } },
    });
    await givenConnection(world);
    expect(await problemsOf(deployFlow(world.flow, world.context))).toEqual([
      "DEFINITION_INVALID /actions/Note/inputs/host/connection/name The action 'Note' uses the connection " +
        "'contoso-datavers', which does not exist. There are: contoso-dataverse. Did you mean 'contoso-dataverse'?",
    ]);
  });

  test('every problem is reported, and nothing is changed', async () => {
    const world = given({
      Note: { type: 'ApiConnection', inputs: { host: host('gone'), method: 'post', path: '/notes' } },
      Other: { type: 'ApiConnection', inputs: { host: host('crm'), method: 'post', path: '/unknown' } },
    });
    expect(await problemsOf(deployFlow(world.flow, world.context))).toHaveLength(4);
    await givenConnection(world);
    const problems = await problemsOf(checkFlow(world.flow, world.context));
    expect(problems).toHaveLength(2);
    expect(problems[1]).toMatch(/^DEFINITION_INVALID \/actions\/Other\/inputs\/path .*No operation at \/unknown\.$/);
    expect(await world.store.flows.list()).toEqual([]);
    expect(await world.store.triggers.list()).toEqual([]);
  });

  test('a connection that only a run could tell is refused', async () => {
    const world = given({
      Note: {
        type: 'ApiConnection',
        inputs: { host: { connection: { name: "@triggerBody()?['where']" } }, method: 'post', path: '/notes' },
      },
    });
    await givenConnection(world);
    const [problem] = await problemsOf(checkFlow(world.flow, world.context));
    expect(problem).toMatch(/^DEFINITION_INVALID \/actions\/Note\/inputs\/host\/connection\/name /);
  });

  test('what is checked is not stored', async () => {
    const world = given();
    await givenConnection(world);
    await checkFlow(world.flow, world.context);
    expect(await world.store.flows.list()).toEqual([]);
  });

  test('a database that does not answer is no problem of the definition', async () => {
    const world = given();
    await givenConnection(world);
    const connectors = {
      check: async () => {
        throw new RialtoError('STORE_UNAVAILABLE', 'gone', { retryable: true });
      },
    };
    const trigger = { ...world.context, connectors };
    await expect(deployFlow(world.flow, trigger)).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });

  test.each(['', 'a/b', 'x'.repeat(81)])("'%s' cannot name a flow", async (name) => {
    const world = given();
    await givenConnection(world);
    await expect(deployFlow({ ...world.flow, name }, world.context)).rejects.toMatchObject({ code: 'OPTION_INVALID' });
  });
});
