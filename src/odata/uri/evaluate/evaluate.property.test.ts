import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { literalOf } from '../../literal/literal-of.ts';
import type { Row } from '../../row.ts';
import { entityTypeOf, sampleModel } from '../../sample-model.case.ts';
import { parseFilter, parseOrderBy } from '../parse/parse-text.ts';
import { printFilter } from '../print/filter.ts';
import { call, compare, type FilterExpression, property } from '../tree/filter-expression.ts';
import { compareRows } from './compare-rows.ts';
import { compileFilter } from './compile-filter.ts';
import { slowValue } from './slow-evaluator.case.ts';

const model = sampleModel();
const customer = entityTypeOf(model, 'CustomerV3');

const text = fc.constantFrom('', 'a', 'A', 'ab', 'b*', "'", 'Ärger', '2026');
const whole = fc.integer({ min: -3, max: 3 });
const decimal = fc.constantFrom(-0.5, 0, 0.1, 0.3, 2);
const instant = fc.constantFrom('2026-01-01T00:00:00Z', '2026-01-01T01:00:00+01:00', '1999-12-31T23:59:59.999Z');

const orNull = <T>(values: fc.Arbitrary<T>) => fc.oneof({ weight: 4, arbitrary: values }, fc.constant(null));

const arbitraryRow: fc.Arbitrary<Row> = fc.record(
  {
    Name: orNull(text),
    PartyNumber: orNull(text),
    Count: orNull(whole),
    CreditLimit: orNull(decimal),
    IsActive: orNull(fc.boolean()),
    CreatedOn: orNull(instant),
  },
  { requiredKeys: [] },
);

/** Operands of one type. */
const texts: fc.Arbitrary<FilterExpression> = fc.oneof(
  fc.constantFrom(property('Name'), property('PartyNumber'), call('tolower', property('Name'))),
  text.map((value) => literalOf(value)),
  fc.constant(literalOf(null)),
);
const numbers: fc.Arbitrary<FilterExpression> = fc.oneof(
  fc.constantFrom(property('Count'), property('CreditLimit'), call('length', property('Name'))),
  fc.constant(call('year', property('CreatedOn'))),
  fc.oneof(whole, decimal).map((value) => literalOf(value)),
  fc.constant(literalOf(null)),
);
const instants: fc.Arbitrary<FilterExpression> = fc.oneof(
  fc.constant(property('CreatedOn')),
  instant.map((value) => literalOf(value, 'Edm.DateTimeOffset')),
);
const booleans: fc.Arbitrary<FilterExpression> = fc.oneof(
  fc.constant(property('IsActive')),
  fc.boolean().map((value) => literalOf(value)),
);

const equality = fc.constantFrom('eq' as const, 'ne' as const);
const ordering = fc.constantFrom(
  'eq' as const,
  'ne' as const,
  'gt' as const,
  'ge' as const,
  'lt' as const,
  'le' as const,
);

/** Conditions whose operands go together. */
const conditions: fc.Arbitrary<FilterExpression> = fc.letrec<{ condition: FilterExpression }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'medium', withCrossShrink: true },
    fc.tuple(ordering, texts, texts).map((parts) => compare(...parts)),
    fc.tuple(ordering, numbers, numbers).map((parts) => compare(...parts)),
    fc.tuple(ordering, instants, instants).map((parts) => compare(...parts)),
    fc.tuple(equality, booleans, booleans).map((parts) => compare(...parts)),
    fc.tuple(fc.constantFrom('contains', 'startswith'), texts, texts).map((parts) => call(...parts)),
    fc
      .tuple(
        texts,
        fc.array(
          orNull(text).map((value) => literalOf(value)),
          { minLength: 1, maxLength: 3 },
        ),
      )
      .map(([operand, items]): FilterExpression => ({ kind: 'inList', operand, items, position: 0 })),
    fc.constant(property('IsActive')),
    tie('condition').map((operand): FilterExpression => ({ kind: 'not', operand, position: 0 })),
    fc
      .tuple(fc.constantFrom('and' as const, 'or' as const), tie('condition'), tie('condition'))
      .map(([operator, left, right]): FilterExpression => ({ kind: 'logical', operator, left, right, position: 0 })),
  ),
})).condition;

describe('compiled filters', () => {
  test('agree with a slow, obvious evaluator', () => {
    fc.assert(
      fc.property(conditions, fc.array(arbitraryRow, { minLength: 1, maxLength: 8 }), (tree, rows) => {
        const holds = compileFilter(tree, customer, model);
        expect(rows.map(holds)).toEqual(rows.map((row) => slowValue(tree, row) === true));
      }),
      { numRuns: 500 },
    );
  });

  test('hold for the same rows after printing and parsing', () => {
    fc.assert(
      fc.property(conditions, arbitraryRow, (tree, row) => {
        const printed = compileFilter(parseFilter(printFilter(tree)), customer, model);
        expect(printed(row)).toBe(compileFilter(tree, customer, model)(row));
      }),
      { numRuns: 300 },
    );
  });
});

describe('orders of rows', () => {
  test('are total: antisymmetric and transitive', () => {
    const order = compareRows(parseOrderBy('Name desc,Count,CreatedOn desc,CreditLimit'), customer, model);
    fc.assert(
      fc.property(arbitraryRow, arbitraryRow, arbitraryRow, (a, b, c) => {
        expect(order(a, b)).toBe(-order(b, a) || 0);
        if (order(a, b) <= 0 && order(b, c) <= 0) expect(order(a, c)).toBeLessThanOrEqual(0);
      }),
    );
  });

  test('null comes first, and last with desc; equal items let the next decide', () => {
    const rows: readonly Row[] = [
      { Name: 'b', Count: 1 },
      { Name: null, Count: 2 },
      { Name: 'a', Count: 1 },
      { Name: 'A', Count: 3 },
    ];
    const sorted = (text: string, options = {}) =>
      [...rows].sort(compareRows(parseOrderBy(text), customer, model, options)).map(({ Name }) => Name);
    expect(sorted('Name')).toEqual([null, 'A', 'a', 'b']);
    expect(sorted('Name desc')).toEqual(['b', 'a', 'A', null]);
    expect(sorted('Count desc,Name')).toEqual(['A', null, 'a', 'b']);
    expect(sorted('Name,Count', { stringCollation: 'case-insensitive' })).toEqual([null, 'a', 'A', 'b']);
    expect(sorted('length(Name),Count desc')).toEqual([null, 'A', 'b', 'a']);
  });
});
