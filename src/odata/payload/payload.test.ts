import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../base/json.ts';
import { entityTypeOf, sampleModel } from '../sample-model.case.ts';
import { parseExpand, parseSelect } from '../uri/parse/parse-text.ts';
import { checkPayload } from './check/check-payload.ts';
import { contextUrl } from './context/context-url.ts';
import { readCollection } from './read/read-collection.ts';
import { readODataError } from './read/read-odata-error.ts';
import { writeCollection } from './write/write-collection.ts';
import { writeEntity } from './write/write-entity.ts';

describe('writing', () => {
  test('a collection has context and count before the rows, links behind them', () => {
    const text = writeCollection({
      context: 'c',
      count: 2,
      annotations: { '@Ns.more': true },
      rows: [{ a: 1 }, { a: 9007199254740993n, b: 'x' }],
      nextLink: 'n',
    });
    expect(text).toBe(
      '{"@odata.context":"c","@odata.count":2,"@Ns.more":true,"value":[{"a":1},{"a":9007199254740993,"b":"x"}],"@odata.nextLink":"n"}',
    );
    expect(readCollection(text)).toMatchObject({
      context: 'c',
      count: 2,
      nextLink: 'n',
      rows: [{ a: 1 }, { a: 9007199254740993n }],
    });
  });

  test('an entity begins with its context', () => {
    expect(writeEntity({ context: 'c', row: { a: null } })).toBe('{"@odata.context":"c","a":null}');
  });
});

describe('contextUrl', () => {
  const base = { serviceRoot: 'https://host/data/', entitySet: 'CustomerGroups' };
  const expected: readonly (readonly [select: string, expand: string, isEntity: boolean, url: string])[] = [
    ['', '', false, '#CustomerGroups'],
    ['', '', true, '#CustomerGroups/$entity'],
    ['a,b', '', false, '#CustomerGroups(a,b)'],
    ['a,b', '', true, '#CustomerGroups(a,b)/$entity'],
    ['', 'Lines($select=x)', false, '#CustomerGroups(Lines(x))'],
    ['', 'Manager($levels=3;$select=x)', false, '#CustomerGroups(Manager+(x))'],
    ['a', 'Lines($select=x;$expand=Item),Group', true, '#CustomerGroups(a,Lines(x,Item()),Group())/$entity'],
  ];
  for (const [select, expand, isEntity, fragment] of expected) {
    test(fragment, () => {
      const options = {
        ...base,
        isEntity,
        select: select === '' ? [] : parseSelect(select),
        expand: expand === '' ? [] : parseExpand(expand),
      };
      expect(contextUrl(options)).toBe(`https://host/data/$metadata${fragment}`);
    });
  }
});

describe('readODataError', () => {
  const bodies: readonly (readonly [what: string, body: JsonValue, read: JsonValue])[] = [
    ['Dataverse', { error: { code: '0x80040217', message: 'm' } }, { code: '0x80040217', message: 'm' }],
    [
      'F&O, with the infolog within',
      { error: { code: '', message: 'An error has occurred.', innererror: { message: 'Write failed..', type: 't' } } },
      {
        code: '',
        message: 'An error has occurred.',
        innerMessage: 'Write failed..',
        innerError: { message: 'Write failed..', type: 't' },
      },
    ],
    [
      'an inner exception further down',
      { error: { code: '', message: 'm', innererror: { message: '', internalexception: { message: 'deep' } } } },
      {
        code: '',
        message: 'm',
        innerMessage: 'deep',
        innerError: { message: '', internalexception: { message: 'deep' } },
      },
    ],
    [
      'target and details',
      { error: { code: 'c', message: 'm', target: 't', details: [{ code: 'd', message: 'n' }] } },
      { code: 'c', message: 'm', target: 't', details: [{ code: 'd', message: 'n' }] },
    ],
    [
      'a number for a code, and annotations',
      { error: { code: 404, message: 'm', '@Ns.HelpLink': 'https://help', details: ['x', { code: 5 }] } },
      {
        code: '404',
        message: 'm',
        details: [{ code: '5', message: '' }],
        annotations: { 'Ns.HelpLink': 'https://help' },
      },
    ],
    ['ASP.NET', { Message: 'No HTTP resource was found.' }, { code: '', message: 'No HTTP resource was found.' }],
    [
      'ASP.NET with an exception',
      { Message: 'm', ExceptionMessage: 'e' },
      { code: '', message: 'm', innerMessage: 'e' },
    ],
    ['OData 3', { error: { code: 'c', message: { lang: 'en-US', value: 'm' } } }, { code: 'c', message: 'm' }],
  ];
  for (const [what, body, read] of bodies) {
    test(what, () => expect(readODataError(`\uFEFF${JSON.stringify(body)}`)).toEqual(read));
  }

  test('is undefined for anything else', () => {
    for (const text of ['', 'Bad gateway', '<html/>', '{"value":[]}', '{"error":"x"}', '{', '[]']) {
      expect(readODataError(text)).toBeUndefined();
    }
  });
});

