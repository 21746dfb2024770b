import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Row } from '../../row.ts';
import { entityTypeOf, sampleModel } from '../../sample-model.case.ts';
import { checkFilter } from '../check/check-filter.ts';
import { shopModel, shopType } from '../check/shop-model.case.ts';
import { parseFilter, parseOrderBy } from '../parse/parse-text.ts';
import { printFilter } from '../print/filter.ts';
import { arbitraryFilters, arbitraryOrder } from './arbitrary-filters.case.ts';
import { compareRows } from './compare-rows.ts';
import { compileFilter, evaluateFilter } from './compile-filter.ts';
import { slowHolds } from './slow-evaluator.case.ts';

const shop = shopModel();
const order = shopType(shop, 'Order');
const filters = arbitraryFilters();

describe('compiled filters', () => {
  test('agree with a slow, obvious evaluator', () => {
    fc.assert(
      fc.property(filters, fc.array(arbitraryOrder, { minLength: 1, maxLength: 6 }), (tree, rows) => {
        const holds = compileFilter(tree, order, shop);
        expect(rows.map(holds)).toEqual(rows.map((row) => slowHolds(tree, row)));
      }),
      { numRuns: 1_000 },
    );
  });

  test('hold for the same rows when they were checked before, and after printing and parsing', () => {
    fc.assert(
      fc.property(filters, arbitraryOrder, (tree, row) => {
        const holds = compileFilter(tree, order, shop)(row);
        expect(evaluateFilter(checkFilter(tree, order, shop), row, shop)).toBe(holds);
        expect(compileFilter(parseFilter(printFilter(tree)), order, shop)(row)).toBe(holds);
      }),
      { numRuns: 300 },
    );
  });
});

describe('orders of rows', () => {
  test('are total: antisymmetric and transitive', () => {
    const compare = compareRows(parseOrderBy('Note desc,Quantity,At desc,Amount,Took'), order, shop);
    fc.assert(
      fc.property(arbitraryOrder, arbitraryOrder, arbitraryOrder, (a, b, c) => {
        expect(compare(a, b)).toBe(-compare(b, a) || 0);
        if (compare(a, b) <= 0 && compare(b, c) <= 0) expect(compare(a, c)).toBeLessThanOrEqual(0);
      }),
    );
  });

  test('null comes first, and last with desc; equal items let the next decide', () => {
    const model = sampleModel();
    const customer = entityTypeOf(model, 'CustomerV3');
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
