/** Text to timestamps as a culture writes them, without a format (reference 8.7). */

import type { DateCulture } from './date-culture.ts';
import { parseTimestamp, timestampLengthMax } from './parse-timestamp.ts';
import type { Timestamp } from './timestamp.ts';
import { buildTimestamp, type DateParts, fullYear } from './timestamp-parts.ts';

const timePattern =
  /(?:^|[\sT,])(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,](\d{1,20}))?)?\s*([^\d\s:,/+-][^\d:,/+-]*?)?\s*(Z|GMT|UTC|[+-]\d{2}:?\d{2})?$/iu;

/**
 * The timestamp that a text is in a culture: `20/10/2014` in fr-FR, `martes 20 octubre 2020` in es-ES. ISO 8601 is read
 * in every culture. Undefined when it is none.
 */
export function parseCultureTimestamp(text: string, culture: DateCulture, today: () => bigint): Timestamp | undefined {
  const trimmed = text.trim();
  if (trimmed.length > timestampLengthMax) return undefined;
  if (/^\d{4}-/.test(trimmed)) return parseTimestamp(trimmed);
  const parts: DateParts = {};
  const time = timePattern.exec(trimmed);
  // What is written with points is a time only behind a date, in a culture that writes times so.
  const isTime =
    time !== null && (trimmed.includes(':', time.index) || (culture.timeSeparator === '.' && time.index > 0));
  if (isTime && !readTime(time, culture, parts)) return undefined;
  const date = isTime ? trimmed.slice(0, time.index) : trimmed;
  if (date.trim() !== '' && !readDate(date, culture, parts)) return undefined;
  return parts.day === undefined && parts.hour === undefined ? undefined : buildTimestamp(parts, today);
}

function readTime(match: RegExpExecArray, culture: DateCulture, parts: DateParts): boolean {
  const [, hour, minute, second = '0', fraction = '', half, zone] = match;
  Object.assign(parts, { hour: Number(hour), minute: Number(minute), second: Number(second) });
  parts.fraction = Number(fraction.slice(0, 7).padEnd(7, '0'));
  if (half !== undefined) {
    const isPm = [culture.pm, 'pm'].some((name) => name.toLowerCase() === half.toLowerCase());
    if (!isPm && ![culture.am, 'am'].some((name) => name.toLowerCase() === half.toLowerCase())) return false;
    parts.isPm = isPm;
  }
  const offset = /^([+-])(\d{2}):?(\d{2})$/.exec(zone ?? '');
  if (zone !== undefined) {
    const minutes = offset === null ? 0 : Number(offset[2]) * 60 + Number(offset[3]);
    parts.offsetMinutes = offset?.[1] === '-' ? -minutes : minutes;
  }
  return true;
}

function readDate(text: string, culture: DateCulture, parts: DateParts): boolean {
  const numbers: string[] = [];
  const fillers = fillersOf(culture);
  for (const [token] of withoutDayName(text, culture, parts).matchAll(/\d+|[^\d\s,./-]+/gu)) {
    if (/^\d/.test(token)) {
      numbers.push(token);
      continue;
    }
    if (!readWord(token, culture, fillers, parts)) return false;
  }
  return placeNumbers(numbers, culture, parts);
}

/** The text without the full name of a day, which may hold what parts words: `segunda-feira`. */
function withoutDayName(text: string, culture: DateCulture, parts: DateParts): string {
  const lowered = text.toLowerCase();
  // The longest name wins: one may begin another.
  const found = culture.days.filter((name) => name !== '' && lowered.includes(name.toLowerCase()));
  const name = found.sort((left, right) => right.length - left.length)[0];
  if (name === undefined) return text;
  parts.dayOfWeek = culture.days.indexOf(name);
  const at = lowered.indexOf(name.toLowerCase());
  return `${text.slice(0, at)} ${text.slice(at + name.length)}`;
}

/** A name, or a filler; where words are not parted by blanks, fillers before a name. */
function readWord(token: string, culture: DateCulture, fillers: ReadonlySet<string>, parts: DateParts): boolean {
  for (let word = token; ; ) {
    const month = indexOfName(word, culture.months, culture.monthsShort, culture.monthsAlone);
    const day = indexOfName(word, culture.days, culture.daysShort);
    if (month >= 0 && parts.month === undefined) parts.month = month + 1;
    else if (day >= 0 && parts.dayOfWeek === undefined) parts.dayOfWeek = day;
    else if (!fillers.has(word.toLowerCase())) {
      const filler = [...fillers].find((one) => word.toLowerCase().startsWith(one));
      if (filler === undefined) return false;
      word = word.slice(filler.length);
      continue;
    }
    return true;
  }
}

/** Words that stand in the culture's own dates: `de` in `20 de octubre de 2020`. */
function fillersOf(culture: DateCulture): ReadonlySet<string> {
  const quoted = [...culture.patterns.values()].flatMap((pattern) =>
    [...pattern.matchAll(/'([^']*)'/g)].flatMap((match) => (match[1] ?? '').toLowerCase().split(/[\s,./-]+/)),
  );
  return new Set(quoted.filter((word) => word !== ''));
}

function indexOfName(word: string, ...lists: readonly (readonly string[])[]): number {
  const bare = (name: string) => name.toLowerCase().replace(/\.$/, '');
  for (const names of lists) {
    const found = names.findIndex((name) => bare(name) === bare(word));
    if (found >= 0) return found;
  }
  return -1;
}

function placeNumbers(numbers: readonly string[], culture: DateCulture, parts: DateParts): boolean {
  const order = parts.month === undefined ? orderOf(culture.patterns.get('d')) : ['day', 'year'];
  if (numbers.length !== order.length || numbers.some((number) => number.length > 4)) return false;
  const isYear = (number: string | undefined) => (number?.length ?? 0) > 2;
  // A year of four digits is known wherever it stands.
  if (isYear(numbers[0])) order.unshift(...order.splice(order.indexOf('year'), 1));
  else if (isYear(numbers.at(-1))) order.push(...order.splice(order.indexOf('year'), 1));
  numbers.forEach((number, index) => {
    const value = Number(number);
    const part = order[index];
    if (part === 'year') parts.year = number.length <= 2 ? fullYear(value) : value;
    else if (part === 'month') parts.month = value;
    else parts.day = value;
  });
  return true;
}

function orderOf(pattern = 'M/d/yyyy'): ('year' | 'month' | 'day')[] {
  const names = { y: 'year', M: 'month', d: 'day' } as const;
  return [...pattern.matchAll(/([yMd])\1*/g)].map((match) => names[match[1] as 'y' | 'M' | 'd']);
}
