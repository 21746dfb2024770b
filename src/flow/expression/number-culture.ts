/** How a culture writes numbers, currencies and percentages (reference 14.3). */

import { currencyOf } from './currencies.ts';
import { memo } from './memo.ts';
import { isCulture } from './number-text.ts';

export interface NumberCulture {
  readonly decimal: string;
  readonly group: string;
  /** Digits of the first group before the point, and of those before it. */
  readonly groupSizes: readonly [number, number];
  readonly percent: SignedPattern;
  readonly currency: SignedPattern;
  readonly currencyDecimals: number;
}

/** `n` stands for the number: `$n` and `($n)`. */
export interface SignedPattern {
  readonly positive: string;
  readonly negative: string;
}

/** A culture by name, without regard to case; the empty name is the invariant culture. Undefined for any other text. */
export function numberCultureOf(name: string): NumberCulture | undefined {
  return name === '' ? invariantCulture : (platformCulture(name.toLowerCase()) ?? undefined);
}

const invariantCulture: NumberCulture = Object.freeze<NumberCulture>({
  decimal: '.',
  group: ',',
  groupSizes: [3, 3],
  percent: { positive: 'n %', negative: '-n %' },
  currency: { positive: '¤n', negative: '(¤n)' },
  currencyDecimals: 2,
});

const platformCulture = memo(createCulture, 64);

function createCulture(name: string): NumberCulture | null {
  if (!isCulture(name)) return null;
  const latin: Intl.NumberFormatOptions = { numberingSystem: 'latn' };
  const grouped = new Intl.NumberFormat(name, { ...latin, useGrouping: true }).formatToParts(123_456_789_012.5);
  const groups = grouped.filter((part) => part.type === 'integer').map((part) => part.value.length);
  const part = (type: string, otherwise: string) => grouped.find((one) => one.type === type)?.value ?? otherwise;
  const currency = currencyOf(name) ?? 'XXX';
  const isAmerican = name === 'en-us' || name === 'en';
  const money = new Intl.NumberFormat(name, {
    ...latin,
    style: 'currency',
    currency,
    // .NET writes negative dollars in brackets, and other currencies with a sign.
    currencySign: isAmerican ? 'accounting' : 'standard',
  });
  return {
    decimal: part('decimal', '.'),
    group: part('group', ','),
    groupSizes: [groups.at(-1) ?? 3, groups.at(-2) ?? 3],
    percent: signedPattern(new Intl.NumberFormat(name, { ...latin, style: 'percent' })),
    currency: signedPattern(money),
    currencyDecimals: money.resolvedOptions().maximumFractionDigits ?? 2,
  };
}

function signedPattern(format: Intl.NumberFormat): SignedPattern {
  return { positive: patternOf(format, 1), negative: patternOf(format, -1) };
}

/** Symbols that .NET's documentation writes otherwise than Unicode CLDR. */
const symbols: ReadonlyMap<string, string> = new Map([['kr.', 'kr']]);

function patternOf(format: Intl.NumberFormat, value: number): string {
  const pieces = format.formatToParts(value).map(({ type, value: text }) => {
    if (type === 'integer') return 'n';
    if (type === 'decimal' || type === 'fraction' || type === 'group') return '';
    if (type === 'minusSign') return '-';
    if (type === 'currency') return symbols.get(text) ?? text;
    return text.replace(/[\u00A0\u202F]/g, ' ');
  });
  // Marks of direction are left out, as is the second half of the number.
  return pieces.join('').replace(/[\u200E\u200F\u061C]/g, '');
}
