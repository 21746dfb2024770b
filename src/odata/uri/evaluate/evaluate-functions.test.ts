import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../../base/json.ts';
import type { Row } from '../../row.ts';
import { shopModel, shopType } from '../check/shop-model.case.ts';
import { parseExpression } from '../parse/parse-text.ts';
import { compileExpression } from './compile-compute.ts';
import type { EvaluateOptions } from './compile-context.ts';

const model = shopModel();
const order = shopType(model, 'Order');

const vip = { '@odata.type': '#Shop.Vip', Id: 'B', Name: 'Bea', Discount: 5 };

const row: Row = {
  Number: 7,
  Amount: 12.5,
  Quantity: 3,
  Rate: 0.5,
  Big: 9007199254740993n,
  Color: 'Green',
  Access: 'Read,Write',
  Note: 'Contoso',
  'Note@Ns.Lang': 'en',
  '@Ns.Term': 'annotated',
  Paid: true,
  At: '2026-07-30T23:04:05.1234567+02:00',
  Day: '2026-03-01',
  Time: '07:08:09.5',
  Took: 'PT1H30M',
  Place: { type: 'Point', coordinates: [0, 0] },
  Customer: {
    Id: 'A',
    Name: 'Ann',
    Address: { City: 'Rome', Country: 'IT' },
    Addresses: [{ City: 'Rome' }, { '@odata.type': '#Shop.PostBox', City: 'Bari', Box: 4 }],
    Tags: ['a', 'b', 'c'],
    Scores: [4, 1, 3, 1],
    Orders: [
      { Number: 1, Amount: 5, Paid: false },
      { Number: 7, Amount: '10.25', Paid: true },
    ],
  },
  Items: [
    { Order: 7, Line: 1, Product: 'Pen' },
    { Order: 7, Line: 2, Product: null },
  ],
  Parent: null,
};

function evaluate(text: string, options: EvaluateOptions = {}): JsonValue {
  return compileExpression(parseExpression(text), order, model, options)(row);
}

type Cases = readonly (readonly [expression: string, value: JsonValue])[];

