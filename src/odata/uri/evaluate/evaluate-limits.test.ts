import { describe, expect, test } from 'vitest';
import { literalOf } from '../../literal/literal-of.ts';
import type { Row } from '../../row.ts';
import { expressionLimits } from '../check/check-scope.ts';
import { shopModel, shopType } from '../check/shop-model.case.ts';
import { parseExpression, parseFilter } from '../parse/parse-text.ts';
import { and, call, compare, type FilterExpression, not, or, property } from '../tree/filter-expression.ts';
import { compileExpression } from './compile-compute.ts';
import { compileFilter, evaluateFilter } from './compile-filter.ts';

const model = shopModel();
const order = shopType(model, 'Order');
const row: Row = { Number: 1, Paid: true, Note: 'x', Items: [{ Line: 1 }] };

type Wrap = (inner: FilterExpression) => FilterExpression;

/** Ways to nest a condition. */
const wraps: Readonly<Record<string, Wrap>> = {
  not,
  'the right side of or': (inner) => or(property('Paid'), inner),
  'alternating and, or': (inner) => or(and(inner, property('Paid')), property('Paid')),
  case: (inner) => ({ kind: 'case', branches: [{ condition: inner, value: inner }], position: 0 }),
  lambda: (predicate) => {
    return { kind: 'lambda', operator: 'any', collection: property('Items'), variable: 'i', predicate, position: 0 };
  },
  'a count of a filtered collection': (inner) => {
    const predicate = compare(
      'ge',
      { kind: 'countOf', source: property('$it/Items'), filter: inner, position: 0 },
      literalOf(0),
    );
    return {
      kind: 'lambda',
      operator: 'all',
      collection: property('$it/Items'),
      variable: 'i',
      predicate,
      position: 0,
    };
  },
  'arguments of functions': (inner) => compare('eq', call('contains', property('$it/Note'), literalOf('x')), inner),
};

function nestedIn(wrap: Wrap, depth: number): FilterExpression {
  let tree: FilterExpression = compare('eq', property('$it/Note'), literalOf('x'));
  for (let level = 0; level < depth; level += 1) tree = wrap(tree);
  return tree;
}

describe('nesting', () => {
  for (const [name, wrap] of Object.entries(wraps)) {
    test(`of ${name} is refused by name or evaluated, and never runs out of stack`, () => {
      expect(() => evaluateFilter(nestedIn(wrap, 10_000), row, model, { entityType: order })).toThrow(
        expect.objectContaining({ code: 'LIMIT_EXCEEDED' }),
      );
    });
  }

  test('just below the limit is evaluated', () => {
    const depth = expressionLimits.expressionDepthMax - 4;
    expect(evaluateFilter(nestedIn(not, depth), row, model)).toBe(true);
    const texts = Array.from({ length: depth }).reduce(
      (inner: FilterExpression) => call('tolower', inner),
      property('Note'),
    );
    expect(evaluateFilter(compare('eq', texts, literalOf('x')), row, model, { entityType: order })).toBe(true);
    const right = Array.from({ length: depth }).reduce(
      (inner: FilterExpression) => or(property('Note'), inner),
      literalOf(true),
    );
    expect(evaluateFilter(right, {}, model)).toBe(true);
  });

  test('of values that are compared is limited by name', () => {
    const array = (depth: number) => nestedArray(depth);
    expect(evaluateFilter(compare('eq', array(150), array(150)), {}, model)).toBe(true);
    expect(() => evaluateFilter(compare('eq', array(400), array(400)), {}, model)).toThrow(
      expect.objectContaining({ limit: 'valueDepthMax' }),
    );
  });
});

function nestedArray(depth: number): FilterExpression {
  let tree: FilterExpression = { kind: 'array', items: [], position: 0 };
  for (let level = 0; level < depth; level += 1) tree = { kind: 'array', items: [tree], position: 0 };
  return tree;
}

describe('chains', () => {
  const condition = compare('eq', property('Number'), literalOf(1));
  const many = Array.from({ length: 5_000 }, () => condition);

  test('of and, or may be long', () => {
    expect(compileFilter(and(condition, ...many), order, model)(row)).toBe(true);
    expect(compileFilter(or(not(condition), ...many.map(not)), order, model)(row)).toBe(false);
  });

  test('of arithmetic and of comparisons may be long', () => {
    const sum = compileExpression(parseExpression(`Number${' add 1'.repeat(1_900)}`), order, model);
    expect(sum(row)).toBe(1_901);
    const same = compileExpression(parseExpression(`Paid${' eq true'.repeat(700)}`), order, model);
    expect(same(row)).toBe(true);
  });
});

