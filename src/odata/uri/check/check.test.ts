import { describe, expect, test } from 'vitest';
import { entityTypeOf, sampleModel } from '../../sample-model.case.ts';
import { parseExpand, parseFilter, parseOrderBy, parseSelect } from '../parse/parse-text.ts';
import { checkFilter } from './check-filter.ts';
import { checkExpand, checkOrderBy, checkSelect } from './check-query-options.ts';

const model = sampleModel();
const customer = entityTypeOf(model, 'CustomerV3');

describe('checkFilter', () => {
  const accepted = [
    "dataAreaId eq 'usmf' and RecId gt 5 and CreditLimit lt 1e3",
    'Orders/any(o:o/Amount gt 5 and o/Customer/Name eq Name)',
    'Orders/any(o:Orders/all(p:p/Amount ge o/Amount))',
    'Orders/any() and Orders/$count gt 3 and Tags/$count eq 0',
    "$it/Name eq 'x'",
    'CreatedOn ge 2026-07-01 and BirthDate lt 2026-07-01T00:00:00Z',
    "Microsoft.Dynamics.CRM.In(PropertyName='x',PropertyValues=['1'])",
    "Rights has de.Rights'Read,Write'",
    'IsActive eq (Count gt 5)',
  ];
  for (const filter of accepted) test(filter, () => checkFilter(parseFilter(filter), customer, model));

  const refused: readonly (readonly [filter: string, code: string, message: string])[] = [
    [
      "CustomerAcount eq 'x'",
      'ODATA_PROPERTY_UNKNOWN',
      "'CustomerAcount' is not a property of CustomerV3; did you mean 'CustomerAccount'? It stands at position 0.",
    ],
    ["Group/Nothing eq 'x'", 'ODATA_PROPERTY_UNKNOWN', "'Nothing' is not a property of CustomerGroup, at position 6."],
    ['Orders/any(o:o/Amuont gt 1)', 'ODATA_PROPERTY_UNKNOWN', "did you mean 'Amount'? It stands at position 15."],
    [
      "Id eq 'x'",
      'ODATA_TYPE_MISMATCH',
      'eq at position 3 is given Edm.Guid and Edm.String; expected operands of one type.',
    ],
    [
      "OnHold eq 'Maybe'",
      'ODATA_LITERAL_INVALID',
      "'Maybe' is not a member of Microsoft.Dynamics.DataEntities.NoYes, at position 10.",
    ],
    ['OnHold eq 1', 'ODATA_TYPE_MISMATCH', 'Microsoft.Dynamics.DataEntities.NoYes and Edm.Int32'],
    [
      "OnHold eq de.NoYes'Maybe'",
      'ODATA_LITERAL_INVALID',
      "'Maybe' is not a member of Microsoft.Dynamics.DataEntities.NoYes, at position 10.",
    ],
    ["OnHold eq de.NoYess'Yes'", 'ODATA_TYPE_MISMATCH', 'There is no enumeration type de.NoYess'],
    ["not Name eq 'x'", 'ODATA_TYPE_MISMATCH', 'not at position 0 is given Edm.String; expected Edm.Boolean.'],
    ['not IsActive eq 5', 'ODATA_TYPE_MISMATCH', 'Write not (… eq …) to negate the comparison.'],
    ['Tags gt Tags', 'ODATA_TYPE_MISMATCH', 'which have no order'],
    ["Picture gt binary'AAAA'", 'ODATA_TYPE_MISMATCH', 'which have no order'],
    ["Picture eq binary'AAAA'", 'ODATA_TYPE_MISMATCH', 'which can only be compared with null'],
    ['Name and IsActive', 'ODATA_TYPE_MISMATCH', 'and at position 5 is given Edm.String'],
    ["Name add 1 eq 'x'", 'ODATA_TYPE_MISMATCH', 'add at position 5 is given Edm.String; expected a number.'],
    ['Count', 'ODATA_TYPE_MISMATCH', '$filter is Edm.Int32; expected a condition'],
    [
      'contains(Name,Count)',
      'ODATA_TYPE_MISMATCH',
      'Argument 2 of contains at position 0 is Edm.Int32; expected Edm.String or a collection.',
    ],
    ["Name in ('a',1)", 'ODATA_TYPE_MISMATCH', 'in at position 5 is given Edm.String and Edm.Int32 (item 2)'],
    ['Orders/Amount eq 1', 'ODATA_TYPE_MISMATCH', 'Use any or all to look into a collection.'],
    ['Name/any(o:o eq 1)', 'ODATA_TYPE_MISMATCH', 'any at position 5 is given Edm.String; expected a collection.'],
    ["Name has 'x'", 'ODATA_TYPE_MISMATCH', 'expected enumeration values'],
  ];
  for (const [filter, code, message] of refused) {
    test(filter, () => {
      const check = () => checkFilter(parseFilter(filter), customer, model);
      expect(check).toThrow(message);
      expect(check).toThrow(expect.objectContaining({ code }));
    });
  }
});

describe('checkOrderBy, checkSelect, checkExpand', () => {
  test('accept what is there', () => {
    checkOrderBy(parseOrderBy('Name desc,length(Name),Group/Description'), customer, model);
    checkSelect(parseSelect('*,Name,Address/City,Group'), customer, model);
    checkExpand(parseExpand('Orders($select=Amount;$filter=Amount gt 5;$expand=Customer),*'), customer, model);
  });

  test('name what is not', () => {
    expect(() => checkOrderBy(parseOrderBy('Name,Nmae'), customer, model)).toThrow(
      "'Nmae' is not a property of CustomerV3, at position 5",
    );
    expect(() => checkOrderBy(parseOrderBy('Tags'), customer, model)).toThrow('expected a value that has an order');
    expect(() => checkSelect(parseSelect('Name,Address/Cty'), customer, model)).toThrow(
      "'Cty' is not a property of Address; did you mean 'City'? It stands at position 13.",
    );
    expect(() => checkExpand(parseExpand('Order'), customer, model)).toThrow(
      "'Order' is not a navigation property of CustomerV3; did you mean 'Orders'? It stands at position 0.",
    );
    expect(() => checkExpand(parseExpand('Orders($select=Amont)'), customer, model)).toThrow(
      "'Amont' is not a property of SalesOrder",
    );
    expect(() => checkExpand(parseExpand('Name'), customer, model)).toThrow("'Name' is not a navigation property");
  });
});
