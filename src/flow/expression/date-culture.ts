/** How a culture writes dates: names, order, separators and .NET's standard patterns (reference 14.2). */

import { memo } from './memo.ts';
import { isCulture } from './number-text.ts';

export interface DateCulture {
  /** January first; as they stand in a date. */
  readonly months: readonly string[];
  readonly monthsShort: readonly string[];
  /** As they stand alone, which some languages decline differently. */
  readonly monthsAlone: readonly string[];
  /** Sunday first. */
  readonly days: readonly string[];
  readonly daysShort: readonly string[];
  readonly am: string;
  readonly pm: string;
  readonly dateSeparator: string;
  readonly timeSeparator: string;
  /** Standard format letter → custom pattern. */
  readonly patterns: ReadonlyMap<string, string>;
}

/** A culture by name, without regard to case; the empty name is the invariant culture. Undefined for any other text. */
export function dateCultureOf(name: string): DateCulture | undefined {
  const lowered = name.toLowerCase();
  if (lowered === '') return invariantCulture;
  if (lowered === 'en-us' || lowered === 'en') return americanCulture;
  return platformCulture(lowered) ?? undefined;
}

const english = {
  months: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
  days: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
};
const short = (names: readonly string[]) => names.map((name) => name.slice(0, 3));

/** The patterns that are the same everywhere. */
const fixedPatterns: readonly (readonly [string, string])[] = [
  ['O', "yyyy-MM-dd'T'HH:mm:ss.fffffffK"],
  ['R', "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'"],
  ['s', "yyyy-MM-dd'T'HH':'mm':'ss"],
  ['u', "yyyy-MM-dd HH':'mm':'ss'Z'"],
];

interface CulturePatterns {
  readonly shortDate: string;
  readonly longDate: string;
  readonly shortTime: string;
  readonly longTime: string;
  readonly monthDay: string;
  readonly yearMonth: string;
}

function patternsOf(patterns: CulturePatterns): ReadonlyMap<string, string> {
  const { shortDate, longDate, shortTime, longTime, monthDay, yearMonth } = patterns;
  return new Map([
    ...fixedPatterns,
    ['o', "yyyy-MM-dd'T'HH:mm:ss.fffffffK"],
    ['r', "ddd, dd MMM yyyy HH':'mm':'ss 'GMT'"],
    ['d', shortDate],
    ['D', longDate],
    ['f', `${longDate} ${shortTime}`],
    ['F', `${longDate} ${longTime}`],
    ['g', `${shortDate} ${shortTime}`],
    ['G', `${shortDate} ${longTime}`],
    ['M', monthDay],
    ['m', monthDay],
    ['t', shortTime],
    ['T', longTime],
    ['U', `${longDate} ${longTime}`],
    ['Y', yearMonth],
    ['y', yearMonth],
  ]);
}

const englishNames = {
  months: english.months,
  monthsShort: short(english.months),
  monthsAlone: english.months,
  days: english.days,
  daysShort: short(english.days),
  am: 'AM',
  pm: 'PM',
  dateSeparator: '/',
  timeSeparator: ':',
};

export const americanCulture: DateCulture = Object.freeze({
  ...englishNames,
  patterns: patternsOf({
    shortDate: 'M/d/yyyy',
    longDate: 'dddd, MMMM d, yyyy',
    shortTime: 'h:mm tt',
    longTime: 'h:mm:ss tt',
    monthDay: 'MMMM d',
    yearMonth: 'MMMM yyyy',
  }),
});

export const invariantCulture: DateCulture = Object.freeze({
  ...englishNames,
  patterns: patternsOf({
    shortDate: 'MM/dd/yyyy',
    longDate: 'dddd, dd MMMM yyyy',
    shortTime: 'HH:mm',
    longTime: 'HH:mm:ss',
    monthDay: 'MMMM dd',
    yearMonth: 'yyyy MMMM',
  }),
});

const platformCulture = memo(createCulture, 64);

/** A day whose numbers all differ: Saturday, 2001-02-03 16:05:06. */
const sample = Date.UTC(2001, 1, 3, 16, 5, 6);

