/** Every operation and trigger of the connectors against the emulator in memory: no socket, no database. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Clock } from '../../src/base/clock.ts';
import { seededIds } from '../../src/base/ids.ts';
import type { JsonObject, JsonValue } from '../../src/base/json.ts';
import { silentLog } from '../../src/base/log.ts';
import {
  type Connections,
  type ConnectorCall,
  type ConnectorHost,
  catalog,
  createConnections,
  createConnectorHost,
  createOpenEnvironment,
  createSecretBox,
  type OperationResult,
  printAddressPath,
  type StoredConnection,
} from '../../src/connector/index.ts';
import { createEmulator, type Emulator } from '../../src/emulator/index.ts';
import type { Send } from '../../src/http/index.ts';

const time = { ms: 1_777_878_131_000 };
const clock: Clock = { now: () => time.ms, monotonicMs: () => time.ms, sleep: async () => {} };

let emulator: Emulator;
let connections: Connections;
let host: ConnectorHost;

beforeAll(async () => {
  const ids = seededIds(11);
  const sample = { customers: 60, salesOrders: 5, users: 3, accounts: 5, contacts: 5, leads: 10, tasks: 5 };
  emulator = await createEmulator({ clock, ids, sample });
  connections = createConnections({
    store: memoryRecords(),
    catalog,
    secretBox: createSecretBox({ key: ids.bytes(32), ids }),
    secretSources: {
      env: () => undefined,
      readFile: async (path) => {
        throw new Error(path);
      },
    },
    openEnvironment: createOpenEnvironment({ send: routedSend(emulator), clock, ids, log: silentLog }),
    clock,
  });
  host = createConnectorHost({ connections, catalog });
  await connect('dynamicscrmonline', 'contoso-dataverse');
  await connect('dynamicsax', 'contoso-fno');
});

afterAll(() => emulator.close());

async function connect(connector: string, name: 'contoso-dataverse' | 'contoso-fno', secret?: string): Promise<void> {
  const { url, application } = emulator.environment(name);
  await connections.create({
    name: secret === undefined ? name : `${name}-${secret}`,
    connector,
    settings: {
      environmentUrl: url,
      authority: url,
      tenant: application.tenantId,
      clientId: application.clientId,
      clientSecret: secret ?? application.clientSecret,
    },
  });
}

/** What was sent to the environments. */
const sent: string[] = [];

function routedSend(target: Emulator): Send {
  return (request) => {
    sent.push(`${request.method} ${request.url}`);
    const environment = target.environments.find(({ url }) => request.url.startsWith(`${url}/`));
    if (environment === undefined) throw new Error(`The test sends nothing to ${request.url}.`);
    return environment.send(request);
  };
}

function memoryRecords() {
  const records = new Map<string, StoredConnection>();
  return {
    get: async (name: string) => records.get(name),
    list: async () => [...records.values()],
    async create(record: StoredConnection) {
      if (records.has(record.name)) return false;
      records.set(record.name, record);
      return true;
    },
    async update(record: StoredConnection) {
      records.set(record.name, record);
      return true;
    },
    delete: async (name: string) => records.delete(name),
  };
}

interface CallParts {
  readonly connection?: string;
  readonly queries?: JsonObject;
  readonly body?: JsonObject;
  readonly key?: string;
  readonly mayBeRepeat?: boolean;
}

function callAt(
  method: string,
  template: string,
  values: Readonly<Record<string, string>>,
  parts: CallParts,
): ConnectorCall {
  return {
    connection: parts.connection ?? 'contoso-dataverse',
    method,
    path: printAddressPath(template, { dataset: 'default', ...values }),
    queries: parts.queries ?? {},
    headers: {},
    ...(parts.body === undefined ? {} : { body: parts.body }),
  };
}

function invoke(
  method: string,
  rest: string,
  values: Readonly<Record<string, string>>,
  parts: CallParts = {},
): Promise<OperationResult> {
  const call = callAt(method, `/datasets/{dataset}/${rest}`, values, parts);
  return host.invoke(call, {
    log: silentLog,
    idempotencyKey: parts.key ?? '',
    mayBeRepeat: parts.mayBeRepeat ?? false,
  });
}

function bodyOf(answer: OperationResult): JsonObject {
  return answer.body as JsonObject;
}

function rowsOf(answer: OperationResult): readonly JsonObject[] {
  return bodyOf(answer).value as readonly JsonObject[];
}

const items = 'tables/{table}/items';
const item = 'tables/{table}/items/{id}';

