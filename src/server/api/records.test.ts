import { expect, test } from 'vitest';
import { createApi } from './create-api.ts';
import { sampleServices } from './sample-services.case.ts';

const entities = '/api/v1/connections/contoso/entities';
const records = `${entities}/Customers/records`;

async function givenApi() {
  const services = sampleServices();
  return { services, api: await createApi(services) };
}

test('entity sets are listed and searched, and a schema has key, types and enum members', async () => {
  const { api } = await givenApi();
  expect((await api.inject(`${entities}?search=cust`)).json()).toEqual({ value: [{ name: 'Customers' }] });
  expect((await api.inject(`${entities}/Customers`)).json()).toMatchObject({
    name: 'Customers',
    entityType: 'Sample.Customer',
    key: ['dataAreaId', 'CustomerAccount'],
    properties: [
      { name: 'dataAreaId', type: 'Edm.String', isKey: true, isNullable: false, maxLength: 4 },
      { name: 'CustomerAccount', isKey: true },
      { name: 'CreditLimit', type: 'Edm.Decimal', isKey: false },
      {
        name: 'IsOneTime',
        type: 'Sample.NoYes',
        members: [
          { name: 'No', value: 0 },
          { name: 'Yes', value: 1 },
        ],
      },
    ],
    navigationProperties: [{ name: 'Orders', type: 'Sample.Order', isCollection: true }],
  });
  const unknown = await api.inject(`${entities}/Customer`);
  expect(unknown.statusCode).toBe(404);
  expect(unknown.json().error.message).toBe("The environment has no entity set 'Customer'. Did you mean 'Customers'?");
});

test('a query gives the rows of all pages, how many pages there were, and exact numbers', async () => {
  const { api, services } = await givenApi();
  const response = await api.inject({
    method: 'POST',
    url: `${entities}/Customers/query`,
    payload: { filter: 'CreditLimit gt 1', companies: ['usmf', 'dat'], top: 10, count: true },
  });
  const { value, pages, count } = response.json();
  expect(value.map((row: { CustomerAccount: string }) => row.CustomerAccount)).toEqual(['US-001', 'US-002', 'US-003']);
  expect({ pages, count }).toEqual({ pages: 2, count: 3 });
  expect(response.body).toContain('"RecId":12345678901234567890');
  expect(services.calls).toEqual([
    ['query', 'Customers', { filter: 'CreditLimit gt 1', companies: ['usmf', 'dat'], top: 10, count: true }],
  ]);
});

test('a query that is refused has its own status', async () => {
  const { api } = await givenApi();
  const response = await api.inject({ method: 'POST', url: `${entities}/Nothing/query`, payload: {} });
  expect(response.statusCode).toBe(404);
  expect(response.json().error.code).toBe('ENTITY_SET_UNKNOWN');
});

test('a fault behind the first page keeps the rows so far and is the last member', async () => {
  const { api } = await givenApi();
  const response = await api.inject({ method: 'POST', url: `${entities}/Orders/query`, payload: {} });
  expect(response.json()).toMatchObject({
    value: [{ CustomerAccount: 'US-001' }, { CustomerAccount: 'US-002' }],
    pages: 1,
    error: { code: 'SERVICE_UNAVAILABLE', message: 'The environment is overloaded.' },
  });
});

test('an unknown option of a query is refused by name', async () => {
  const { api } = await givenApi();
  const response = await api.inject({ method: 'POST', url: `${entities}/Customers/query`, payload: { filtre: 'x' } });
  expect(response.statusCode).toBe(400);
  expect(response.json().error.message).toBe("The body has no member 'filtre' here.");
});

test('a record is addressed by its key in the query string, whatever letters it has', async () => {
  const { api, services } = await givenApi();
  const key = new URLSearchParams({ dataAreaId: 'usmf', CustomerAccount: "O'Neil & 50%" });
  const response = await api.inject(`${records}?${key}`);
  expect(response.headers.etag).toBe('W/"1"');
  expect(response.json()['@odata.etag']).toBe('W/"1"');
  expect(services.calls).toEqual([['get', 'Customers', { dataAreaId: 'usmf', CustomerAccount: "O'Neil & 50%" }]]);
});

