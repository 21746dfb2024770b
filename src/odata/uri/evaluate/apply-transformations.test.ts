import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../../base/json.ts';
import type { Row } from '../../row.ts';
import { shopModel, shopType } from '../check/shop-model.case.ts';
import { parseApply, parseCompute, parseSearch } from '../parse/parse-text.ts';
import type { SearchExpression } from '../tree/search-expression.ts';
import { applyTransformations } from './apply-transformations.ts';
import { compileCompute } from './compile-compute.ts';
import { compileSearch } from './compile-search.ts';

const model = shopModel();
const order = shopType(model, 'Order');

const ann = { Id: 'A', Name: 'Ann', Tags: ['x'] };
const bob = { Id: 'B', Name: 'Bob', Tags: ['x', 'y'] };
const items = (...lines: readonly number[]) => lines.map((Line) => ({ Order: 1, Line, Product: `P${Line}` }));

const rows: readonly Row[] = [
  { Number: 1, Amount: 1, Color: 'Red', Note: 'first', Customer: ann, Items: items(1, 2) },
  { Number: 2, Amount: 2, Color: 'Red', Note: 'second', Customer: bob, Items: items(3) },
  { Number: 3, Amount: 4, Color: 'Blue', Note: 'third', Customer: ann, Items: [] },
  { Number: 4, Amount: '8.50', Color: 'Blue', Note: 'fourth', Customer: bob, Items: items(4) },
  { Number: 5, Amount: null, Color: 'Blue', Note: null, Customer: ann, Items: items(5) },
];

const apply = (text: string, input = rows) => applyTransformations(parseApply(text), input, order, model);
const numbers = (text: string) => apply(text).map((row) => row.Number);

describe('aggregate (OData Data Aggregation 4.0, section 3.2.1)', () => {
  test('methods; null does not take part', () => {
    expect(
      apply(
        'aggregate(Amount with sum as S,Amount with average as A,Amount with min as Low,Amount with max as High,Color with countdistinct as C,$count as N)',
      ),
    ).toEqual([{ S: 15.5, A: 3.875, Low: 1, High: '8.50', C: 2, N: 5 }]);
  });

  test('of nothing', () => {
    expect(
      apply('aggregate(Amount with sum as S,Amount with max as M,$count as N,Color with countdistinct as C)', []),
    ).toEqual([{ S: null, M: null, N: 0, C: 0 }]);
  });

  test('expressions, and paths that lead over collections', () => {
    expect(
      apply(
        'aggregate(Amount mul 2 with sum as S,Items/Line with max as L,Items/$count as N,Customer/Tags with countdistinct as T)',
      ),
    ).toEqual([{ S: 31, L: 5, N: 5, T: 2 }]);
    expect(apply('aggregate(Customer with countdistinct as C)')).toEqual([{ C: 2 }]);
  });

  test('from: aggregates of aggregates', () => {
    expect(apply('aggregate(Amount with sum from Color with average as A)')).toEqual([{ A: 7.75 }]);
  });

  test('what is no value of the type does not take part', () => {
    const strange = [{ Amount: 'much' }, { Amount: 3 }, { Amount: [] }, { Amount: '2' }];
    expect(
      apply('aggregate(Amount with max as High,Amount with min as Low,Amount with average as A)', strange),
    ).toEqual([{ High: 3, Low: '2', A: 2.5 }]);
  });

  test('large sums stay exact', () => {
    const large = [{ Big: 9007199254740993n }, { Big: 9007199254740993n }];
    expect(apply('aggregate(Big with sum as S)', large)).toEqual([{ S: 18014398509481986n }]);
  });
});

describe('groupby (section 3.2.3)', () => {
  test('without transformation the values that occur', () => {
    expect(apply('groupby((Color))')).toEqual([{ Color: 'Red' }, { Color: 'Blue' }]);
  });

  test('by paths, with aggregates', () => {
    expect(apply('groupby((Customer/Name,Color),aggregate(Amount with sum as S))')).toEqual([
      { S: 1, Customer: { Name: 'Ann' }, Color: 'Red' },
      { S: 2, Customer: { Name: 'Bob' }, Color: 'Red' },
      { S: 4, Customer: { Name: 'Ann' }, Color: 'Blue' },
      { S: 8.5, Customer: { Name: 'Bob' }, Color: 'Blue' },
    ]);
  });

  test('entities are grouped by their key', () => {
    expect(apply('groupby((Customer),aggregate($count as N))').map(({ N }) => N)).toEqual([3, 2]);
  });

  test('rollup adds the coarser levels, without a total', () => {
    expect(apply('groupby((rollup(Color,Customer/Name)),aggregate(Amount with sum as S))')).toEqual([
      { S: 1, Color: 'Red', Customer: { Name: 'Ann' } },
      { S: 2, Color: 'Red', Customer: { Name: 'Bob' } },
      { S: 4, Color: 'Blue', Customer: { Name: 'Ann' } },
      { S: 8.5, Color: 'Blue', Customer: { Name: 'Bob' } },
      { S: 3, Color: 'Red' },
      { S: 12.5, Color: 'Blue' },
    ]);
  });

  test('the transformations may be any', () => {
    expect(apply('groupby((Color),topcount(1,Amount))').map((row) => row.Number)).toEqual([2, 4]);
  });
});