describe('Dataverse', () => {
  test('a record lives through all operations', async () => {
    const lead = await invoke('post', items, { table: 'leads' }, { body: { lastname: 'Abel', subject: 'Ovens' } });
    expect(lead).toMatchObject({ statusCode: 201, body: { lastname: 'Abel', statuscode: 1 } });
    const id = String(bodyOf(lead).leadid);
    expect(bodyOf(lead).ItemInternalId).toBe(id);

    const found = await invoke('get', item, { table: 'leads', id });
    expect(found).toMatchObject({
      statusCode: 200,
      body: { lastname: 'Abel', _statuscode_label: 'New', _ownerid_type: 'systemusers' },
    });

    const changed = await invoke('patch', item, { table: 'leads', id }, { body: { subject: 'Big ovens' } });
    expect(changed).toMatchObject({ statusCode: 200, body: { lastname: 'Abel', subject: 'Big ovens' } });

    const queries = { $filter: "contains(subject,'big') and lastname eq 'Abel'", $select: 'subject', $top: '5' };
    const list = await invoke('get', items, { table: 'leads' }, { queries });
    expect(rowsOf(list)).toEqual([expect.objectContaining({ leadid: id, subject: 'Big ovens' })]);

    expect((await invoke('delete', item, { table: 'leads', id })).statusCode).toBe(200);
    expect(await invoke('get', item, { table: 'leads', id })).toMatchObject({
      statusCode: 404,
      body: { error: { code: '0x80040217' } },
    });
    expect((await invoke('delete', item, { table: 'leads', id }, { mayBeRepeat: true })).statusCode).toBe(200);
  });

  test('a task regards a lead, by lookup pair and by bind', async () => {
    const lead = await invoke('post', items, { table: 'leads' }, { body: { lastname: 'Bell', subject: 'Bells' } });
    const leadid = String(bodyOf(lead).leadid);
    const pair = { subject: 'Call', _regardingobjectid_value: leadid, _regardingobjectid_type: 'leads' };
    const byPair = await invoke('post', items, { table: 'tasks' }, { body: pair });
    expect(byPair).toMatchObject({ statusCode: 201, body: { _regardingobjectid_value: leadid } });
    const bind = { subject: 'Call', 'regardingobjectid_lead_task@odata.bind': `/leads(${leadid})` };
    const byBind = await invoke('post', items, { table: 'tasks' }, { body: bind });
    expect(byBind).toMatchObject({ statusCode: 201, body: { _regardingobjectid_value: leadid } });
    const read = await invoke('get', item, { table: 'tasks', id: String(bodyOf(byBind).activityid) });
    expect(bodyOf(read)._regardingobjectid_type).toBe('leads');
    const cleared = { _regardingobjectid_value: null };
    const patched = await invoke(
      'patch',
      item,
      { table: 'tasks', id: String(bodyOf(byPair).activityid) },
      { body: cleared },
    );
    expect(patched).toMatchObject({ statusCode: 200, body: { _regardingobjectid_value: null } });
  });

  test('a repeated create of a flow makes one record', async () => {
    const parts = { body: { subject: 'Once' }, key: 'run-1/Create' };
    const first = await invoke('post', items, { table: 'tasks' }, parts);
    const second = await invoke('post', items, { table: 'tasks' }, { ...parts, mayBeRepeat: true });
    expect(second.statusCode).toBe(201);
    expect(bodyOf(second).activityid).toBe(bodyOf(first).activityid);
    const list = await invoke('get', items, { table: 'tasks' }, { queries: { $filter: "subject eq 'Once'" } });
    expect(rowsOf(list)).toHaveLength(1);
  });

  test('wrong calls are answers with a status', async () => {
    const unknownTable = await invoke('get', items, { table: 'leeds' });
    expect(unknownTable).toMatchObject({ statusCode: 400, body: { error: { code: 'OPERATION_INPUT_INVALID' } } });
    const unknownField = await invoke('post', items, { table: 'leads' }, { body: { lastnam: 'x' } });
    expect(JSON.stringify(unknownField.body)).toContain("Did you mean 'lastname'?");
    const filter = await invoke('get', items, { table: 'leads' }, { queries: { $filter: 'lastname eq' } });
    expect(JSON.stringify(filter.body)).toContain('/$filter');
    const tooLong = await invoke('post', items, { table: 'tasks' }, { body: { subject: 'x'.repeat(300) } });
    expect(tooLong).toMatchObject({ statusCode: 400, body: { error: { code: '0x80044331' } } });
    const elsewhere = await invoke('get', `${items}`, { dataset: 'fabrikam.crm', table: 'leads' });
    expect(elsewhere.statusCode).toBe(400);
    await expect(invoke('put', items, { table: 'leads' })).rejects.toMatchObject({ code: 'OPERATION_UNKNOWN' });
    await expect(invoke('get', items, { table: 'leads' }, { connection: 'nowhere' })).rejects.toMatchObject({
      code: 'CONNECTION_UNKNOWN',
    });
  });

  test('the trigger sees every new lead once, those of one second and those that come late', async () => {
    const trigger = callAt('get', '/v2/datasets/{dataset}/tables/{table}/onnewitems', { table: 'leads' }, {});
    const context = { log: silentLog, idempotencyKey: '', mayBeRepeat: false };
    let state: JsonValue | undefined;
    async function pollKeys(): Promise<readonly string[]> {
      const result = await host.poll(trigger, state, context);
      state = JSON.parse(JSON.stringify(result.state));
      return result.records.map((record) => host.eventKey(trigger, record));
    }
    async function addLead(): Promise<string> {
      const lead = await invoke('post', items, { table: 'leads' }, { body: { lastname: 'New', subject: 'Lead' } });
      return `leads/${String(bodyOf(lead).leadid)}`;
    }

    expect(await pollKeys()).toEqual([]);
    expect(await pollKeys()).toEqual([]);
    time.ms += 60_000;
    const sameSecond = [await addLead(), await addLead()];
    expect([...(await pollKeys())].sort()).toEqual([...sameSecond].sort());
    const oneMore = await addLead();
    expect(await pollKeys()).toEqual([oneMore]);
    time.ms -= 30_000;
    const late = await addLead();
    time.ms += 90_000;
    const after = await addLead();
    expect(await pollKeys()).toEqual([late, after]);
    expect(await pollKeys()).toEqual([]);
  });

  test('the trigger honours $filter, $select and $orderby', async () => {
    const queries = { $filter: "lastname eq 'Zz' or lastname eq 'Aa'", $select: 'lastname', $orderby: 'lastname' };
    const trigger = callAt('get', '/datasets/{dataset}/tables/{table}/onnewitems', { table: 'leads' }, { queries });
    const context = { log: silentLog, idempotencyKey: '', mayBeRepeat: false };
    const { state } = await host.poll(trigger, undefined, context);
    time.ms += 10_000;
    for (const lastname of ['Zz', 'Mm', 'Aa']) {
      await invoke('post', items, { table: 'leads' }, { body: { lastname, subject: 'x' } });
    }
    const { records } = await host.poll(trigger, state, context);
    expect(records.map(({ lastname }) => lastname)).toEqual(['Aa', 'Zz']);
    expect(Object.keys(records[0] ?? {}).sort()).toEqual(['@odata.etag', 'ItemInternalId', 'lastname', 'leadid']);
  });
});

