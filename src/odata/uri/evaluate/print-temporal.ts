/** Points in time and lengths of time as text. */

const picosecondsPerSecond = 1_000_000_000_000n;
const secondsPerDay = 86_400n;

/** An `Edm.DateTimeOffset` of picoseconds since 1970, as clocks at this offset show it; undefined beyond year 9999. */
export function printInstant(picoseconds: bigint, offsetMinutes: number): string | undefined {
  const local = picoseconds + BigInt(offsetMinutes) * 60n * picosecondsPerSecond;
  const seconds = floorDivide(local, picosecondsPerSecond);
  const days = floorDivide(seconds, secondsPerDay);
  const date = printDay(days);
  if (date === undefined) return undefined;
  const ofDay = Number(seconds - days * secondsPerDay);
  const time = [Math.floor(ofDay / 3600), Math.floor(ofDay / 60) % 60, ofDay % 60].map(twoDigits).join(':');
  return `${date}T${time}${fraction(local - seconds * picosecondsPerSecond)}${printOffset(offsetMinutes)}`;
}

/** An `Edm.Date` of days since 1970-01-01; undefined outside of the years 1 to 9999. */
export function printDay(days: bigint | number): string | undefined {
  if (days < -719_162 || days > 2_932_896) return undefined;
  // Years begin in March, so that the leap day ends one.
  const shifted = Number(days) + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, '0')}-${twoDigits(month)}-${twoDigits(day)}`;
}

/** An `Edm.Duration` of picoseconds: `P1DT2H0.5S`, `-PT5M`, `PT0S`. */
export function printDuration(picoseconds: bigint): string {
  const length = picoseconds < 0n ? -picoseconds : picoseconds;
  const seconds = length / picosecondsPerSecond;
  const days = seconds / secondsPerDay;
  const ofDay = Number(seconds % secondsPerDay);
  const second = `${ofDay % 60}${fraction(length % picosecondsPerSecond)}`;
  const hours = Math.floor(ofDay / 3600);
  const minutes = Math.floor(ofDay / 60) % 60;
  const time = [hours === 0 ? '' : `${hours}H`, minutes === 0 ? '' : `${minutes}M`, second === '0' ? '' : `${second}S`];
  const clock = time.join('');
  const text = `${days === 0n ? '' : `${days}D`}${clock === '' ? '' : `T${clock}`}`;
  return `${picoseconds < 0n ? '-' : ''}P${text === '' ? 'T0S' : text}`;
}

/** The quotient rounded down. */
export function floorDivide(left: bigint, right: bigint): bigint {
  const quotient = left / right;
  return left % right < 0n ? quotient - 1n : quotient;
}

function fraction(picoseconds: bigint): string {
  return picoseconds === 0n ? '' : `.${picoseconds.toString().padStart(12, '0').replace(/0+$/, '')}`;
}

function printOffset(minutes: number): string {
  if (minutes === 0) return 'Z';
  const length = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${twoDigits(Math.floor(length / 60))}:${twoDigits(length % 60)}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
