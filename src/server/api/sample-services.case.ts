/** Services for tests of the API: a store in memory, and a canned environment with one entity set. */

import { RialtoError, ServiceError } from '../../base/errors.ts';
import { seededIds } from '../../base/ids.ts';
import type { JsonObject } from '../../base/json.ts';
import { silentLog } from '../../base/log.ts';
import type { Client, EntitySetClient, KeyInput, ListOptions, Page } from '../../client/client.ts';
import { entityTypeOf } from '../../client/index.ts';
import type { ConnectionView } from '../../connector/index.ts';
import { openMemoryStore } from '../../flow/store/index.ts';
import type { Store } from '../../flow/store/store.ts';
import { createModel } from '../../odata/index.ts';
import { type TestClock, testClock } from '../../testing/test-clock.ts';
import type { ApiServices } from './services.ts';

export interface SampleServices extends ApiServices {
  readonly store: Store;
  readonly clock: TestClock;
  /** Calls that reached the canned environment, as `verb entity-set argument`. */
  readonly calls: readonly (readonly unknown[])[];
}

const model = createModel({
  schemas: [
    {
      namespace: 'Sample',
      enumTypes: [
        {
          name: 'NoYes',
          members: [
            { name: 'No', value: 0 },
            { name: 'Yes', value: 1 },
          ],
        },
      ],
      entityTypes: [
        {
          name: 'Customer',
          key: ['dataAreaId', 'CustomerAccount'],
          properties: [
            { name: 'dataAreaId', type: 'Edm.String', isNullable: false, maxLength: 4 },
            { name: 'CustomerAccount', type: 'Edm.String', isNullable: false },
            { name: 'CreditLimit', type: 'Edm.Decimal' },
            { name: 'IsOneTime', type: 'Sample.NoYes' },
          ],
          navigationProperties: [{ name: 'Orders', type: 'Sample.Order', isCollection: true }],
        },
        { name: 'Order', key: ['Number'], properties: [{ name: 'Number', type: 'Edm.Int64', isNullable: false }] },
      ],
      container: {
        name: 'Container',
        entitySets: [
          { name: 'Customers', entityType: 'Sample.Customer' },
          { name: 'Orders', entityType: 'Sample.Order' },
        ],
      },
    },
  ],
});

/** Services with one connection `contoso`; `overrides` replaces any of them. */
export function sampleServices(overrides: Partial<ApiServices> = {}): SampleServices {
  const clock = testClock();
  const store = openMemoryStore({ clock });
  const calls: (readonly unknown[])[] = [];
  return {
    connections: sampleConnections(clock, calls),
    operations: {
      connectors: () => [{ id: 'dynamicsax', title: 'Fin & Ops Apps (Dynamics 365)' }],
      list: () => [
        {
          id: 'GetItems_V2',
          summary: 'List items present in table',
          connector: 'dynamicsax',
          kind: 'action',
          effect: 'read',
          addresses: [{ method: 'get', path: '/datasets/{dataset}/tables/{table}/items' }],
        },
      ],
      invoke: async (call) => {
        calls.push(['invoke', call.connection, call.operation, call.parameters]);
        return { statusCode: 200, headers: {}, body: { value: [] } };
      },
    },
    nudgeWorker: () => undefined,
    flows: {
      check: async () => undefined,
      deploy: (flow) =>
        store.flows.deploy({
          ...flow,
          triggers: [{ name: 'When_a_record_is_created', nextCheckTime: clock.now() }],
          now: clock.now(),
        }),
    },
    ids: seededIds(1),
    log: silentLog,
    version: '0.0.0-test',
    uiDirectory: undefined,
    isLoopbackOnly: true,
    ...overrides,
    clock,
    store,
    calls,
  };
}

