/** Dates: round trips through text, formats, cultures and time zones (reference 8.7, 14.1, 14.2). */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { evaluate } from './compile.ts';
import { dateCultureOf } from './date-culture.ts';
import { formatTimestamp, roundTripText } from './format-timestamp.ts';
import { parseCultureTimestamp } from './parse-culture-timestamp.ts';
import { parseExactTimestamp } from './parse-exact-timestamp.ts';
import { parseTimestamp } from './parse-timestamp.ts';
import { formatTimeSpan, parseTimeSpan, timeSpanText } from './time-span.ts';
import { localOfUtc, timeZoneOf, utcOfLocal } from './time-zone.ts';
import { addMonths, epochMsOfTicks, fieldsOfTicks, ticksMax, ticksOfEpochMs, ticksPerDay } from './timestamp.ts';
import { windowsTimeZones } from './windows-time-zones.ts';

const ticks = fc.bigInt({ min: 0n, max: ticksMax });
const timestamp = fc.record({ ticks, isUtc: fc.boolean() });
const cultures = [
  '',
  'en-US',
  'en-GB',
  'de-DE',
  'fr-FR',
  'es-ES',
  'it-IT',
  'nl-NL',
  'pl-PL',
  'pt-BR',
  'sv-SE',
  'da-DK',
  'fi-FI',
  'ja-JP',
  'ru-RU',
  'tr-TR',
];
const noToday = () => {
  throw new Error('The date is in the text.');
};

function textOf(moment: { ticks: bigint; isUtc: boolean }, format: string, culture: string): string {
  const result = formatTimestamp(moment, format, culture);
  if ('complaint' in result) throw new Error(result.complaint);
  return result.text;
}

function cultureOf(name: string) {
  const culture = dateCultureOf(name);
  if (culture === undefined) throw new Error(`${name} is no culture.`);
  return culture;
}

describe('ticks', () => {
  test('are the days of the platform', () => {
    const date = fc.date({
      min: new Date('0001-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(date, (one) => {
        const fields = fieldsOfTicks(ticksOfEpochMs(one.getTime()));
        expect(fields).toMatchObject({
          year: one.getUTCFullYear(),
          month: one.getUTCMonth() + 1,
          day: one.getUTCDate(),
          dayOfWeek: one.getUTCDay(),
          hour: one.getUTCHours(),
          minute: one.getUTCMinutes(),
          second: one.getUTCSeconds(),
          fraction: one.getUTCMilliseconds() * 10_000,
        });
        expect(epochMsOfTicks(ticksOfEpochMs(one.getTime()))).toBe(one.getTime());
      }),
    );
  });

  test('a month later is the same day, or the last of the month', () => {
    fc.assert(
      fc.property(ticks, fc.integer({ min: -30_000, max: 30_000 }), (start, months) => {
        const end = addMonths(start, months);
        const from = fieldsOfTicks(start);
        const index = from.year * 12 + from.month - 1 + months;
        if (index < 12 || index >= 120_000) expect(end).toBeUndefined();
        else {
          const to = fieldsOfTicks(end ?? 0n);
          expect(to.year * 12 + to.month - 1).toBe(index);
          expect(to.day === from.day || (to.day < from.day && fieldsOfTicks((end ?? 0n) + ticksPerDay).day === 1)).toBe(
            true,
          );
        }
      }),
    );
  });
});

