import { describe, expect, test } from 'vitest';
import type { Row } from '../../row.ts';
import { entityTypeOf, sampleModel } from '../../sample-model.case.ts';
import { parseFilter } from '../parse/parse-text.ts';
import type { EvaluateOptions } from './compile-context.ts';
import { compileFilter, evaluateFilter } from './compile-filter.ts';

const model = sampleModel();
const customer = entityTypeOf(model, 'CustomerV3');

const row: Row = {
  dataAreaId: 'usmf',
  CustomerAccount: 'US-001',
  Name: 'Contoso Retail',
  PartyNumber: null,
  RecId: 5637144576,
  Count: 7,
  CreditLimit: 33.1,
  Latitude: -0.5,
  IsActive: true,
  OnHold: 'Yes',
  Rights: 'Read,Write',
  Id: '7D1B5C1E-0A1C-EE11-8F6D-000D3A111111',
  CreatedOn: '2026-07-30T12:34:56Z',
  BirthDate: '1990-04-17',
  OpensAt: '07:59:00',
  Address: { City: 'Seattle', ZipCode: null },
  Group: { CustomerGroupId: '10', Description: 'Wholesale' },
};

function holds(filter: string, options: EvaluateOptions = {}, of: Row = row): boolean {
  return evaluateFilter(parseFilter(filter), of, model, { ...options, entityType: customer });
}

describe('filters that hold', () => {
  const filters = [
    "Name eq 'Contoso Retail'",
    "'Contoso Retail' eq Name",
    "Name gt 'Contoso' and Name lt 'Contosp'",
    'PartyNumber eq null',
    "PartyNumber ne 'x'",
    'null eq null and null ge null and null le PartyNumber',
    "PartyNumber eq 'x' or true",
    'RecId eq 5637144576',
    'Count add 1 eq 8 and Count sub 8 eq -1 and Count mul 2 eq 14',
    'Count div 2 eq 3 and Count divby 2 eq 3.5 and Count mod 4 eq 3 and -Count mod 4 eq -3',
    'CreditLimit eq 33.10',
    'CreditLimit add 0.2 eq 33.3',
    'Latitude lt 0',
    'IsActive',
    'IsActive eq true and not (IsActive eq false)',
    "OnHold eq Microsoft.Dynamics.DataEntities.NoYes'Yes'",
    "OnHold eq de.NoYes'1'",
    "Rights has de.Rights'Write'",
    "not (Rights has de.Rights'Share')",
    'Id eq 7d1b5c1e-0a1c-ee11-8f6d-000d3a111111',
    'CreatedOn eq 2026-07-30T14:34:56+02:00',
    'CreatedOn eq 2026-07-30T12:34:56.000Z',
    'CreatedOn lt 2026-07-30T12:34:56.0000001Z',
    'CreatedOn gt 2026-07-30',
    'BirthDate lt 1990-04-18 and BirthDate eq 1990-04-17',
    'OpensAt eq 07:59',
    "Address/City eq 'Seattle' and Address/ZipCode eq null",
    "Group/Description eq 'Wholesale'",
    "contains(Name,'oso') and startswith(Name,'Con') and endswith(Name,'tail')",
    "indexof(Name,'oso') eq 4 and length(Name) eq 14",
    "substring(Name,8) eq 'Retail' and substring(Name,0,3) eq 'Con'",
    "tolower(Name) eq 'contoso retail' and toupper(dataAreaId) eq 'USMF'",
    "concat(concat(dataAreaId,'-'),CustomerAccount) eq 'usmf-US-001' and trim('  x ') eq 'x'",
    'year(CreatedOn) eq 2026 and month(CreatedOn) eq 7 and day(CreatedOn) eq 30',
    'hour(CreatedOn) eq 12 and minute(CreatedOn) eq 34 and second(CreatedOn) eq 56',
    'hour(2026-07-30T23:00:00-05:00) eq 23',
    'date(CreatedOn) eq 2026-07-30 and time(CreatedOn) eq 12:34:56',
    'round(CreditLimit) eq 33 and floor(Latitude) eq -1 and ceiling(Latitude) eq 0 and round(Latitude) eq -1',
    "dataAreaId in ('dat','usmf') and not (Count in (1,2))",
    'PartyNumber in (null)',
  ];
  for (const filter of filters) test(filter, () => expect(holds(filter)).toBe(true));
});

