import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../base/json.ts';
import { givenClient } from '../../client/given-client.case.ts';
import type { KeyInput, ListOptions } from '../../client/index.ts';
import type { ScriptedAnswer } from '../../http/scripted-send.case.ts';
import type { HttpRequest } from '../../http/send.ts';
import { createDataverseClient } from './create-client.ts';

const root = 'https://contoso.example/api/data/v9.2/';
const id = '7d1b5c1e-0a1c-ee11-8f6d-000d3a111111';
const record = `${root}leads(${id})`;

function given(...script: readonly ScriptedAnswer[]) {
  return givenClient(createDataverseClient, {}, script);
}

async function listRequest(options: ListOptions): Promise<{ url: string; prefer: string | undefined }> {
  let asked: HttpRequest | undefined;
  const { client } = givenClient(
    createDataverseClient,
    {
      async send(request) {
        asked = request;
        return { status: 200, headers: {}, body: bytes('{"value":[]}') };
      },
    },
    [],
  );
  for await (const row of client.entitySet('leads').list(options)) expect(row).toBeUndefined();
  return { url: decodeURIComponent(asked?.url ?? '').replace(`${root}leads`, ''), prefer: asked?.headers.prefer };
}

async function* bytes(text: string): AsyncIterable<Uint8Array> {
  yield new TextEncoder().encode(text);
}

function fault(code: string, message: string): JsonObject {
  return { error: { code, message } };
}

describe('lists', () => {
  test.each<[string, ListOptions, string, string | undefined]>([
    ['nothing', {}, '', undefined],
    ['a top that fits in a page goes alone', { top: 5000 }, '?$top=5000', undefined],
    ['a top beyond a page goes by page size', { top: 5001 }, '', 'odata.maxpagesize=5000'],
    ['a top within the page size goes alone', { top: 10, pageSize: 50 }, '?$top=10', undefined],
    ['a page size is a preference', { pageSize: 50 }, '', 'odata.maxpagesize=50'],
    [
      'annotations are a preference',
      { annotations: '*', pageSize: 50 },
      '',
      'odata.maxpagesize=50, odata.include-annotations="*"',
    ],
    [
      'a query function',
      { filter: "Microsoft.Dynamics.CRM.In(PropertyName='statuscode',PropertyValues=['1','2'])" },
      "?$filter=Microsoft.Dynamics.CRM.In(PropertyName='statuscode',PropertyValues=['1','2'])",
      undefined,
    ],
    [
      'a lookup by id',
      { filter: `_ownerid_value eq ${id}`, orderby: 'createdon desc' },
      `?$filter=_ownerid_value eq ${id}&$orderby=createdon desc`,
      undefined,
    ],
  ])('%s', async (_what, options, url, prefer) => {
    expect(await listRequest(options)).toEqual({ url, prefer });
  });

  test('send the same preferences with each page', async () => {
    const { client, requests } = given(
      { expect: `GET ${root}leads`, json: { value: [{}], '@odata.nextLink': `${root}leads?$skiptoken=x` } },
      { expect: `GET ${root}leads?$skiptoken=x`, json: { value: [] } },
    );
    for await (const row of client.entitySet('leads').list({ pageSize: 1, annotations: '*' })) expect(row).toEqual({});
    expect(requests.map((request) => request.headers.prefer)).toEqual(
      Array(2).fill('odata.maxpagesize=1, odata.include-annotations="*"'),
    );
  });

  test.each<[string, ListOptions, string]>([
    ['skip', { skip: 10 }, 'Dataverse does not offer the option skip: pages follow one another by next link only'],
    ['crossCompany', { crossCompany: true }, 'Dataverse does not offer the option crossCompany'],
    ['companies', { companies: ['usmf'] }, 'Dataverse does not offer the option companies'],
    ['in', { filter: 'statuscode in (1,2)' }, "Dataverse does not offer 'in' (position 11 of $filter)"],
    [
      'skip inside expand',
      { expand: 'Lead_Tasks($skip=1)' },
      "Dataverse does not offer $skip inside $expand of 'Lead_Tasks'",
    ],
  ])('refuse %s by name', async (_what, options, message) => {
    await expect(listRequest(options)).rejects.toMatchObject({
      code: 'QUERY_UNSUPPORTED',
      message: expect.stringContaining(message),
    });
  });

  test.each<[string, ListOptions, string]>([
    ['a page size above 5,000', { pageSize: 5001 }, 'pageSizeMax'],
    ['more than 500 conditions', { filter: Array(501).fill('statecode eq 0').join(' or ') }, 'filterConditionsMax'],
    ['more than 15 expands', { expand: Array.from({ length: 16 }, (_, n) => `n${n}`).join(',') }, 'expandsMax'],
  ])('refuse %s', async (_what, options, limit) => {
    await expect(listRequest(options)).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED', limit });
  });

  test('refuse annotations that would break out of the preference', async () => {
    await expect(listRequest({ annotations: 'x",return=minimal' })).rejects.toMatchObject({ code: 'OPTION_INVALID' });
  });
});