function createCulture(name: string): DateCulture | null {
  if (!isCulture(name)) return null;
  const parts = (options: Intl.DateTimeFormatOptions, at = sample) => datePartsOf(name, options, at);
  const part = (type: string, options: Intl.DateTimeFormatOptions, at: number) =>
    parts(options, at).find((one) => one.type === type)?.value ?? '';
  const months = Array.from({ length: 12 }, (_, month) => Date.UTC(2001, month, 3));
  // 2001-07-01 was a Sunday.
  const days = Array.from({ length: 7 }, (_, day) => Date.UTC(2001, 6, 1 + day));
  const shortDate = parts({ dateStyle: 'short' });
  const shortTime = parts({ timeStyle: 'short' });
  return {
    months: months.map((at) => part('month', { month: 'long', day: 'numeric' }, at)),
    monthsShort: months.map((at) => part('month', { month: 'short', day: 'numeric' }, at)),
    monthsAlone: months.map((at) => part('month', { month: 'long' }, at)),
    days: days.map((at) => part('weekday', { weekday: 'long' }, at)),
    daysShort: days.map((at) => part('weekday', { weekday: 'short' }, at)),
    am: part('dayPeriod', { hour: 'numeric', hour12: true }, Date.UTC(2001, 1, 3, 9)) || 'AM',
    pm: part('dayPeriod', { hour: 'numeric', hour12: true }, sample) || 'PM',
    dateSeparator: separatorOf(shortDate, '/'),
    timeSeparator: separatorOf(shortTime, ':'),
    patterns: patternsOf({
      shortDate: patternOf(shortDate),
      longDate: patternOf(parts({ dateStyle: 'full' })),
      shortTime: patternOf(shortTime),
      longTime: patternOf(parts({ timeStyle: 'medium' })),
      monthDay: patternOf(parts({ month: 'long', day: 'numeric' })),
      yearMonth: patternOf(parts({ month: 'long', year: 'numeric' })),
    }),
  };
}

interface Part {
  readonly type: string;
  readonly value: string;
}

function datePartsOf(name: string, options: Intl.DateTimeFormatOptions, at: number): readonly Part[] {
  const format = new Intl.DateTimeFormat(name, {
    ...options,
    calendar: 'gregory',
    numberingSystem: 'latn',
    timeZone: 'UTC',
  });
  // Narrow and unbreakable blanks are ordinary ones in .NET's patterns; marks of direction are left out.
  return format.formatToParts(at).map(({ type, value }) => ({
    type,
    value: value.replace(/[\u00A0\u202F]/g, ' ').replace(/[\u200E\u200F\u061C]/g, ''),
  }));
}

function separatorOf(parts: readonly Part[], otherwise: string): string {
  const literal = parts.find((part, index) => part.type === 'literal' && index > 0)?.value.trim();
  return literal === undefined || literal === '' ? otherwise : literal;
}

/** The pattern of .NET that writes such parts of the sample. */
function patternOf(parts: readonly Part[]): string {
  return parts.map(specifierOf).join('').trim();
}

function specifierOf({ type, value }: Part): string {
  const isNumber = /^\d+$/.test(value);
  const width = value.length >= 2 ? 2 : 1;
  switch (type) {
    case 'year':
      return 'yyyy';
    case 'month':
      return isNumber ? 'M'.repeat(width) : 'MMMM';
    case 'day':
      return 'd'.repeat(width);
    case 'weekday':
      return 'dddd';
    case 'hour':
      // The sample's hour has two digits on a clock of 24 hours, so its width says nothing; .NET writes HH there.
      return value === '16' ? 'HH' : 'h'.repeat(width);
    case 'minute':
      return 'mm';
    case 'second':
      return 'ss';
    case 'dayPeriod':
      return 'tt';
    default:
      return /[^\s,./:-]/.test(value) ? `'${value.replaceAll("'", "\\'")}'` : value.replace(/[./:-]/g, "'$&'");
  }
}
