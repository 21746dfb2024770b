import { describe, expect, test } from 'vitest';
import { ODataSyntaxError } from '../../literal/odata-syntax-error.ts';
import { printRequestUri } from '../print/request-uri.ts';
import { parseRequestUri } from './request-uri.ts';

describe('paths', () => {
  test('an entity by its composite key, with custom options', () => {
    const uri = parseRequestUri(
      "CustomersV3(dataAreaId='usmf',CustomerAccount='US-001')?$select=Name&cross-company=true",
    );
    expect(uri.path).toMatchObject([
      {
        kind: 'name',
        name: 'CustomersV3',
        key: {
          parts: [
            { name: 'dataAreaId', value: { type: 'Edm.String', text: 'usmf' } },
            { name: 'CustomerAccount', value: { text: 'US-001' } },
          ],
        },
      },
    ]);
    expect(uri.options.custom).toEqual({ 'cross-company': 'true' });
    expect(uri.options.select).toMatchObject([{ path: ['Name'] }]);
  });

  test('an encoded slash, ampersand and question mark stay inside their literal', () => {
    const uri = parseRequestUri("Items('a%2Fb%26c%3Fd%27%27e%20f')/Lines?$filter=Name%20eq%20%27x%26y%2Fz%27");
    expect(uri.path).toMatchObject([{ key: { parts: [{ value: { text: "a/b&c?d'e f" } }] } }, { name: 'Lines' }]);
    expect(uri.options.filter).toMatchObject({ right: { text: 'x&y/z' } });
  });

  test('a plus is a plus, and a blank where the service has it so', () => {
    const uri = parseRequestUri('a?$filter=Name+eq+%27x%2By%27', { plusIsBlank: true });
    expect(uri.options.filter).toMatchObject({ operator: 'eq', right: { text: 'x+y' } });
    expect(parseRequestUri("a?$filter=Name eq 'x+y'").options.filter).toMatchObject({ right: { text: 'x+y' } });
  });

  test('an absolute URI below the service root', () => {
    const serviceRoot = 'https://contoso.crm4.dynamics.com/api/data/v9.2/';
    const read = (text: string) => parseRequestUri(text, { serviceRoot });
    expect(read('https://Contoso.crm4.dynamics.com/api/data/v9.2/accounts(1)?$top=5')).toMatchObject({
      path: [{ name: 'accounts', position: 48, key: { position: 56 } }],
      options: { top: 5 },
    });
    expect(read('https://contoso.crm4.dynamics.com/api/data/v9.2').path).toEqual([]);
    expect(read('accounts').path).toHaveLength(1);
    for (const other of [
      'https://contoso.crm4.dynamics.com/api/data/v9.20/a',
      'https://fabrikam.crm4.dynamics.com/a',
    ]) {
      expect(() => read(other)).toThrow('expected a URI below https://contoso.crm4.dynamics.com/api/data/v9.2/');
    }
    expect(() => parseRequestUri('https://contoso.crm4.dynamics.com/a')).toThrow('expected a URI relative to');
  });

  test('the empty path is the service root', () => {
    expect(parseRequestUri('').path).toEqual([]);
    expect(parseRequestUri('/').path).toEqual([]);
    expect(parseRequestUri('?$format=json')).toMatchObject({ path: [], options: { format: 'json' } });
  });

  test('system segments, bound actions and functions', () => {
    expect(parseRequestUri('accounts/$count').path[1]).toMatchObject({ kind: 'system', name: '$count' });
    expect(parseRequestUri('Sets/Microsoft.Dynamics.DataEntities.GetAzureWriteUrl').path[1]).toMatchObject({
      kind: 'qualifiedName',
      name: 'Microsoft.Dynamics.DataEntities.GetAzureWriteUrl',
    });
    expect(parseRequestUri('WhoAmI()').path).toMatchObject([{ kind: 'name', name: 'WhoAmI', parameters: [] }]);
    expect(parseRequestUri("RetrieveTotalRecordCount(EntityNames=['account'])").path).toMatchObject([
      { parameters: [{ name: 'EntityNames', value: { kind: 'array', items: [{ text: 'account' }] } }] },
    ]);
  });
});

