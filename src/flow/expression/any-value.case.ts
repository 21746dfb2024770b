/** Generators of values for property tests. */

import fc from 'fast-check';
import { Decimal } from './decimal.ts';
import type { Value } from './value.ts';

const integer = fc.oneof(
  fc.integer({ min: -5, max: 5 }).map(BigInt),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
);
const float = fc.oneof(fc.integer({ min: -5, max: 5 }), fc.double({ noNaN: true, noDefaultInfinity: true }));
const text = fc.oneof(fc.constantFrom('', 'True', 'False', 'a', 'A'), fc.string({ unit: 'binary' }));
const decimal = fc
  .tuple(fc.bigInt({ min: -1000n, max: 1000n }), fc.integer({ min: 0, max: 5 }))
  .map(([digits, scale]) => new Decimal(digits, scale));

/** A value as a history holds it: all but decimals, NaN and infinities. */
export const storedValue: fc.Arbitrary<Value> = nested(fc.oneof(fc.constant(null), fc.boolean(), text, integer, float));

/** Any value but NaN. */
export const anyValue: fc.Arbitrary<Value> = nested(
  fc.oneof(fc.constant(null), fc.boolean(), text, integer, float, decimal),
);

function nested(leaf: fc.Arbitrary<Value>): fc.Arbitrary<Value> {
  return fc.letrec<{ value: Value }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      fc.array(tie('value'), { maxLength: 4 }),
      fc.array(fc.tuple(text, tie('value')), { maxLength: 4 }).map((members): Value => new Map(members)),
    ),
  })).value;
}
