/** The numeric tower against slow and obvious arithmetic (reference 7.6, 8.4, 8.6). */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Decimal } from '../decimal.ts';
import { callFunction } from '../evaluate.ts';
import { contextScope } from '../evaluation-context.ts';
import type { Value } from '../value.ts';

const scope = contextScope({ random: Math.random });

function call(name: string, ...values: Value[]): Value {
  return callFunction(
    name,
    values.map((value) => () => value),
    scope,
  );
}

/** The value, or the code of the error. */
function outcome(name: string, ...values: Value[]): Value {
  try {
    return call(name, ...values);
  } catch (error) {
    return (error as { code: string }).code;
  }
}

const integer = fc.oneof(
  fc.bigInt({ min: -20n, max: 20n }),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  fc.constantFrom(2n ** 63n - 1n, -(2n ** 63n), 2n ** 31n, 2n ** 53n),
);
const float = fc.oneof(fc.double(), fc.integer({ min: -9, max: 9 }));
const limit = 2n ** 96n - 1n;
const decimal = fc
  .tuple(
    fc.oneof(fc.bigInt({ min: -limit, max: limit }), fc.bigInt({ min: -1000n, max: 1000n })),
    fc.integer({ min: 0, max: 28 }),
  )
  .map(([digits, scale]) => new Decimal(digits, scale));

/** A fraction of integers: exact, slow, obvious. */
interface Fraction {
  readonly over: bigint;
  readonly under: bigint;
}

function fractionOf(value: Decimal): Fraction {
  return { over: value.digits, under: 10n ** BigInt(value.scale) };
}

/** The decimal nearest to a fraction with the most decimals up to `scaleMax` that fit, ties to the even digit. */
function nearestDecimal({ over, under }: Fraction, scaleMax: number): string {
  for (let scale = Math.min(scaleMax, 28); scale >= 0; scale -= 1) {
    const scaled = over * 10n ** BigInt(scale);
    const sign = scaled < 0n !== under < 0n ? -1n : 1n;
    const magnitude = scaled < 0n ? -scaled : scaled;
    const divisor = under < 0n ? -under : under;
    const below = magnitude / divisor;
    const twice = 2n * (magnitude - below * divisor);
    const rounded = twice > divisor || (twice === divisor && below % 2n === 1n) ? below + 1n : below;
    if (rounded <= limit) return new Decimal(sign * rounded, scale).toString();
  }
  return 'EXPRESSION_FAILED';
}

describe('integers', () => {
  const inRange = (value: bigint): Value =>
    value >= -(2n ** 63n) && value <= 2n ** 63n - 1n ? value : 'EXPRESSION_FAILED';

  test('are those of BigInt, checked', () => {
    fc.assert(
      fc.property(integer, integer, (a, b) => {
        expect(outcome('add', a, b)).toBe(inRange(a + b));
        expect(outcome('sub', a, b)).toBe(inRange(a - b));
        expect(outcome('mul', a, b)).toBe(inRange(a * b));
      }),
    );
  });

  test('divide towards zero, and the remainder has the sign of the dividend', () => {
    fc.assert(
      fc.property(integer, integer, (a, b) => {
        if (b === 0n) {
          expect([outcome('div', a, b), outcome('mod', a, b)]).toEqual(['EXPRESSION_FAILED', 'EXPRESSION_FAILED']);
          return;
        }
        fc.pre(!(a === -(2n ** 63n) && b === -1n));
        const quotient = call('div', a, b) as bigint;
        const remainder = call('mod', a, b) as bigint;
        expect(quotient * b + remainder).toBe(a);
        expect(remainder === 0n || remainder < 0n === a < 0n).toBe(true);
      }),
    );
  });

  test('the one quotient beyond the range is an error', () => {
    expect(outcome('div', -(2n ** 63n), -1n)).toBe('EXPRESSION_FAILED');
  });
});

describe('floats', () => {
  test('are doubles, and turn an integer beside them into one', () => {
    fc.assert(
      fc.property(float, fc.oneof(float, integer), (a, b) => {
        const [x, y] = [a, Number(b)];
        expect(call('add', a, b)).toBe(x + y);
        expect(call('sub', b, a)).toBe(y - x);
        expect(call('mul', a, b)).toBe(x * y);
        expect(call('div', a, b)).toBe(x / y);
        expect(call('mod', b, a)).toBe(y % x);
      }),
    );
  });
});