describe('errors', () => {
  const wrong: readonly (readonly [uri: string, message: string])[] = [
    ['a?$foo=1', '$foo is not a query option of OData.'],
    ['a?$toString=1', '$toString is not a query option of OData.'],
    ['a?$fliter=b eq 1', 'Did you mean $filter?'],
    ['a?$top=-1', '$top: expected a whole number that is not negative at position 7'],
    ['a?$levels=2', '$levels stands within $expand.'],
    ['a?$format=', 'expected json, xml, atom or a media type'],
    ['a?$skiptoken=', 'expected a skip token'],
    ['a?@=1', 'expected @ and the name of a parameter alias'],
    ['a?@p=1&@p=2', 'expected @p once'],
    ['a?$top=99999999999999999999', '$top: expected a whole number'],
    ['a?$count=yes', '$count: expected true or false'],
    ['a?$filter=b eq 1&$filter=c eq 2', 'expected $filter once at position 17'],
    ['a?x=1&x=2', 'expected x once'],
    ['a(x=usmf)', 'A text stands in single quotes'],
    ["a(x='1',x='2')", 'expected x once'],
    ["a('1','2')", 'each has its name'],
    ['a//b', 'expected a name'],
    ['a(1)(2)', 'expected "/", "?" or the end'],
    ['$nothing', 'expected one of $all'],
    ['%zz', 'expected percent-encoded UTF-8'],
    ['a?$filter=%ff', 'expected percent-encoded UTF-8'],
    ['a?$expand=b($skiptoken=2)', '$skiptoken may not stand here.'],
    ['a?$expand=b/$ref($select=c)', '$select may not stand here.'],
    ['a/$batch', '$batch may not stand here.'],
    ['a/$ref/b', 'Nothing may follow $ref here.'],
    ['$metadata?$filter=a eq 1', '$filter may not stand here.'],
    ['$entity', 'expected $id and an entity id'],
    ['a#b', 'Only $metadata has a fragment.'],
    ['a/$filter(b eq 1', 'expected an operator or ")"'],
    ['a?$expand=b($top=1;$top=2)', 'expected each query option once'],
    ['a?$expand=b($select=c', 'expected ";" or ")"'],
  ];
  for (const [uri, message] of wrong) {
    test(uri, () => {
      expect(() => parseRequestUri(uri)).toThrow(ODataSyntaxError);
      expect(() => parseRequestUri(uri)).toThrow(message);
    });
  }

  test('too many segments, options, or characters pass a named limit', () => {
    expect(() => parseRequestUri('a/'.repeat(60))).toThrow('uriSegmentsMax');
    expect(() => parseRequestUri(`a?${Array.from({ length: 200 }, (_, index) => `b${index}=1`).join('&')}`)).toThrow(
      'uriOptionsMax',
    );
    expect(() => parseRequestUri('a'.repeat(70_000))).toThrow('uriLengthMax');
  });
});

describe('OData 4.0', () => {
  const refused = [
    'a?filter=b eq 1',
    'a?$Filter=b eq 1',
    'a?$filter=b EQ 1',
    'a?$filter=b in (1)',
    'a?$filter=b divby 1 eq 1',
    'a?$compute=b as c',
    'a?$select=b($top=1)',
    'a/4711',
    'a/$each/Ns.Do',
    'a/$filter(b eq 1)',
  ];
  for (const uri of refused) {
    test(`refuses ${uri}`, () => {
      expect(parseRequestUri(uri).path.length).toBeGreaterThan(0);
      const read = () => parseRequestUri(uri, { version: '4.0' });
      // Without its `$` an option is a custom one.
      if (uri.includes('?filter')) expect(read().options.custom).toEqual({ filter: 'b eq 1' });
      else expect(read).toThrow(ODataSyntaxError);
    });
  }

  test('reads an operator of 4.01 that the service is known to take', () => {
    const read = () => parseRequestUri('a?$filter=b in (1)', { version: '4.0', operators: ['in'] });
    expect(read().options.filter).toMatchObject({ kind: 'inList' });
  });
});

test('printing encodes literals and leaves the rest readable', () => {
  const text = "Sets(a='x%2Fy',b=5)/Ns.Do?$filter=c%20eq%20'd%26e%2Bf'&$orderby=g%20desc&$top=10&cross-company=true";
  expect(printRequestUri(parseRequestUri(text))).toBe(text);
});

test('half a surrogate pair cannot be printed', () => {
  const uri = parseRequestUri("Sets('x')");
  const broken = { ...uri, options: { custom: { a: '\ud800' } } };
  expect(() => printRequestUri(broken)).toThrow('half of a surrogate pair');
});
