import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseLiteral } from '../literal/parse-literal.ts';
import { printLiteral } from '../literal/print-literal.ts';
import {
  arbitraryApply,
  arbitraryCompute,
  arbitraryExpand,
  arbitraryExpression,
  arbitraryKeyPredicate,
  arbitraryLiteral,
  arbitraryOrderBy,
  arbitraryQueryOptions,
  arbitraryResourcePath,
  arbitrarySearch,
  arbitrarySelect,
  withoutPositions,
} from './arbitrary-trees.case.ts';
import {
  parseApply,
  parseCompute,
  parseExpand,
  parseExpression,
  parseFilter,
  parseKeyPredicate,
  parseOrderBy,
  parseSearch,
  parseSelect,
} from './parse/parse-text.ts';
import { parseQueryOptions } from './parse/query-options.ts';
import { parseRequestUri } from './parse/request-uri.ts';
import { parseResourcePath } from './parse/resource-path.ts';
import { printApply, printCompute, printOrderBy } from './print/apply.ts';
import { printExpression, printFilter } from './print/filter.ts';
import { printKeyPredicate } from './print/key-predicate.ts';
import { printExpand, printSelect } from './print/query-options.ts';
import { printQueryOptions, printRequestUri, printResourcePath } from './print/request-uri.ts';
import { printSearch } from './print/search.ts';
import type { KeyPredicate } from './tree/key-predicate.ts';
import type { RequestUri } from './tree/request-uri.ts';

/** Parsing what was printed gives the same tree. */
function expectIdentity<T>(trees: fc.Arbitrary<T>, print: (tree: T) => string, parse: (text: string) => T): void {
  fc.assert(
    fc.property(trees, (tree) => {
      expect(withoutPositions(parse(print(tree)))).toEqual(withoutPositions(tree));
    }),
    { numRuns: 150 },
  );
}

describe('what is printed reads back as the same tree', () => {
  test('literals', () => expectIdentity(arbitraryLiteral, printLiteral, parseLiteral));
  test('filters', () => expectIdentity(arbitraryExpression, printFilter, parseFilter));
  test('orderby', () => expectIdentity(arbitraryOrderBy, printOrderBy, parseOrderBy));
  test('select', () => expectIdentity(arbitrarySelect, printSelect, parseSelect));
  test('expand', () => expectIdentity(arbitraryExpand, printExpand, parseExpand));
  test('key predicates', () => expectIdentity(arbitraryKeyPredicate, printKeyPredicate, parseKeyPredicate));

  test('expressions', () => expectIdentity(arbitraryExpression, printExpression, parseExpression));
  test('search', () => expectIdentity(arbitrarySearch, printSearch, parseSearch));
  test('compute', () => expectIdentity(arbitraryCompute, printCompute, parseCompute));
  test('apply', () => expectIdentity(arbitraryApply, printApply, parseApply));
  test('resource paths', () => expectIdentity(arbitraryResourcePath, printResourcePath, parseResourcePath));
  test('query options', () => expectIdentity(arbitraryQueryOptions, printQueryOptions, parseQueryOptions));

  test('keys as segments', () => {
    const segments = fc.array(fc.constantFrom('usmf', 'US-001', "'x'", '5'), { minLength: 1, maxLength: 3 });
    const predicates = segments.map(
      (texts): KeyPredicate => ({
        kind: 'keyPredicate',
        isSegments: true,
        position: 0,
        parts: texts.map((text) => ({
          name: undefined,
          value: { kind: 'literal', type: 'Edm.String', text, position: 0 },
          position: 0,
        })),
      }),
    );
    expectIdentity(predicates, printKeyPredicate, parseKeyPredicate);
  });

  test('request URIs, with every character of a literal intact', () => {
    const uris = fc
      .tuple(arbitraryResourcePath, arbitraryQueryOptions)
      .map(([path, options]): RequestUri => ({ kind: 'requestUri', path, options }));
    expectIdentity(uris, printRequestUri, parseRequestUri);
  });
});

test('positions lead to the text of the request, through percent-encoding', () => {
  const uri = "A('%C3%A4%26')/B?$filter=Name%20eq%20%27%F0%9F%98%80%27%20and%20b/c%20gt%20-5&$orderby=Name";
  const { path, options } = parseRequestUri(uri);
  expect(path).toMatchObject([{ position: 0, key: { position: 1, parts: [{ position: 2 }] } }, { position: 15 }]);
  const and = uri.indexOf('and');
  expect(options.filter).toMatchObject({
    position: and,
    left: {
      position: uri.indexOf('eq'),
      left: { position: uri.indexOf('Name') },
      right: { position: uri.indexOf('%27%F0') },
    },
    right: {
      position: uri.indexOf('gt'),
      left: { position: uri.indexOf('b/c') },
      right: { position: uri.indexOf('-5') },
    },
  });
  expect(options.orderby).toMatchObject([{ position: uri.lastIndexOf('Name') }]);
});

test('a fault is shown where it stands in the request', () => {
  const uri = 'A?$top=5&$filter=Name%20eq%20(1%20or';
  expect(() => parseRequestUri(uri)).toThrow(expect.objectContaining({ source: uri, position: uri.length }));
  expect(() => parseRequestUri('A?$select=a%2Cb%2C-')).toThrow(expect.objectContaining({ position: 18 }));
});