describe('Finance & Operations', () => {
  const connection = 'contoso-fno';
  const table = 'CustomerGroups';

  test('a record of another company lives through all operations', async () => {
    const body = { dataAreaId: 'demf', CustomerGroupId: 'R1', Description: 'Retail' };
    const created = await invoke('post', items, { table }, { connection, body, key: 'k' });
    expect(created).toMatchObject({ statusCode: 201, body });
    const again = await invoke('post', items, { table }, { connection, body, key: 'k', mayBeRepeat: true });
    expect(again).toMatchObject({ statusCode: 201, body });
    const twice = await invoke('post', items, { table }, { connection, body, key: 'l' });
    expect(twice.statusCode).toBe(400);
    expect(JSON.stringify(twice.body)).toContain('already exists');

    const id = 'demf,R1';
    expect(await invoke('get', item, { table, id }, { connection })).toMatchObject({ statusCode: 200, body });
    const change = { Description: 'Retail shops' };
    expect(await invoke('patch', item, { table, id }, { connection, body: change })).toMatchObject({
      statusCode: 200,
      body: { ...body, ...change },
    });
    expect((await invoke('delete', item, { table, id }, { connection })).statusCode).toBe(200);
    expect((await invoke('delete', item, { table, id }, { connection, mayBeRepeat: true })).statusCode).toBe(200);
    expect((await invoke('get', item, { table, id }, { connection })).statusCode).toBe(404);
  });

  test('lists stay in the default company unless asked for all', async () => {
    const own = await invoke('get', items, { table: 'CustomersV3' }, { connection });
    expect(new Set(rowsOf(own).map(({ dataAreaId }) => dataAreaId))).toEqual(new Set(['usmf']));
    const queries = { 'cross-company': 'true', $select: 'dataAreaId,CustomerAccount', $orderby: 'CustomerAccount' };
    const all = await invoke('get', items, { table: 'CustomersV3' }, { connection, queries });
    expect(rowsOf(all)).toHaveLength(60);
    const some = await invoke(
      'get',
      items,
      { table: 'CustomersV3' },
      { connection, queries: { $top: '3', $skip: '2' } },
    );
    expect(rowsOf(some)).toHaveLength(3);
  });

  test('lists the entity sets and executes an action', async () => {
    const tables = await invoke('get', 'tables', {}, { connection });
    expect(rowsOf(tables)).toContainEqual({ Name: 'CustomersV3', DisplayName: 'CustomersV3', DynamicProperties: {} });
    const procedure = 'DataManagementEntities/Microsoft.Dynamics.DataEntities.GetApplicationVersion';
    const answer = await invoke('post', 'procedures/{procedure}', { procedure }, { connection });
    expect(answer).toMatchObject({ statusCode: 200, body: { value: '10.0.48' } });
  });
});