const groups: Readonly<Record<string, Cases>> = {
  'paths (OData 4.01 URL 5.1.1.15, 5.1.1.16)': [
    ['Customer/Address/City', 'Rome'],
    ['Parent/Customer/Name', null],
    ['$it/Customer/Name', 'Ann'],
    ['$this/Number', 7],
    ['Note/@Ns.Lang', 'en'],
    ['@Ns.Term', 'annotated'],
    ['@Ns.Other', null],
    ['Customer/Shop.Vip/Discount', null],
    ['Customer/Addresses/Shop.PostBox/$count', 1],
    ['Customer/Tags/$count', 3],
    ['Items(Order=7,Line=1)/Product', 'Pen'],
    ['Items(Order=7,Line=9)/Product', null],
    ['Customer/Orders(7)/Amount', '10.25'],
  ],
  'collections (OData 4.01 URL 4.8, 4.12, 5.1.1.13)': [
    ['Items/any()', true],
    ['Parent/Items/any()', false],
    ["Items/any(i:i/Product eq 'Pen')", true],
    ["Items/all(i:i/Product eq 'Pen')", false],
    ['Parent/Items/all(i:i/Line eq 1)', true],
    ['Parent/Items/any(i:i/Line eq 1)', false],
    ['Customer/Scores/any(s:s gt Quantity)', true],
    ['Customer/Scores/all(s:s gt 0)', true],
    ['Customer/Orders/any(o:o/Number eq $it/Number and o/Paid)', true],
    ['Customer/Orders/any(o:Items/any(i:i/Order eq o/Number and i/Line eq Quantity sub 1))', true],
    ['Customer/Orders/$filter(Paid)/any(o:o/Amount gt 10)', true],
    ['Customer/Orders/$filter(Number eq $it/Number)/$count', 1],
    ['Customer/Orders/$count($filter=Amount lt 6)', 1],
    ['Items/$count($search=pen)', 1],
    ['Customer/Orders/aggregate(Amount with sum)', 15.25],
    ['Parent/Items/$count', null],
  ],
  'arithmetic with numbers (OData 4.01 URL 5.1.1.2, 5.1.1.18)': [
    ['Amount add 0.1', 12.6],
    ['Quantity div 2', 1],
    ['-Quantity div 2', -1],
    ['Quantity divby 2', 1.5],
    ['Quantity divby 0', 'INF'],
    ['-Quantity mod 2', -1],
    ['Big add 1', 9007199254740994n],
    ['Big mul Big', 81129638414606699710187514626049n],
    ['0.1 add 0.2', 0.3],
    ['1.10 mul 1.10', 1.21],
    ['Rate mul 3', 1.5],
    ['Rate div 0', 'INF'],
    ['Quantity add null', null],
    ['1 add 2 mul 3 sub 4', 3],
  ],
  'arithmetic with dates and durations (OData 4.01 URL 5.1.1.2)': [
    ["At add duration'PT1H'", '2026-07-31T00:04:05.1234567+02:00'],
    ["At sub 'P1D'", '2026-07-29T23:04:05.1234567+02:00'],
    ['At sub 2026-07-30T21:04:05Z', 'PT0.1234567S'],
    ["Day add duration'PT23H'", '2026-03-01'],
    ["Day sub duration'PT1H'", '2026-02-28'],
    ["2024-03-01 sub duration'P1D'", '2024-02-29'],
    ['Day sub 2026-01-01', 'P59D'],
    ['Took add Took', 'PT3H'],
    ["Took sub duration'PT2H'", '-PT30M'],
    ['Took mul 1.5', 'PT2H15M'],
    ['2 mul Took', 'PT3H'],
    ['Took div 4', 'PT22M30S'],
    ['-Took', '-PT1H30M'],
    ['Took add null', null],
    ["9999-12-31 add duration'P1D'", null],
  ],
  'texts (OData 4.01 URL 5.1.1.5, 5.1.1.7)': [
    ["concat(Note,concat('-','x'))", 'Contoso-x'],
    ["contains(Note,'tos')", true],
    ["contains(Note,'TOS')", false],
    ["startswith(Note,'Con') and endswith(Note,'so')", true],
    ["indexof(Note,'o')", 1],
    ["indexof(Note,'x')", -1],
    ['length(Note)', 7],
    ['substring(Note,3)', 'toso'],
    ['substring(Note,3,2)', 'to'],
    ['substring(Note,99)', ''],
    ['substring(Note,-2)', 'so'],
    ['substring(Note,0,99)', 'Contoso'],
    ["tolower('ÄB')", 'äb'],
    ["toupper('äb')", 'ÄB'],
    ["trim('\u00a0 x ')", 'x'],
    ["matchesPattern(Note,'^C.*o$')", true],
    ["matchesPattern(Note,'^c')", false],
    ["matchesPattern(null,'a')", null],
    ['length(null)', null],
    ['contains(Note,null)', null],
    ['concat(Note,null)', null],
  ],
  'collections as texts (OData 4.01 URL 5.1.1.5, 5.1.1.6)': [
    ["concat(Customer/Tags,['d'])", ['a', 'b', 'c', 'd']],
    ["contains(Customer/Tags,['b','c'])", true],
    ["contains(Customer/Tags,['a','c'])", false],
    ["startswith(Customer/Tags,['a'])", true],
    ["endswith(Customer/Tags,['b','c'])", true],
    ["endswith(Customer/Tags,['x','a','b','c'])", false],
    ["indexof(Customer/Tags,['b'])", 1],
    ["indexof(Customer/Tags,['c','b'])", -1],
    ['length(Customer/Tags)', 3],
    ['substring(Customer/Tags,1)', ['b', 'c']],
    ['substring(Customer/Tags,-1,1)', ['c']],
    ['hassubset(Customer/Scores,[1,1])', true],
    ['hassubset(Customer/Scores,[3,4])', true],
    ['hassubset([1,2],[1,1,2])', false],
    ['hassubsequence(Customer/Scores,[4,3])', true],
    ['hassubsequence([4,1,3,1],[1,1])', true],
    ['hassubsequence([4,1,3],[3,1])', false],
    ['Customer/Scores eq [4,1,3,1]', true],
    ['Customer/Scores eq [1,1,3,4]', false],
  ],
  'dates and times (OData 4.01 URL 5.1.1.8)': [
    ['year(At)', 2026],
    ['month(Day)', 3],
    ['day(At)', 30],
    ['hour(At)', 23],
    ['minute(Time)', 8],
    ['second(At)', 5],
    ['fractionalseconds(At)', 0.1234567],
    ['fractionalseconds(07:08:09)', 0],
    ['totalseconds(Took)', 5400],
    ["totalseconds(duration'-PT0.25S')", -0.25],
    ['totaloffsetminutes(At)', 120],
    ['totaloffsetminutes(2026-01-01T00:00:00-05:30)', -330],
    ['totaloffsetminutes(2026-01-01T00:00:00Z)', 0],
    ['date(At)', '2026-07-30'],
    ['time(At)', '23:04:05.1234567'],
    ['mindatetime() lt At and At lt maxdatetime()', true],
    ['year(null)', null],
  ],
  'rounding (OData 4.01 URL 5.1.1.9)': [
    ['round(Amount)', 13],
    ['round(-0.5)', -1],
    ['floor(-0.5)', -1],
    ['ceiling(Amount)', 13],
    ['round(12345678901234567890.5)', 12345678901234567891n],
  ],
  'casts (OData 4.01 URL 5.1.1.10)': [
    ['cast(Quantity,Edm.String)', '3'],
    ["cast('12',Edm.Int32)", 12],
    ["cast('x',Edm.Int32)", null],
    ["cast('1.5',Edm.Int32)", null],
    ["cast('1e3',Edm.Int32)", null],
    ["cast('1.5e0',Edm.Decimal)", 1.5],
    ["cast('-INF',Edm.Double)", '-INF'],
    ['cast(300,Edm.Byte)', null],
    ['cast(Amount,Edm.Int32)', 13],
    ['cast(Color,Edm.Int32)', 1],
    ['cast(Access,Edm.Int32)', 3],
    ['cast(2,Shop.Color)', 'Blue'],
    ['cast(9,Shop.Color)', null],
    ["cast('Red',Shop.Color)", 'Red'],
    ["cast('2026-01-01T00:00:00',Edm.DateTimeOffset)", '2026-01-01T00:00:00Z'],
    ["cast('2026-02-30',Edm.Date)", null],
    ["cast(['1','2'],Collection(Edm.Int32))", [1, 2]],
    ["cast(['1','x'],Collection(Edm.Int32))", null],
    ['cast(null,Edm.Int32)', null],
    ['cast(Customer,Shop.Vip)', null],
    ['isof(Customer,Shop.Customer)', true],
    ['isof(Customer,Shop.Vip)', false],
    ['isof(Shop.Order)', true],
    ['isof(Parent,Shop.Order)', null],
  ],
  'case (OData 4.01 URL 5.1.1.12)': [
    ['case(Quantity gt 5:1,Quantity gt 2:2,true:3)', 2],
    ['case(Quantity gt 5:1)', null],
    ['case(null:1,true:2)', 2],
  ],
  'membership, equality and flags (OData 4.01 URL 5.1.1.1)': [
    ["Note in ('a','Contoso')", true],
    ["Color in ('Red','Green')", true],
    ['Amount in (1,12.50)', true],
    ['null in (null)', true],
    ["'b' in Customer/Tags", true],
    ["'x' in Customer/Tags", false],
    ['[Quantity,Number] in [[1,2],[3,7]]', true],
    ["Access has 'Read'", true],
    ["Access has Shop.Access'Read,Share'", false],
    ["null has Shop.Access'Read'", null],
    ["Color eq 'Green' and Color gt 'Red'", true],
    ["Took gt 'PT1H'", true],
    ['Customer/Address eq {"City":\'Rome\',"Country":\'IT\'}', true],
    ['Customer/Address ne {"City":\'Rome\'}', true],
    ['Paid gt false', true],
    ['Parent eq null', true],
    ['NaN eq NaN', false],
    ['NaN ne NaN', true],
    ['INF gt 1', true],
    ['{"a":Quantity,"__proto__":[1]}', JSON.parse('{"a":3,"__proto__":[1]}')],
  ],
  'geo functions (OData 4.01 URL 5.1.1.11)': [
    ["geo.distance(geometry'SRID=0;Point(0 0)',geometry'SRID=0;Point(3 4)')", 5],
    ["geo.length(geometry'SRID=0;LineString(0 0,3 4,3 5)')", 6],
    ["round(geo.distance(Place,geography'SRID=4326;Point(1 0)'))", 111195],
    ["geo.intersects(geometry'SRID=0;Point(1 1)',geometry'SRID=0;Polygon((0 0,2 0,2 2,0 2,0 0))')", true],
    ["geo.intersects(geometry'SRID=0;Point(0 1)',geometry'SRID=0;Polygon((0 0,2 0,2 2,0 2,0 0))')", true],
    ["geo.intersects(geometry'SRID=0;Point(3 1)',geometry'SRID=0;Polygon((0 0,2 0,2 2,0 2,0 0))')", false],
  ],
};