describe('work that multiplies is limited by name', () => {
  test('lambdas within lambdas', () => {
    const wide: Row = { Items: Array.from({ length: 100 }, (_item, Line) => ({ Line })) };
    const filter = parseFilter(
      'Items/any(a:Items/any(b:Items/any(c:Items/any(d:a/Line add b/Line add c/Line add d/Line lt 0))))',
    );
    expect(() => evaluateFilter(filter, wide, model, { entityType: order })).toThrow(
      expect.objectContaining({ limit: 'itemsVisitedMax' }),
    );
  });

  test('concatenations', () => {
    const large: Row = { Note: 'a'.repeat(1_000_000), Customer: { Tags: Array.from({ length: 50_000 }, () => 'a') } };
    const twice = (inner: string) => `concat(${inner},${inner})`;
    for (const [path, limit] of [
      ['Note', 'textLengthMax'],
      ['Customer/Tags', 'itemsVisitedMax'],
    ] as const) {
      const once = compileExpression(parseExpression(`length(${twice(path)})`), order, model);
      expect(once(large)).toBe(path === 'Note' ? 2_000_000 : 100_000);
      const often = compileExpression(parseExpression(`length(${twice(twice(twice(twice(path))))})`), order, model);
      expect(() => often(large), path).toThrow(expect.objectContaining({ limit }));
    }
  });

  test('digits', () => {
    const digits = '9'.repeat(300);
    const product = parseExpression(`${digits}${` mul ${digits}`.repeat(20)}`);
    expect(() => compileExpression(product, order, model)(row)).toThrow(
      expect.objectContaining({ limit: 'decimalDigitsMax' }),
    );
  });
});

describe('values from outside', () => {
  test('names that objects have are members only where a row has them', () => {
    const holds = (filter: string, of: Row) => evaluateFilter(parseFilter(filter), of, model);
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      expect(holds(`${name} eq null`, {})).toBe(true);
      expect(holds(`${name}/name eq null`, {})).toBe(true);
      expect(holds(`${name} eq 'x'`, JSON.parse(`{"${name}":"x"}`) as Row)).toBe(true);
    }
  });

  test('what is no value of its type is null', () => {
    const strange: Row = {
      At: '2026-99-99T99:99:99Z',
      Took: `P${'9'.repeat(400)}D`,
      Day: 'yesterday',
      Amount: '1e99999',
      Items: { Line: 1 },
      Customer: [],
      Color: ['Red'],
    };
    const found = (text: string) => compileExpression(parseExpression(text), order, model)(strange);
    expect(found("Took add duration'PT1S'")).toBe(null);
    expect(found("Day add duration'PT1S'")).toBe(null);
    expect(found('Items/any(i:i/Line eq 1)')).toBe(false);
    expect(found("Color eq 'Red'")).toBe(false);
    expect(() => found('Amount gt 1')).toThrow(expect.objectContaining({ code: 'LIMIT_EXCEEDED' }));
  });

  test('long texts are searched in one walk', () => {
    const half = 'a'.repeat(200_000);
    const texts: Row = { Note: half + half, Customer: { Name: `${half}b${half.slice(0, 100_000)}` } };
    const found = (text: string) => compileExpression(parseExpression(text), order, model)(texts);
    expect(found('contains(Note,Customer/Name)')).toBe(false);
    expect(found("indexof(concat(concat(Note,'b'),Note),Customer/Name)")).toBe(200_000);
  });

  test('texts that are no dates are looked at once', () => {
    const found = (text: string, At: string) => compileExpression(parseExpression(text), order, model)({ At });
    expect(found('totaloffsetminutes(At)', 'T'.repeat(1_000_000))).toBe(null);
    expect(found('totaloffsetminutes(At)', '2026-07-30t12:00z')).toBe(0);
    expect(found('totaloffsetminutes(At)', '2026-07-30')).toBe(null);
    expect(found('date(At)', `2026-07-30${'T'.repeat(1_000_000)}\n`)).toBe('2026-07-30');
  });

  test('the type of a row is the one that it names, when the model has it', () => {
    const filter = parseFilter('Discount gt 1');
    expect(evaluateFilter(filter, { '@odata.type': '#Shop.Vip', Discount: 2 }, model)).toBe(true);
    expect(evaluateFilter(filter, { '@type': 'Shop.Vip', Discount: 0 }, model)).toBe(false);
    expect(() => evaluateFilter(filter, { '@odata.type': '#Shop.Customer', Discount: 2 }, model)).toThrow(
      "'Discount' is not a property of Customer",
    );
    expect(evaluateFilter(filter, { Discount: 2 }, model)).toBe(true);
  });
});
