import { beforeAll, describe, expect, test } from 'vitest';
import { readCsdlXml } from '../../odata/index.ts';
import { type Call, caller, errorOf, smallEmulator } from '../emulator.case.ts';

let call: Call;

beforeAll(async () => {
  call = await caller(
    await smallEmulator({ sample: { leads: 23, accounts: 8, contacts: 10, tasks: 6 } }),
    'contoso-dataverse',
  );
});

const allAnnotations = { prefer: 'odata.include-annotations="*"' };

describe('service', () => {
  test('lists its entity sets', async () => {
    const { json, rows } = await call('GET', '');
    expect(json['@odata.context']).toBe('https://contoso-dataverse.example/api/data/v9.2/$metadata');
    expect(rows).toContainEqual({ name: 'leads', kind: 'EntitySet', url: 'leads' });
  });

  test('describes itself in the layout of the service', async () => {
    const { text, headers } = await call('GET', '$metadata');
    expect(headers['content-type']).toBe('application/xml');
    expect(text).toContain('Alias="mscrm"');
    const model = await readCsdlXml(text);
    const task = model.entityType('Microsoft.Dynamics.CRM.task');
    expect(task?.baseType).toBe('Microsoft.Dynamics.CRM.activitypointer');
    expect(task?.key).toEqual(['activityid']);
    expect(task?.navigationProperty('regardingobjectid_lead_task')).toMatchObject({
      type: 'Microsoft.Dynamics.CRM.lead',
      partner: 'Lead_Tasks',
    });
    expect(model.entityType('mscrm.systemuser')).toMatchObject({
      key: ['ownerid'],
      baseType: 'Microsoft.Dynamics.CRM.principal',
    });
    expect(model.entityType('mscrm.lead')?.property('_ownerid_value')?.type).toBe('Edm.Guid');
    expect(model.entitySets.map((set) => set.name)).toEqual([
      'accounts',
      'businessunits',
      'contacts',
      'leads',
      'systemusers',
      'tasks',
      'teams',
      'transactioncurrencies',
    ]);
  });

  test.each(['WhoAmI', 'WhoAmI()'])('answers %s', async (path) => {
    const { json } = await call('GET', path);
    expect(json['@odata.context']).toMatch(/#Microsoft.Dynamics.CRM.WhoAmIResponse$/);
    expect(Object.keys(json).slice(1)).toEqual(['BusinessUnitId', 'UserId', 'OrganizationId']);
  });

  test('answers at the older versions, and its links stay there', async () => {
    const { json } = await call('GET', '/api/data/v9.1/leads?$top=1&$select=subject');
    expect(json['@odata.context']).toBe('https://contoso-dataverse.example/api/data/v9.1/$metadata#leads(subject)');
  });

  test.each([
    ['GET', 'foos', 404, '0x80060888', /Resource not found for the segment 'foos'/],
    ['GET', 'leads(00000000-0000-0000-0000-000000000001)/foo', 404, '0x80060888', /segment 'foo'/],
    ['PATCH', 'leads', 405, '0x80040315', /does not support http method 'PATCH'/],
    ['POST', '$batch', 501, 'Emulator.NotImplemented.Batch', /batch/],
    ['GET', 'EntityDefinitions', 501, 'Emulator.NotImplemented.Metadata', /EntityDefinitions/],
    [
      'POST',
      'leads(00000000-0000-0000-0000-000000000001)/Microsoft.Dynamics.CRM.QualifyLead',
      501,
      'Emulator.NotImplemented.Action',
      /QualifyLead/,
    ],
    ['GET', 'leads?$apply=aggregate($count as n)', 501, 'Emulator.NotImplemented.Apply', /\$apply/],
    ['GET', 'leads?fetchXml=x', 501, 'Emulator.NotImplemented.fetchXml', /fetchXml/],
    ['GET', 'leads?$filter=subject eq @p1&@p1=1', 501, 'Emulator.NotImplemented.ParameterAlias', /aliases/],
    [
      'GET',
      "leads?$filter=Microsoft.Dynamics.CRM.In(PropertyName='statuscode',PropertyValues=['1'])",
      501,
      'Emulator.NotImplemented.QueryFunction',
      /CRM.In/,
    ],
    ['GET', 'leads?$filter=Lead_Tasks/any(t:t/statecode eq 0)', 501, 'Emulator.NotImplemented.Lambda', /any/],
  ])('%s %s is answered %i %s', async (method, path, status, code, message) => {
    const result = await call(method, path);
    expect(result.status).toBe(status);
    expect(errorOf(result).code).toBe(code);
    expect(errorOf(result).message).toMatch(message);
  });

  test('a method that a path does not take is answered with those that it takes', async () => {
    expect((await call('PUT', 'leads(00000000-0000-0000-0000-000000000001)')).headers.allow).toBe('GET, PATCH, DELETE');
  });

  test('says more about an error only when annotations are asked for', async () => {
    expect(Object.keys((await call('GET', 'foos')).json.error ?? {})).toEqual(['code', 'message']);
    const { json } = await call('GET', 'foos', { headers: allAnnotations });
    expect(json.error).toHaveProperty(['@Microsoft.PowerApps.CDS.HelpLink']);
  });
});

describe('list', () => {
  test('has the selected columns, the key, and an ETag on each row', async () => {
    const { json, rows } = await call('GET', 'accounts?$select=name,revenue&$top=3');
    expect(json['@odata.context']).toMatch(/\$metadata#accounts\(name,revenue\)$/);
    expect(rows).toHaveLength(3);
    expect(Object.keys(rows[0] ?? {})).toEqual([
      '@odata.etag',
      'name',
      'revenue',
      'accountid',
      '_transactioncurrencyid_value',
    ]);
    expect(rows[0]?.['@odata.etag']).toMatch(/^W\/"\d+"$/);
    expect(json).not.toHaveProperty(['@odata.nextLink']);
  });

  test('pages through all rows once, each page by the link of the one before', async () => {
    const seen: unknown[] = [];
    let path: string | undefined = 'leads?$select=subject&$orderby=subject desc&$count=true';
    let pages = 0;
    while (path !== undefined && pages < 10) {
      const { json, rows, headers } = await call('GET', path, { headers: { prefer: 'odata.maxpagesize=5' } });
      expect(headers['preference-applied']).toBe('odata.maxpagesize=5');
      expect(json['@odata.count']).toBe(23);
      seen.push(...rows.map((row) => row.leadid));
      path = json['@odata.nextLink'] as string | undefined;
      if (path !== undefined) expect(path).toContain('$skiptoken=');
      pages += 1;
    }
    expect(pages).toBe(5);
    expect(new Set(seen).size).toBe(23);
  });

  test('a page link still works when the last row of its page is gone', async () => {
    const fresh = await caller(await smallEmulator(), 'contoso-dataverse');
    const first = await fresh('GET', 'leads?$select=leadid', { headers: { prefer: 'odata.maxpagesize=5' } });
    await fresh('DELETE', `leads(${first.rows[4]?.leadid})`);
    const second = await fresh('GET', String(first.json['@odata.nextLink']));
    expect(second.rows).toHaveLength(7);
  });

  test.each(['parentcustomerid_account/name', 'owninguser/fullname desc,parentcustomerid_account/name,lastname'])(
    'pages in the order of related rows (%s)',
    async (orderby) => {
      const whole = (await call('GET', `contacts?$select=contactid&$orderby=${orderby}`)).rows;
      const seen: unknown[] = [];
      let path: string | undefined = `contacts?$select=contactid&$orderby=${orderby}`;
      for (let pages = 0; path !== undefined && pages < 10; pages += 1) {
        const { json, rows } = await call('GET', path, { headers: { prefer: 'odata.maxpagesize=3' } });
        seen.push(...rows.map((row) => row.contactid));
        path = json['@odata.nextLink'] as string | undefined;
      }
      expect(seen).toEqual(whole.map((row) => row.contactid));
    },
  );

  test('a skip token of another order is refused', async () => {
    const first = await call('GET', 'leads?$select=subject', { headers: { prefer: 'odata.maxpagesize=5' } });
    const token = /[$]skiptoken=[^&]*/.exec(String(first.json['@odata.nextLink']))?.[0];
    const result = await call('GET', `leads?$select=subject&$orderby=subject&${token}`);
    expect(errorOf(result)).toEqual({ code: '0x80041129', message: 'Paging cookie is malformed.' });
  });

  test('change tracking is refused by name', async () => {
    const result = await call('GET', 'leads', { headers: { prefer: 'odata.track-changes' } });
    expect(errorOf(result).code).toBe('Emulator.NotImplemented.ChangeTracking');
  });

  test('a URL may have 32,768 characters', async () => {
    const path = (length: number): string => `leads?$filter=subject eq '${'x'.repeat(length)}'`;
    expect((await call('GET', path(32_000))).status).toBe(200);
    expect((await call('GET', path(33_000))).status).toBe(414);
  });

  test('with a page size $top is ignored', async () => {
    const { rows, json } = await call('GET', 'leads?$top=2', { headers: { prefer: 'odata.maxpagesize=4' } });
    expect(rows).toHaveLength(4);
    expect(json).toHaveProperty(['@odata.nextLink']);
  });

  test('counts, and caps its counts', async () => {
    expect((await call('GET', 'leads/$count')).text).toBe('\uFEFF23');
    const small = await caller(await smallEmulator({ dataverse: { pageSizeMax: 5 } }), 'contoso-dataverse');
    expect((await small('GET', 'leads/$count')).text).toBe('\uFEFF5');
    const { json } = await small('GET', 'leads?$count=true&$select=leadid', { headers: allAnnotations });
    expect(json).toMatchObject({
      '@odata.count': 5,
      '@Microsoft.Dynamics.CRM.totalrecordcount': 5,
      '@Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded': true,
    });
  });

  test('filters without regard to case, by lookups, and through them', async () => {
    const [account] = (await call('GET', 'accounts?$select=name,_ownerid_value&$top=1')).rows;
    const name = String(account?.name).toUpperCase();
    const byName = await call('GET', `accounts?$select=name&$filter=name eq '${name}'`);
    expect(byName.rows[0]?.accountid).toBe(account?.accountid);
    const byOwner = await call('GET', `accounts?$select=name&$filter=_ownerid_value eq ${account?._ownerid_value}`);
    expect(byOwner.rows.map((row) => row.accountid)).toContain(account?.accountid);
    const through = await call('GET', `contacts?$select=lastname&$filter=parentcustomerid_account/name eq '${name}'`);
    const direct = await call(
      'GET',
      `contacts?$select=lastname&$filter=_parentcustomerid_value eq ${account?.accountid}`,
    );
    expect(through.rows.map((row) => row.contactid)).toEqual(direct.rows.map((row) => row.contactid));
  });

  test('sees a change at once', async () => {
    const path = "leads?$select=subject&$filter=subject eq 'Seen at once'";
    expect((await call('GET', path)).rows).toHaveLength(0);
    await call('POST', 'leads', { body: { subject: 'Seen at once' } });
    expect((await call('GET', path)).rows).toHaveLength(1);
  });

  test.each([
    ['$skip=1', 'Skip Clause is not supported in CRM'],
    ['$select=foo', "Could not find a property named 'foo' on type 'Microsoft.Dynamics.CRM.lead'."],
    ["$filter=foo eq 'x'", "Could not find a property named 'foo' on type 'Microsoft.Dynamics.CRM.lead'."],
    ['$orderby=foo', "Could not find a property named 'foo' on type 'Microsoft.Dynamics.CRM.lead'."],
    [
      '$expand=ownerid($select=fullname)',
      "Could not find a property named 'fullname' on type 'Microsoft.Dynamics.CRM.principal'.",
    ],
    [
      '$expand=Lead_Tasks($filter=foo eq 1)',
      "Could not find a property named 'foo' on type 'Microsoft.Dynamics.CRM.task'.",
    ],
    ['$expand=owninguser,owninguser', "$expand names 'owninguser' more than once."],
    ['$expand=foo', "Could not find a property named 'foo' on type 'Microsoft.Dynamics.CRM.lead'."],
    ["$filter=subject eq 'abc", "There is an unterminated literal at position 15 in 'subject eq 'abc'."],
    [
      "$filter=leadid eq 'abc'",
      "A binary operator with incompatible types was detected. Found operand types 'Edm.Guid' and 'Edm.String' for operator kind 'Equal'.",
    ],
    ["$filter=tolower(subject) eq 'x'", "The function 'tolower' is not supported in $filter."],
    ['$search=x', 'The query option $search is not supported.'],
  ])('refuses %s in the words of the service', async (query, message) => {
    const result = await call('GET', `leads?${query}`);
    expect(result.status).toBe(400);
    expect(errorOf(result)).toEqual({ code: '0x80060888', message });
  });
});

describe('annotations', () => {
  test('come before their property, and only when asked for', async () => {
    const path = 'accounts?$select=revenue,statuscode,_ownerid_value,createdon,donotphone&$top=1';
    expect(Object.keys((await call('GET', path)).rows[0] ?? {}).filter((name) => name.includes('Display'))).toEqual([]);
    const { rows, headers } = await call('GET', path, { headers: allAnnotations });
    expect(headers['preference-applied']).toBe('odata.include-annotations="*"');
    const names = Object.keys(rows[0] ?? {});
    expect(names.indexOf('revenue@OData.Community.Display.V1.FormattedValue')).toBe(names.indexOf('revenue') - 1);
    expect(rows[0]?.['statuscode@OData.Community.Display.V1.FormattedValue']).toBe('Active');
    expect(rows[0]?.['donotphone@OData.Community.Display.V1.FormattedValue']).toBe('Allow');
    expect(rows[0]?.['revenue@OData.Community.Display.V1.FormattedValue']).toMatch(/^\$[\d,]+\.00$/);
    expect(rows[0]?.['createdon@OData.Community.Display.V1.FormattedValue']).toMatch(/^\d+\/\d+\/2026 \d+:\d\d [AP]M$/);
    expect(rows[0]?.['_ownerid_value@OData.Community.Display.V1.FormattedValue']).toMatch(/^Sales /);
  });

  test('are filtered by prefix and exclusion', async () => {
    const headers = { prefer: 'odata.include-annotations="*,-OData.Community.*"' };
    const { rows } = await call('GET', 'accounts?$select=_ownerid_value&$top=1', { headers });
    expect(Object.keys(rows[0] ?? {})).toEqual([
      '@odata.etag',
      '_ownerid_value@Microsoft.Dynamics.CRM.associatednavigationproperty',
      '_ownerid_value@Microsoft.Dynamics.CRM.lookuplogicalname',
      '_ownerid_value',
      'accountid',
    ]);
  });
});

describe('read', () => {
  test('by key, by named key, by alternate key', async () => {
    const [account] = (await call('GET', "accounts?$filter=accountnumber eq 'A-00003'")).rows;
    for (const key of [account?.accountid, `accountid=${account?.accountid}`, "accountnumber='A-00003'"]) {
      expect((await call('GET', `accounts(${key})`)).json.accountid).toBe(account?.accountid);
    }
    expect(errorOf(await call('GET', "accounts(accountnumber='none')"))).toEqual({
      code: '0x80060891',
      message: 'A record with the specified key values does not exist in account entity',
    });
    expect(errorOf(await call('GET', "accounts(name='x')")).message).toMatch(
      /^The key in the request URI is not valid for resource 'Microsoft.Dynamics.CRM.account'/,
    );
  });

  test('a known ETag gives 304', async () => {
    const [lead] = (await call('GET', 'leads?$top=1')).rows;
    const headers = { 'if-none-match': String(lead?.['@odata.etag']) };
    expect((await call('GET', `leads(${lead?.leadid})`, { headers })).status).toBe(304);
    expect((await call('GET', `leads(${lead?.leadid})`, { headers: { 'if-none-match': 'null' } })).status).toBe(200);
  });

  test('one property, its raw value, a lookup, a collection', async () => {
    const [task] = (await call('GET', 'tasks?$filter=_regardingobjectid_value ne null')).rows;
    const path = `tasks(${task?.activityid})`;
    expect((await call('GET', `${path}/subject`)).json).toEqual({
      '@odata.context': `https://contoso-dataverse.example/api/data/v9.2/$metadata#tasks(${task?.activityid})/subject`,
      value: task?.subject,
    });
    expect((await call('GET', `${path}/subject/$value`)).text).toBe(task?.subject);
    expect((await call('GET', `${path}/createdby_task?$select=fullname`)).json.fullname).toBe('SYSTEM');
    expect(errorOf(await call('GET', `${path}/serviceid`)).code).toBe('Emulator.NotImplemented.Table');
    expect((await call('GET', `${path}/owningteam_task`)).status).toBe(204);
    const owner = (await call('GET', `${path}/ownerid_task?$select=fullname`)).json;
    expect(owner.fullname).toMatch(/^Sales /);
  });

  test('expands lookups and collections one level', async () => {
    const contact = (await call('GET', 'contacts?$filter=_parentcustomerid_value ne null&$top=1')).rows[0];
    const { json } = await call(
      'GET',
      `accounts(${contact?._parentcustomerid_value})?$select=name&$expand=owninguser($select=fullname),ownerid,contact_customer_accounts($select=lastname;$orderby=lastname;$top=50)`,
    );
    expect(json.owninguser).toMatchObject({ fullname: expect.stringMatching(/^Sales /) });
    expect(Object.keys(json.ownerid ?? {})).toEqual(['@odata.etag', 'ownerid']);
    const children = json.contact_customer_accounts as readonly Record<string, unknown>[];
    expect(children.map((child) => child.contactid)).toContain(contact?.contactid);
    expect(json['contact_customer_accounts@odata.nextLink']).toMatch(/\/contact_customer_accounts\?/);
    expect(
      (await call('GET', 'contacts?$expand=parentcustomerid_contact&$top=1')).rows[0]?.parentcustomerid_contact,
    ).toBeNull();
    expect((await call('GET', 'accounts?$expand=ownerid($expand=x)')).status).toBe(501);
  });

  test('lists and counts a collection', async () => {
    const contact = (await call('GET', 'contacts?$filter=_parentcustomerid_value ne null&$top=1')).rows[0];
    const path = `accounts(${contact?._parentcustomerid_value})/contact_customer_accounts`;
    const { rows } = await call('GET', `${path}?$select=lastname`);
    expect((await call('GET', `${path}/$count`)).text).toBe(`\uFEFF${rows.length}`);
  });
});
