import { describe, expect, test } from 'vitest';
import { RialtoError, ServiceError } from '../../../base/errors.ts';
import type { JsonObject } from '../../../base/json.ts';
import { cannedClient, flowCall, openConnection, personCall } from '../../canned-client.case.ts';
import { fnoModel } from '../../sample-models.case.ts';
import { deleteItem } from './delete-item.ts';
import { executeProcedure } from './execute-procedure.ts';
import { getItem } from './get-item.ts';
import { getItems } from './get-items.ts';
import { getTables } from './get-tables.ts';
import { patchItem } from './patch-item.ts';
import { postItem } from './post-item.ts';

const group: JsonObject = {
  '@odata.etag': 'W/"1"',
  dataAreaId: 'usmf',
  CustomerGroupId: '10',
  Description: 'Wholesale',
  IsSalesTaxIncludedInPrice: 'No',
};

const groups = { dataset: 'default', table: 'CustomerGroups' };

function given(rows: Readonly<Record<string, readonly JsonObject[]>> = { CustomerGroups: [group] }) {
  const client = cannedClient(fnoModel, rows);
  return { client, connection: openConnection(client, 'dynamicsax') };
}

function messageOf(body: unknown): string {
  return (body as { error: { message: string } }).error.message;
}

describe('Fin & Ops operations', () => {
  test('GetItems lists rows over all companies when asked', async () => {
    const { connection, client } = given();
    const query = { ...groups, $filter: "dataAreaId eq 'usmf'", $top: '5', $skip: '0', 'cross-company': 'true' };
    expect(await getItems.invoke(connection, query, personCall)).toMatchObject({
      statusCode: 200,
      body: { value: [group] },
    });
    expect(client.lists[0]).toMatchObject({ crossCompany: true, top: 5, skip: 0 });
  });

  test.each([['usmf,10'], ["dataAreaId='usmf',CustomerGroupId='10'"], ["CustomerGroupId='10',dataAreaId='usmf'"]])(
    'GetItem finds %s',
    async (id) => {
      expect(await getItem.invoke(given().connection, { ...groups, id }, personCall)).toMatchObject({
        statusCode: 200,
        body: group,
      });
    },
  );

  test('the key of one field may hold commas, numbers in keys are numbers', async () => {
    const { connection } = given({
      LegalEntities: [{ LegalEntityId: 'a,b', Name: 'AB' }],
      OrderLines: [{ dataAreaId: 'usmf', OrderNumber: '1', LineNumber: 5637144576, ItemNumber: 'X' }],
    });
    const one = await getItem.invoke(connection, { table: 'LegalEntities', id: 'a,b' }, personCall);
    expect(one.body).toMatchObject({ Name: 'AB' });
    const line = await getItem.invoke(connection, { table: 'OrderLines', id: 'usmf,1,5637144576' }, personCall);
    expect(line.body).toMatchObject({ ItemNumber: 'X' });
  });

  test.each([
    [
      { table: 'CustomerGroups', id: 'usmf' },
      'Only 1 of 2 keys provided for lookup, provide keys for dataAreaId,CustomerGroupId.',
    ],
    [
      { table: 'CustomerGroups', id: 'usmf,1,0' },
      "A value that holds a comma needs names: dataAreaId='…',CustomerGroupId='…'.",
    ],
    [{ table: 'CustomerGroups', id: "dataAreaId='usmf'" }, '/id: '],
    [{ table: 'OrderLines', id: 'usmf,1,one' }, "Found 'one' for key 'LineNumber', expected a number."],
    [{ table: 'CustomerGroup', id: 'usmf,10' }, "Did you mean 'CustomerGroups'?"],
  ])('%o is a 400', async (parameters, message) => {
    const answer = await getItem.invoke(given().connection, parameters, personCall);
    expect(answer.statusCode).toBe(400);
    expect(messageOf(answer.body)).toContain(message);
  });

  test('PostItem creates, and a repeat with the whole key meets the first record', async () => {
    const { connection, client } = given({ CustomerGroups: [] });
    const create = { ...groups, body: { dataAreaId: 'usmf', CustomerGroupId: '20', Description: 'Retail' } };
    const first = await postItem.invoke(connection, create, flowCall('k'));
    expect(first).toMatchObject({ statusCode: 201, body: create.body });
    expect(await postItem.invoke(connection, create, flowCall('k', true))).toEqual(first);
    expect(client.rows.get('CustomerGroups')).toHaveLength(1);
    expect((await postItem.invoke(connection, create, flowCall('l'))).statusCode).toBe(412);
    const other = { ...create, body: { ...create.body, Description: 'Others' } };
    expect((await postItem.invoke(connection, other, flowCall('l', true))).statusCode).toBe(412);
  });

  test('PostItem leaves a key to the number sequence', async () => {
    const { connection, client } = given({ CustomerGroups: [] });
    const create = { ...groups, body: { dataAreaId: 'usmf', Description: 'Retail' } };
    expect((await postItem.invoke(connection, create, flowCall('k'))).statusCode).toBe(201);
    expect(client.calls).toEqual(['create CustomerGroups']);
  });

  test.each([
    ['a field of the key is left to the number sequence', { dataAreaId: 'usmf', Description: 'Retail' }],
    ['the key has an empty text', { dataAreaId: 'usmf', CustomerGroupId: '' }],
  ])('PostItem is not repeated when %s', async (_case, body) => {
    const { connection, client } = given({ CustomerGroups: [] });
    const answer = await postItem.invoke(connection, { ...groups, body }, flowCall('k', true));
    expect(answer).toMatchObject({ statusCode: 409, body: { error: { code: 'WRITE_OUTCOME_UNKNOWN' } } });
    expect(messageOf(answer.body)).toContain('all key fields (dataAreaId, CustomerGroupId)');
    expect(client.calls).toEqual([]);
  });

  test('PostItem without a company is repeated in the default company', async () => {
    const { connection, client } = given({ CustomerGroups: [] });
    const create = { ...groups, body: { CustomerGroupId: '20' } };
    const first = await postItem.invoke(connection, create, flowCall('k'));
    expect(await postItem.invoke(connection, create, flowCall('k', true))).toEqual(first);
    expect(client.lists[0]).not.toHaveProperty('crossCompany');
  });

  test('a repeat of PostItem knows its record whatever the refusal says', async () => {
    const { connection, client } = given();
    const { '@odata.etag': _etag, ...body } = group;
    const details = { status: 400, serviceCode: '', serviceMessage: 'Der Datensatz ist bereits vorhanden.' };
    client.failNext(new ServiceError('SERVICE_ERROR', 'refused', { details }));
    expect(await postItem.invoke(connection, { ...groups, body }, flowCall('k', true))).toMatchObject({
      statusCode: 201,
      body: group,
    });
    client.failNext(new ServiceError('SERVICE_ERROR', 'refused', { details }));
    const other = { ...groups, body: { ...body, CustomerGroupId: '30' } };
    expect((await postItem.invoke(connection, other, flowCall('k', true))).statusCode).toBe(400);
  });

  test('PostItem refuses what is no member of an enumeration', async () => {
    const body = { dataAreaId: 'usmf', CustomerGroupId: '20', IsSalesTaxIncludedInPrice: 'yess' };
    const answer = await postItem.invoke(given().connection, { ...groups, body }, personCall);
    expect(messageOf(answer.body)).toBe(
      `/body/IsSalesTaxIncludedInPrice: Found string "yess", expected one of: No, Yes. Did you mean 'Yes'?`,
    );
  });

  test('PatchItem changes in whatever company the record is', async () => {
    const { connection, client } = given();
    const change = { ...groups, id: 'usmf,10', body: { dataAreaId: 'USMF', Description: 'Retail' } };
    expect(await patchItem.invoke(connection, change, personCall)).toMatchObject({
      statusCode: 200,
      body: { ...group, Description: 'Retail' },
    });
    expect(client.writes[0]).toMatchObject({ crossCompany: true });
  });

  test('PatchItem does not change a key field', async () => {
    const change = { ...groups, id: 'usmf,10', body: { CustomerGroupId: '11' } };
    const answer = await patchItem.invoke(given().connection, change, personCall);
    expect(messageOf(answer.body)).toContain(
      "/body/CustomerGroupId: Found '11'; a key field cannot be changed from '10'.",
    );
  });

  test('DeleteItem deletes; a repeat of the same call succeeds', async () => {
    const { connection } = given();
    const call = { ...groups, id: 'usmf,10' };
    expect((await deleteItem.invoke(connection, call, flowCall('k'))).statusCode).toBe(200);
    expect((await deleteItem.invoke(connection, call, flowCall('k', true))).statusCode).toBe(200);
    expect((await deleteItem.invoke(connection, call, flowCall('k'))).statusCode).toBe(404);
  });

  test('GetTables names the entity sets', async () => {
    const answer = await getTables.invoke(given().connection, { dataset: 'default' }, personCall);
    expect(answer.body).toEqual({
      value: ['CustomerGroups', 'LegalEntities', 'OrderLines'].map((name) => ({
        Name: name,
        DisplayName: name,
        DynamicProperties: {},
      })),
    });
  });

  test('ExecuteProcedure calls the action on its set', async () => {
    const { connection, client } = given();
    const procedure = 'CustomerGroups/Microsoft.Dynamics.DataEntities.GetVersion';
    const answer = await executeProcedure.invoke(
      connection,
      { dataset: 'default', procedure, body: { _detail: 1 } },
      flowCall('k'),
    );
    expect(answer).toMatchObject({ statusCode: 200, body: { value: 'done' } });
    expect(client.executed).toEqual([
      {
        action: 'Microsoft.Dynamics.DataEntities.GetVersion',
        entitySet: 'CustomerGroups',
        parameters: { _detail: 1 },
      },
    ]);
  });

  test('ExecuteProcedure is not repeated when an earlier attempt may have been done', async () => {
    const { connection, client } = given();
    const procedure = 'CustomerGroups/Microsoft.Dynamics.DataEntities.GetVersion';
    const answer = await executeProcedure.invoke(connection, { procedure }, flowCall('k', true));
    expect(answer).toMatchObject({ statusCode: 409, body: { error: { code: 'WRITE_OUTCOME_UNKNOWN' } } });
    expect(messageOf(answer.body)).toContain(`Action '${procedure}' was sent before`);
    expect(client.executed).toEqual([]);
  });

  test.each([
    [{ procedure: 'CustomerGroups/GetVersions' }, "Did you mean 'CustomerGroups/"],
    [{ procedure: 'CustomerGroup/GetVersion' }, "Did you mean 'CustomerGroups'?"],
    [{ procedure: 'Nothing' }, "has no action 'Nothing'"],
    [{ procedure: 'CustomerGroups/GetVersion', body: { _detai: 1 } }, "Did you mean '_detail'?"],
    [{}, "'procedure' is missing"],
  ])('procedure %o is a 400', async (parameters, message) => {
    const answer = await executeProcedure.invoke(given().connection, parameters, personCall);
    expect(answer.statusCode).toBe(400);
    expect(messageOf(answer.body)).toContain(message);
  });

  test('no answer is raised', async () => {
    const { connection, client } = given();
    client.failNext(new RialtoError('TIMEOUT', 'no answer'));
    await expect(getItem.invoke(connection, { ...groups, id: 'usmf,10' }, personCall)).rejects.toMatchObject({
      code: 'TIMEOUT',
    });
  });
});