describe('count', () => {
  test('reads the number', async () => {
    const { client } = given({ expect: `GET ${root}leads/$count`, text: '\uFEFF4999' });
    expect(await client.entitySet('leads').count()).toBe(4999);
  });

  test('is an error where the service stops counting', async () => {
    const { client } = given({ expect: `GET ${root}leads/$count`, text: '5000' });
    await expect(client.entitySet('leads').count()).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
      limit: 'countMax',
    });
  });
});

describe('keys', () => {
  test.each<[string, KeyInput, string]>([
    ['an id', id, `(${id})`],
    ['an id by name', { leadid: id }, `(leadid=${id})`],
    ['an alternate key', { accountnumber: "A'17" }, "(accountnumber='A''17')"],
    ['an alternate key of two', { firstname: 'Ana', age: 7 }, "(firstname='Ana',age=7)"],
    ['a lookup in an alternate key', { _primarycontactid_value: id }, `(_primarycontactid_value=${id})`],
  ])('%s', async (_what, key, predicate) => {
    const { client } = given({ expect: `GET ${root}leads${predicate}`, json: {} });
    expect(await client.entitySet('leads').get(key)).toEqual({});
  });

  test('a single value that is no GUID is refused', async () => {
    const { client } = given();
    await expect(client.entitySet('leads').get('A-17')).rejects.toMatchObject({
      code: 'ODATA_KEY_INVALID',
      message:
        "Dataverse addresses a record by its id, a GUID, or by the named values of an alternate key; got 'A-17'.",
    });
  });
});

describe('one record', () => {
  test('is read past caches, with annotations when wanted', async () => {
    const { client, requests } = given({ expect: `GET ${record}?$select=subject`, json: { subject: 'x' } });
    await client.entitySet('leads').get(id, { select: ['subject'], annotations: '*' });
    expect(requests[0]?.headers).toMatchObject({
      'if-none-match': 'null',
      prefer: 'odata.include-annotations="*"',
    });
  });

  test('is created with a representation by default', async () => {
    const row = { '@odata.etag': 'W/"1"', leadid: id };
    const { client, requests } = given({ expect: `POST ${root}leads`, status: 201, json: row });
    expect(await client.entitySet('leads').create({ subject: 'x' })).toEqual({ record: row, etag: 'W/"1"' });
    expect(requests[0]?.headers.prefer).toBe('return=representation');
  });

  test('is created without one when not wanted, and its address is told', async () => {
    const { client, requests } = given({
      expect: `POST ${root}leads`,
      status: 204,
      headers: { 'odata-entityid': record },
    });
    expect(await client.entitySet('leads').create({ subject: 'x' }, { returnRecord: false })).toEqual({
      entityId: record,
    });
    expect(requests[0]?.headers.prefer).toBeUndefined();
  });

  test('is updated only, never created: If-Match is * or what the caller gave', async () => {
    const { client, requests } = given(
      { expect: `PATCH ${record}`, status: 204 },
      { expect: `PATCH ${record}`, json: { '@odata.etag': 'W/"3"' } },
    );
    await client.entitySet('leads').update(id, { subject: 'y' });
    await client.entitySet('leads').update(id, { subject: 'z' }, { ifMatch: 'W/"2"', returnRecord: true });
    expect(requests.map((request) => [request.headers['if-match'], request.headers.prefer])).toEqual([
      ['*', undefined],
      ['W/"2"', 'return=representation'],
    ]);
  });

  test('is deleted, under its ETag when given', async () => {
    const { client, requests } = given(
      { expect: `DELETE ${record}`, status: 204 },
      { expect: `DELETE ${record}`, status: 204 },
    );
    await client.entitySet('leads').delete(id);
    await client.entitySet('leads').delete(id, { ifMatch: 'W/"2"' });
    expect(requests.map((request) => request.headers['if-match'])).toEqual([undefined, 'W/"2"']);
  });

  test('of a company is refused', async () => {
    const { client } = given();
    await expect(client.entitySet('leads').delete(id, { crossCompany: true })).rejects.toMatchObject({
      code: 'QUERY_UNSUPPORTED',
    });
  });
});

describe('actions', () => {
  test('bound ones take the namespace, unbound ones the short name', async () => {
    const { client, requests } = given(
      { expect: `POST ${record}/Microsoft.Dynamics.CRM.QualifyLead`, json: { value: [{ accountid: id }] } },
      { expect: `POST ${root}WinOpportunity`, status: 204 },
    );
    expect(
      await client.execute({ entitySet: 'leads', key: id, action: 'QualifyLead', parameters: { Status: 3 } }),
    ).toEqual([{ accountid: id }]);
    expect(await client.execute({ action: 'WinOpportunity' })).toBeUndefined();
    expect(requests[0]?.body).toBe('{"Status":3}');
  });
});

