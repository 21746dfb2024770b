import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseLiteral } from '../literal/parse-literal.ts';
import { printLiteral } from '../literal/print-literal.ts';
import {
  arbitraryExpand,
  arbitraryExpression,
  arbitraryKeyPredicate,
  arbitraryLiteral,
  arbitraryOrderBy,
  arbitraryQueryOptions,
  arbitrarySelect,
  withoutPositions,
} from './arbitrary-trees.case.ts';
import { parseExpand, parseFilter, parseKeyPredicate, parseOrderBy, parseSelect } from './parse/parse-text.ts';
import { parseRequestUri } from './parse/request-uri.ts';
import { printOrderBy } from './print/apply.ts';
import { printFilter } from './print/filter.ts';
import { printKeyPredicate } from './print/key-predicate.ts';
import { printExpand, printSelect } from './print/query-options.ts';
import { printRequestUri } from './print/request-uri.ts';
import type { RequestUri } from './tree/request-uri.ts';

/** Parsing what was printed gives the same tree. */
function expectIdentity<T>(trees: fc.Arbitrary<T>, print: (tree: T) => string, parse: (text: string) => T): void {
  fc.assert(
    fc.property(trees, (tree) => {
      expect(withoutPositions(parse(print(tree)))).toEqual(withoutPositions(tree));
    }),
    { numRuns: 300 },
  );
}

describe('what is printed reads back as the same tree', () => {
  test('literals', () => expectIdentity(arbitraryLiteral, printLiteral, parseLiteral));
  test('filters', () => expectIdentity(arbitraryExpression, printFilter, parseFilter));
  test('orderby', () => expectIdentity(arbitraryOrderBy, printOrderBy, parseOrderBy));
  test('select', () => expectIdentity(arbitrarySelect, printSelect, parseSelect));
  test('expand', () => expectIdentity(arbitraryExpand, printExpand, parseExpand));
  test('key predicates', () => expectIdentity(arbitraryKeyPredicate, printKeyPredicate, parseKeyPredicate));

  test('request URIs, with every character of a literal intact', () => {
    const uris = fc.tuple(arbitraryKeyPredicate, arbitraryQueryOptions).map(
      ([key, options]): RequestUri => ({
        kind: 'requestUri',
        path: [
          { kind: 'name', name: 'CustomersV3', key, position: 0 },
          { kind: 'name', name: 'Größe', position: 0 },
          { kind: 'qualifiedName', name: 'Ns.Action', position: 0 },
          { kind: 'system', name: '$count', position: 0 },
        ],
        options,
      }),
    );
    expectIdentity(uris, printRequestUri, parseRequestUri);
  });
});