describe('subsets and orders (section 3.3)', () => {
  const cases: readonly (readonly [text: string, numbers: readonly number[]])[] = [
    ['identity', [1, 2, 3, 4, 5]],
    ['filter(Amount gt 2)', [3, 4]],
    ['orderby(Amount desc)/top(2)', [4, 3]],
    ['orderby(Color,Number desc)', [2, 1, 5, 4, 3]],
    ['skip(1)/top(2)', [2, 3]],
    ['topcount(2,Amount)', [3, 4]],
    ['bottomcount(1,Number)', [1]],
    ['topsum(9,Amount)', [3, 4]],
    ['toppercent(50,Amount)', [4]],
    ['bottomsum(3,Amount)', [1, 2, 5]],
    ['bottompercent(10,Amount)', [1, 2, 5]],
    ['topcount($these/$count sub 3,Amount)', [3, 4]],
    ['search(third OR second)', [2, 3]],
    ['concat(topcount(1,Amount),filter(Number eq 1))', [4, 1]],
    ['filter($these/aggregate(Amount with max) eq Amount)', [4]],
    ['filter($these/aggregate($it/Amount with max) eq 4)', [3]],
    ['orderby($these/aggregate(Amount with max) sub Amount)', [5, 4, 3, 2, 1]],
  ];
  for (const [text, expected] of cases) test(text, () => expect(numbers(text)).toEqual(expected));

  test('compute, also with what was computed', () => {
    expect(
      apply('compute(Number mul 2 as Twice,Twice add 1 as More)/filter(More eq 5)').map((row) => row.Number),
    ).toEqual([2]);
  });
});

describe('join and nest (section 3.5)', () => {
  test('join', () => {
    expect(apply('join(Items as Item)/groupby((Number,Item/Product))')).toHaveLength(5);
    expect(apply('outerjoin(Items as Item)/filter(Item eq null)').map((row) => row.Number)).toEqual([3]);
  });

  test('nest and addnested', () => {
    expect(apply('nest(groupby((Color)) as Colors)')).toEqual([{ Colors: [{ Color: 'Red' }, { Color: 'Blue' }] }]);
    expect(apply('addnested(Items,filter(Line gt 1) as Late)/compute(Late/$count as N)').map(({ N }) => N)).toEqual([
      1, 1, 0, 1, 1,
    ]);
  });
});

describe('what is not evaluated is refused by name', () => {
  const refused: readonly (readonly [text: string, message: string])[] = [
    [
      'descendants($root/Orders,H,Number,filter(Number eq 1))',
      'The transformation descendants at position 0 is not supported here.',
    ],
    ['traverse($root/Orders,H,Number,preorder)', 'The transformation traverse'],
    ['Ns.Custom(a=1)', 'The transformation Ns.Custom'],
    ['groupby((rollup(Hierarchy)))', 'A rollup of a named hierarchy'],
    ['groupby((rolluprecursive($root/Orders,H,Number)))', 'rolluprecursive at position'],
    ['aggregate(Forecast)', 'The custom aggregate Forecast'],
    ['aggregate(Amount with Ns.median as M)', 'The aggregation method Ns.median'],
  ];
  for (const [text, message] of refused) {
    test(text, () => {
      expect(() => apply(text)).toThrow(message);
      expect(() => apply(text)).toThrow(expect.objectContaining({ code: 'ODATA_TYPE_MISMATCH' }));
    });
  }

  test('amounts out of range', () => {
    for (const text of ['topcount(0,Amount)', 'topcount(1.5,Amount)', 'toppercent(101,Amount)']) {
      expect(() => apply(text), text).toThrow(expect.objectContaining({ code: 'ODATA_LITERAL_INVALID' }));
    }
  });

  test('an aggregate of all the rows is found once for all of them', () => {
    const many = Array.from({ length: 30_000 }, (_row, index) => ({ Number: index, Amount: index }));
    expect(apply('filter($these/aggregate(Amount with max) eq Amount)', many)).toEqual([many.at(-1)]);
  });

  test('concatenations, joins and nested rows that multiply, before all of them are there', () => {
    const twice = Array.from({ length: 20 }, () => 'concat(identity,identity)').join('/');
    expect(() => apply(twice)).toThrow(expect.objectContaining({ limit: 'transformedRowsMax' }));
    const many = [{ Number: 1, Items: items(...Array.from({ length: 400 }, (_item, line) => line)) }];
    const joins = ['a', 'b', 'c', 'd'].map((alias) => `join(Items as ${alias})`).join('/');
    expect(() => apply(joins, many)).toThrow(expect.objectContaining({ limit: 'transformedRowsMax' }));
    const nested = `join(Items as a)/addnested(Items,${twice.slice(0, twice.length / 2)} as b)`;
    expect(() => apply(nested, many)).toThrow(expect.objectContaining({ limit: 'transformedRowsMax' }));
  });
});