for (const [group, cases] of Object.entries(groups)) {
  describe(group, () => {
    for (const [expression, value] of cases) {
      test(expression, () => expect(evaluate(expression)).toEqual(value));
    }
  });
}

describe('what comes from the caller', () => {
  test('the time', () => expect(evaluate('year(now())', { now: () => '2031-01-01T00:00:00Z' })).toBe(2031));

  test('functions, with arguments by name and what they are bound to', () => {
    const functions = {
      'Shop.Rate': (args: Readonly<Record<string, JsonValue>>) => `${args.currency}!`,
      'Shop.Total': (args: Readonly<Record<string, JsonValue>>, source?: JsonValue) => [
        args.year ?? null,
        source ?? null,
      ],
    };
    expect(evaluate("Shop.Rate(currency='EUR')", { functions })).toBe('EUR!');
    expect(evaluate("s.Rate(currency='EUR')", { functions })).toBe('EUR!');
    expect(evaluate('Customer/Address/City', { functions })).toBe('Rome');
    expect(evaluate('Customer/Shop.Total(year=Quantity)', { functions })).toEqual([3, row.Customer]);
    expect(() => evaluate("Shop.Rate(currency='EUR')", { functions: {} })).toThrow(
      'Shop.Rate at position 0 is not supported here.',
    );
    expect(() => evaluate('Other.toString()', { functions: {} })).toThrow(
      'Other.toString at position 0 is not supported here.',
    );
  });

  test('other entity sets', () => {
    const entitySet = (name: string) => (name === 'Me' ? [vip] : [{ Id: 'A', Name: 'Ann' }, vip]);
    expect(evaluate("$root/Customers('B')/Shop.Vip/Discount", { entitySet })).toBe(5);
    expect(evaluate("$root/Customers('A')/Shop.Vip/Discount", { entitySet })).toBe(null);
    expect(evaluate('$root/Customers/any(c:c/Id eq $it/Customer/Id)', { entitySet })).toBe(true);
    expect(evaluate('$root/Me/Discount', { entitySet })).toBe(5);
    expect(evaluate("Customer eq $root/Customers('A')", { entitySet })).toBe(true);
    expect(evaluate("Customer eq $root/Customers('B')", { entitySet })).toBe(false);
  });

  test('values of aliases; without one an alias is null', () => {
    const aliases = { word: parseExpression("'Con'"), twice: parseExpression('Quantity mul 2') };
    expect(evaluate('startswith(Note,@word)', { aliases })).toBe(true);
    expect(evaluate('@twice eq 6', { aliases })).toBe(true);
    expect(evaluate('@none eq null', { aliases })).toBe(true);
    expect(evaluate('Color eq @color', { aliases: { color: parseExpression("'Green'") } })).toBe(true);
  });

  test('what $it is in a nested expression', () => {
    expect(evaluate('$it/Name', { it: { Name: 'outer' }, itType: shopType(model, 'Customer') })).toBe('outer');
  });
});

