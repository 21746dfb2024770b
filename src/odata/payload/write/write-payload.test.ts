import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../../base/json.ts';
import { createModel } from '../../model/create-model.ts';
import type { Row } from '../../row.ts';
import { entityTypeOf, sampleModel } from '../../sample-model.case.ts';
import { annotationsOf, propertiesOf } from '../annotations-of.ts';
import type { JsonFormat, PayloadVersion } from '../format/json-format.ts';
import { readCollection } from '../read/read-collection.ts';
import { readDelta } from '../read/read-delta.ts';
import { readEntity } from '../read/read-entity.ts';
import { readODataError } from '../read/read-odata-error.ts';
import { readProperty, readRawValue } from '../read/read-property.ts';
import { readReference, readReferences } from '../read/read-references.ts';
import { readServiceDocument } from '../read/read-service-document.ts';
import { readValue } from '../values/read-value.ts';
import { writeCollection } from './write-collection.ts';
import { writeDelta } from './write-delta.ts';
import { writeEntity } from './write-entity.ts';
import { writeODataError } from './write-odata-error.ts';
import { writeProperty, writeReference, writeReferences, writeServiceDocument } from './write-property.ts';
import { writeActionParameters, writeRequestEntity } from './write-request.ts';

const model = sampleModel();
const customer = entityTypeOf(model, 'CustomerV3');
const serviceRoot = 'https://host/data/';
const key = { dataAreaId: 'usmf', CustomerAccount: "C'1" };

const decimal = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? 0 : value)),
  fc.bigInt({ min: 10n ** 18n, max: 10n ** 20n }).map((digits) => `${digits}.${digits % 97n}1`),
  fc.constantFrom(0, 12.5, '12345678901234567890.12', '0.1234567890123456789'),
);
const row = fc.record(
  {
    dataAreaId: fc.constant(key.dataAreaId),
    CustomerAccount: fc.constant(key.CustomerAccount),
    RecId: fc.oneof(fc.integer(), fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n })),
    Count: fc.oneof(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), fc.constant(null)),
    CreditLimit: decimal,
    Latitude: fc.oneof(
      fc.double().map((value) => (Object.is(value, -0) ? 0 : value)),
      fc.constantFrom(Infinity, Number.NaN),
    ),
    Name: fc.string({ unit: 'grapheme' }),
    IsActive: fc.boolean(),
    OnHold: fc.constantFrom('Yes', 'No'),
    Tags: fc.array(fc.string(), { maxLength: 3 }),
    Address: fc.record({ City: fc.string() }),
    Group: fc.oneof(fc.constant(null), fc.record({ CustomerGroupId: fc.constantFrom('10', '20') })),
    Orders: fc.array(fc.record({ SalesOrderId: fc.uuid(), Amount: decimal }), { maxLength: 2 }),
    '@odata.etag': fc.constant('W/"1"'),
    'Name@Ns.Term': fc.constant('x'),
  },
  { requiredKeys: ['dataAreaId', 'CustomerAccount', 'RecId'] },
);
const format = fc.record({
  metadata: fc.constantFrom<JsonFormat['metadata']>('minimal', 'full', 'none'),
  ieee754Compatible: fc.boolean(),
  exponentialDecimals: fc.boolean(),
});
const version = fc.constantFrom<PayloadVersion>('4.0', '4.01');

/** The row without annotations, those of rows within it too. */
function bare(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map(bare);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(propertiesOf(value as Record<string, JsonValue>)).map(([name, each]) => [name, bare(each)]),
  );
}

test('what is written reads the same, at every metadata level and in both versions', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 3 }), format, version, (rows, format, version) => {
      const options = { model, entitySet: 'CustomersV3', serviceRoot, format, version };
      const text = writeCollection({ ...options, context: 'c', rows, count: rows.length });
      const read = readCollection(text);
      expect(read.count).toBe(rows.length);
      expect(read.context).toBe(format.metadata === 'none' ? undefined : 'c');
      const typed = read.rows.map((each) => readValue(each, customer.qualifiedName, model));
      expect(typed.map(bare)).toEqual(rows.map(bare));
      for (const [index, each] of read.rows.entries()) {
        const { row: own, properties } = annotationsOf(each);
        const given = annotationsOf(rows[index] ?? {});
        if (format.metadata !== 'none') expect(own).toMatchObject(given.row);
        expect(properties).toMatchObject(given.properties);
      }
    }),
    { numRuns: 200 },
  );
});

