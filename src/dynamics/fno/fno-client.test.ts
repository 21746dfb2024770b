import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../base/json.ts';
import { givenClient, givenModel } from '../../client/given-client.case.ts';
import type { ListOptions } from '../../client/index.ts';
import type { ScriptedAnswer } from '../../http/scripted-send.case.ts';
import { literalOf } from '../../odata/index.ts';
import { createFnoClient } from './create-client.ts';

const root = 'https://contoso.example/data/';
const key = { dataAreaId: 'usmf', CustomerAccount: 'US-001' };
const record = `${root}CustomersV3(dataAreaId='usmf',CustomerAccount='US-001')?cross-company=true`;

function given(...script: readonly ScriptedAnswer[]) {
  return givenClient(createFnoClient, {}, script);
}

/** The address that a list asks for, percent-encoding undone. */
async function listUrl(options: ListOptions, checked = false): Promise<string> {
  let url = '';
  const { client } = givenClient(
    createFnoClient,
    {
      ...(checked ? { checked: true, model: givenModel() } : {}),
      async send(request) {
        url = request.url;
        return { status: 200, headers: {}, body: bytes('{"value":[]}') };
      },
    },
    [],
  );
  for await (const row of client.entitySet('CustomersV3').list(options)) expect(row).toBeUndefined();
  return decodeURIComponent(url).replace(`${root}CustomersV3`, '');
}

async function* bytes(text: string): AsyncIterable<Uint8Array> {
  yield new TextEncoder().encode(text);
}

function fault(message: string): JsonObject {
  return {
    error: {
      code: '',
      message: 'An error has occurred.',
      innererror: { message, type: 'X', stacktrace: '   at Microsoft.Dynamics' },
    },
  };
}

describe('lists', () => {
  test.each<[string, ListOptions, string]>([
    ['nothing', {}, ''],
    [
      'select and filter',
      { select: ['CustomerAccount'], filter: "OrganizationName eq 'A&B'" },
      "?$filter=OrganizationName eq 'A&B'&$select=CustomerAccount",
    ],
    ['all companies', { crossCompany: true }, '?cross-company=true'],
    [
      'some companies',
      { companies: ['usmf', 'dat'] },
      "?$filter=dataAreaId eq 'usmf' or dataAreaId eq 'dat'&cross-company=true",
    ],
    [
      'some companies and a filter with or',
      { companies: ['usmf', 'dat'], filter: "A eq 'x' or B eq 'y'" },
      "?$filter=(dataAreaId eq 'usmf' or dataAreaId eq 'dat') and (A eq 'x' or B eq 'y')&cross-company=true",
    ],
    ['a company with a quote', { companies: ["o'n"] }, "?$filter=dataAreaId eq 'o''n'&cross-company=true"],
    ['a top that fits in a page', { top: 10_000 }, '?$top=10000'],
    ['a top beyond a page', { top: 10_001 }, ''],
    ['a page size', { pageSize: 500 }, '?$top=500'],
    ['an expand', { expand: 'SalesOrderLines($select=ItemNumber)' }, '?$expand=SalesOrderLines($select=ItemNumber)'],
  ])('%s', async (_what, options, expected) => {
    expect(await listUrl(options)).toBe(expected);
  });

  test.each<[string, ListOptions, string]>([
    ['get the key order', {}, '?$orderby=dataAreaId,CustomerAccount'],
    [
      'get the key fields after their own order',
      { orderby: 'CustomerAccount desc' },
      '?$orderby=CustomerAccount desc,dataAreaId',
    ],
    ['of one page keep the order they have', { top: 5 }, '?$top=5'],
  ])('of a checked client %s', async (_what, options, expected) => {
    expect((await listUrl(options, true)).replaceAll(' asc', '')).toBe(expected);
  });

  test('with a page size go on with $skip until a page is not full', async () => {
    const url = `GET ${root}CustomersV3`;
    const rows = [{ n: 1 }, { n: 2 }];
    const { client, pending } = given(
      { expect: `${url}?$top=2`, json: { value: rows } },
      { expect: `${url}?$top=2&$skip=2`, json: { value: rows } },
      { expect: `${url}?$top=2&$skip=4`, json: { value: [{ n: 5 }] } },
    );
    let count = 0;
    for await (const row of client.entitySet('CustomersV3').list({ pageSize: 2 })) count += row === undefined ? 0 : 1;
    expect(count).toBe(5);
    expect(pending()).toEqual([]);
  });

  test('with a page size above that of the service follow its next links before they go on', async () => {
    const url = `GET ${root}CustomersV3`;
    const { client, pending } = given(
      { expect: `${url}?$top=3`, json: { value: [{}, {}], '@odata.nextLink': `${root}CustomersV3?$top=1&$skip=2` } },
      { expect: `${url}?$top=1&$skip=2`, json: { value: [{}] } },
      { expect: `${url}?$top=3&$skip=3`, json: { value: [] } },
    );
    let count = 0;
    for await (const row of client.entitySet('CustomersV3').list({ pageSize: 3 })) count += row === undefined ? 0 : 1;
    expect(count).toBe(3);
    expect(pending()).toEqual([]);
  });

  test.each<[string, ListOptions, string]>([
    ['in', { filter: "A in ('x','y')" }, "'in' (position 2 of $filter)"],
    ['has', { filter: "A has N.E'x'" }, "'has' (position 2 of $filter)"],
    ['any', { filter: "L/any(l:l/A eq 'x')" }, "'any'"],
    ['all within not', { filter: "not L/all(l:l/A eq 'x')" }, "'all'"],
    ['nested expand', { expand: 'A($expand=B)' }, "the nested $expand of 'B'"],
    ['annotations', { annotations: '*' }, 'the option annotations'],
  ])('refuse %s by name', async (_what, options, message) => {
    await expect(listUrl(options)).rejects.toMatchObject({
      code: 'QUERY_UNSUPPORTED',
      message: expect.stringContaining(`Finance & Operations does not offer ${message}`),
    });
  });

  test.each<[string, ListOptions, string]>([
    ['no company', { companies: [] }, 'companies names no company'],
    ['contradiction', { companies: ['usmf'], crossCompany: false }, 'contradict each other'],
    ['negative top', { top: -1 }, 'top is -1'],
    ['a misspelt option', { fliter: 'x' } as ListOptions, "A list has no option 'fliter'. Did you mean 'filter'?"],
    ['two fields in one select', { select: ['A,B'] }, "'A,B' in select is not one property"],
  ])('refuse %s', async (_what, options, message) => {
    await expect(listUrl(options)).rejects.toThrow(message);
  });

  test('refuse companies for a set that has none', async () => {
    const { client } = givenClient(createFnoClient, { checked: true, model: givenModel() }, []);
    await expect(client.entitySet('LegalEntities').count({ companies: ['usmf'] })).rejects.toThrow(
      'belong to no company',
    );
    const companies = client.entitySet('LegalEntities').list({ companies: ['usmf'] });
    await expect(companies[Symbol.asyncIterator]().next()).rejects.toThrow(
      "Records of 'LegalEntity' belong to no company",
    );
  });
});