describe('values of which nothing is known', () => {
  const thing: Row = { n: 7, t: 'PT1H', at: '2026-01-01T00:00:00Z', s: 'Abc', list: [1, { x: 'a' }], o: { p: [1] } };
  const untyped = (text: string) => compileExpression(parseExpression(text), undefined, model)(thing);
  const cases: Cases = [
    ['n div 2', 3],
    ['n divby 2', 3.5],
    ['n add n', 14],
    ["at add 'P1D'", '2026-01-02T00:00:00Z'],
    ['at add t', '2026-01-01T01:00:00Z'],
    ['t mul n', 'PT7H'],
    ['at eq 2026-01-01T01:00:00+01:00', true],
    ["contains(s,'b')", true],
    ['list eq list', true],
    ['o eq {"p":[1]}', true],
    ['list/any(l:l eq 1)', true],
    ['o/p/$count', 1],
    ['concat(o/p,o/p) eq o/p', false],
    ['concat(o/p,o/p) eq [1,1]', true],
    ["concat(s,s) eq 'AbcAbc'", true],
    ['substring(o/p,0) eq [1]', true],
    ['n eq s', false],
    ['n ne s', true],
    ['missing/deep/path', null],
  ];
  for (const [expression, value] of cases) test(expression, () => expect(untyped(expression)).toEqual(value));
});
