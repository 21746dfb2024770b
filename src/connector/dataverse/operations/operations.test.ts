import { describe, expect, test } from 'vitest';
import { RialtoError, ServiceError } from '../../../base/errors.ts';
import type { JsonObject } from '../../../base/json.ts';
import { cannedClient, flowCall, openConnection, personCall } from '../../canned-client.case.ts';
import { dataverseModel } from '../../sample-models.case.ts';
import { derivedRecordId } from '../derived-id.ts';
import { createRecord } from './create-record.ts';
import { deleteRecord } from './delete-record.ts';
import { getRecord } from './get-record.ts';
import { listRecords } from './list-records.ts';
import { updateRecord } from './update-record.ts';

const id = '7d1b5c1e-0a1c-ee11-8f6d-000d3a111111';
const missingId = '00000000-0a1c-ee11-8f6d-000d3a111111';

const row: JsonObject = {
  '@odata.context': 'https://contoso.example/$metadata#leads/$entity',
  '@odata.etag': 'W/"1"',
  leadid: id,
  lastname: 'Abel',
  'statuscode@OData.Community.Display.V1.FormattedValue': 'New',
  statuscode: 1,
  'numberofemployees@OData.Community.Display.V1.FormattedValue': '1,200',
  numberofemployees: 1200,
  '_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname': 'systemuser',
  _ownerid_value: missingId,
};

const shown = {
  ItemInternalId: id,
  '@odata.etag': 'W/"1"',
  leadid: id,
  lastname: 'Abel',
  statuscode: 1,
  _statuscode_label: 'New',
  numberofemployees: 1200,
  _ownerid_value: missingId,
  _ownerid_type: 'systemusers',
};

function given(rows: Readonly<Record<string, readonly JsonObject[]>> = { leads: [row] }) {
  const client = cannedClient(dataverseModel, rows);
  return { client, connection: openConnection(client) };
}

function messageOf(body: unknown): string {
  return (body as { error: { message: string } }).error.message;
}

describe('List records', () => {
  test('answers plain rows with labels of choices and types of lookups', async () => {
    const { connection } = given();
    const answer = await listRecords.invoke(connection, { dataset: 'default', table: 'leads' }, personCall);
    expect(answer).toMatchObject({ statusCode: 200, body: { value: [shown] } });
  });

  test('takes the query options as definitions write them', async () => {
    const { connection, client } = given({ leads: [row, { ...row, leadid: missingId, lastname: 'Zabel' }] });
    const query = { $filter: "contains(lastname,'abel')", $orderby: 'lastname desc', $select: 'lastname', $top: '1' };
    const answer = await listRecords.invoke(connection, { table: 'leads', ...query }, personCall);
    expect(answer.body).toMatchObject({ value: [{ lastname: 'Zabel' }] });
    expect(client.lists[0]).toMatchObject({ select: ['lastname'], top: 1 });
  });

  test.each([
    [{ table: 'leads', $filter: 'lastnam eq 1' }, '/$filter'],
    [{ table: 'leads', $orderby: 'lastname sideways' }, '/$orderby'],
    [{ table: 'leads', $select: 'nothing' }, '/$select'],
    [{ table: 'leads', $top: '0' }, '/$top'],
    [{ table: 'leads', $skip: '5' }, 'Dataverse has no $skip'],
    [{ table: 'Leads' }, "Did you mean 'leads'?"],
    [{ dataset: 'default' }, "'table' is missing"],
  ])('%o is a 400', async (parameters, message) => {
    const answer = await listRecords.invoke(given().connection, parameters, personCall);
    expect(answer.statusCode).toBe(400);
    expect(messageOf(answer.body)).toContain(message);
  });
});