describe('null is neither true nor false', () => {
  const filters = [
    "PartyNumber eq 'x'",
    "PartyNumber gt 'x'",
    "not contains(PartyNumber,'x')",
    "contains(PartyNumber,'x')",
    "contains(PartyNumber,'x') or false",
    'length(PartyNumber) ge 0',
    'null',
    'null gt null',
    "PartyNumber ge 'x'",
  ];
  for (const filter of filters) test(filter, () => expect(holds(filter)).toBe(false));

  test('but and with false, and or with true, are decided', () => {
    expect(holds("not (contains(PartyNumber,'x') and false)")).toBe(true);
    expect(holds("contains(PartyNumber,'x') or true")).toBe(true);
  });
});

describe('integers and decimals beyond a double compare exactly', () => {
  test('bigint beside number', () => {
    const large: Row = { RecId: 9007199254740993n };
    expect(holds('RecId eq 9007199254740993', {}, large)).toBe(true);
    expect(holds('RecId gt 9007199254740992', {}, large)).toBe(true);
    expect(holds('RecId add 1 eq 9007199254740994', {}, large)).toBe(true);
  });

  test('a decimal as text', () => {
    const exact: Row = { CreditLimit: '12345678901234567890.10' };
    expect(holds('CreditLimit eq 12345678901234567890.1', {}, exact)).toBe(true);
    expect(holds('CreditLimit lt 12345678901234567890.11', {}, exact)).toBe(true);
    expect(holds('CreditLimit eq 33.1', {}, { CreditLimit: '33.10' })).toBe(true);
  });
});

describe('options', () => {
  test('case-insensitive texts', () => {
    const options = { stringCollation: 'case-insensitive' } as const;
    expect(holds("Name eq 'CONTOSO retail'", options)).toBe(true);
    expect(holds("contains(Name,'OSO') and Name in ('contoso RETAIL')", options)).toBe(true);
    expect(holds("indexof(Name,'OSO') eq 4 and startswith(Name,concat('CON','TOSO'))", options)).toBe(true);
    expect(holds("Name eq 'CONTOSO retail'")).toBe(false);
  });

  test('an asterisk as wildcard in eq and ne', () => {
    const options = { wildcardEquals: true };
    for (const pattern of ['*', 'Con*', '*tail', '*oso*', 'C*o*il', 'Contoso*Retail', '**Contoso Retail']) {
      expect(holds(`Name eq '${pattern}'`, options)).toBe(true);
      expect(holds(`Name ne '${pattern}'`, options)).toBe(false);
    }
    for (const pattern of ['con*', '*x*', 'Contoso Retail*Retail', 'Con*oso']) {
      expect(holds(`Name eq '${pattern}'`, options)).toBe(false);
    }
    expect(holds("PartyNumber ne '*'", options)).toBe(true);
    expect(holds("Name eq '*oso*'")).toBe(false);
    expect(holds("Name eq 'con*'", { ...options, stringCollation: 'case-insensitive' })).toBe(true);
  });
});

describe('what cannot be evaluated is refused when it is compiled', () => {
  const filters: readonly (readonly [filter: string, message: string])[] = [
    ['CreatedOn lt now()', 'now at position 13 is not supported here.'],
    ['$root/CustomersV3/any(c:c/Name eq Name)', '$root/CustomersV3 at position 0 is not supported here.'],
    ["Microsoft.Dynamics.CRM.LastXDays(PropertyName='CreatedOn',PropertyValue=7)", 'is not supported here.'],
    ['Count', '$filter is Edm.Int32; expected a condition (Edm.Boolean).'],
    ['Nam eq 1', "'Nam' is not a property of CustomerV3; did you mean 'Name'? It stands at position 0."],
  ];
  for (const [filter, message] of filters) {
    test(filter, () => expect(() => compileFilter(parseFilter(filter), customer, model)).toThrow(message));
  }

  test('a division by zero is refused when it is met', () => {
    expect(() => holds('Count div 0 eq 1')).toThrow(expect.objectContaining({ code: 'ODATA_LITERAL_INVALID' }));
    expect(holds('Latitude div 0 eq -INF')).toBe(true);
  });
});

test('a test for rows is made once and used often', () => {
  const test = compileFilter(parseFilter("dataAreaId eq 'usmf' and Count gt 3"), customer, model);
  const rows: readonly Row[] = [row, { ...row, Count: 3 }, { ...row, dataAreaId: 'dat' }, {}];
  expect(rows.map(test)).toEqual([true, false, false, false]);
});

test('an open type compares what it finds', () => {
  const open = entityTypeOf(model, 'Anything');
  const test = (filter: string) =>
    evaluateFilter(parseFilter(filter), { Id: 1, a: 'x', b: 2, c: true }, model, { entityType: open });
  expect(test("a eq 'x' and b gt 1 and c and d eq null")).toBe(true);
  expect(test('a eq b')).toBe(false);
});
