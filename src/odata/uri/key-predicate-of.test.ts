import { describe, expect, test } from 'vitest';
import type { EntityType } from '../model/model.ts';
import { entityTypeOf, sampleModel } from '../sample-model.case.ts';
import { type KeySource, keyPredicateOf } from './key-predicate-of.ts';
import { parseKeyPredicate } from './parse/parse-text.ts';
import { printKeyPredicate } from './print/key-predicate.ts';

const model = sampleModel();
const customer = entityTypeOf(model, 'CustomerV3');
const group = entityTypeOf(model, 'CustomerGroup');
const order = entityTypeOf(model, 'SalesOrder');
const guid = '7d1b5c1e-0a1c-ee11-8f6d-000d3a111111';

function printed(key: KeySource, type?: EntityType): string {
  return printKeyPredicate(keyPredicateOf(key, type));
}

describe('keys by entity type', () => {
  test('values take the order and the types that are declared', () => {
    expect(printed({ CustomerAccount: "O'N", dataAreaId: 'usmf' }, customer)).toBe(
      "(dataAreaId='usmf',CustomerAccount='O''N')",
    );
    expect(printed(guid, order)).toBe(`(${guid})`);
  });

  test('a key of one property is written without its name, however it is given', () => {
    expect(printed('10', group)).toBe("('10')");
    expect(printed({ CustomerGroupId: '10' }, group)).toBe("('10')");
    expect(printed(parseKeyPredicate("(CustomerGroupId='10')"), group)).toBe("('10')");
  });

  test('alternate keys keep their names', () => {
    expect(printed({ PartyNumber: '000123' }, customer)).toBe("(PartyNumber='000123')");
    expect(printed({ RecId: '5637144576', dataAreaId: 'usmf' }, customer)).toBe("(dataAreaId='usmf',RecId=5637144576)");
  });

  test('without the type values keep their own', () => {
    expect(printed({ a: 1, b: 'x', c: true, d: null })).toBe("(a=1,b='x',c=true,d=null)");
    expect(printed(9007199254740993n)).toBe('(9007199254740993)');
  });
});

describe('wrong keys', () => {
  test('a missing property is named', () => {
    expect(() => keyPredicateOf({ CustomerAccount: 'C-1' }, customer)).toThrow(
      "Key predicate of 'CustomerV3' needs dataAreaId and CustomerAccount, or PartyNumber, or dataAreaId and RecId; got CustomerAccount only.",
    );
  });

  test('an unknown property is named, with the nearest that is known', () => {
    expect(() => keyPredicateOf({ CustomerGroupID: 'x', y: 1 }, group)).toThrow(
      "Key predicate of 'CustomerGroup' needs CustomerGroupId; got CustomerGroupID and y; CustomerGroupID and y are no part of it. Did you mean 'CustomerGroupId'?",
    );
  });

  test('one value does not make a composite key, and none makes no key', () => {
    expect(() => keyPredicateOf('C-1', customer)).toThrow('got one value without a name');
    expect(() => keyPredicateOf({}, customer)).toThrow('at least one value');
    expect(() => keyPredicateOf({}, customer)).toThrow(expect.objectContaining({ code: 'ODATA_KEY_INVALID' }));
  });

  test('a value of the wrong type is refused with the name of the property', () => {
    expect(() => keyPredicateOf('abc', order)).toThrow("Key property SalesOrderId of 'SalesOrder': Expected Edm.Guid");
    expect(() => keyPredicateOf(parseKeyPredicate(`('${guid}')`), order)).toThrow(
      expect.objectContaining({ code: 'ODATA_LITERAL_INVALID' }),
    );
  });
});
