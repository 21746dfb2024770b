import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { entityTypeOf, sampleData, sampleModel } from '../sample-model.case.ts';
import { arbitraryModelData } from './arbitrary-models.case.ts';
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

describe('inheritance', () => {
  const party = `${namespace}.Party`;

  test('is asked for by name, alias or not', () => {
    expect(model.derivedTypes('de.Party').map(({ name }) => name)).toEqual(['CustomerV3']);
    expect(model.derivedTypes('de.CustomerV3')).toEqual([]);
    expect(model.isDerivedFrom('de.CustomerV3', party)).toBe(true);
    expect(model.isDerivedFrom(party, 'de.CustomerV3')).toBe(false);
    expect(model.isDerivedFrom(party, party)).toBe(false);
    expect(model.isDerivedFrom('Ns.Nothing', 'Ns.Nothing')).toBe(false);
    expect(model.structuredType('de.Address')?.kind).toBe('complexType');
    expect(model.structuredType('de.NoYes')).toBeUndefined();
  });

  test('goes through several types, in document order', () => {
    const entityTypes = [
      { name: 'C', baseType: 'Ns.B' },
      { name: 'A' },
      { name: 'D', baseType: 'Ns.A' },
      { name: 'B', baseType: 'Ns.A' },
    ];
    const deep = createModel({ schemas: [{ namespace: 'Ns', entityTypes }] });
    expect(deep.derivedTypes('Ns.A').map(({ name }) => name)).toEqual(['C', 'D', 'B']);
    expect(deep.isDerivedFrom('Ns.C', 'Ns.A')).toBe(true);
    expect(deep.derivedTypes('Ns.Nothing')).toEqual([]);
  });

  test('tells declared members from inherited ones', () => {
    const customer = entityTypeOf(model, 'CustomerV3');
    expect(customer.declaredProperties[0]?.name).toBe('PartyNumber');
    expect(customer.properties).toHaveLength(customer.declaredProperties.length + 2);
    expect(customer.declaredNavigationProperties).toBe(customer.navigationProperties);
  });
});

test('operations are found with all their overloads', () => {
  const text = { type: 'Edm.String' };
  const overloaded = createModel({
    schemas: [
      {
        namespace: 'Ns',
        alias: 'self',
        functions: [
          { name: 'f', returnType: text },
          { name: 'f', parameters: [{ name: 'p', ...text }], returnType: text },
          { name: 'f', isBound: true, parameters: [{ name: 'b', ...text }], returnType: text },
        ],
        container: { name: 'C', functionImports: [{ name: 'F', operation: 'self.f' }] },
      },
    ],
  });
  expect(overloaded.functionOverloads('self.f')).toHaveLength(3);
  expect(overloaded.unboundFunctions('F')).toHaveLength(2);
  expect(overloaded.boundFunctions('Edm.String', false)).toHaveLength(1);
  expect(overloaded.actionOverloads('Ns.f')).toEqual([]);
});

test('keys have the aliases of paths', () => {
  const keyed = createModel({
    schemas: [{ namespace: 'Ns', entityTypes: [{ name: 'A', key: ['Id', { path: 'Info/Code', alias: 'Code' }] }] }],
  });
  expect(keyed.entityType('Ns.A')?.key).toEqual(['Id', 'Code']);
  expect(keyed.entityType('Ns.A')?.keyParts).toEqual([{ path: 'Id' }, { path: 'Info/Code', alias: 'Code' }]);
});

test('a container extends others, of other schemas too', () => {
  const set = (name: string) => ({ name, entityType: 'a.T' });
  const extended = createModel({
    schemas: [
      {
        namespace: 'Ns.A',
        alias: 'a',
        entityTypes: [{ name: 'T' }],
        container: { name: 'Base', entitySets: [set('As')], actionImports: [], functionImports: [] },
      },
      {
        namespace: 'Ns.B',
        container: { name: 'C', extends: 'a.Base', entitySets: [set('Bs')], actionImports: [], functionImports: [] },
      },
    ],
  });
  expect([extended.containerName, extended.containerNamespace]).toEqual(['C', 'Ns.B']);
  expect(extended.entitySets.map(({ name }) => name)).toEqual(['As', 'Bs']);
  expect(extended.entitySet('As')?.entityType).toBe('Ns.A.T');
  expect(extended.containers.map((container) => container.extends)).toEqual([undefined, 'Ns.A.Base']);
});

describe('a model does not change', () => {
  test('in any of its parts', () => {
    const changeable = (value: unknown, place: string): readonly string[] => {
      if (typeof value !== 'object' || value === null) return [];
      const members = Object.entries(value).flatMap(([name, member]) => changeable(member, `${place}/${name}`));
      return Object.isFrozen(value) ? members : [place, ...members];
    };
    fc.assert(
      fc.property(arbitraryModelData, (data) => {
        expect(changeable(createModel(data), 'model')).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  test('and gives the same again', () => {
    expect(model.entityType('de.CustomerV3')).toBe(entityTypeOf(model, 'CustomerV3'));
    const overloads = model.functionOverloads('de.WhoAmI') as unknown[];
    expect(() => overloads.push(1)).toThrow(TypeError);
    expect(model.functionOverloads('de.WhoAmI')).toHaveLength(1);
  });
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