describe('Get record', () => {
  test('answers the row', async () => {
    const answer = await getRecord.invoke(given().connection, { table: 'leads', id }, personCall);
    expect(answer).toMatchObject({ statusCode: 200, body: shown });
  });

  test("a missing record is the service's own 404", async () => {
    const answer = await getRecord.invoke(given().connection, { table: 'leads', id: missingId }, personCall);
    expect(answer).toMatchObject({ statusCode: 404, body: { error: { code: '0x80040217' } } });
  });

  test('an id that is none is a 400', async () => {
    const answer = await getRecord.invoke(given().connection, { table: 'leads', id: '17' }, personCall);
    expect(messageOf(answer.body)).toBe('/id: Found string "17", expected the format uuid.');
  });

  test('no answer is raised', async () => {
    const { client, connection } = given();
    client.failNext(new RialtoError('HOST_UNREACHABLE', 'nobody there'));
    await expect(getRecord.invoke(connection, { table: 'leads', id }, personCall)).rejects.toMatchObject({
      code: 'HOST_UNREACHABLE',
    });
  });
});

describe('Create a new record', () => {
  const body = { subject: 'Call Abel', _regardingobjectid_value: id, _regardingobjectid_type: 'leads' };
  const task = { dataset: 'default', table: 'tasks', body };

  test('writes a lookup by the navigation property of its target', async () => {
    const { connection, client } = given();
    const answer = await createRecord.invoke(connection, task, personCall);
    expect(answer.statusCode).toBe(201);
    expect(client.rows.get('tasks')).toEqual([
      { '@odata.etag': 'W/"1"', subject: 'Call Abel', 'regardingobjectid_lead_task@odata.bind': `/leads(${id})` },
    ]);
  });

  test('takes binds as they are, and blank lookups as not given', async () => {
    const { connection, client } = given();
    const given2 = {
      'ownerid_task@odata.bind': '/teams(1)',
      _regardingobjectid_value: '',
      _regardingobjectid_type: '',
    };
    await createRecord.invoke(connection, { table: 'tasks', body: given2 }, personCall);
    expect(client.rows.get('tasks')).toEqual([{ '@odata.etag': 'W/"1"', 'ownerid_task@odata.bind': '/teams(1)' }]);
  });

  test('an owner may be a user or a team', async () => {
    const { connection, client } = given();
    const owned = { table: 'tasks', body: { _ownerid_value: id, _ownerid_type: 'teams' } };
    await createRecord.invoke(connection, owned, personCall);
    expect(client.rows.get('tasks')?.[0]).toMatchObject({ 'ownerid_task@odata.bind': `/teams(${id})` });
  });

  test('a repeat under the same key meets the first record', async () => {
    const { connection, client } = given();
    const first = await createRecord.invoke(connection, task, flowCall('run/action'));
    const second = await createRecord.invoke(connection, task, flowCall('run/action', true));
    expect(second).toEqual(first);
    expect(client.rows.get('tasks')).toHaveLength(1);
    expect(first.body).toMatchObject({ activityid: derivedRecordId('tasks', 'run/action') });
    await createRecord.invoke(connection, task, flowCall('run/another'));
    expect(client.rows.get('tasks')).toHaveLength(2);
  });

  test('without a key and an id a possible repeat is refused', async () => {
    const { connection, client } = given();
    const answer = await createRecord.invoke(connection, task, flowCall('', true));
    expect(answer).toMatchObject({ statusCode: 409, body: { error: { code: 'WRITE_OUTCOME_UNKNOWN' } } });
    expect(client.calls).toEqual([]);
  });

  test('a lost answer and a repeat make one record', async () => {
    const { connection, client } = given();
    client.failNext(new RialtoError('TIMEOUT', 'no answer'), { isDone: true });
    await expect(createRecord.invoke(connection, task, flowCall('k'))).rejects.toMatchObject({ code: 'TIMEOUT' });
    expect((await createRecord.invoke(connection, task, flowCall('k', true))).statusCode).toBe(201);
    expect(client.rows.get('tasks')).toHaveLength(1);
  });

  test('an id of the caller that is in use is a conflict unless it may be the own repeat', async () => {
    const { connection } = given({ leads: [{ leadid: id, lastname: 'Abel' }] });
    const same = { table: 'leads', body: { leadid: id, lastname: 'Abel' } };
    const other = { table: 'leads', body: { leadid: id, lastname: 'Cain' } };
    expect((await createRecord.invoke(connection, same, flowCall('k'))).statusCode).toBe(412);
    expect((await createRecord.invoke(connection, same, flowCall('k', true))).statusCode).toBe(201);
    expect((await createRecord.invoke(connection, other, flowCall('k', true))).statusCode).toBe(412);
  });

  test.each([
    [{ subjct: 'x' }, "/body/subjct: There is no field 'subjct' that can be given here. Did you mean 'subject'?"],
    [{ percentcomplete: 'half' }, '/body/percentcomplete: Found string "half", expected integer or null.'],
    [{ createdon: '2026-01-01' }, '/body/createdon'],
    [
      { _regardingobjectid_value: id },
      '/body/_regardingobjectid_type: It is missing; expected one of: leads, accounts.',
    ],
    [{ _regardingobjectid_value: id, _regardingobjectid_type: 'lead' }, "Did you mean 'leads'?"],
    [{ _ownerid_type: 'teams' }, "'_ownerid_value' with the id is missing"],
    ['text', '/body: Found string "text", expected object.'],
  ])('body %o is a 400', async (wrong, message) => {
    const { connection, client } = given();
    const answer = await createRecord.invoke(connection, { table: 'tasks', body: wrong }, personCall);
    expect(answer.statusCode).toBe(400);
    expect(messageOf(answer.body)).toContain(message);
    expect(client.calls).toEqual([]);
  });

  test('a refusal keeps status, code and words', async () => {
    const { connection, client } = given();
    const details = { status: 400, serviceCode: '0x80044331', serviceMessage: 'The length of the subject …' };
    client.failNext(new ServiceError('SERVICE_ERROR', 'refused', { details }));
    expect(await createRecord.invoke(connection, task, personCall)).toMatchObject({
      statusCode: 400,
      body: { error: { code: '0x80044331', message: 'The length of the subject …' } },
    });
  });

  test('its parameters are one property per writable column', async () => {
    const { connection } = given();
    if (typeof createRecord.parameters !== 'function') throw new Error('computed from the metadata');
    const schema = await createRecord.parameters(connection, { table: 'tasks' });
    const { properties } = (schema.properties as { body: { properties: JsonObject } }).body;
    expect(properties.subject).toEqual({ type: ['string', 'null'], 'x-ms-summary': 'subject' });
    expect(properties).toHaveProperty('activityid');
    expect(properties).not.toHaveProperty('createdon');
    expect(properties._regardingobjectid_type).toMatchObject({ enum: ['leads', 'accounts', '', null] });
  });
});

