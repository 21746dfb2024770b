import { beforeAll, describe, expect, test } from 'vitest';
import {
  type Call,
  type CallResult,
  caller,
  errorOf,
  type StandingClock,
  smallEmulator,
  standingClock,
  testNow,
} from '../emulator.case.ts';
import type { Emulator } from '../emulator.ts';

let emulator: Emulator;
let call: Call;
let clock: StandingClock;

beforeAll(async () => {
  clock = standingClock();
  emulator = await smallEmulator({ clock });
  call = await caller(emulator, 'contoso-dataverse');
});

const representation = { prefer: 'return=representation' };

async function givenLead(body: Record<string, string | number> = {}): Promise<CallResult> {
  return call('POST', 'leads', { body: { lastname: 'Harbor', subject: 'Pumps', ...body }, headers: representation });
}

async function firstId(set: string, key: string): Promise<string> {
  return String((await call('GET', `${set}?$select=${key}&$top=1`)).rows[0]?.[key]);
}

describe('create', () => {
  test('answers 204 with the id in OData-EntityId, and no body', async () => {
    const result = await call('POST', 'leads', { body: { lastname: 'Harbor', subject: 'Pumps' } });
    expect(result.status).toBe(204);
    expect(result.text).toBe('');
    expect(result.headers['odata-entityid']).toMatch(
      /^https:\/\/contoso-dataverse.example\/api\/data\/v9.2\/leads\([0-9a-f-]{36}\)$/,
    );
    const read = await call('GET', String(result.headers['odata-entityid']));
    expect(read.json).toMatchObject({ lastname: 'Harbor', subject: 'Pumps' });
  });

  test('answers 201 with the row when that is preferred', async () => {
    const result = await call('POST', 'leads?$select=fullname,statuscode', {
      body: { firstname: 'Blue', lastname: 'Harbor' },
      headers: representation,
    });
    expect(result.status).toBe(201);
    expect(result.headers['preference-applied']).toBe('return=representation');
    expect(result.headers).not.toHaveProperty('odata-entityid');
    expect(Object.keys(result.json)).toEqual(['@odata.context', '@odata.etag', 'fullname', 'statuscode', 'leadid']);
    expect(result.json['@odata.context']).toMatch(/\$metadata#leads\(fullname,statuscode\)\/\$entity$/);
    expect(result.json.fullname).toBe('Blue Harbor');
  });

  test('sets what the platform sets', async () => {
    const { json } = await givenLead({ revenue: 1200.5 });
    const whoAmI = (await call('GET', 'WhoAmI')).json;
    expect(json).toMatchObject({
      createdon: '2026-05-04T07:02:11Z',
      modifiedon: '2026-05-04T07:02:11Z',
      statecode: 0,
      statuscode: 1,
      _ownerid_value: whoAmI.UserId,
      _owninguser_value: whoAmI.UserId,
      _createdby_value: whoAmI.UserId,
      _owningbusinessunit_value: whoAmI.BusinessUnitId,
      revenue: 1200.5,
      revenue_base: 1200.5,
      exchangerate: 1,
      companyname: null,
    });
    expect(json._transactioncurrencyid_value).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('createdon cannot be written; overriddencreatedon moves into it', async () => {
    const { json } = await givenLead({ createdon: '2020-01-01T00:00:00Z' });
    expect(json.createdon).toBe('2026-05-04T07:02:11Z');
    const moved = await givenLead({ overriddencreatedon: '2020-01-01T00:00:00+02:00' });
    expect(moved.json.createdon).toBe('2019-12-31T22:00:00Z');
  });

  test('takes the primary key from the body, and refuses it a second time', async () => {
    const body = { leadid: '11111111-2222-4333-8444-555555555555', lastname: 'Once' };
    expect((await call('POST', 'leads', { body })).status).toBe(204);
    const again = await call('POST', 'leads', { body });
    expect(again.status).toBe(412);
    expect(errorOf(again)).toEqual({
      code: '0x80040237',
      message: 'A record with matching key values already exists.',
    });
  });

  test('binds a task to its lead, however the reference is written', async () => {
    const leadId = String((await givenLead()).json.leadid);
    const references = [
      `/leads(${leadId})`,
      `leads(${leadId})`,
      `https://contoso-dataverse.example/api/data/v9.2/leads(${leadId})`,
    ];
    for (const reference of references) {
      const { status, json } = await call('POST', 'tasks', {
        body: { subject: 'Call', 'regardingobjectid_lead_task@odata.bind': reference },
        headers: { prefer: 'return=representation,odata.include-annotations="*"' },
      });
      expect(status).toBe(201);
      expect(json).toMatchObject({
        subject: 'Call',
        activitytypecode: 'task',
        _regardingobjectid_value: leadId,
        '_regardingobjectid_value@Microsoft.Dynamics.CRM.lookuplogicalname': 'lead',
        '_regardingobjectid_value@Microsoft.Dynamics.CRM.associatednavigationproperty': 'regardingobjectid_lead_task',
        '_regardingobjectid_value@OData.Community.Display.V1.FormattedValue': 'Harbor',
        'statuscode@OData.Community.Display.V1.FormattedValue': 'Not Started',
      });
    }
  });

  test('owner, customer and alternate-key references are bound too', async () => {
    const teamId = await firstId('teams', 'teamid');
    const { json } = await call('POST', 'contacts', {
      body: {
        lastname: 'Desk',
        'ownerid@odata.bind': `/teams(${teamId})`,
        'parentcustomerid_account@odata.bind': "/accounts(accountnumber='A-00002')",
      },
      headers: { prefer: 'return=representation,odata.include-annotations="Microsoft.Dynamics.CRM.*"' },
    });
    expect(json).toMatchObject({
      _ownerid_value: teamId,
      _owningteam_value: teamId,
      _owninguser_value: null,
      '_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname': 'team',
      '_parentcustomerid_value@Microsoft.Dynamics.CRM.associatednavigationproperty': 'parentcustomerid_account',
    });
    expect(json._accountid_value).toBe(json._parentcustomerid_value);
  });

  test.each([
    [
      'an unknown property',
      { subjct: 'x' },
      400,
      '0x80048d19',
      /The property 'subjct' does not exist on type 'Microsoft.Dynamics.CRM.lead'/,
    ],
    [
      'a lookup written by its value',
      { _ownerid_value: null },
      400,
      '0x80060888',
      /CRM do not support direct update of Entity Reference/,
    ],
    [
      'a bind in the wrong case',
      { 'OwnerId@odata.bind': '/systemusers(00000000-0000-0000-0000-000000000001)' },
      400,
      '0x80048d19',
      /An undeclared property 'OwnerId' which only has property annotations/,
    ],
    [
      'a bind whose annotation is in the wrong case',
      { 'parentaccountid@odata.Bind': '/accounts(00000000-0000-0000-0000-000000000001)' },
      400,
      '0x80048d19',
      /An undeclared property 'parentaccountid' which only has property annotations/,
    ],
    [
      'an annotation of an unknown property',
      { 'subjct@OData.Community.Display.V1.FormattedValue': 'x' },
      400,
      '0x80048d19',
      /An undeclared property 'subjct' which only has property annotations/,
    ],
    [
      'a bind to a missing row',
      { 'parentaccountid@odata.bind': '/accounts(00000000-0000-0000-0000-000000000001)' },
      404,
      '0x80040217',
      /^Entity 'account' With Id = 00000000-0000-0000-0000-000000000001 Does Not Exist$/,
    ],
    [
      'a bind to the wrong table',
      { 'parentaccountid@odata.bind': '/leads(00000000-0000-0000-0000-000000000001)' },
      404,
      '0x80040217',
      /Entity 'lead' With Id/,
    ],
    [
      'a label for a choice',
      { leadqualitycode: 'Hot' },
      400,
      '0x80048d19',
      /Cannot convert the literal 'Hot' to the expected type 'Edm.Int32'/,
    ],
    ['a choice that there is not', { leadqualitycode: 9 }, 400, '0x8004431a', /Accepted Values: 1,2,3/],
    [
      'a number for a text',
      { subject: 7 },
      400,
      '0x80048d19',
      /Cannot convert the literal '7' to the expected type 'Edm.String'/,
    ],
    ['a wrong date', { estimatedclosedate: 'tomorrow' }, 400, '0x80048d19', /Cannot convert the literal 'tomorrow'/],
    [
      'a day that is not in the calendar',
      { estimatedclosedate: '2026-02-30' },
      400,
      '0x80048d19',
      /Cannot convert the literal '2026-02-30' to the expected type 'Edm.Date'/,
    ],
    [
      'a text too long',
      { subject: 'x'.repeat(301) },
      400,
      '0x80044331',
      /The length of the 'subject' attribute of the 'lead' entity exceeded the maximum allowed length of '300'/,
    ],
    ['an integer out of range', { numberofemployees: -1 }, 400, '0x8004432f', /outside the valid range/],
    ['a status of another state', { statecode: 0, statuscode: 3 }, 400, '0x80048408', /3 is not a valid status code/],
    ['a deep insert', { parentaccountid: { name: 'x' } }, 501, 'Emulator.NotImplemented.DeepInsert', /deep insert/],
    [
      'a table that is not served',
      { 'campaignid@odata.bind': '/campaigns(00000000-0000-0000-0000-000000000001)' },
      501,
      'Emulator.NotImplemented.Table',
      /campaignid/,
    ],
  ])('refuses %s and stores nothing', async (_what, body, status, code, message) => {
    const before = (await call('GET', 'leads/$count')).text;
    const result = await call('POST', 'leads', { body: { lastname: 'Refused', ...body } });
    expect(result.status).toBe(status);
    expect(errorOf(result).code).toBe(code);
    expect(errorOf(result).message).toMatch(message);
    expect((await call('GET', 'leads/$count')).text).toBe(before);
  });

  test('refuses a body that is not JSON', async () => {
    const result = await call('POST', 'leads', { body: 'text' });
    expect(result.status).toBe(400);
    expect(errorOf(result).code).toBe('0x80048d19');
  });

  test.each(['$select=foo', '$expand=foo'])('refuses an answer by %s and stores nothing', async (options) => {
    const before = (await call('GET', 'leads/$count')).text;
    const created = await call('POST', `leads?${options}`, { body: { lastname: 'Refused' }, headers: representation });
    expect(errorOf(created).message).toMatch(/^Could not find a property named 'foo'/);
    expect((await call('GET', 'leads/$count')).text).toBe(before);
    const { leadid } = (await givenLead()).json;
    const path = `leads(${leadid})`;
    const update = { body: { lastname: 'Refused' }, headers: representation };
    expect((await call('PATCH', `${path}?${options}`, update)).status).toBe(400);
    expect((await call('GET', path)).json.lastname).toBe('Harbor');
  });

  test('a plain name of the activity base type is refused unless the option accepts it', async () => {
    const body = {
      subject: 'x',
      'ownerid@odata.bind': `/systemusers(${await firstId('systemusers', 'systemuserid')})`,
    };
    expect(errorOf(await call('POST', 'tasks', { body })).code).toBe('0x80048d19');
    const lenient = await caller(await smallEmulator({ dataverse: { inheritedBinds: 'accept' } }), 'contoso-dataverse');
    expect((await lenient('POST', 'tasks', { body })).status).toBe(204);
  });
});

describe('update', () => {
  test('changes the sent columns, the version and modifiedon', async () => {
    const before = (await givenLead({ firstname: 'Blue' })).json;
    clock.set(testNow + 60_000);
    const result = await call('PATCH', `leads(${before.leadid})`, { body: { lastname: 'Lagoon' } });
    clock.set(testNow);
    expect(result.status).toBe(204);
    expect(result.headers['odata-entityid']).toMatch(new RegExp(`leads\\(${before.leadid}\\)$`));
    const { json } = await call('GET', `leads(${before.leadid})`);
    expect(json).toMatchObject({ fullname: 'Blue Lagoon', subject: 'Pumps', modifiedon: '2026-05-04T07:03:11Z' });
    expect(json.createdon).toBe(before.createdon);
    expect(json['@odata.etag']).not.toBe(before['@odata.etag']);
  });

  test('writing only a state takes its default status', async () => {
    const { leadid } = (await givenLead()).json;
    const { json } = await call('PATCH', `leads(${leadid})`, { body: { statecode: 2 }, headers: representation });
    expect(json).toMatchObject({ statecode: 2, statuscode: 4 });
  });

  test('a lookup is cleared by a null bind', async () => {
    const { json } = await call('POST', 'contacts', {
      body: { lastname: 'Desk', 'parentcustomerid_account@odata.bind': "/accounts(accountnumber='A-00001')" },
      headers: representation,
    });
    const cleared = await call('PATCH', `contacts(${json.contactid})`, {
      body: { 'parentcustomerid_account@odata.bind': null },
      headers: representation,
    });
    expect(cleared.status).toBe(200);
    expect(cleared.json).toMatchObject({ _parentcustomerid_value: null, _accountid_value: null });
  });

  describe('with conditions', () => {
    const missing = '99999999-2222-4333-8444-555555555555';

    test('a missing row is created with that key', async () => {
      const id = '99999999-2222-4333-8444-000000000001';
      expect((await call('PATCH', `leads(${id})`, { body: { lastname: 'New' } })).status).toBe(204);
      expect((await call('GET', `leads(${id})`)).json.lastname).toBe('New');
    });

    test('If-Match: * does not create', async () => {
      const result = await call('PATCH', `leads(${missing})`, { body: {}, headers: { 'if-match': '*' } });
      expect(result.status).toBe(404);
      expect(errorOf(result).code).toBe('0x80040217');
    });

    test('If-None-Match: * does not update', async () => {
      const { leadid } = (await givenLead()).json;
      const result = await call('PATCH', `leads(${leadid})`, { body: {}, headers: { 'if-none-match': '*' } });
      expect(result.status).toBe(412);
      expect(errorOf(result).code).toBe('0x80040237');
      const id = '99999999-2222-4333-8444-000000000002';
      const created = await call('PATCH', `leads(${id})`, {
        body: {},
        headers: { 'if-none-match': '*', ...representation },
      });
      expect(created.status).toBe(201);
    });

    test('a stale ETag is refused and changes nothing, for update and delete', async () => {
      const before = (await givenLead()).json;
      const etag = String(before['@odata.etag']);
      const path = `leads(${before.leadid})`;
      expect((await call('PATCH', path, { body: { subject: 'A' }, headers: { 'if-match': etag } })).status).toBe(204);
      for (const method of ['PATCH', 'DELETE']) {
        const stale = await call(method, path, { body: { subject: 'B' }, headers: { 'if-match': etag } });
        expect(stale.status).toBe(412);
        expect(errorOf(stale).code).toBe('0x80060882');
      }
      expect((await call('GET', path)).json.subject).toBe('A');
    });
  });

  test('of one property, and clearing it', async () => {
    const { leadid } = (await givenLead()).json;
    expect((await call('PUT', `leads(${leadid})/subject`, { body: { value: 'Valves' } })).status).toBe(204);
    expect((await call('GET', `leads(${leadid})/subject`)).json.value).toBe('Valves');
    expect((await call('DELETE', `leads(${leadid})/subject`)).status).toBe(204);
    expect((await call('GET', `leads(${leadid})/subject`)).status).toBe(204);
  });

  test('upserts by alternate key', async () => {
    const path = "accounts(accountnumber='A-NEW')";
    expect((await call('PATCH', path, { body: { name: 'Amber Bay Tools' } })).status).toBe(204);
    expect((await call('PATCH', path, { body: { name: 'Amber Bay Toys' } })).status).toBe(204);
    expect((await call('GET', path)).json).toMatchObject({ name: 'Amber Bay Toys', accountnumber: 'A-NEW' });
    const taken = await call('POST', 'accounts', { body: { name: 'x', accountnumber: 'a-new' } });
    expect(taken.status).toBe(412);
    expect(errorOf(taken).code).toBe('0x80060892');
  });
});

describe('an alternate key', () => {
  test.each([
    ['accounts(accountnumber=17)', /The key value of 'accountnumber' has the type Edm.Int32; expected Edm.String/],
    ['accounts(accountnumber=null)', /has the type null/],
    [`accounts(accountnumber='${'x'.repeat(21)}')`, /exceeded the maximum allowed length of '20'/],
  ])('%s creates nothing', async (path, message) => {
    const before = (await call('GET', 'accounts/$count')).text;
    const result = await call('PATCH', path, { body: { name: 'Refused' } });
    expect(result.status).toBe(400);
    expect(errorOf(result).message).toMatch(message);
    expect((await call('GET', 'accounts/$count')).text).toBe(before);
  });
});

describe('delete', () => {
  test('removes the row and the activities regarding it', async () => {
    const { leadid } = (await givenLead()).json;
    const task = await call('POST', 'tasks', {
      body: { subject: 'Call', 'regardingobjectid_lead_task@odata.bind': `/leads(${leadid})` },
      headers: representation,
    });
    expect((await call('DELETE', `leads(${leadid})`)).status).toBe(204);
    expect((await call('GET', `leads(${leadid})`)).status).toBe(404);
    expect((await call('GET', `tasks(${task.json.activityid})`)).status).toBe(404);
    expect(errorOf(await call('DELETE', `leads(${leadid})`)).code).toBe('0x80040217');
  });

  test('empties lookups that point to the row', async () => {
    const account = (await call('POST', 'accounts', { body: { name: 'Gone' }, headers: representation })).json;
    const contact = await call('POST', 'contacts', {
      body: { lastname: 'Desk', 'parentcustomerid_account@odata.bind': `/accounts(${account.accountid})` },
      headers: representation,
    });
    clock.set(testNow + 60_000);
    await call('DELETE', `accounts(${account.accountid})`);
    clock.set(testNow);
    const { json } = await call('GET', `contacts(${contact.json.contactid})`);
    expect(json).toMatchObject({
      _parentcustomerid_value: null,
      _accountid_value: null,
      modifiedon: '2026-05-04T07:03:11Z',
    });
    expect(json['@odata.etag']).not.toBe(contact.json['@odata.etag']);
  });

  test('users are not deleted', async () => {
    const result = await call('DELETE', `systemusers(${await firstId('systemusers', 'systemuserid')})`);
    expect(result.status).toBe(405);
  });
});
