import { expect, test } from 'vitest';
import { seededIds } from '../../src/base/ids.ts';
import { silentLog } from '../../src/base/log.ts';
import {
  catalog,
  createConnections,
  createConnectorHost,
  createOpenEnvironment,
  createSecretBox,
  printAddressPath,
} from '../../src/connector/index.ts';
import { createEmulator } from '../../src/emulator/index.ts';

const time = { ms: 1_777_878_131_000 };
const clock = { now: () => time.ms, monotonicMs: () => time.ms, sleep: async () => {} };
test('x', async () => {
  const ids = seededIds(11);
  const emulator = await createEmulator({ clock, ids });
  const reqs: string[] = [];
  const records = new Map();
  const connections = createConnections({
    store: {
      get: async (n: string) => records.get(n),
      list: async () => [...records.values()],
      create: async (r: any) => {
        records.set(r.name, r);
        return true;
      },
      update: async () => true,
      delete: async () => true,
    },
    catalog,
    secretBox: createSecretBox({ key: ids.bytes(32), ids }),
    secretSources: { env: () => undefined, readFile: async () => '' },
    openEnvironment: createOpenEnvironment({
      send: (r) => {
        reqs.push(`${r.method} ${r.url}`);
        return emulator.environments.find(({ url }) => r.url.startsWith(`${url}/`))!.send(r);
      },
      clock,
      ids,
      log: silentLog,
    }),
    clock,
  });
  const host = createConnectorHost({ connections, catalog });
  for (const [connector, name] of [
    ['dynamicscrmonline', 'contoso-dataverse'],
    ['dynamicsax', 'contoso-fno'],
  ] as const) {
    const { url, application } = emulator.environment(name);
    await connections.create({
      name,
      connector,
      settings: {
        environmentUrl: url,
        authority: url,
        tenant: application.tenantId,
        clientId: application.clientId,
        clientSecret: application.clientSecret,
      },
    });
  }
  const go = async (connection: string, method: string, path: string, values: any, queries: any, body?: any) => {
    const before = reqs.length;
    const a = await host
      .invoke(
        {
          connection,
          method,
          path: printAddressPath('/datasets/{dataset}/' + path, { dataset: 'default', ...values }),
          queries,
          headers: {},
          ...(body ? { body } : {}),
        },
        { log: silentLog, idempotencyKey: 'k' + before, mayBeRepeat: false },
      )
      .catch((e) => ({ THROWN: e.code, message: e.message }));
    console.log(JSON.stringify([connection, method, queries, values, a]).slice(0, 900), reqs.slice(before));
  };
  const items = 'tables/{table}/items';
  const item = items + '/{id}';
  for (const [c, t, f] of [
    ['contoso-dataverse', 'leads', 'lastname'],
    ['contoso-fno', 'CustomersV3', 'OrganizationName'],
  ] as const) {
    await Promise.all([1, 2, 3].map(() => go(c, 'get', items, { table: t }, { $top: '1', $select: f })));
    for (const q of [
      { $filter: `${f}x eq 'a'` },
      { $filter: `${f} eq 5` },
      { $filter: `${f} eq 'a` },
      { $filter: `${f} eq` },
      { $select: `${f}x` },
      { $select: `${f},,x` },
      { $orderby: `${f}x desc` },
      { $orderby: `${f} up` },
      { $top: '-1' },
      { $top: 'x' },
      { $topp: '1' },
      { $expand: 'nothing' },
      { $filter: `toString(${f}) eq 'a'` },
      { $filter: `constructor(${f}) eq 'a'` },
      { $filter: `${f} in ('a')` },
      { __proto__x: '1' },
      JSON.parse('{"__proto__":"1"}'),
      { constructor: 'x' },
      { $filter: `${f} eq null` },
      { $filter: `${f} eq 'ä😀'` },
      { $filter: { a: 1 } },
      { $select: '*' },
      { $top: 'true' },
      { $filter: 'true' },
    ])
      await go(c, 'get', items, { table: t }, q);
    for (const id of [
      'x',
      'usmf',
      'usmf,US-001',
      "dataAreaId='usmf',CustomerAcount='1'",
      "dataAreaId='usmf'",
      "dataAreaId=5,CustomerAccount='x'",
      'a/b,c',
      'usmf,%',
      'usmf,',
      '(usmf,x)',
      "usmf,a'b",
    ])
      await go(c, 'get', item, { table: t, id }, {});
  }
  await go('contoso-fno', 'get', items, { table: 'OrderLines' }, {});
  await go(
    'contoso-fno',
    'get',
    items,
    { table: 'SalesOrderHeadersV2' },
    { $filter: "SalesOrderStatus eq 'Backorder'", $top: '1' },
  );
  await go(
    'contoso-fno',
    'get',
    items,
    { table: 'SalesOrderHeadersV2' },
    { $filter: "SalesOrderStatus eq Microsoft.Dynamics.DataEntities.SalesStatus'Backord'", $top: '1' },
  );
  expect(1).toBe(1);
});
