import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseMediaType, parseMediaTypes } from '../../media-type.ts';
import { formatOf, printFormat } from './json-format.ts';

test('a printed format reads the same, in both versions', () => {
  const format = fc.record({
    metadata: fc.constantFrom('minimal' as const, 'full' as const, 'none' as const),
    ieee754Compatible: fc.boolean(),
    exponentialDecimals: fc.boolean(),
    streaming: fc.boolean(),
  });
  fc.assert(
    fc.property(format, fc.constantFrom('4.0' as const, '4.01' as const), (given, version) => {
      expect(formatOf(printFormat(given, version))).toEqual(given);
    }),
  );
});

test('the version spells the parameters', () => {
  const format = { ieee754Compatible: true, streaming: true };
  const printed = 'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=true';
  expect(printFormat(format)).toBe(printed);
  expect(printFormat(format, '4.01')).toBe(printed.replaceAll('odata.', ''));
});

test('media types have their parameters by lower-case names, quoted values without quotes', () => {
  expect(parseMediaType('Application/JSON ; OData.Metadata = full'.replace(' = ', '='))).toEqual({
    type: 'application/json',
    parameters: { 'odata.metadata': 'full' },
  });
  expect(parseMediaTypes('a/b;c="d\\"e,f", */*;q=0.5')).toEqual([
    { type: 'a/b', parameters: { c: 'd"e,f' } },
    { type: '*/*', parameters: { q: '0.5' } },
  ]);
  expect(Object.keys(parseMediaType('a/b;__proto__=c').parameters)).toEqual(['__proto__']);
});

test('nothing between two commas or semicolons is nothing', () => {
  const json = { type: 'application/json', parameters: {} };
  for (const text of ['application/json;', 'application/json ; ;', ',, application/json', 'application/json;,']) {
    expect(parseMediaTypes(text)).toEqual([json]);
  }
  expect(parseMediaType('application/json;;charset=utf-8').parameters).toEqual({ charset: 'utf-8' });
  expect(() => parseMediaTypes(',')).toThrow('expected a media type');
});

test('long lists pass named limits', () => {
  expect(() => parseMediaTypes('a/b,'.repeat(2_000))).toThrow('mediaTypesLengthMax');
  expect(() => parseMediaTypes(`${'a/b,'.repeat(200)}a/b`)).toThrow('mediaTypesMax');
});