describe('decimals', () => {
  test('are exact fractions, rounded once', () => {
    fc.assert(
      fc.property(decimal, decimal, (left, right) => {
        const [a, b] = [fractionOf(left), fractionOf(right)];
        const sum = { over: a.over * b.under + b.over * a.under, under: a.under * b.under };
        const product = { over: a.over * b.over, under: a.under * b.under };
        const scale = Math.max(left.scale, right.scale);
        expect(String(outcome('add', left, right))).toBe(nearestDecimal(sum, scale));
        expect(String(outcome('mul', left, right))).toBe(nearestDecimal(product, left.scale + right.scale));
      }),
    );
  });

  test('a quotient is the nearest decimal, and one of zero is an error', () => {
    fc.assert(
      fc.property(decimal, decimal, (left, right) => {
        const quotient = String(outcome('div', left, right));
        if (right.digits === 0n) expect(quotient).toBe('EXPRESSION_FAILED');
        else {
          const [a, b] = [fractionOf(left), fractionOf(right)];
          const nearest = nearestDecimal({ over: a.over * b.under, under: a.under * b.over }, 28);
          const short = (text: string) => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
          expect(short(quotient)).toBe(short(nearest).replace(/^-0$/, '0'));
        }
      }),
    );
  });

  test('a float that is too small for a decimal divides as zero', () => {
    expect(outcome('div', new Decimal(1n, 0), 5e-324)).toBe('EXPRESSION_FAILED');
    expect(outcome('mod', new Decimal(0n, 0), -5e-324)).toBe('EXPRESSION_FAILED');
  });

  test('take an integer beside them as it is', () => {
    fc.assert(
      fc.property(decimal, integer, (left, right) => {
        expect(outcome('add', left, right)).toEqual(outcome('add', left, new Decimal(right, 0)));
        expect(outcome('sub', right, left)).toEqual(outcome('sub', new Decimal(right, 0), left));
      }),
    );
  });
});

describe('conversions', () => {
  test('a number comes back from its text', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.double({ noNaN: true, noDefaultInfinity: true }), decimal, (a, b, c) => {
        expect(call('int', call('string', BigInt(a)))).toBe(BigInt(a));
        expect(call('float', call('string', b))).toBe(b);
        expect(String(call('decimal', call('string', c)))).toBe(String(c));
      }),
    );
  });

  test('an integer beyond 2^53 goes through a double', () => {
    fc.assert(
      fc.property(integer, (value) => {
        const double = Number(value);
        expect(outcome('int', value.toString())).toBe(double < 2 ** 63 ? BigInt(double) : 'EXPRESSION_FAILED');
        expect(call('int', value)).toBe(value);
      }),
    );
  });

  test('bytes come back from every encoding', () => {
    const character = fc.oneof(fc.integer({ min: 0, max: 0xd7ff }), fc.integer({ min: 0xe000, max: 0x10ffff }));
    const text = fc.string({ unit: character.map((code) => String.fromCodePoint(code)) });
    fc.assert(
      fc.property(text, (one) => {
        expect(call('base64ToString', call('base64', one))).toBe(one);
        expect(call('dataUriToString', call('dataUri', one))).toBe(one);
        expect(call('decodeUriComponent', call('encodeUriComponent', one))).toBe(one);
        expect(call('string', call('binary', one))).toBe(one);
        expect(call('string', call('uriComponentToBinary', call('uriComponent', one)))).toBe(one);
        expect(call('decodeXmlName', call('encodeXmlName', one))).toBe(one);
        expect(call('decodeXmlValue', call('encodeXmlValue', one))).toBe(one);
      }),
    );
  });

  test('max and min are among the numbers, in the widest type', () => {
    const number = fc.oneof(integer, fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e20, max: 1e20 }));
    fc.assert(
      fc.property(fc.array(number, { minLength: 1 }), (numbers) => {
        const doubles = numbers.map(Number);
        expect(Number(call('max', numbers))).toBe(Math.max(...doubles));
        expect(Number(call('min', ...numbers))).toBe(Math.min(...doubles));
        const isFloat = numbers.some((one) => typeof one === 'number');
        expect(typeof call('max', numbers)).toBe(isFloat ? 'number' : 'bigint');
      }),
    );
  });

  test('rand is in its range, and a number in [0, 1) makes each integer of it', () => {
    const draws = (random: number) =>
      callFunction('rand', [() => 3n, () => 7n], contextScope({ random: () => random }));
    expect([0, 0.25, 0.5, 0.999999].map(draws)).toEqual([3n, 4n, 5n, 6n]);
  });
});