describe('checkPayload', () => {
  const model = sampleModel();
  const customer = entityTypeOf(model, 'CustomerV3');
  const check = (row: JsonValue, options = {}) =>
    checkPayload(row, customer, model, { allowMissing: true, allowBind: true, ...options });

  test('an entity that is referred to need not have all its properties', () => {
    const customer = { dataAreaId: 'usmf', CustomerAccount: '1', RecId: 1 };
    const checkGroup = (Group: JsonValue) => check({ ...customer, Group }, { allowMissing: false });
    checkGroup({ '@odata.id': 'CustomerGroups(10)' });
    expect(() => checkGroup({ Description: 'x' })).toThrow('A row of CustomerGroup needs CustomerGroupId');
  });

  test('accepts rows of the type', () => {
    check({
      '@odata.type': '#Microsoft.Dynamics.DataEntities.CustomerV3',
      '@odata.etag': 'W/"1"',
      'Name@odata.type': '#String',
      dataAreaId: 'usmf',
      Name: null,
      RecId: 9007199254740993n,
      Count: 5,
      CreditLimit: '12345678901234567890.10',
      Latitude: 'INF',
      IsActive: false,
      OnHold: 'Yes',
      Rights: 'Read, Write',
      Id: '7d1b5c1e-0a1c-ee11-8f6d-000d3a111111',
      CreatedOn: '2026-07-30T12:00:00Z',
      BirthDate: '1990-04-17',
      Picture: 'AQ+/',
      Address: { City: 'Seattle' },
      Tags: ['a', 'b'],
      'Group@odata.bind': "/CustomerGroups('10')",
      'Orders@odata.bind': ['SalesOrders(7d1b5c1e-0a1c-ee11-8f6d-000d3a111111)'],
      Orders: [{ Amount: 5 }],
    });
    check({ 'Group@odata.bind': null, Group: null });
    check({ CreatedOn: '2026-07-30' }, { allowDateOnly: true });
  });

  const wrong: readonly (readonly [row: JsonValue, code: string, message: string])[] = [
    [[], 'ODATA_LITERAL_INVALID', 'Expected an object of type CustomerV3 at /; got an array.'],
    [{ Nmae: 'x' }, 'ODATA_PROPERTY_UNKNOWN', "'Nmae' is not a property of CustomerV3, at /Nmae."],
    [{ CustomerAcount: 'x' }, 'ODATA_PROPERTY_UNKNOWN', "at /CustomerAcount; did you mean 'CustomerAccount'?"],
    [{ Address: { Town: 'x' } }, 'ODATA_PROPERTY_UNKNOWN', "'Town' is not a property of Address, at /Address/Town."],
    [{ 'Grup@odata.bind': '/x' }, 'ODATA_PROPERTY_UNKNOWN', "'Grup' is not a navigation property of CustomerV3"],
    [{ 'Name@odata.bind': '/x' }, 'ODATA_PROPERTY_UNKNOWN', "'Name' is not a navigation property"],
    [{ Count: '5' }, 'ODATA_LITERAL_INVALID', "Expected Edm.Int32 at /Count; got '5'."],
    [{ Count: 2 ** 31 }, 'ODATA_LITERAL_INVALID', '/Count: Expected Edm.Int32 (an integer from -2147483648'],
    [{ Count: 1.5 }, 'ODATA_LITERAL_INVALID', 'got 1.5'],
    [{ Name: 5 }, 'ODATA_LITERAL_INVALID', '/Name: Expected Edm.String (a text); got the number 5.'],
    [{ IsActive: 'true' }, 'ODATA_LITERAL_INVALID', "Expected Edm.Boolean at /IsActive; got 'true'."],
    [{ Id: 'x' }, 'ODATA_LITERAL_INVALID', '/Id: Expected Edm.Guid'],
    [{ CreatedOn: '2026-07-30' }, 'ODATA_LITERAL_INVALID', '/CreatedOn: Expected Edm.DateTimeOffset'],
    [
      { OnHold: 'Maybe' },
      'ODATA_LITERAL_INVALID',
      "Expected a member of Microsoft.Dynamics.DataEntities.NoYes (No, Yes) at /OnHold; got 'Maybe'.",
    ],
    [{ OnHold: 1 }, 'ODATA_LITERAL_INVALID', 'got the number 1.'],
    [{ OnHold: 'No,Yes' }, 'ODATA_LITERAL_INVALID', 'Expected a member of'],
    [{ dataAreaId: null }, 'ODATA_LITERAL_INVALID', 'dataAreaId is not nullable at /dataAreaId; got null.'],
    [{ Tags: 'a' }, 'ODATA_LITERAL_INVALID', 'Expected an array of Edm.String at /Tags'],
    [{ Tags: ['a', 1] }, 'ODATA_LITERAL_INVALID', '/Tags/1: Expected Edm.String'],
    [{ Orders: {} }, 'ODATA_LITERAL_INVALID', 'Expected an array of SalesOrder at /Orders; got an object.'],
    [{ Orders: [{ Amount: true }] }, 'ODATA_LITERAL_INVALID', '/Orders/0/Amount'],
    [{ 'Group@odata.bind': 5 }, 'ODATA_LITERAL_INVALID', 'Expected a reference such as'],
    [{ Name: {} }, 'ODATA_LITERAL_INVALID', 'Expected Edm.String at /Name; got an object.'],
  ];
  for (const [row, code, message] of wrong) {
    test(JSON.stringify(row), () => {
      expect(() => check(row)).toThrow(message);
      expect(() => check(row)).toThrow(expect.objectContaining({ code }));
    });
  }

  test('bindings and missing members are refused where they are not allowed', () => {
    expect(() => check({ 'Group@odata.bind': '/x' }, { allowBind: false })).toThrow('Expected no binding');
    expect(() => check({ dataAreaId: 'usmf' }, { allowMissing: false })).toThrow(
      'A row of CustomerV3 needs CustomerAccount, RecId, at /.',
    );
  });

  test('rows that nest too deeply pass a named limit', () => {
    let row: JsonValue = {};
    for (let depth = 0; depth < 100; depth += 1) row = depth % 2 === 0 ? { Customer: row } : { Orders: [row] };
    expect(() => check(row)).toThrow('payloadDepthMax');
  });
});