describe('refusals', () => {
  test.each<[number, string, string, string]>([
    [404, '0x80040217', "Entity 'lead' With Id = x Does Not Exist", 'RECORD_NOT_FOUND'],
    [404, '0x80060891', 'A record with the specified key values does not exist in lead entity', 'RECORD_NOT_FOUND'],
    [412, '0x80040237', 'A record with matching key values already exists.', 'RECORD_CONFLICT'],
    [
      412,
      '0x80060882',
      "The version of the existing record doesn't match the RowVersion property provided.",
      'RECORD_CONFLICT',
    ],
    [403, '0x80040220', 'Principal user is missing prvReadLead privilege', 'ACCESS_DENIED'],
    [
      400,
      '0x80060888',
      "Could not find a property named 'foo' on type 'Microsoft.Dynamics.CRM.lead'.",
      'SERVICE_ERROR',
    ],
  ])('%i %s is %s', async (status, serviceCode, text, code) => {
    const { client } = given({
      expect: `PATCH ${record}`,
      status,
      json: fault(serviceCode, text),
      headers: { 'x-ms-service-request-id': 'r-1' },
    });
    await expect(client.entitySet('leads').update(id, {})).rejects.toMatchObject({
      code,
      retryable: false,
      details: { status, serviceCode, serviceMessage: text, requestId: 'r-1' },
      message: expect.stringContaining(`The service said (status ${status}, ${serviceCode}): ${text}`),
    });
  });

  test.each([400, 404])('an unknown segment with status %i is an unknown entity set', async (status) => {
    const { client } = given(
      {
        expect: `GET ${root}lead/$count`,
        status,
        json: fault('0x80060888', "Resource not found for the segment 'lead'."),
      },
      { expect: `GET ${root}`, json: { value: [{ name: 'leads', kind: 'EntitySet', url: 'leads' }] } },
    );
    await expect(client.entitySet('lead').count()).rejects.toMatchObject({
      code: 'ENTITY_SET_UNKNOWN',
      message: expect.stringContaining("there is no entity set 'lead'. Did you mean 'leads'?"),
    });
  });

  test('an unknown bound action is told as such', async () => {
    const { client } = given(
      {
        expect: `POST ${record}/Microsoft.Dynamics.CRM.Nothing`,
        status: 404,
        json: fault('0x80060888', "Resource not found for the segment 'Microsoft.Dynamics.CRM.Nothing'."),
      },
      { expect: `GET ${root}`, json: { value: [{ name: 'leads', url: 'leads' }] } },
    );
    await expect(client.execute({ entitySet: 'leads', key: id, action: 'Nothing' })).rejects.toMatchObject({
      code: 'ODATA_ACTION_UNKNOWN',
    });
  });

  test('a write is repeated when it was throttled', async () => {
    const { client, requests } = given(
      {
        expect: `POST ${root}leads`,
        status: 429,
        headers: { 'retry-after': '27' },
        json: fault('0x80072322', 'Number of requests exceeded the limit of 6000 over time window of 300 seconds.'),
      },
      { expect: `POST ${root}leads`, status: 204 },
    );
    await client.entitySet('leads').create({}, { returnRecord: false });
    expect(requests).toHaveLength(2);
  });

  test('a fault of the database passes on a read and not on a write', async () => {
    const busy = { status: 500, json: fault('0x80044151', 'SQL timeout expired.') };
    const reading = given({ expect: `GET ${record}`, ...busy }, { expect: `GET ${record}`, json: {} });
    expect(await reading.client.entitySet('leads').get(id)).toEqual({});
    const writing = given({ expect: `DELETE ${record}`, ...busy });
    await expect(writing.client.entitySet('leads').delete(id)).rejects.toMatchObject({
      code: 'SERVICE_ERROR',
      retryable: false,
    });
  });

  test('an HTML page with an error status is no answer of the service', async () => {
    const { client } = given({
      expect: `DELETE ${record}`,
      status: 400,
      text: '<html>',
      headers: { 'content-type': 'text/html' },
    });
    await expect(client.entitySet('leads').delete(id)).rejects.toMatchObject({ code: 'HTTP_RESPONSE_INVALID' });
  });
});

test('the service root is that of v9.2, whatever was pasted', () => {
  for (const environmentUrl of ['https://c.example', 'https://c.example/', 'https://c.example/api/data/v9.1/']) {
    expect(givenClient(createDataverseClient, { environmentUrl }, []).client.serviceRoot).toBe(
      'https://c.example/api/data/v9.2/',
    );
  }
});