describe('Update a record', () => {
  test('changes the columns given and answers the row', async () => {
    const { connection, client } = given();
    const change = { table: 'leads', id, body: { lastname: 'Cain', _parentaccountid_value: null } };
    expect(await updateRecord.invoke(connection, change, personCall)).toMatchObject({
      statusCode: 200,
      body: { ...shown, lastname: 'Cain' },
    });
    expect(client.rows.get('leads')?.[0]).toHaveProperty(['parentaccountid@odata.bind'], null);
  });

  test('never creates', async () => {
    const answer = await updateRecord.invoke(
      given().connection,
      { table: 'leads', id: missingId, body: { lastname: 'Cain' } },
      personCall,
    );
    expect(answer.statusCode).toBe(404);
  });
});

describe('Delete a record', () => {
  test('deletes it; a repeat of the same call succeeds, another call does not', async () => {
    const { connection, client } = given();
    expect(await deleteRecord.invoke(connection, { table: 'leads', id }, flowCall('k'))).toEqual({
      statusCode: 200,
      headers: {},
    });
    expect(client.rows.get('leads')).toEqual([]);
    expect((await deleteRecord.invoke(connection, { table: 'leads', id }, flowCall('k', true))).statusCode).toBe(200);
    expect((await deleteRecord.invoke(connection, { table: 'leads', id }, flowCall('l'))).statusCode).toBe(404);
  });
});
