import { beforeAll, describe, expect, test } from 'vitest';
import { type Call, type CallResult, caller, errorOf, smallEmulator } from '../emulator.case.ts';

let call: Call;

beforeAll(async () => {
  call = await caller(await smallEmulator(), 'contoso-fno');
});

const newCustomer = {
  OrganizationName: 'Amber Harbor Trading Limited',
  CustomerGroupId: '10',
  SalesCurrencyCode: 'USD',
};

async function givenCustomer(body: Record<string, string> = {}): Promise<CallResult> {
  return call('POST', 'CustomersV3', { body: { ...newCustomer, ...body } });
}

function keyOf(customer: CallResult): string {
  return `CustomersV3(dataAreaId='${customer.json.dataAreaId}',CustomerAccount='${customer.json.CustomerAccount}')`;
}

describe('create', () => {
  test('answers 201 with the full row: key from the number sequence, defaults for what was left out', async () => {
    const { status, json } = await givenCustomer();
    expect(status).toBe(201);
    expect(json['@odata.context']).toBe('https://contoso-fno.example/data/$metadata#CustomersV3/$entity');
    expect(json).toMatchObject({
      dataAreaId: 'usmf',
      CustomerAccount: expect.stringMatching(/^US-\d{3}$/),
      PartyType: 'Organization',
      PartyNumber: expect.stringMatching(/^\d{9}$/),
      NameAlias: 'Amber Harbor Trading',
      LanguageId: 'en-US',
      PaymentTerms: 'Net30',
      TaxExemptNumber: '',
      OnHoldStatus: 'No',
    });
    expect(Object.keys(json)).toHaveLength(311);
    const next = (await givenCustomer()).json;
    expect(Number(String(next.CustomerAccount).slice(3))).toBe(Number(String(json.CustomerAccount).slice(3)) + 1);
  });

  test('an explicit empty text suppresses the default', async () => {
    expect((await givenCustomer({ NameAlias: '', PaymentTerms: '' })).json).toMatchObject({
      NameAlias: '',
      PaymentTerms: '',
    });
    const empty = await givenCustomer({ CustomerAccount: '' });
    expect(errorOf(empty).message).toMatch(/Field 'Customer account' must be filled in/);
  });

  test('the body chooses the company, in any case', async () => {
    const { json } = await givenCustomer({ dataAreaId: 'DAT' });
    expect(json).toMatchObject({ dataAreaId: 'dat', CustomerAccount: expect.stringMatching(/^DAT-/) });
  });

  test('dates are noon UTC, date-only input is taken, enumerations are names', async () => {
    const { json } = await call('POST', 'SalesOrderHeadersV2', {
      body: {
        OrderingCustomerAccountNumber: 'US-001',
        RequestedShippingDate: '2026-07-23',
        RequestedReceiptDate: '2026-07-24T03:00:00Z',
        LanguageId: 'en-us',
      },
    });
    expect(json).toMatchObject({
      RequestedShippingDate: '2026-07-23T12:00:00Z',
      RequestedReceiptDate: '2026-07-24T12:00:00Z',
      ConfirmedShippingDate: '1900-01-01T12:00:00Z',
      OrderCreationDateTime: '2026-05-04T07:02:11Z',
      SalesOrderNumber: expect.stringMatching(/^SO-\d{6}$/),
      SalesOrderStatus: 'None',
      SalesOrderProcessingStatus: 'Active',
      InvoiceCustomerAccountNumber: 'US-001',
      SkipCreateAutoCharges: 'Yes',
      LanguageId: 'en-US',
      InvoiceAddressTimeZone: null,
    });
  });

  test.each([
    ['SalesOrderHeadersV2', { RequestedShippingDate: '2026-02-30' }, /Cannot convert the literal '2026-02-30'/],
    ['SalesOrderHeadersV2', { RequestedShippingDate: '2026-02-28T24:00:00Z' }, /Cannot convert the literal/],
    ['SalesOrderHeadersV2?$select=Foo', {}, /Could not find a property named 'Foo'/],
  ])('%s with %j is refused and stores nothing', async (path, body, message) => {
    const before = (await call('GET', 'SalesOrderHeadersV2/$count')).text;
    const result = await call('POST', path, { body: { OrderingCustomerAccountNumber: 'US-001', ...body } });
    expect(result.status).toBe(400);
    expect(errorOf(result).message).toMatch(message);
    expect((await call('GET', 'SalesOrderHeadersV2/$count')).text).toBe(before);
  });

  test('order lines take numbers, amounts and currency from their order', async () => {
    const order = (await call('POST', 'SalesOrderHeadersV2', { body: { OrderingCustomerAccountNumber: 'US-001' } }))
      .json;
    const body = {
      SalesOrderNumber: order.SalesOrderNumber ?? '',
      ItemNumber: 'D0001',
      OrderedSalesQuantity: 3,
      SalesPrice: 2.5,
    };
    await call('POST', 'SalesOrderLines', { body });
    const { json } = await call('POST', 'SalesOrderLines', { body: { ...body, SalesUnitSymbol: '' } });
    expect(json).toMatchObject({
      LineNumber: 2,
      LineAmount: 7.5,
      SalesUnitSymbol: '',
      CurrencyCode: order.CurrencyCode,
      InventoryLotId: expect.stringMatching(/^USMF-\d{6}$/),
    });
    const key = `SalesOrderHeadersV2(dataAreaId='usmf',SalesOrderNumber='${order.SalesOrderNumber}')`;
    expect((await call('GET', `${key}?$expand=SalesOrderLines`)).json.SalesOrderLines).toHaveLength(2);
    expect((await call('DELETE', key)).status).toBe(204);
    const lines = await call('GET', `SalesOrderLines?$filter=SalesOrderNumber eq '${order.SalesOrderNumber}'`);
    expect(lines.rows).toHaveLength(0);
  });

  test.each([
    [
      'CustomersV3',
      'a mandatory field left out',
      { CustomerGroupId: '10' },
      "Write failed for table row of type 'CustCustomerV3Entity'. Infolog: Warning: Field 'Currency' must be filled in.; Warning: validateWrite failed on data source 'CustTable (CustTable)'.",
    ],
    [
      'CustomersV3',
      'a group that there is not',
      { ...newCustomer, CustomerGroupId: '99' },
      "Write failed for table row of type 'CustCustomerV3Entity'. Infolog: Warning: The value '99' in field 'Customer group' is not found in the related table 'Customer groups'.; Warning: validateWrite failed on data source 'CustTable (CustTable)'.",
    ],
    [
      'CustomerGroups',
      'a key that exists',
      { CustomerGroupId: '10', Description: 'Batch one' },
      "Write failed for table row of type 'CustCustomerGroupEntity'. Infolog: Info: Cannot create a record in Customer groups (CustGroup). Customer group: 10, Batch one.\nThe record already exists..",
    ],
    [
      'CustomersV3',
      'a company that there is not',
      { ...newCustomer, dataAreaId: 'xyz' },
      "Write failed for table row of type 'CustCustomerV3Entity'. Infolog: Warning: The value 'xyz' in field 'Company' is not found in the related table 'Legal entities'..",
    ],
    [
      'CustomersV3',
      'an unknown property',
      { ...newCustomer, Foo: 1 },
      "The property 'Foo' does not exist on type 'Microsoft.Dynamics.DataEntities.CustomerV3'. Make sure to only use property names that are defined by the type.",
    ],
    [
      'CustomersV3',
      'a wrong member of an enumeration',
      { ...newCustomer, OnHoldStatus: 'Maybe' },
      "Cannot convert the literal 'Maybe' to the expected type 'Microsoft.Dynamics.DataEntities.CustVendorBlocked' of the property 'OnHoldStatus'.",
    ],
    [
      'CustomersV3',
      'a text for a number',
      { ...newCustomer, CreditLimit: '7' },
      "Cannot convert the literal '7' to the expected type 'Edm.Decimal' of the property 'CreditLimit'.",
    ],
    [
      'SalesOrderHeadersV2',
      'a deep insert',
      { OrderingCustomerAccountNumber: 'US-001', SalesOrderLines: [] },
      "Deep insert is not supported: the body holds the navigation property 'SalesOrderLines'.",
    ],
  ])('%s refuses %s and stores nothing', async (set, _what, body, message) => {
    const before = (await call('GET', `${set}/$count`)).text;
    const result = await call('POST', set, { body });
    expect(result.status).toBe(400);
    expect(result.json.error).toMatchObject({ code: '' });
    expect(errorOf(result).message).toBe(message);
    expect((await call('GET', `${set}/$count`)).text).toBe(before);
  });

  test('failures of X++ have status 500 when the option says so', async () => {
    const old = await caller(await smallEmulator({ fno: { xppErrorStatus: '500' } }), 'contoso-fno');
    const result = await old('POST', 'CustomerGroups', { body: { CustomerGroupId: '10' } });
    expect(result.status).toBe(500);
    expect(result.json.error).toMatchObject({ message: 'An error has occurred.' });
  });

  test('a read-only entity set refuses writing', async () => {
    expect((await call('POST', 'DataManagementEntities', { body: { EntityName: 'x' } })).status).toBe(405);
  });
});