describe('metadata levels', () => {
  const base = { context: 'c', model, entitySet: 'CustomersV3', serviceRoot };
  const customerRow = { '@odata.etag': 'W/"1"', ...key, RecId: 5, Name: 'x', OnHold: 'Yes', 'Group@odata.type': '#x' };

  test('full has type, id, links, and types that cannot be told', () => {
    const { row } = readEntity(writeEntity({ ...base, row: customerRow, format: { metadata: 'full' } }));
    const url = "CustomersV3(dataAreaId='usmf',CustomerAccount='C''1')";
    expect(row).toMatchObject({
      '@odata.type': '#Microsoft.Dynamics.DataEntities.CustomerV3',
      '@odata.id': `${serviceRoot}${url}`,
      '@odata.editLink': url,
      'RecId@odata.type': '#Int64',
      'OnHold@odata.type': '#Microsoft.Dynamics.DataEntities.NoYes',
      'Group@odata.navigationLink': `${url}/Group`,
      'Orders@odata.associationLink': `${url}/Orders/$ref`,
    });
    expect(row['Name@odata.type']).toBeUndefined();
  });

  test('4.01 has no prefix, and no # before built-in types', () => {
    const text = writeEntity({ ...base, version: '4.01', row: customerRow, format: { metadata: 'full' } });
    expect(text).not.toContain('@odata.');
    expect(JSON.parse(text)).toMatchObject({ '@context': 'c', '@etag': 'W/"1"', 'RecId@type': 'Int64' });
  });

  test('none leaves next link and count', () => {
    const text = writeCollection({
      ...base,
      rows: [customerRow],
      count: 1,
      nextLink: 'n',
      format: { metadata: 'none' },
    });
    expect(text).toBe(
      '{"@odata.count":1,"value":[{"dataAreaId":"usmf","CustomerAccount":"C\'1","RecId":5,"Name":"x","OnHold":"Yes"}],"@odata.nextLink":"n"}',
    );
  });

  test('none leaves what says of rows within a row how many there are, and which are removed', () => {
    const row = {
      'Orders@odata.count': 3,
      Orders: [{ '@odata.etag': 'x', SalesOrderId: 'a' }],
      'Orders@odata.nextLink': 'n',
      'Lines@delta': [{ '@removed': { reason: 'deleted' }, '@id': 'y', Id: 1 }],
    };
    expect(writeEntity({ row, version: '4.01', format: { metadata: 'none' } })).toBe(
      '{"Orders@count":3,"Orders":[{"SalesOrderId":"a"}],"Orders@nextLink":"n","Lines@delta":[{"@removed":{"reason":"deleted"},"Id":1}]}',
    );
  });

  test('IEEE754Compatible has Int64, Decimal and counts as texts', () => {
    const row = { ...key, RecId: 9007199254740993n, CreditLimit: 1e21, Latitude: 1.5, Count: 5 };
    const text = writeCollection({ ...base, rows: [row], count: 7, format: { ieee754Compatible: true } });
    expect(text).toContain('"@odata.count":"7"');
    expect(text).toContain(
      '"RecId":"9007199254740993","CreditLimit":"1000000000000000000000","Latitude":1.5,"Count":5',
    );
    expect(readCollection(text).count).toBe(7);
  });

  test('decimals have an exponent where 4.0 asks for it, and in 4.01', () => {
    const written = (format: Partial<JsonFormat>, version: PayloadVersion) =>
      writeEntity({ model, entityType: customer, row: { CreditLimit: 1e-7 }, format, version });
    expect(written({}, '4.0')).toBe('{"CreditLimit":0.0000001}');
    expect(written({ exponentialDecimals: true }, '4.0')).toBe('{"CreditLimit":1e-7}');
    expect(written({ ieee754Compatible: true }, '4.01')).toBe('{"CreditLimit":"1e-7"}');
  });

  test('the type of an undeclared number that no double holds is said', () => {
    expect(
      writeEntity({ row: { Id: 1, Big: 9007199254740993n }, model, entityType: entityTypeOf(model, 'Anything') }),
    ).toBe('{"Id":1,"Big@odata.type":"#Int64","Big":9007199254740993}');
    expect(writeEntity({ row: { Odd: Infinity }, model, entityType: entityTypeOf(model, 'Anything') })).toBe(
      '{"Odd@odata.type":"#Double","Odd":"INF"}',
    );
  });

  test('digits of doubles and type definitions stay numbers, members have names', () => {
    const shop = createModel({
      schemas: [
        {
          namespace: 'Shop.Edm',
          typeDefinitions: [{ name: 'Money', underlyingType: 'Edm.Decimal' }],
          enumTypes: [{ name: 'Color', members: [{ name: 'Red', value: 1 }] }],
        },
      ],
    });
    const written = (value: JsonValue, type: string) => writeProperty({ model: shop, value, type });
    expect(written('0.10000000000000001', 'Edm.Double')).toBe('{"value":0.10000000000000001}');
    expect(written('12345678901234567890.10', 'Shop.Edm.Money')).toBe('{"value":12345678901234567890.10}');
    expect(written([1, 7], 'Collection(Shop.Edm.Color)')).toBe('{"value":["Red","7"]}');
    expect(() => written('one', 'Edm.Int32')).toThrow('Expected the digits of an Edm.Int32');
    expect(writeEntity({ row: { '@odata.type': '#Shop.Edm.Thing' } })).toBe('{"@odata.type":"#Shop.Edm.Thing"}');
  });

  test('digits that are none are refused', () => {
    expect(() => writeEntity({ ...base, row: { CreditLimit: '1,"x":2' } })).toThrow(
      'Expected the digits of an Edm.Decimal',
    );
    expect(() => writeEntity({ ...base, row: { RecId: '1.5' } })).toThrow(
      expect.objectContaining({ code: 'ODATA_LITERAL_INVALID' }),
    );
  });

  test('what is undefined is left out, and null in an array', () => {
    const row = { a: undefined, b: [undefined, 1], '@Ns.T': { c: undefined, d: 2 } } as unknown as Row;
    expect(writeEntity({ row })).toBe('{"b":[null,1],"@Ns.T":{"d":2}}');
  });

  test('rows without end pass a named limit', () => {
    const loop: Record<string, JsonValue> = {};
    loop.Group = loop;
    expect(() => writeEntity({ ...base, row: loop })).toThrow('payloadDepthMax');
    expect(() => writeEntity({ row: loop })).toThrow('payloadDepthMax');
    expect(() => writeRequestEntity({ row: loop })).toThrow('payloadDepthMax');
    expect(() => writeODataError({ code: 'c', message: 'm', innerError: loop })).toThrow('payloadDepthMax');
  });
});

