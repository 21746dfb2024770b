/** Literal → JavaScript value. */

import { exactNumber, parseDecimal } from './decimal.ts';
import type { Literal } from './literal.ts';

/**
 * The value of a literal: a number where a double holds it exactly, else a bigint (integers) or the digits as text
 * (decimals); boolean; null; for every other type its text.
 */
export function literalValue(literal: Literal): string | number | bigint | boolean | null {
  switch (literal.type) {
    case 'null':
      return null;
    case 'Edm.Boolean':
      return literal.text === 'true';
    case 'Edm.Byte':
    case 'Edm.SByte':
    case 'Edm.Int16':
    case 'Edm.Int32':
    case 'Edm.Int64': {
      const value = Number(literal.text);
      return Number.isSafeInteger(value) ? value : BigInt(literal.text);
    }
    case 'Edm.Decimal': {
      const decimal = parseDecimal(literal.text);
      return (decimal && exactNumber(decimal)) ?? literal.text;
    }
    case 'Edm.Double':
    case 'Edm.Single':
      return Number(literal.text.replace('INF', 'Infinity'));
    default:
      return literal.text;
  }
}
