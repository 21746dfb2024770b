import { beforeAll, describe, expect, test } from 'vitest';
import { readCsdlXml } from '../../odata/index.ts';
import { type Call, caller, errorOf, smallEmulator } from '../emulator.case.ts';

let call: Call;

beforeAll(async () => {
  call = await caller(await smallEmulator({ fno: { pageSize: 20 } }), 'contoso-fno');
});

describe('service', () => {
  test('path roots are not case-sensitive, entity sets are', async () => {
    expect((await call('GET', '/DATA')).rows).toContainEqual({
      name: 'CustomersV3',
      kind: 'EntitySet',
      url: 'CustomersV3',
    });
    expect((await call('GET', '/Data/Currencies')).status).toBe(200);
    const missing = await call('GET', 'currencies');
    expect(missing.status).toBe(404);
    expect(missing.text).toBe('');
  });

  test('describes itself in the layout of the service', async () => {
    const model = await readCsdlXml((await call('GET', '$metadata')).text);
    expect(model.containerName).toBe('Resources');
    const customer = model.entityType('Microsoft.Dynamics.DataEntities.CustomerV3');
    expect(customer?.key).toEqual(['dataAreaId', 'CustomerAccount']);
    expect(customer?.properties).toHaveLength(309);
    expect(customer?.property('CreditLimit')).toMatchObject({ type: 'Edm.Decimal', isNullable: false });
    expect(customer?.property('OnHoldStatus')).toMatchObject({
      type: 'Microsoft.Dynamics.DataEntities.CustVendorBlocked',
      isNullable: true,
    });
    expect(model.enumType('Microsoft.Dynamics.DataEntities.NoYes')?.members.map((member) => member.name)).toEqual([
      'No',
      'Yes',
    ]);
    const actions = model.boundActions('Microsoft.Dynamics.DataEntities.DataManagementEntity', true);
    expect(actions.map((action) => action.name)).toContain('GetApplicationVersion');
  });

  test('a method that a path does not take is answered with those that it takes', async () => {
    const result = await call('DELETE', 'Currencies');
    expect(result).toMatchObject({ status: 405, headers: { allow: 'GET, POST' } });
  });

  test('every answer has an activity id', async () => {
    expect((await call('GET', 'Currencies')).headers['ms-dyn-aid']).toMatch(/^[0-9a-f-]{36}$/);
    expect((await call('GET', 'Nothing')).headers['ms-dyn-aid']).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('executes the version actions', async () => {
    const root = 'DataManagementEntities/Microsoft.Dynamics.DataEntities.';
    const { status, json } = await call('POST', `${root}GetApplicationVersion`, { body: {} });
    expect(status).toBe(200);
    expect(json).toEqual({
      '@odata.context': 'https://contoso-fno.example/data/$metadata#Edm.String',
      value: '10.0.48',
    });
    expect((await call('POST', `${root}GetPlatformBuildVersion`)).json.value).toMatch(/^7\./);
    expect((await call('POST', `${root}GetNothing`)).status).toBe(404);
    const wrong = await call('POST', `${root}GetApplicationVersion`, { body: { version: 1 } });
    expect(errorOf(wrong).message).toBe("The action 'GetApplicationVersion' has no parameter 'version'.");
  });

  test.each([
    ['POST', '$batch', 'Batch'],
    ['GET', '/metadata/DataEntities', 'Metadata'],
    ['POST', '/api/services/x', 'CustomServices'],
    ['GET', "SalesOrderHeadersV2(dataAreaId='usmf',SalesOrderNumber='SO-000001')/SalesOrderLines", 'NavigationSegment'],
    ['GET', 'CustomersV3?$apply=aggregate(CreditLimit with sum as total)', 'Apply'],
  ])('%s %s is answered 501 by name', async (method, path, feature) => {
    const result = await call(method, path);
    expect(result.status).toBe(501);
    expect(errorOf(result).code).toBe(`Emulator.NotImplemented.${feature}`);
  });
});

describe('list', () => {
  test('rows have the ETag first, then all fields in metadata order with empty values for what is unset', async () => {
    const [row] = (await call('GET', 'CustomersV3?$top=1')).rows;
    expect(Object.keys(row ?? {}).slice(0, 3)).toEqual(['@odata.etag', 'dataAreaId', 'CustomerAccount']);
    expect(Object.keys(row ?? {})).toHaveLength(310);
    expect(row).toMatchObject({
      dataAreaId: 'usmf',
      CustomerAccount: 'US-001',
      TaxExemptNumber: '',
      OnHoldStatus: 'No',
      CredManCustomerSince: '1900-01-01T12:00:00Z',
      DeliveryAddressValidFrom: '1900-01-01T00:00:00Z',
      DeliveryAddressTimeZone: null,
    });
    const etag = Buffer.from(String(row?.['@odata.etag']).slice(3, -1), 'base64').toString();
    expect(etag).toMatch(/^'1,5637144576(;0,0){17}'$/);
  });

  test('sees the default company only, unless asked across companies', async () => {
    const companies = async (query: string): Promise<readonly unknown[]> => {
      const { rows } = await call('GET', `CustomersV3?$select=dataAreaId&${query}`);
      return [...new Set(rows.map((row) => row.dataAreaId))];
    };
    expect(await companies('')).toEqual(['usmf']);
    expect(await companies("$filter=dataAreaId eq 'dat'")).toEqual([]);
    expect(await companies("$filter=dataAreaId eq 'DAT'&cross-company=true")).toEqual(['dat']);
    const wrong = await call('GET', "Currencies?$filter=dataAreaId eq 'usmf'");
    expect(wrong.status).toBe(400);
  });

  test('pages by $skip with the remaining options, and counts all rows', async () => {
    const accounts: unknown[] = [];
    let path: string | undefined = 'CustomersV3?$select=CustomerAccount&cross-company=true&$count=true';
    let pages = 0;
    while (path !== undefined && pages < 10) {
      const { json, rows } = await call('GET', path);
      expect(json['@odata.count']).toBe(50);
      accounts.push(...rows.map((row) => row.CustomerAccount));
      path = json['@odata.nextLink'] as string | undefined;
      pages += 1;
      if (path !== undefined) {
        expect(new URL(path).searchParams.get('cross-company')).toBe('true');
        expect(new URL(path).searchParams.get('$skip')).toBe(String(20 * pages));
      }
    }
    expect(pages).toBe(3);
    expect(new Set(accounts).size).toBe(50);
  });

  test('$top within a page leads to no next link; beyond it, the rest is asked for', async () => {
    expect((await call('GET', 'CustomersV3?$top=5&cross-company=true')).json).not.toHaveProperty(['@odata.nextLink']);
    const { json } = await call('GET', 'CustomersV3?$top=25&cross-company=true');
    const rest = await call('GET', String(json['@odata.nextLink']));
    expect(rest.rows).toHaveLength(5);
    expect(rest.json).not.toHaveProperty(['@odata.nextLink']);
  });

  test('counts with a byte-order mark', async () => {
    const { text, headers } = await call('GET', 'CustomersV3/$count?cross-company=true');
    expect(text).toBe('\uFEFF50');
    expect(headers['content-type']).toBe('text/plain');
  });

  test('filters: wildcards in eq, case ignored, enumerations by qualified literal, dates', async () => {
    const [first] = (await call('GET', 'CustomersV3?$top=1')).rows;
    const name = String(first?.OrganizationName);
    const found = async (filter: string): Promise<readonly unknown[]> => {
      const { rows } = await call('GET', `CustomersV3?$select=CustomerAccount&$filter=${filter}`);
      return rows.map((row) => row.CustomerAccount);
    };
    expect(await found(`OrganizationName eq '${name.toUpperCase()}'`)).toContain('US-001');
    expect(await found(`OrganizationName eq '*${name.slice(2, -2)}*'`)).toContain('US-001');
    expect(await found(`OrganizationName eq '${name.slice(0, 5)}*'`)).toContain('US-001');
    expect(await found("OnHoldStatus eq Microsoft.Dynamics.DataEntities.CustVendorBlocked'No'")).toContain('US-001');
    expect(await found('CredManCustomerSince eq 1900-01-01T12:00:00Z')).toContain('US-001');
    expect(await found('CreditLimit add 1 gt 0')).toContain('US-001');
  });

  test.each([
    ["$filter=contains(OrganizationName,'x')", "The type 'System.String' for the query operator is not Queryable!"],
    ["$filter=startswith(OrganizationName,'x')", "The type 'System.String' for the query operator is not Queryable!"],
    ["$filter=CustomerAccount in ('US-001')", "The operator 'in' is not supported."],
    [
      "$filter=Foo eq 'x'",
      "Could not find a property named 'Foo' on type 'Microsoft.Dynamics.DataEntities.CustomerV3'.",
    ],
    [
      "$filter=customeraccount eq 'x'",
      "Could not find a property named 'customeraccount' on type 'Microsoft.Dynamics.DataEntities.CustomerV3'.",
    ],
    ['$select=Foo', "Could not find a property named 'Foo' on type 'Microsoft.Dynamics.DataEntities.CustomerV3'."],
    [
      "$filter=OnHoldStatus eq 'No'",
      /Found operand types 'Microsoft.Dynamics.DataEntities.CustVendorBlocked' and 'Edm.String'/,
    ],
    ["$filter=OnHoldStatus gt Microsoft.Dynamics.DataEntities.CustVendorBlocked'No'", /operator kind 'GreaterThan'/],
    [
      "$filter=OnHoldStatus eq Microsoft.Dynamics.DataEntities.CustVendorBlocked'Maybe'",
      /'Maybe' is not a valid enumeration type constant/,
    ],
    ['$filter=CreditLimit eq', "Syntax error at position 14 in 'CreditLimit eq'."],
    ['$search=x', 'The query option $search is not supported.'],
  ])('refuses %s', async (query, message) => {
    const result = await call('GET', `CustomersV3?${query}`);
    expect(result.status).toBe(400);
    if (typeof message === 'string') expect(errorOf(result).message).toBe(message);
    else expect(errorOf(result).message).toMatch(message);
  });

  test('string functions are answered when the option allows them', async () => {
    const lenient = await caller(await smallEmulator({ fno: { stringFunctions: 'allow' } }), 'contoso-fno');
    expect((await lenient('GET', "CustomersV3?$filter=contains(CustomerAccount,'001')")).rows).toHaveLength(1);
  });

  test('expands the lines of an order with their selected fields', async () => {
    const { json, rows } = await call(
      'GET',
      'SalesOrderHeadersV2?$select=SalesOrderNumber&$expand=SalesOrderLines($select=InventoryLotId,ItemNumber)&$top=2',
    );
    expect(json['@odata.context']).toMatch(
      /#SalesOrderHeadersV2\(SalesOrderNumber,SalesOrderLines\(InventoryLotId,ItemNumber\)\)$/,
    );
    const lines = rows[0]?.SalesOrderLines as readonly Record<string, unknown>[];
    expect(lines.length).toBeGreaterThan(0);
    expect(Object.keys(lines[0] ?? {})).toEqual(['@odata.etag', 'InventoryLotId', 'ItemNumber']);
    const nested = await call('GET', 'SalesOrderHeadersV2?$expand=SalesOrderLines($expand=X)');
    expect(errorOf(nested).message).toBe('A nested $expand is not supported.');
    const twice = await call('GET', 'SalesOrderHeadersV2?$expand=SalesOrderLines,SalesOrderLines');
    expect(errorOf(twice).message).toBe("$expand names 'SalesOrderLines' more than once.");
  });
});
