import { describe, expect, test } from 'vitest';
import { entityTypeOf, sampleData, sampleModel } from '../sample-model.case.ts';
import { createModel } from './create-model.ts';
import type { SchemaData } from './model-data.ts';

const model = sampleModel();
const namespace = 'Microsoft.Dynamics.DataEntities';

describe('types', () => {
  test('inherit members and key, those of the base type first', () => {
    const customer = entityTypeOf(model, 'CustomerV3');
    expect(customer.key).toEqual(['dataAreaId', 'CustomerAccount']);
    expect(customer.properties.slice(0, 3).map(({ name }) => name)).toEqual([
      'dataAreaId',
      'CustomerAccount',
      'PartyNumber',
    ]);
    expect(customer.property('dataAreaId')).toMatchObject({ type: 'Edm.String', isNullable: false, maxLength: 4 });
    expect(customer.baseType).toBe(`${namespace}.Party`);
  });

  test('are found by qualified name, with the namespace or its alias', () => {
    expect(model.entityType('de.CustomerV3')).toBe(model.entityType(`${namespace}.CustomerV3`));
    expect(model.enumType('de.NoYes')?.member('Yes')?.value).toBe(1);
    expect(model.complexType('de.Address')?.kind).toBe('complexType');
    expect(model.entityType('CustomerV3')).toBeUndefined();
  });

  test('refer to others by their full names', () => {
    const customer = entityTypeOf(model, 'CustomerV3');
    expect(customer.property('OnHold')?.type).toBe(`${namespace}.NoYes`);
    expect(customer.navigationProperty('Orders')).toMatchObject({
      type: `${namespace}.SalesOrder`,
      isCollection: true,
    });
  });
});

describe('the container', () => {
  test('has sets and singletons with the full names of their types', () => {
    expect(model.entitySet('CustomerGroups')?.entityType).toBe(`${namespace}.CustomerGroup`);
    expect(model.singleton('Me')?.entityType).toBe(`${namespace}.CustomerV3`);
    expect(model.containerName).toBe('Resources');
    expect(model.entitySet('customergroups')).toBeUndefined();
  });

  test('imports unbound operations under their own names unless it says otherwise', () => {
    expect(model.actionImports).toEqual([{ name: 'ping', operation: `${namespace}.ping` }]);
    expect(model.unboundAction('ping')?.qualifiedName).toBe(`${namespace}.ping`);
    expect(model.unboundAction('de.ping')?.name).toBe('ping');
    expect(model.unboundAction('block')).toBeUndefined();
    expect(model.unboundFunctions('WhoAmI')).toHaveLength(1);
  });
});

test('bound actions are those of the type and of its base types', () => {
  expect(model.boundActions(`${namespace}.CustomerV3`, true).map(({ name }) => name)).toEqual([
    'GetApplicationVersion',
  ]);
  expect(model.boundActions('de.CustomerV3', false).map(({ name }) => name)).toEqual(['block']);
  expect(model.boundActions('de.CustomerGroup', false)).toEqual([]);
});

describe('a model that cannot be', () => {
  const wrong: readonly (readonly [what: string, schema: Partial<SchemaData>, message: string])[] = [
    ['a type twice', { entityTypes: [{ name: 'A' }, { name: 'A' }] }, "'Ns.A' is declared twice"],
    ['a base type that is not there', { entityTypes: [{ name: 'A', baseType: 'Ns.B' }] }, "base type 'Ns.B'"],
    [
      'a type that inherits from itself',
      {
        entityTypes: [
          { name: 'A', baseType: 'Ns.B' },
          { name: 'B', baseType: 'Ns.A' },
        ],
      },
      'inherits from itself',
    ],
    [
      'a set of a type that is not there',
      { container: { name: 'C', entitySets: [{ name: 'As', entityType: 'Ns.A' }] } },
      "Entity set 'As' is of type 'Ns.A', which is not declared",
    ],
  ];
  for (const [what, schema, message] of wrong) {
    test(what, () => {
      const create = () => createModel({ schemas: [{ namespace: 'Ns', ...schema }] });
      expect(create).toThrow(message);
      expect(create).toThrow(expect.objectContaining({ code: 'CSDL_INVALID' }));
    });
  }

  test('two containers', () => {
    const [schema] = sampleData.schemas;
    const other: SchemaData = { namespace: 'Other', container: { name: 'C' } };
    expect(() => createModel({ schemas: schema === undefined ? [] : [schema, other] })).toThrow('2 entity containers');
  });
});
