/** Times, spans and sizes as people read them. */

const timeOfDay = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
const dayAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const decimal = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** The time of day of an instant in the reader's time zone. */
export function formatTime(epochMs: number): string {
  return timeOfDay.format(epochMs);
}

/** Day and time of an ISO 8601 instant in the reader's time zone. */
export function formatInstant(instant: string): string {
  return dayAndTime.format(Date.parse(instant));
}

/** How long ago an instant is: `3 minutes ago`. */
export function formatAge(instant: string, nowMs: number): string {
  const ageMs = Math.max(0, nowMs - Date.parse(instant));
  if (ageMs < minute) return relative.format(-Math.floor(ageMs / second), 'second');
  if (ageMs < hour) return relative.format(-Math.floor(ageMs / minute), 'minute');
  if (ageMs < day) return relative.format(-Math.floor(ageMs / hour), 'hour');
  return relative.format(-Math.floor(ageMs / day), 'day');
}

/** The span between two instants: `240 ms`, `12.4 s`, `3 min 5 s`. */
export function formatSpan(start: string, end: string): string {
  const spanMs = Math.max(0, Date.parse(end) - Date.parse(start));
  if (spanMs < second) return `${spanMs} ms`;
  if (spanMs < minute) return `${decimal.format(spanMs / second)} s`;
  if (spanMs < hour) return `${Math.floor(spanMs / minute)} min ${Math.floor((spanMs % minute) / second)} s`;
  return `${Math.floor(spanMs / hour)} h ${Math.floor((spanMs % hour) / minute)} min`;
}

/** A number of bytes: `812 B`, `64 KB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${decimal.format(bytes / 1024)} KB`;
  return `${decimal.format(bytes / (1024 * 1024))} MB`;
}

/** Name of the reader's time zone: `Europe/Rome`. */
export function timeZoneName(): string {
  return dayAndTime.resolvedOptions().timeZone;
}

/** An ISO 8601 instant as the value of a date-and-time field, which is in the reader's time zone; empty stays empty. */
export function toFieldValue(instant: string): string {
  const epochMs = Date.parse(instant);
  if (Number.isNaN(epochMs)) return '';
  const local = new Date(epochMs);
  return new Date(epochMs - local.getTimezoneOffset() * minute).toISOString().slice(0, 16);
}

/** The value of a date-and-time field as an ISO 8601 instant; empty stays empty. */
export function fromFieldValue(value: string): string {
  const epochMs = Date.parse(value);
  return Number.isNaN(epochMs) ? '' : new Date(epochMs).toISOString();
}