function sampleConnections(clock: TestClock, calls: (readonly unknown[])[]): ApiServices['connections'] {
  const connections = new Map<string, ConnectionView>();
  connections.set('contoso', connectionView('contoso', clock.now()));
  function known(name: string): ConnectionView {
    const connection = connections.get(name);
    if (connection === undefined) throw new RialtoError('CONNECTION_UNKNOWN', `There is no connection '${name}'.`);
    return connection;
  }
  return {
    list: async () => [...connections.values()],
    get: async (name) => known(name),
    create: async ({ name }) => {
      if (connections.has(name)) throw new RialtoError('CONNECTION_EXISTS', `There is a connection '${name}'.`);
      connections.set(name, connectionView(name, clock.now()));
      return known(name);
    },
    update: async ({ name, settings }) => {
      connections.set(name, { ...known(name), settings, changedTime: clock.now() });
      return known(name);
    },
    delete: async (name) => {
      connections.delete(known(name).name);
    },
    test: async (name) => {
      known(name);
      return {
        ok: false,
        steps: [
          { name: 'Settings', status: 'ok', durationMs: 1 },
          {
            name: 'Token',
            status: 'failed',
            durationMs: 12,
            error: { code: 'AUTH_SECRET_INVALID', message: `The client secret of '${name}' is not accepted.` },
          },
          { name: 'Service', status: 'not-checked' },
        ],
      };
    },
    client: async (name) => {
      known(name);
      return cannedClient(calls);
    },
  };
}

function connectionView(name: string, now: number): ConnectionView {
  return {
    name,
    connector: 'dynamicsax',
    settings: { organizationUrl: 'http://127.0.0.1:8366' },
    secretsSet: ['clientSecret'],
    createdTime: now,
    changedTime: now,
  };
}

/** Three customers on two pages; reading `Orders` fails after its first page, as some services do. */
function cannedClient(calls: (readonly unknown[])[]): Client {
  return {
    serviceRoot: 'http://127.0.0.1:8366/data/',
    entitySet: (name) => cannedEntitySet(name, calls),
    execute: async (options) => {
      calls.push(['execute', options.action, options.entitySet, options.key, options.parameters]);
      return options.action === 'doNothing' ? undefined : { done: true };
    },
    model: async () => model,
    withFreshModel: (attempt) => attempt(),
    entitySets: async () => ['Customers', 'Orders'],
  };
}

function cannedEntitySet(name: string, calls: (readonly unknown[])[]): EntitySetClient {
  async function* pages(options: ListOptions = {}): AsyncIterable<Page> {
    const { signal: _, ...query } = options;
    calls.push(['query', name, query]);
    entityTypeOf(model, name);
    yield { records: [customer('US-001'), customer('US-002')], hasMore: true, ...(options.count ? { count: 3 } : {}) };
    if (name === 'Orders') throw new RialtoError('SERVICE_UNAVAILABLE', 'The environment is overloaded.');
    yield { records: [{ ...customer('US-003'), RecId: 12345678901234567890n }], hasMore: false };
  }
  return {
    name,
    pages,
    async *list(options) {
      for await (const page of pages(options)) yield* page.records;
    },
    get: async (key) => {
      calls.push(['get', name, key]);
      if (accountOf(key) === 'none') throw new RialtoError('RECORD_NOT_FOUND', "There is no customer 'none'.");
      return { '@odata.etag': 'W/"1"', ...customer('US-001') };
    },
    count: async () => 3,
    create: async (record) => {
      calls.push(['create', name, record]);
      return { record: { '@odata.etag': 'W/"1"', ...record }, etag: 'W/"1"' };
    },
    update: async (key, changes, options) => {
      calls.push(['update', name, key, changes, options?.ifMatch]);
      if (options?.ifMatch === 'W/"0"') {
        throw new ServiceError('RECORD_CONFLICT', 'The record changed since it was read.', {
          details: { status: 412, serviceCode: '', serviceMessage: 'Precondition failed.' },
        });
      }
      return { etag: 'W/"2"' };
    },
    delete: async (key, options) => {
      calls.push(['delete', name, key, options?.ifMatch]);
    },
  };
}

function accountOf(key: KeyInput): unknown {
  return typeof key === 'object' && key !== null && 'CustomerAccount' in key ? key.CustomerAccount : key;
}

function customer(account: string): JsonObject {
  return { dataAreaId: 'usmf', CustomerAccount: account, CreditLimit: 1500, IsOneTime: 'No' };
}
