import { describe, expect, test } from 'vitest';
import { shopModel } from '../check/shop-model.case.ts';
import { parseExpression } from '../parse/parse-text.ts';
import { parseRequestUri } from '../parse/request-uri.ts';
import { printRequestUri } from '../print/request-uri.ts';
import type { FilterExpression } from '../tree/filter-expression.ts';
import { resolveAliases } from './resolve-aliases.ts';

const model = shopModel();

describe('aliases give way to their values', () => {
  const cases: readonly (readonly [uri: string, resolved: string])[] = [
    ["Movies?$filter=contains(@word,Title)&@word='Black'", "Movies?$filter=contains('Black',Title)"],
    ["Customers(@id)?@id='A'", "Customers('A')"],
    ['Ns.F(a=@x,b=@x)?@x=1', 'Ns.F(a=1,b=1)'],
    ["F(Names=@n,b=@x)?@n=['a','b']&@x=1", "F(Names=['a','b'],b=1)"],
    ['F(Target=@t)?@t={"Line":1}', 'F(Target={"Line":1})'],
    ["Customers('A')/F(x=@x)?@x=1 add 1", "Customers('A')/F(x=1 add 1)"],
    ['Customers(A=@x,B=2)?@x=1', 'Customers(A=1,B=2)'],
    ['Orders?$filter=A eq @a&@a=@b add 1&@b=2', 'Orders?$filter=A eq 2 add 1'],
    ['Orders?$filter=A eq @none', 'Orders?$filter=A eq null'],
    ['Customers(@none)', 'Customers(null)'],
    ['Orders?$expand=Items($filter=Line eq @l)&@l=3', 'Orders?$expand=Items($filter=Line eq 3)'],
    ['Orders?$orderby=A add @a desc&@a=1', 'Orders?$orderby=A add 1 desc'],
    ['Orders?$apply=filter(A gt @a)/topcount(@a,A)&@a=1', 'Orders?$apply=filter(A gt 1)/topcount(1,A)'],
    ['Orders/$filter(A eq @a)?@a=1', 'Orders/$filter(A eq 1)'],
    ['Orders?$filter=Items/any(i:i/Line in @l)&@l=[1,2]', 'Orders?$filter=Items/any(i:i/Line in [1,2])'],
  ];
  for (const [uri, resolved] of cases) {
    test(uri, () => {
      const tree = resolveAliases(parseRequestUri(uri.replaceAll(' ', '%20')));
      expect(decodeURIComponent(printRequestUri(tree))).toBe(resolved);
      expect(tree.options).not.toHaveProperty('aliases');
    });
  }

  test('parameters among the query options, where the model has the function', () => {
    const uri = parseRequestUri('Top?size=3&other=x');
    expect(printRequestUri(resolveAliases(uri, model))).toBe('Top(size=3)?other=x');
    expect(printRequestUri(resolveAliases(uri))).toBe('Top?size=3&other=x');
  });
});

describe('what is refused', () => {
  test('an alias that stands for itself', () => {
    const uri = parseRequestUri('Orders?$filter=A%20eq%20@a&@a=@b&@b=-@a');
    expect(() => resolveAliases(uri)).toThrow('The parameter alias @a stands for itself: @a → @b → @a.');
    expect(() => resolveAliases(uri)).toThrow(expect.objectContaining({ code: 'ODATA_TYPE_MISMATCH' }));
  });

  test('a key that is no literal', () => {
    const uri = parseRequestUri('Customers(@id)?@id=1%20add%201');
    expect(() => resolveAliases(uri)).toThrow('stands in a key; expected a literal, got arithmetic.');
  });

  test('aliases that multiply', () => {
    const aliases: Record<string, FilterExpression> = { a0: parseExpression('1') };
    for (let index = 1; index <= 60; index += 1) {
      aliases[`a${index}`] = parseExpression(`@a${index - 1} add @a${index - 1}`);
    }
    const uri = parseRequestUri('Orders?$filter=A%20eq%20@a60');
    expect(() => resolveAliases({ ...uri, options: { ...uri.options, aliases } })).toThrow(
      expect.objectContaining({ limit: 'expressionNodesMax' }),
    );
  });
});
