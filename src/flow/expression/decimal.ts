/** The decimal type of .NET: 96 bits of digits, a scale of 0 to 28, rounding half to even (reference 7.6). */

/** An immutable decimal number: `digits` × 10^-`scale`. */
export class Decimal {
  readonly digits: bigint;
  readonly scale: number;

  /** Takes digits and scale as they are; use `decimalOf` where they may be out of range. */
  constructor(digits: bigint, scale: number) {
    this.digits = digits;
    this.scale = scale;
    Object.freeze(this);
  }

  /** The digits with the scale kept: `5.00`. */
  toString(): string {
    const sign = this.digits < 0n ? '-' : '';
    const text = magnitude(this.digits)
      .toString()
      .padStart(this.scale + 1, '0');
    if (this.scale === 0) return sign + text;
    return `${sign}${text.slice(0, -this.scale)}.${text.slice(-this.scale)}`;
  }
}

const digitsMax = (1n << 96n) - 1n;
const scaleMax = 28;

/** A decimal of digits and scale, rounded so that it fits; undefined on overflow. */
export function decimalOf(digits: bigint, scale: number): Decimal | undefined {
  let fitting = digits;
  let fittingScale = scale;
  if (fittingScale < 0) {
    if (fittingScale < -scaleMax - 1) return digits === 0n ? new Decimal(0n, 0) : undefined;
    fitting *= powerOfTen(-fittingScale);
    fittingScale = 0;
  }
  // Digits beyond 96 bits, and beyond 28 decimals, are rounded away in one step, so that nothing is rounded twice.
  const surplus = Math.max(fittingScale - scaleMax, magnitude(fitting).toString().length - 29, 0);
  for (let drop = surplus; drop <= fittingScale; drop += 1) {
    const rounded = drop === 0 ? fitting : divideHalfEven(fitting, powerOfTen(drop));
    if (magnitude(rounded) <= digitsMax) return new Decimal(rounded, fittingScale - drop);
  }
  return undefined;
}

/** Reads digits with an optional sign and fraction: `-12.50`; undefined for any other text, or on overflow. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?$/.exec(text);
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = ''] = match;
  if (whole + fraction === '') return undefined;
  const digits = BigInt(whole + fraction);
  return decimalOf(sign === '-' ? -digits : digits, fraction.length);
}

/** A double as a decimal, by its shortest text; undefined when it is not finite or does not fit. */
export function decimalOfFloat(value: number): Decimal | undefined {
  const exact = shortestDecimal(value);
  return exact === undefined ? undefined : decimalOf(exact.digits, exact.scale);
}

/** The digits of a double's shortest text, for comparison: not held to 96 bits. Undefined when it is not finite. */
export function shortestDecimal(value: number): Decimal | undefined {
  const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(value.toExponential());
  if (match === null) return undefined;
  const [, sign = '', first = '', rest = '', exponent = ''] = match;
  const digits = BigInt(sign + first + rest);
  const scale = rest.length - Number(exponent);
  return scale < 0 ? new Decimal(digits * powerOfTen(-scale), 0) : new Decimal(digits, scale);
}

export function addDecimals(left: Decimal, right: Decimal): Decimal | undefined {
  const scale = Math.max(left.scale, right.scale);
  return decimalOf(rescaled(left, scale) + rescaled(right, scale), scale);
}

export function subtractDecimals(left: Decimal, right: Decimal): Decimal | undefined {
  return addDecimals(left, new Decimal(-right.digits, right.scale));
}

export function multiplyDecimals(left: Decimal, right: Decimal): Decimal | undefined {
  return decimalOf(left.digits * right.digits, left.scale + right.scale);
}

/**
 * The quotient with as many decimals as fit, without the zeros that the operands' scales do not ask for. The divisor is
 * not zero.
 */
export function divideDecimals(left: Decimal, right: Decimal): Decimal | undefined {
  const numerator = left.digits * powerOfTen(right.scale);
  const denominator = right.digits * powerOfTen(left.scale);
  const wholeDigits = magnitude(numerator / denominator).toString().length;
  // Each attempt rounds the exact quotient, so that nothing is rounded twice.
  for (let scale = Math.min(scaleMax, Math.max(0, 29 - wholeDigits)); scale >= 0; scale -= 1) {
    const digits = divideHalfEven(numerator * powerOfTen(scale), denominator);
    if (magnitude(digits) > digitsMax) continue;
    return withoutZeros(new Decimal(digits, scale), Math.max(0, left.scale - right.scale));
  }
  return undefined;
}

/** The remainder, with the sign of the dividend. The divisor is not zero. */
export function remainderOfDecimals(left: Decimal, right: Decimal): Decimal | undefined {
  const scale = Math.max(left.scale, right.scale);
  return decimalOf(rescaled(left, scale) % rescaled(right, scale), scale);
}

/** Negative, zero or positive, as `left` is less than, equal to or greater than `right`. */
export function compareDecimals(left: Decimal, right: Decimal): number {
  const scale = Math.max(left.scale, right.scale);
  const difference = rescaled(left, scale) - rescaled(right, scale);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** The same number with no zero at the end beyond `scaleMin` decimals. */
export function withoutZeros(value: Decimal, scaleMin = 0): Decimal {
  let { digits, scale } = value;
  while (scale > scaleMin && digits % 10n === 0n) {
    digits /= 10n;
    scale -= 1;
  }
  return scale === value.scale ? value : new Decimal(digits, scale);
}

function rescaled(value: Decimal, scale: number): bigint {
  return value.digits * powerOfTen(scale - value.scale);
}

function powerOfTen(exponent: number): bigint {
  return 10n ** BigInt(exponent);
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function divideHalfEven(numerator: bigint, denominator: bigint): bigint {
  const isNegative = numerator < 0n !== denominator < 0n;
  const divisor = magnitude(denominator);
  let quotient = magnitude(numerator) / divisor;
  const doubled = (magnitude(numerator) % divisor) * 2n;
  if (doubled > divisor || (doubled === divisor && quotient % 2n === 1n)) quotient += 1n;
  return isNegative ? -quotient : quotient;
}