describe('count', () => {
  test('drops the byte-order mark', async () => {
    const { client } = given({
      expect: `GET ${root}CustomersV3/$count?cross-company=true`,
      text: '\uFEFF214',
      headers: { 'content-type': 'text/plain' },
    });
    expect(await client.entitySet('CustomersV3').count({ crossCompany: true })).toBe(214);
  });

  test('that is no number is HTTP_RESPONSE_INVALID', async () => {
    const { client } = given({ expect: `GET ${root}CustomersV3/$count`, text: 'many' });
    await expect(client.entitySet('CustomersV3').count()).rejects.toMatchObject({ code: 'HTTP_RESPONSE_INVALID' });
  });
});

describe('one record', () => {
  test('is read by key across companies, with its ETag', async () => {
    const row = { '@odata.etag': 'W/"JzEsMSc="', dataAreaId: 'usmf', CustomerAccount: 'US-001' };
    const { client, requests } = given({ expect: `GET ${record}`, json: row });
    expect(await client.entitySet('CustomersV3').get(key)).toEqual(row);
    expect(requests[0]?.headers).toMatchObject({ accept: 'application/json', 'odata-version': '4.0' });
  });

  test('keeps every digit, as a list does', async () => {
    const text = '{"RecId":9007199254740993,"Amount":12345678901234567890.12,"Rate":0.5}';
    const { client } = given({ expect: `GET ${record}`, text, headers: { 'content-type': 'application/json' } });
    const read = await client.entitySet('CustomersV3').get(key);
    expect(read).toEqual({ RecId: 9007199254740993n, Amount: '12345678901234567890.12', Rate: 0.5 });
  });

  test('of the default company is read without the switch when told so', async () => {
    const { client } = given({ expect: `GET ${record.replace('?cross-company=true', '')}`, json: {} });
    await client.entitySet('CustomersV3').get(key, { crossCompany: false });
  });

  test('with a key of one value needs no switch', async () => {
    const { client } = given({ expect: `GET ${root}LegalEntities('usmf')`, json: {} });
    await client.entitySet('LegalEntities').get('usmf');
  });

  test('with a key of other types is put with literals', async () => {
    const { client } = given({ expect: `GET ${root}Rates(From='USD',StartDate=2026-01-01T12%3A00%3A00Z)`, json: {} });
    const StartDate = literalOf('2026-01-01T12:00:00Z', 'Edm.DateTimeOffset');
    expect(await client.entitySet('Rates').get({ From: 'USD', StartDate })).toEqual({});
  });

  test('is created across companies when it names one, and comes back whole', async () => {
    const stored = { '@odata.etag': 'W/"1"', ...key, CreditLimit: 0 };
    const { client, requests } = given({
      expect: `POST ${root}CustomersV3?cross-company=true`,
      status: 201,
      json: stored,
    });
    expect(await client.entitySet('CustomersV3').create(key)).toEqual({ record: stored, etag: 'W/"1"' });
    expect(requests[0]).toMatchObject({
      body: '{"dataAreaId":"usmf","CustomerAccount":"US-001"}',
      headers: { 'content-type': 'application/json' },
    });
  });

  test('is created in the default company otherwise', async () => {
    const { client } = given({ expect: `POST ${root}CustomersV3`, status: 201, json: {} });
    await client.entitySet('CustomersV3').create({ CustomerAccount: 'X' });
  });

  test('is updated under its ETag, and read afterwards when wanted', async () => {
    const { client, requests } = given(
      { expect: `PATCH ${record}`, status: 204 },
      { expect: `GET ${record}`, json: { '@odata.etag': 'W/"2"' } },
    );
    const result = await client
      .entitySet('CustomersV3')
      .update(key, { CreditLimit: 5 }, { ifMatch: 'W/"1"', returnRecord: true });
    expect(result).toEqual({ record: { '@odata.etag': 'W/"2"' }, etag: 'W/"2"' });
    expect(requests[0]?.headers['if-match']).toBe('W/"1"');
    expect(requests[1]?.headers['if-match']).toBeUndefined();
  });

  test('is updated and deleted without a precondition when there is none', async () => {
    const { client, requests } = given(
      { expect: `PATCH ${record}`, status: 204 },
      { expect: `DELETE ${record}`, status: 204 },
    );
    expect(await client.entitySet('CustomersV3').update(key, { CreditLimit: 5 })).toEqual({});
    await client.entitySet('CustomersV3').delete(key);
    expect(requests.map((request) => request.headers['if-match'])).toEqual([undefined, undefined]);
  });
});