test('a text of the query string becomes a number where the key is one', async () => {
  const { api, services } = await givenApi();
  await api.inject(`${entities}/Orders/records?Number=42`);
  await api.inject(`${entities}/Orders/records?key=9007199254740993`);
  expect(services.calls).toEqual([
    ['get', 'Orders', { Number: 42 }],
    ['get', 'Orders', 9007199254740993n],
  ]);
});

test('a record without a key, and an unknown option, are refused', async () => {
  const { api } = await givenApi();
  expect((await api.inject(records)).json().error.message).toBe(
    'The key is missing; expected dataAreaId, CustomerAccount.',
  );
  const option = await api.inject(`${records}?$filter=x`);
  expect(option.json().error.code).toBe('REQUEST_INVALID');
  expect(option.json().error.message).toContain("'$filter'");
});

test('a record is created, changed under its ETag, and deleted', async () => {
  const { api, services } = await givenApi();
  const created = await api.inject({ method: 'POST', url: records, payload: { record: { CustomerAccount: 'C-1' } } });
  expect(created.statusCode).toBe(201);
  expect(created.json()).toEqual({ record: { '@odata.etag': 'W/"1"', CustomerAccount: 'C-1' }, etag: 'W/"1"' });
  const key = '?dataAreaId=usmf&CustomerAccount=C-1';
  const headers = { 'if-match': 'W/"1"' };
  const changes = { CreditLimit: 2 };
  const changed = await api.inject({ method: 'PATCH', url: records + key, headers, payload: { changes } });
  expect(changed.json()).toEqual({ etag: 'W/"2"' });
  expect((await api.inject({ method: 'DELETE', url: records + key, headers })).statusCode).toBe(204);
  expect(services.calls).toEqual([
    ['create', 'Customers', { CustomerAccount: 'C-1' }],
    ['update', 'Customers', { dataAreaId: 'usmf', CustomerAccount: 'C-1' }, changes, 'W/"1"'],
    ['delete', 'Customers', { dataAreaId: 'usmf', CustomerAccount: 'C-1' }, 'W/"1"'],
  ]);
});

test('a conflict is 412 with what the service said', async () => {
  const { api } = await givenApi();
  const response = await api.inject({
    method: 'PATCH',
    url: records,
    headers: { 'if-match': 'W/"0"' },
    payload: { key: { dataAreaId: 'usmf', CustomerAccount: 'C-1' }, changes: {} },
  });
  expect(response.statusCode).toBe(412);
  expect(response.json().error).toMatchObject({ code: 'RECORD_CONFLICT', details: { status: 412 } });
});

test('an action is called on a record, and one without a value says so', async () => {
  const { api, services } = await givenApi();
  const actions = '/api/v1/connections/contoso/actions';
  const payload = { entitySet: 'Customers', key: { dataAreaId: 'usmf', CustomerAccount: 'C-1' }, parameters: { a: 1 } };
  const response = await api.inject({ method: 'POST', url: `${actions}/calculate`, payload });
  expect(response.json()).toEqual({ value: { done: true } });
  expect((await api.inject({ method: 'POST', url: `${actions}/doNothing`, payload: {} })).json()).toEqual({});
  const keyOnly = await api.inject({ method: 'POST', url: `${actions}/calculate`, payload: { key: { a: 1 } } });
  expect(keyOnly.statusCode).toBe(400);
  expect(services.calls[0]).toEqual(['execute', 'calculate', 'Customers', payload.key, { a: 1 }]);
});

test('an unknown connection is 404', async () => {
  const { api } = await givenApi();
  expect((await api.inject('/api/v1/connections/none/entities')).json().error.code).toBe('CONNECTION_UNKNOWN');
});