describe('testing a connection', () => {
  test.each(['contoso-dataverse', 'contoso-fno'])('%s is well', async (name) => {
    const { ok, steps } = await connections.test(name);
    expect(steps.map(({ name: step, status }) => `${step} ${status}`)).toEqual([
      'settings ok',
      'token ok',
      'service ok',
    ]);
    expect(ok).toBe(true);
  });

  test('a wrong secret is told at the token', async () => {
    await connect('dynamicsax', 'contoso-fno', 'wrong');
    const { ok, steps } = await connections.test('contoso-fno-wrong');
    expect(ok).toBe(false);
    expect(steps[1]).toMatchObject({ name: 'token', status: 'failed', error: { code: 'AUTH_SECRET_INVALID' } });
    expect(JSON.stringify(steps)).not.toContain('"wrong"');
    const answer = await invoke('get', items, { table: 'CustomerGroups' }, { connection: 'contoso-fno-wrong' });
    expect(answer).toMatchObject({ statusCode: 401, body: { error: { code: 'AUTH_SECRET_INVALID' } } });
  });
});

describe('what the metadata knows to be wrong is a 400 with the place, and is never sent', () => {
  const customers = { connection: 'contoso-fno', table: 'CustomersV3' };
  const leads = { connection: 'contoso-dataverse', table: 'leads' };

  test.each([
    [
      leads,
      '$filter',
      "lastnam eq 'x'",
      "/$filter: 'lastnam' is not a property of lead; did you mean 'lastname'? It stands at position 0.",
    ],
    [leads, '$filter', 'lastname eq 5', '/$filter: eq at position 9 is given Edm.String and Edm.Int32'],
    [
      leads,
      '$select',
      'subject,lastnam',
      "/$select: 'lastnam' is not a property of lead; did you mean 'lastname'? It stands at position 8.",
    ],
    [
      leads,
      '$orderby',
      'lastnam desc',
      "/$orderby: 'lastnam' is not a property of lead; did you mean 'lastname'? It stands at position 0.",
    ],
    [customers, '$filter', "OrganizationNam eq 'x'", "did you mean 'OrganizationName'? It stands at position 0."],
    [
      customers,
      '$filter',
      'OrganizationName eq',
      '/$filter: $filter: expected an expression at position 19, found the end.',
    ],
    [
      customers,
      '$orderby',
      'OrganizationName up',
      '/$orderby: $orderby: expected asc, desc, "," or the end at position 17',
    ],
  ])('%o: %s=%s', async ({ connection, table }, option, text, message) => {
    await invoke('get', items, { table }, { connection, queries: { $top: '1' } });
    const before = sent.length;
    const answer = await invoke('get', items, { table }, { connection, queries: { [option]: text } });
    expect(answer).toMatchObject({ statusCode: 400, body: { error: { code: 'OPERATION_INPUT_INVALID' } } });
    expect((bodyOf(answer).error as JsonObject).message).toContain(message);
    expect(sent).toHaveLength(before);
  });

  test('an object id with the wrong key fields', async () => {
    const id = "dataAreaId='usmf',CustomerAcount='US-001'";
    const answer = await invoke('get', item, { table: customers.table, id }, customers);
    expect(answer.statusCode).toBe(400);
    expect((bodyOf(answer).error as JsonObject).message).toContain("Did you mean 'CustomerAccount'?");
  });

  test('the metadata is read once, however many calls come at once', async () => {
    const { url, application } = emulator.environment('contoso-fno');
    const { clientId, clientSecret, tenantId } = application;
    const settings = { environmentUrl: url, authority: url, tenant: tenantId, clientId, clientSecret };
    await connections.create({ name: 'fresh', connector: 'dynamicsax', settings });
    const before = sent.length;
    const call = () => invoke('get', items, { table: 'CustomerGroups' }, { connection: 'fresh' });
    const answers = await Promise.all(Array.from({ length: 20 }, call));
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
    expect(sent.slice(before).filter((request) => request.includes('$metadata'))).toHaveLength(1);
    expect(sent.slice(before).filter((request) => request.includes('/token'))).toHaveLength(1);
  });
});