describe('update and delete', () => {
  test('PATCH answers 204, changes the ETag and keeps the record id', async () => {
    const customer = await givenCustomer();
    const result = await call('PATCH', keyOf(customer), { body: { CreditLimit: 1500 } });
    expect(result.status).toBe(204);
    expect(result.text).toBe('');
    const { json } = await call('GET', keyOf(customer));
    expect(json.CreditLimit).toBe(1500);
    const pair = (etag: unknown): string[] =>
      Buffer.from(String(etag).slice(3, -1), 'base64').toString().slice(1).split(';')[0]?.split(',') ?? [];
    expect(pair(json['@odata.etag'])[1]).toBe(pair(customer.json['@odata.etag'])[1]);
    expect(pair(json['@odata.etag'])[0]).not.toBe('1');
  });

  test('a stale ETag is refused with 412, unless the option ignores it', async () => {
    const customer = await givenCustomer();
    const headers = { 'if-match': String(customer.json['@odata.etag']) };
    expect((await call('PATCH', keyOf(customer), { body: { CreditLimit: 1 }, headers })).status).toBe(204);
    const stale = await call('PATCH', keyOf(customer), { body: { CreditLimit: 2 }, headers });
    expect(stale.status).toBe(412);
    expect(errorOf(stale).message).toMatch(/An update conflict occurred due to another user process/);
    expect((await call('DELETE', keyOf(customer), { headers })).status).toBe(412);
    expect((await call('DELETE', keyOf(customer), { headers: { 'if-match': '*' } })).status).toBe(204);

    const lenient = await caller(await smallEmulator({ fno: { etagMode: 'ignore' } }), 'contoso-fno');
    const path = "CustomersV3(dataAreaId='usmf',CustomerAccount='US-001')";
    expect((await lenient('PATCH', path, { body: { CreditLimit: 2 }, headers })).status).toBe(204);
  });

  test('rows of another company are out of reach without cross-company', async () => {
    const customer = await givenCustomer({ dataAreaId: 'demf', SalesCurrencyCode: 'EUR' });
    expect((await call('GET', keyOf(customer))).status).toBe(404);
    for (const method of ['PATCH', 'DELETE']) {
      const refused = await call(method, keyOf(customer), { body: {} });
      expect(refused.status).toBe(400);
      expect(errorOf(refused).message).toBe('No resources were found when selecting for update.');
    }
    expect((await call('PATCH', `${keyOf(customer)}?cross-company=true`, { body: { CreditLimit: 5 } })).status).toBe(
      204,
    );
    expect((await call('GET', `${keyOf(customer)}?cross-company=true`)).json.CreditLimit).toBe(5);
    expect((await call('DELETE', `${keyOf(customer)}?cross-company=true`)).status).toBe(204);
  });

  test('a missing row is 404 to read and 400 to change', async () => {
    const path = "CustomersV3(dataAreaId='usmf',CustomerAccount='NONE')";
    expect((await call('GET', path)).status).toBe(404);
    expect(errorOf(await call('PATCH', path, { body: {} })).message).toBe(
      'No resources were found when selecting for update.',
    );
  });

  test('keys: any case and order, all parts, right literals; short form for a single one', async () => {
    expect((await call('GET', "CustomersV3(CustomerAccount='us-001',dataAreaId='USMF')")).json.CustomerAccount).toBe(
      'US-001',
    );
    expect((await call('GET', "LegalEntities('USMF')")).json.LegalEntityId).toBe('usmf');
    expect((await call('GET', "LegalEntities(LegalEntityId='usmf')")).status).toBe(200);
    expect(errorOf(await call('GET', "CustomersV3(CustomerAccount='US-001')")).message).toBe(
      'Only 1 of 2 keys provided for lookup, provide keys for dataAreaId,CustomerAccount.',
    );
    expect(errorOf(await call('GET', "CustomersV3('US-001')")).message).toBe(
      'Only 1 of 2 keys provided for lookup, provide keys for dataAreaId,CustomerAccount.',
    );
    expect(errorOf(await call('GET', "CustomersV3(dataAreaId='usmf',CustomerAccount=1)")).message).toBe(
      "The key value of 'CustomerAccount' is not a literal of its type.",
    );
    expect(errorOf(await call('GET', "CustomersV3(dataAreaId='usmf',Account='x')")).message).toMatch(/named 'Account'/);
  });

  test('keys cannot be changed', async () => {
    const customer = await givenCustomer();
    const result = await call('PATCH', keyOf(customer), { body: { CustomerAccount: 'OTHER' } });
    expect(errorOf(result).message).toMatch(/update not allowed for field 'Customer account'/);
  });

  test('what others depend on is not deleted', async () => {
    const group = await call('DELETE', "CustomerGroups(dataAreaId='usmf',CustomerGroupId='10')");
    expect(group.status).toBe(400);
    expect(errorOf(group).message).toMatch(/cannot be deleted while dependent Customers exist/);
    expect((await call('DELETE', "Currencies('USD')")).status).toBe(400);
    expect((await call('DELETE', "Currencies('SEK')")).status).toBe(204);
  });
});
