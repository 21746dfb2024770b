/** Spans of time as .NET's TimeSpan: text and formats (reference 8.7). */

import { patternTokens } from './date-pattern.ts';
import { dateFormatLengthMax } from './limits.ts';
import { separatorsOf } from './number-text.ts';
import { ticksPerDay, ticksPerHour, ticksPerMinute, ticksPerSecond } from './timestamp.ts';

const spanPattern = /^\s*(-)?(?:(\d{1,8})|(?:(\d{1,8})\.)?(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,7}))?)?)\s*$/;
const ticksLargest = 2n ** 63n - 1n;

/** The constant format `c`: `[-][d.]hh:mm:ss[.fffffff]`. */
export function timeSpanText(ticks: bigint): string {
  const { sign, days, clock, fraction } = partsOf(ticks);
  return `${sign}${days > 0n ? `${days}.` : ''}${clock.map(two).join(':')}${fraction === '0000000' ? '' : `.${fraction}`}`;
}

/** The ticks of a span: `1.02:03:04.5`, `02:03`, `5` for days. Undefined when the text is none. */
export function parseTimeSpan(text: string): bigint | undefined {
  const match = text.length > 64 ? null : spanPattern.exec(text);
  if (match === null) return undefined;
  const [, sign, onlyDays, days = '0', hours = '0', minutes = '0', seconds = '0', fraction = ''] = match;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  const ticks =
    BigInt(onlyDays ?? days) * ticksPerDay +
    BigInt(hours) * ticksPerHour +
    BigInt(minutes) * ticksPerMinute +
    BigInt(seconds) * ticksPerSecond +
    BigInt(fraction.padEnd(7, '0'));
  if (ticks > ticksLargest) return undefined;
  return sign === undefined ? ticks : -ticks;
}

/** A span in a standard (`c`, `g`, `G`) or custom format; undefined when the format or the culture is none. */
export function formatTimeSpan(ticks: bigint, format: string, culture: string): string | undefined {
  const separators = separatorsOf(culture);
  if (separators === undefined || format.length > dateFormatLengthMax) return undefined;
  const { sign, days, clock, fraction } = partsOf(ticks);
  const [hours = 0n, minutes = 0n, seconds = 0n] = clock;
  switch (format) {
    case '':
    case 'c':
    case 't':
    case 'T':
      return timeSpanText(ticks);
    case 'g': {
      const digits = fraction.replace(/0+$/, '');
      const day = days > 0n ? `${days}:` : '';
      return `${sign}${day}${hours}:${two(minutes)}:${two(seconds)}${digits === '' ? '' : separators.decimal + digits}`;
    }
    case 'G':
      return `${sign}${days}:${clock.map(two).join(':')}${separators.decimal}${fraction}`;
    default:
      return format.length === 1 ? undefined : customText(ticks, format);
  }
}

/** No sign is written by a custom format, and every text in it is quoted or escaped. */
function customText(ticks: bigint, format: string): string | undefined {
  const { days, clock, fraction } = partsOf(ticks);
  const [hours = 0n, minutes = 0n, seconds = 0n] = clock;
  const numbers: Readonly<Record<string, bigint>> = { d: days, h: hours, m: minutes, s: seconds };
  let text = '';
  for (const token of patternTokens(format) ?? []) {
    if (token.kind === 'literal') {
      text += token.text;
      continue;
    }
    const number = numbers[token.letter];
    if (number !== undefined && token.width <= (token.letter === 'd' ? 8 : 2)) {
      text += number.toString().padStart(token.width, '0');
    } else if (token.letter === 'f' && token.width <= 7) text += fraction.slice(0, token.width);
    else if (token.letter === 'F' && token.width <= 7) text += fraction.slice(0, token.width).replace(/0+$/, '');
    else return undefined;
  }
  return patternTokens(format) === undefined ? undefined : text;
}

function partsOf(ticks: bigint): {
  readonly sign: string;
  readonly days: bigint;
  readonly clock: readonly bigint[];
  readonly fraction: string;
} {
  const span = ticks < 0n ? -ticks : ticks;
  return {
    sign: ticks < 0n ? '-' : '',
    days: span / ticksPerDay,
    clock: [(span / ticksPerHour) % 24n, (span / ticksPerMinute) % 60n, (span / ticksPerSecond) % 60n],
    fraction: (span % ticksPerSecond).toString().padStart(7, '0'),
  };
}

function two(value: bigint): string {
  return value.toString().padStart(2, '0');
}