describe('what is the same when rows are grouped', () => {
  const open = (text: string, input: readonly Row[]) => applyTransformations(parseApply(text), input, undefined, model);

  test('texts with any characters stay apart', () => {
    const shifted = [
      { A: 'a\u0000string b', B: 'c' },
      { A: 'a', B: 'b\u0000string c' },
    ];
    expect(open('groupby((A,B))', shifted)).toEqual(shifted);
  });

  test('objects with equal members in any order, as eq has it', () => {
    const places = [
      { At: { x: 1, y: [2] } },
      { At: { y: [2], x: 1, z: null, '@odata.type': '#A.B' } },
      { At: { x: 1 } },
    ];
    expect(open('groupby((At),aggregate($count as N))', places).map(({ N }) => N)).toEqual([2, 1]);
    expect(open('aggregate(At with countdistinct as N)', places)).toEqual([{ N: 2 }]);
  });

  test('values that nest too deep are refused by name', () => {
    let deep: Row = {};
    let list: readonly JsonValue[] = [1];
    for (let level = 0; level < 20_000; level += 1) {
      deep = { deep };
      list = [list];
    }
    for (const text of ['groupby((At))', 'aggregate(At with countdistinct as N)', 'aggregate(List with sum as S)']) {
      expect(() => open(text, [{ At: deep, List: list }]), text).toThrow(
        expect.objectContaining({ limit: 'valueDepthMax' }),
      );
    }
    expect(open('aggregate(List/Line with sum as S)', [{ List: list }])).toEqual([{ S: null }]);
  });
});

test('compute adds members to a row, whatever their names', () => {
  const compute = compileCompute(parseCompute('Number add 1 as Next,Next mul 2 as __proto__'), order, model);
  expect(compute({ Number: 1 })).toEqual(JSON.parse('{"Number":1,"Next":2,"__proto__":4}'));
  const row = Object.freeze({ Number: 1 });
  compute(row);
  expect(row).toEqual({ Number: 1 });
});

describe('search (OData 4.01 URL 5.1.8)', () => {
  const row: Row = { Name: 'Blue Bike', Note: 'fast and light', Size: 3, '@odata.etag': 'heavy' };
  const cases: readonly (readonly [text: string, matches: boolean])[] = [
    ['blue', true],
    ['"blue bike"', true],
    ['"bike blue"', false],
    ['bike light', true],
    ['bike AND heavy', false],
    ['bike OR heavy', true],
    ['NOT heavy', true],
    ['NOT (bike light)', false],
    ['heavy OR bike NOT light', false],
  ];
  for (const [text, matches] of cases) test(text, () => expect(compileSearch(parseSearch(text))(row)).toBe(matches));

  test('the caller may say where to look', () => {
    expect(compileSearch(parseSearch('3'), ({ Size }) => [String(Size)])(row)).toBe(true);
  });

  test('chains may be long, nesting is limited by name', () => {
    const term: SearchExpression = { kind: 'searchTerm', form: 'word', text: 'blue', position: 0 };
    let chain: SearchExpression = term;
    let nested: SearchExpression = term;
    for (let index = 0; index < 10_000; index += 1) {
      chain = { kind: 'searchLogical', operator: 'and', left: chain, right: term, position: 0 };
      nested = { kind: 'searchNot', operand: nested, position: 0 };
    }
    expect(compileSearch(chain)(row)).toBe(true);
    expect(() => compileSearch(nested)).toThrow(expect.objectContaining({ limit: 'searchDepthMax' }));
  });
});