describe('deltas', () => {
  const items = [
    { kind: 'entity' as const, row: { CustomerGroupId: '10' }, nested: {} },
    { kind: 'deletedEntity' as const, id: "CustomerGroups('20')", reason: 'deleted' as const, row: {} },
    { kind: 'link' as const, source: 'a', relationship: 'Orders', target: 'b' },
    { kind: 'deletedLink' as const, source: 'a', relationship: 'Orders', target: 'c' },
  ];
  for (const version of ['4.0', '4.01'] as const) {
    for (const metadata of ['minimal', 'none', 'full'] as const) {
      test(`${version} ${metadata}`, () => {
        const text = writeDelta({
          context: 'm#CustomerGroups/$delta',
          items,
          deltaLink: 'd',
          version,
          format: { metadata },
        });
        const read = readDelta(text);
        expect(read.deltaLink).toBe('d');
        expect(read.items).toMatchObject(items.map(({ kind }) => ({ kind })));
        expect(read.items[1]).toMatchObject({ id: "CustomerGroups('20')", reason: 'deleted' });
        expect(read.items[2]).toMatchObject({ context: 'm#CustomerGroups/$link', source: 'a', target: 'b' });
      });
    }
  }

  test('4.01 has @removed with the key, and changes of related entities', () => {
    const row = { CustomerGroupId: '30', '@removed': { reason: 'changed' } };
    const nested = { ...key, 'Orders@delta': [{ SalesOrderId: 'x' }, { '@removed': {}, '@id': 'y' }] };
    const text = writeDelta({
      context: 'm#A/$delta',
      version: '4.01',
      items: [
        { kind: 'deletedEntity', reason: 'changed', row },
        { kind: 'entity', row: nested, nested: {} },
      ],
    });
    expect(text).toContain('{"@removed":{"reason":"changed"},"CustomerGroupId":"30"}');
    expect(readDelta(text).items).toMatchObject([
      { kind: 'deletedEntity', reason: 'changed', row },
      {
        kind: 'entity',
        nested: { Orders: [{ kind: 'entity' }, { kind: 'deletedEntity', id: 'y', reason: 'deleted' }] },
      },
    ]);
  });
});

