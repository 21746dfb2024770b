import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRialtoError, LimitError } from '../../base/errors.ts';
import { parseLiteral } from '../literal/parse-literal.ts';
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

/** Each parser with texts that it reads; faults are made from them. */
const parsers: readonly (readonly [name: string, parse: (text: string) => unknown, texts: readonly string[]])[] = [
  [
    'parseFilter',
    parseFilter,
    [
      "not (a add -1 ge length(Name)) and o/any(x:x/b in ('a','b')) or N.F(P=[1,'2',{\"a\":\"\\u0041\"}]) eq N.E'A'",
      '@p/$filter($this gt 5)/$count($filter=a eq 1;$search=x) gt case(a:1,true:2) and cast(a,Edm.Date) eq 2026-07-30',
      "geo.distance(a,geography'SRID=4326;Point(1 2)') lt 5e3 and $root/Items(A=1,B='x')/C eq duration'PT5M'",
    ],
  ],
  ['parseExpression', parseExpression, ['a mul (b sub -c) divby 2', '[1,{"a":null},\'x\']']],
  ['parseOrderBy', parseOrderBy, ['a desc,length(b) asc,c']],
  ['parseSelect', parseSelect, ['*,Ns.*,a/b,Ns.F(x,y),c($top=1;$filter=d eq 1;@p=5)']],
  [
    'parseExpand',
    parseExpand,
    ['a($select=b;$expand=c/$ref,*($levels=max);$levels=3;$apply=groupby((d)))', 'a/$count'],
  ],
  ['parseSearch', parseSearch, ['a AND NOT (b OR "c d") e', "'it''s'"]],
  ['parseCompute', parseCompute, ['a mul 2 as b,length(c) as d']],
  [
    'parseApply',
    parseApply,
    [
      'filter(a eq 1)/groupby((b,rollup(c,d)),aggregate(e with sum from f with average as g,$count as h))/topcount(2,g)',
      'ancestors($root/Sales,Hierarchy,Id,filter(a eq 1),1,keep start)/traverse($root/Sales,H,Id,preorder,Name asc)',
    ],
  ],
  ['parseKeyPredicate', parseKeyPredicate, ["(dataAreaId='usmf',RecId=5637144576)", '/a/b', '(@p)']],
  ['parseLiteral', parseLiteral, ["'O''Neil'", '2026-07-30T12:00:00Z', "geometry'SRID=0;Polygon((0 0,1 0,1 1,0 0))'"]],
  ['parseQueryOptions', parseQueryOptions, ['$filter=a%20eq%20%27%C3%A4%27&$top=5&x=%26&@p=[1]']],
  [
    'parseResourcePath',
    parseResourcePath,
    ["A('%C3%A4')/$filter(b/c eq 'd/e')/Ns.F(p=@q)/4711/$value", '$crossjoin(A,B)'],
  ],
  [
    'parseRequestUri',
    parseRequestUri,
    ["A(1)/B?$expand=c($filter=d%20eq%20'%F0%9F%98%80')&$orderby=e", '$metadata#A(b)/$entity'],
  ],
];

/** Passes when the text is read, or refused by a typed error whose position lies in the text. */
function expectTyped(parse: (text: string) => unknown, text: string): void {
  try {
    parse(text);
  } catch (error) {
    if (!isRialtoError(error)) throw error;
    expect(['ODATA_SYNTAX', 'LIMIT_EXCEEDED']).toContain(error.code);
    if ('position' in error) {
      expect(error.position).toBeGreaterThanOrEqual(0);
      expect(error.position).toBeLessThanOrEqual(text.length);
    }
  }
}

describe.each(parsers)('%s', (_name, parse, texts) => {
  test('reads what it should', () => {
    for (const text of texts) parse(text);
  });

  test('refuses each truncation by a typed error, or reads it', () => {
    for (const text of texts) {
      for (let length = 0; length < text.length; length += 1) expectTyped(parse, text.slice(0, length));
    }
  });

  test('refuses texts with characters taken out, put in or swapped by a typed error, or reads them', () => {
    const faults = fc.tuple(
      fc.constantFrom(...texts),
      fc.array(
        fc.tuple(
          fc.nat(),
          fc.nat({ max: 3 }),
          fc.oneof(fc.constantFrom(...'\'"()[]{}/,;:@$%&=#+-. \t\0\ud800é'), fc.string({ maxLength: 2 })),
        ),
        {
          minLength: 1,
          maxLength: 4,
        },
      ),
    );
    fc.assert(
      fc.property(faults, ([text, edits]) => {
        let broken = text;
        for (const [at, taken, put] of edits) {
          const start = at % (broken.length + 1);
          broken = broken.slice(0, start) + put + broken.slice(start + taken);
        }
        expectTyped(parse, broken);
      }),
      { numRuns: 150 },
    );
  });

  test('refuses random text by a typed error, or reads it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => expectTyped(parse, text)),
      { numRuns: 150 },
    );
  });

  test('a megabyte passes a named limit', () => {
    for (const text of [
      "'".padEnd(1_000_000, 'x'),
      '('.repeat(1_000_000),
      'a/'.repeat(500_000),
      '%20'.repeat(350_000),
    ]) {
      expect(() => parse(text)).toThrow(LimitError);
    }
  });
});

describe('10,000 levels end in a typed error', () => {
  const openings = [
    '(',
    '-',
    'not ',
    '[',
    '{"a":',
    'length(',
    'case(',
    'a/any(x:',
    'a/$filter(',
    'a in (',
    'a in (@p/$filter(',
    'N.F(p=',
    'cast(',
    '@p/$count($filter=',
    'a eq ',
  ];
  for (const opening of openings) {
    test(opening, () => {
      for (const count of [10, 90, 10_000]) expectTyped(parseFilter, opening.repeat(count).slice(0, 65_000));
      expectTyped(parseFilter, opening.repeat(40) + 'a'.padEnd(50, ')'));
    });
  }
  const others: readonly (readonly [(text: string) => unknown, string])[] = [
    [parseExpand, 'a($expand='],
    [parseSelect, 'a($select='],
    [parseSearch, '('],
    [parseSearch, 'NOT '],
    [parseApply, 'concat('],
    [parseApply, 'groupby((a),'],
    [parseApply, 'nest('],
  ];
  for (const [parse, opening] of others) {
    test(opening, () => expectTyped(parse, opening.repeat(10_000).slice(0, 65_000)));
  }
});
