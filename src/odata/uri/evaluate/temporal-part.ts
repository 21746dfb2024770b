/** Parts of dates and times. */

export type TemporalPart = 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second';

/** A part of a date, time, or date with time, in its own offset (OData 4.01 URL 5.1.1.6); null when it has no such. */
export function temporalPart(part: TemporalPart, text: string): number | null {
  const isDatePart = part === 'year' || part === 'month' || part === 'day';
  const match = isDatePart ? datePattern.exec(text) : timePattern.exec(text);
  const digits = match?.groups?.[part];
  if (digits !== undefined) return Number(digits);
  return part === 'second' && match !== null ? 0 : null;
}

const datePattern = /^(?<year>-?\d{4,})-(?<month>\d\d)-(?<day>\d\d)/;
const timePattern = /^(?:[^T]*T)?(?<hour>\d\d):(?<minute>\d\d)(?::(?<second>\d\d))?/i;