test('items of another entity set keep their context, which comes first', () => {
  const context = 'm#Orders/$deletedEntity';
  const deleted = { kind: 'deletedEntity' as const, id: 'Orders(1)', reason: 'deleted' as const, row: {} };
  const text = (metadata: JsonFormat['metadata']) =>
    writeDelta({
      context: 'm#A(Id)/$delta',
      version: '4.01',
      format: { metadata },
      items: [
        { ...deleted, context },
        deleted,
        { kind: 'entity', row: { Id: 2 }, nested: { Lines: [{ ...deleted, context }] }, context: 'm#Orders/$entity' },
      ],
    });
  const body = '"@removed":{"reason":"deleted"},"@id":"Orders(1)"';
  expect(text('minimal')).toContain(
    `[{"@context":"${context}",${body}},{${body}},{"@context":"m#Orders/$entity","Id":2,"Lines@delta":[{"@context":"${context}",`,
  );
  expect(text('full')).toContain(`{"@context":"m#A/$deletedEntity",${body}}`);
  const changed = { kind: 'entity' as const, row: { Id: 3 }, nested: {}, context: 'm#Orders/$entity' };
  expect(writeDelta({ context: 'm#A/$delta', items: [changed] })).toContain(
    '{"@odata.context":"m#Orders/$entity","Id":3}',
  );
});

test('the context of removed entities has the keys of its payload', () => {
  const items = [{ kind: 'deletedEntity' as const, id: 'x', reason: 'deleted' as const, row: {} }];
  expect(writeDelta({ context: 'm#A(1)/B(Id,C(D))/$delta', items })).toContain('"m#A(1)/B/$deletedEntity"');
  expect(() => writeDelta({ context: `m#A${'('.repeat(60_000)}`, items })).toThrow('The context URL: expected ")"');
});

test('changes of related entities that only the item has are written too', () => {
  const text = writeDelta({
    context: 'm#A/$delta',
    version: '4.01',
    items: [
      {
        kind: 'entity',
        row: { Id: 1 },
        nested: {
          Orders: [
            { kind: 'entity', row: { Id: 2 }, nested: {} },
            { kind: 'deletedEntity', id: 'y', reason: 'deleted', row: {} },
          ],
        },
      },
    ],
  });
  expect(text).toContain('{"Id":1,"Orders@delta":[{"Id":2},{"@removed":{"reason":"deleted"},"@id":"y"}]}');
});

describe('single things', () => {
  test('values, references, service documents and errors read as they were written', () => {
    for (const version of ['4.0', '4.01'] as const) {
      expect(readProperty(writeProperty({ context: 'c', value: 5, version }))).toEqual({ context: 'c', value: 5 });
      expect(readProperty(writeProperty({ value: [1, null], type: 'Collection(Edm.Int32)', version }))).toEqual({
        value: [1, null],
      });
      expect(readProperty(writeProperty({ value: { City: 'x', Zip: 'y' }, version })).value).toEqual({
        City: 'x',
        Zip: 'y',
      });
      expect(readReference(writeReference({ context: 'c', id: "A('1')", version }))).toBe("A('1')");
      const references = writeReferences({ context: 'c', ids: ['a', 'b'], nextLink: 'n', version });
      expect(readReferences(references)).toMatchObject({ ids: ['a', 'b'], nextLink: 'n' });
      const resources = [
        { name: 'A', url: 'A', kind: 'EntitySet' },
        { name: 'Me', url: 'Me', kind: 'Singleton', title: 't' },
      ];
      expect(readServiceDocument(writeServiceDocument({ context: 'c', resources, version }))).toEqual({
        context: 'c',
        resources,
      });
    }
    const error = {
      code: '0x1',
      message: 'm',
      target: 't',
      details: [{ code: 'd', message: 'n', target: 'u' }],
      innerError: { message: 'deep' },
      annotations: { 'Ns.HelpLink': 'h' },
    };
    expect(readODataError(writeODataError(error))).toEqual({ ...error, innerMessage: 'deep' });
  });

  test('null and raw values', () => {
    expect(readProperty('{"@odata.null":true}').value).toBeNull();
    expect(readProperty('{"@context":"c","value":null}').value).toBeNull();
  });
});

test('raw values read as their types have them in JSON', () => {
  expect(readRawValue('\uFEFF12', 'Edm.Int32')).toBe(12);
  expect(readRawValue('9007199254740993', 'Edm.Int64')).toBe(9007199254740993n);
  expect(readRawValue('12345678901234567890.12', 'Edm.Decimal')).toBe('12345678901234567890.12');
  expect(readRawValue('INF', 'Edm.Double')).toBe('INF');
  expect(readRawValue('true', 'Edm.Boolean')).toBe(true);
  expect(readRawValue('12', 'Edm.String')).toBe('12');
  for (const [text, type] of [
    ['yes', 'Edm.Boolean'],
    ['1}', 'Edm.Int32'],
    ['', 'Edm.Int32'],
    ['01', 'Edm.Int32'],
  ] as const) {
    expect(() => readRawValue(text, type)).toThrow(
      `The raw value is not ${type === 'Edm.Boolean' ? 'true or false' : 'a number'}.`,
    );
  }
});