describe('formats', () => {
  test('the round-trip format comes back', () => {
    fc.assert(
      fc.property(timestamp, (one) => {
        expect(parseTimestamp(roundTripText(one))).toEqual(one);
        expect(textOf(one, 'o', 'de-DE')).toBe(roundTripText(one));
        expect(parseExactTimestamp(roundTripText(one), 'o', cultureOf('fr-FR'), noToday)).toEqual(one);
      }),
    );
  });

  test('what a format writes in a culture, the same format reads', () => {
    const formats = [
      'D',
      'F',
      'yyyy-MM-dd HH:mm:ss.fffffff',
      "dddd d MMMM yyyy 'at' hh:mm tt",
      'd/M/yyyy',
      'yyMMdd',
      'R',
      's',
      'u',
    ];
    fc.assert(
      fc.property(ticks, fc.constantFrom(...formats), fc.constantFrom(...cultures), (at, format, culture) => {
        const one = { ticks: at, isUtc: false };
        fc.pre(format !== 'yyMMdd' || (fieldsOfTicks(at).year >= 1950 && fieldsOfTicks(at).year < 2050));
        const text = textOf(one, format, culture);
        const read = parseExactTimestamp(text, format, cultureOf(culture), noToday);
        expect(read === undefined ? text : textOf({ ...read, isUtc: false }, format, culture)).toBe(text);
        expect(read).toBeDefined();
      }),
      { numRuns: 500 },
    );
  });

  test('what a culture writes without saying how is read without saying how', () => {
    const modern = fc.bigInt({ min: 630_822_816_000_000_000n, max: 650_000_000_000_000_000n });
    fc.assert(
      fc.property(modern, fc.constantFrom('d', 'D', 'G', 'g'), fc.constantFrom(...cultures), (at, format, culture) => {
        const text = textOf({ ticks: at, isUtc: false }, format, culture);
        const read = parseCultureTimestamp(text, cultureOf(culture), noToday);
        expect(`${culture} ${read === undefined ? 'nothing' : textOf(read, format, culture)}`).toBe(
          `${culture} ${text}`,
        );
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ["@formatDateTime('2025-09-25T05:18:31.3384797Z', 'F')", 'Thursday, September 25, 2025 5:18:31 AM'],
    ["@formatDateTime('2025-09-25T05:18:31.3384797Z', 'D', 'de-DE')", 'Donnerstag, 25. September 2025'],
    ["@formatDateTime('2025-09-25T05:18:31.3384797Z', 'g', 'fr-FR')", '25/09/2025 05:18'],
    ["@formatDateTime('2025-09-25T05:18:31.33Z', 'HH.mm.FFFFFFF')", '05.18.33'],
    ["@formatDateTime('2025-09-25T05:18:31Z', 'ss.FFF')", '31'],
    ["@formatDateTime('2025-09-25T05:18:31Z', '%d')", '25'],
    ["@formatDateTime('2025-09-25T05:18:31Z', 'h\\h zzz K')", '5h +00:00 Z'],
    ["@formatDateTime('2025-09-25T05:18:31Z', 'MMMM yyyy', 'pl-PL')", 'wrzesień 2025'],
    ["@formatDateTime('2025-09-25T05:18:31Z', 'd MMMM', 'pl-PL')", '25 września'],
    ["@parseDateTime('20 de octubre de 2020 10:30', 'es-es')", '2020-10-20T10:30:00.0000000'],
    ["@parseDateTime('3/4/21', 'en-gb')", '2021-04-03T00:00:00.0000000'],
    ["@parseDateTime('03/15/2018 1:00 PM')", '2018-03-15T13:00:00.0000000'],
    ["@parseDateTime('10:30', 'en-us', 'HH:mm')", '2026-05-04T10:30:00.0000000'],
    ["@parseDateTime('2018-03-15T10:00:00+02:00', 'en-us', 'yyyy-MM-ddTHH:mm:sszzz')", '2018-03-15T08:00:00.0000000Z'],
    ["@formatTimeSpan('-1.02:03:04.5', 'G', 'de-DE')", '-1:02:03:04,5000000'],
  ])('%s is %s', (template, text) => {
    expect(evaluate(template, { now: '2026-05-04T00:00:00Z' })).toBe(text);
  });

  test.each([
    "@formatDateTime('2025-09-25', 'q')",
    "@formatDateTime('2025-09-25', 'd', 'xx-nowhere')",
    "@formatDateTime('2025-09-25', '\"d')",
    "@formatDateTime('2025-02-30')",
    "@formatDateTime('2025-02-03', 'ffffffff')",
    "@parseDateTime('lunes 20 octubre 2020', 'es-es')",
    "@parseDateTime('20190521', 'fr-fr', 'ddMMyyyy')",
    "@parseDateTime('2019-05-21x', 'fr-fr', 'yyyy-MM-dd')",
    "@parseDateTime('13 PM', 'en-us', 'hh tt')",
  ])('%s fails', (template) => {
    expect(() => evaluate(template)).toThrow(expect.objectContaining({ code: 'EXPRESSION_FAILED' }));
  });

  test('any text and any format is read or refused', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ unit: fc.constantFrom(...'dMyHhmsfFtKzg:/\'"\\% 1') }), (text, format) => {
        parseTimestamp(text);
        parseExactTimestamp(text, format, cultureOf('fr-FR'), () => 0n);
        parseCultureTimestamp(text, cultureOf('fr-FR'), () => 0n);
        formatTimestamp({ ticks: 0n, isUtc: true }, format, 'fr-FR');
      }),
    );
  });
});

describe('time spans', () => {
  test('come back from their text', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -ticksMax, max: ticksMax }), (span) => {
        expect(parseTimeSpan(timeSpanText(span))).toBe(span);
        expect(formatTimeSpan(span, 'c', '')).toBe(timeSpanText(span));
      }),
    );
  });
});

describe('time zones', () => {
  test('every Windows id is a zone that the platform knows', () => {
    expect(windowsTimeZones.size).toBeGreaterThan(130);
    expect([...windowsTimeZones.keys()].filter((id) => timeZoneOf(id) === undefined)).toEqual([]);
  });

  test('local time and back is the same instant, or the other one of the same local time', () => {
    const modern = fc.bigInt({ min: 630_822_816_000_000_000n, max: 650_000_000_000_000_000n });
    fc.assert(
      fc.property(modern, fc.constantFrom(...windowsTimeZones.keys()), (utc, id) => {
        const zone = timeZoneOf(id);
        if (zone === undefined) throw new Error(id);
        const local = localOfUtc(utc, zone);
        const back = utcOfLocal(local, zone);
        expect(back).toBeDefined();
        expect(localOfUtc(back ?? 0n, zone)).toBe(local);
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ["@convertFromUtc('2018-07-01T00:00:00Z', 'india standard time')", '2018-07-01T05:30:00.0000000'],
    ["@convertToUtc('2018-11-04T01:30:00', 'Pacific Standard Time')", '2018-11-04T09:30:00.0000000Z'],
    ["@convertTimeZone('2018-07-01T12:00:00', 'Europe/Berlin', 'UTC', 'HH:mm')", '10:00'],
    ["@convertTimeZone(utcNow(), 'UTC', 'Tokyo Standard Time')", '2026-05-04T09:00:00.0000000'],
  ])('%s is %s', (template, text) => {
    expect(evaluate(template, { now: '2026-05-04T00:00:00Z' })).toBe(text);
  });

  test.each([
    ["@convertToUtc('2018-03-11T02:30:00', 'Pacific Standard Time')", 'the clocks skip it'],
    ["@convertToUtc('2018-03-11T02:30:00Z', 'Pacific Standard Time')", 'without Z and without offset'],
    ["@convertFromUtc('2018-03-11T02:30:00Z', '+02:00')", 'expected a time zone such as'],
    ["@convertFromUtc('0001-01-01T00:00:00Z', 'Pacific Standard Time')", 'outside the years 1 to 9999'],
  ])('%s fails: %s', (template, complaint) => {
    expect(() => evaluate(template)).toThrow(complaint);
  });
});