describe('actions', () => {
  const namespace = 'Microsoft.Dynamics.DataEntities';

  test('bound to a set are called by their qualified name, and their value is unwrapped', async () => {
    const { client, requests } = given({
      expect: `POST ${root}DataManagementEntities/${namespace}.GetApplicationVersion`,
      json: { '@odata.context': `${root}$metadata#Edm.String`, value: '10.0.48' },
    });
    expect(await client.execute({ entitySet: 'DataManagementEntities', action: 'GetApplicationVersion' })).toBe(
      '10.0.48',
    );
    expect(requests[0]?.body).toBe('{}');
  });

  test('bound to a record carry the key and its company', async () => {
    const { client } = given({
      expect: `POST ${record.replace('?', `/${namespace}.calculateBalance?`)}`,
      status: 204,
    });
    expect(
      await client.execute({ entitySet: 'CustomersV3', key, action: `${namespace}.calculateBalance` }),
    ).toBeUndefined();
  });

  test('that are unbound are called by their short name', async () => {
    const { client } = given({ expect: `POST ${root}Ping`, json: { a: 1, value: 2 } });
    expect(await client.execute({ action: `${namespace}.Ping` })).toEqual({ a: 1, value: 2 });
  });
});

describe('refusals', () => {
  test.each<[string, number, string, string]>([
    ['missing row', 400, 'No resources were found when selecting for update.', 'RECORD_NOT_FOUND'],
    [
      'duplicate, newer builds',
      400,
      'Infolog: Info: Cannot create a record.\nThe record already exists..',
      'RECORD_CONFLICT',
    ],
    [
      'duplicate, older builds',
      500,
      'Infolog: Info: Cannot create a record.\nThe record already exists..',
      'RECORD_CONFLICT',
    ],
    ['concurrent change', 400, 'An update conflict occurred due to another user process.', 'RECORD_CONFLICT'],
    ['mandatory field', 400, "Infolog: Warning: Field 'Customer group' must be filled in.", 'SERVICE_ERROR'],
  ])('%s', async (_what, status, text, code) => {
    const { client } = given({
      expect: `PATCH ${record}`,
      status,
      json: fault(text),
      headers: { 'ms-dyn-aid': 'a-1' },
    });
    const failure = await client
      .entitySet('CustomersV3')
      .update(key, {})
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code,
      retryable: false,
      details: { status, serviceCode: '', serviceMessage: text, requestId: 'a-1' },
    });
    expect((failure as Error).message).toContain(
      "PATCH CustomersV3(dataAreaId='usmf',CustomerAccount='US-001') at https://contoso.example: ",
    );
    expect((failure as Error).message).toContain(text);
    expect((failure as Error).message).not.toContain('stacktrace');
  });

  test('a 500 that X++ explains is not repeated, also on a read', async () => {
    const { client, requests } = given({ expect: `GET ${record}`, status: 500, json: fault('Infolog: Error: no..') });
    await expect(client.entitySet('CustomersV3').get(key)).rejects.toMatchObject({
      code: 'SERVICE_ERROR',
      retryable: false,
    });
    expect(requests).toHaveLength(1);
  });

  test('a 500 without explanation is repeated on a read, never on a write', async () => {
    const reading = given({ expect: `GET ${record}`, status: 500 }, { expect: `GET ${record}`, json: { ok: true } });
    expect(await reading.client.entitySet('CustomersV3').get(key)).toEqual({ ok: true });
    const writing = given({ expect: `DELETE ${record}`, status: 500 });
    await expect(writing.client.entitySet('CustomersV3').delete(key)).rejects.toMatchObject({ code: 'SERVICE_ERROR' });
  });

  test('401 says where to look, and a renewed token is tried once', async () => {
    const { client, requests } = givenClient(
      createFnoClient,
      {
        credential: {
          getToken: async ({ rejectedToken }) => ({ token: rejectedToken === undefined ? 'a' : 'b', expiresAtMs: 0 }),
        },
      },
      [
        { expect: `GET ${record}`, status: 401 },
        { expect: `GET ${record}`, status: 401, text: '<html>', headers: { 'content-type': 'text/html' } },
      ],
    );
    await expect(client.entitySet('CustomersV3').get(key)).rejects.toMatchObject({
      code: 'AUTH_TOKEN_REJECTED',
      message: expect.stringContaining('Microsoft Entra ID applications'),
    });
    expect(requests).toHaveLength(2);
  });

  test('a bare 404 of a record is told from an unknown entity set by the service document', async () => {
    const names = { value: [{ name: 'CustomersV3', kind: 'EntitySet', url: 'CustomersV3' }] };
    const known = given({ expect: `GET ${record}`, status: 404 }, { expect: `GET ${root}`, json: names });
    await expect(known.client.entitySet('CustomersV3').get(key)).rejects.toMatchObject({ code: 'RECORD_NOT_FOUND' });

    const unknown = given(
      { expect: `GET ${record.replace('CustomersV3', 'CustomerV3')}`, status: 404 },
      { expect: `GET ${root}`, json: names },
    );
    await expect(unknown.client.entitySet('CustomerV3').get(key)).rejects.toMatchObject({
      code: 'ENTITY_SET_UNKNOWN',
      message: expect.stringContaining("there is no entity set 'CustomerV3'. Did you mean 'CustomersV3'?"),
    });
  });

  test('a bare 404 is still told when the service document cannot be read', async () => {
    const { client } = given({ expect: `GET ${record}`, status: 404 }, { expect: `GET ${root}`, status: 403 });
    await expect(client.entitySet('CustomersV3').get(key)).rejects.toMatchObject({ code: 'RECORD_NOT_FOUND' });
  });

  test('throttling that lasts is SERVICE_UNAVAILABLE with the wait that was asked for', async () => {
    const { client } = given({
      expect: `GET ${record}`,
      status: 429,
      headers: { 'retry-after': '300' },
      json: fault(
        'This request could not be processed at this time due to system experiencing high resource utilization.',
      ),
    });
    await expect(client.entitySet('CustomersV3').get(key)).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      retryable: true,
      retryAfterMs: 300_000,
    });
  });
});

test('the service root stands below the environment, whatever its path', () => {
  const roots = ['https://c.example', 'https://c.example/data/', 'https://c.example/namespaces/AXSF'].map(
    (environmentUrl) => givenClient(createFnoClient, { environmentUrl }, []).client.serviceRoot,
  );
  expect(roots).toEqual([
    'https://c.example/data/',
    'https://c.example/data/',
    'https://c.example/namespaces/AXSF/data/',
  ]);
});