describe('requests', () => {
  const row = {
    Name: 'x',
    'Group@odata.bind': "/CustomerGroups('10')",
    Orders: [{ SalesOrderId: 'a', Customer: { '@id': '/CustomersV3(1)' } }, { '@id': '/SalesOrders(b)' }],
  };

  test('references are bindings in 4.0', () => {
    expect(JSON.parse(writeRequestEntity({ row }))).toEqual({
      Name: 'x',
      'Group@odata.bind': "/CustomerGroups('10')",
      'Orders@odata.bind': ['/SalesOrders(b)'],
      Orders: [{ SalesOrderId: 'a', 'Customer@odata.bind': '/CustomersV3(1)' }],
    });
  });

  test('an entity with an id and changes is no binding', () => {
    const changed = { Group: { '@id': 'CustomerGroups(10)', Description: 'x' } };
    expect(writeRequestEntity({ row: changed })).toBe('{"Group":{"@odata.id":"CustomerGroups(10)","Description":"x"}}');
  });

  test('and entities with an id in 4.01', () => {
    const with40 = JSON.parse(writeRequestEntity({ row })) as Record<string, JsonValue>;
    expect(JSON.parse(writeRequestEntity({ row: with40, version: '4.01' }))).toEqual({
      Name: 'x',
      Group: { '@id': "/CustomerGroups('10')" },
      Orders: [{ '@id': '/SalesOrders(b)' }, { SalesOrderId: 'a', Customer: { '@id': '/CustomersV3(1)' } }],
    });
    expect(writeRequestEntity({ row: { 'Group@odata.bind': null }, version: '4.01' })).toBe('{"Group":null}');
  });

  test('parameters of an action', () => {
    const [action] = model.boundActions('de.CustomerV3', false);
    if (action === undefined) throw new Error('The sample model has no action.');
    expect(writeActionParameters({ action, values: { _reason: 'x' }, model })).toBe('{"_reason":"x"}');
    const odd = { ...action, parameters: action.parameters.map((each) => ({ ...each, name: 'constructor' })) };
    expect(() => writeActionParameters({ action: odd, values: {} })).toThrow("needs the parameter 'constructor'");
    expect(() => writeActionParameters({ action, values: {} })).toThrow("needs the parameter '_reason'");
    expect(() => writeActionParameters({ action, values: { _reasn: 'x' } })).toThrow("Did you mean '_reason'?");
  });
});

test('the edit link of a row of a derived type has its name', () => {
  const people = createModel({
    schemas: [
      {
        namespace: 'Ns',
        entityTypes: [
          { name: 'Person', key: ['Id'], properties: [{ name: 'Id', type: 'Edm.Int32' }] },
          { name: 'Manager', baseType: 'Ns.Person' },
        ],
        container: { name: 'C', entitySets: [{ name: 'People', entityType: 'Ns.Person' }] },
      },
    ],
  });
  const row = { '@odata.type': '#Ns.Manager', Id: 1 };
  const text = writeEntity({ model: people, entitySet: 'People', row, format: { metadata: 'full' } });
  expect(JSON.parse(text)).toMatchObject({ '@odata.id': 'People(1)', '@odata.editLink': 'People(1)/Ns.Manager' });
});

test('full metadata has edit links of media and streams', () => {
  const media = createModel({
    schemas: [
      {
        namespace: 'Ns',
        entityTypes: [
          {
            name: 'Photo',
            hasStream: true,
            key: ['Id'],
            properties: [
              { name: 'Id', type: 'Edm.Int32' },
              { name: 'Thumb', type: 'Edm.Stream' },
            ],
          },
        ],
        container: { name: 'C', entitySets: [{ name: 'Photos', entityType: 'Ns.Photo' }] },
      },
    ],
  });
  const options = { model: media, entitySet: 'Photos', row: { Id: 1, '#Ns.Crop': {} } };
  expect(JSON.parse(writeEntity({ ...options, format: { metadata: 'full' } }))).toMatchObject({
    '@odata.mediaEditLink': 'Photos(1)/$value',
    'Thumb@odata.mediaEditLink': 'Photos(1)/Thumb',
    '#Ns.Crop': {},
  });
  expect(writeEntity({ ...options, format: { metadata: 'none' } })).toBe('{"Id":1}');
});
