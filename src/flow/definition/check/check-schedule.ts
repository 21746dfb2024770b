/** The schedule of a recurrence: hours, minutes and days (reference 2.2). */

import { describeValue, isArrayValue, isObjectValue, type ObjectValue, type Value } from '../../expression/index.ts';
import type { Problems } from '../problems.ts';

const weekDays: readonly string[] = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** Reports members of a schedule that are wrong. */
export function checkSchedule(schedule: Value | undefined, pointer: string, problems: Problems): void {
  if (schedule === undefined || schedule === null) return;
  if (!isObjectValue(schedule)) {
    problems.invalid(pointer, `The schedule is ${describeValue(schedule)}; expected an object.`);
    return;
  }
  checkNumbers(schedule, 'hours', [0, 23], pointer, problems);
  checkNumbers(schedule, 'minutes', [0, 59], pointer, problems);
  checkNumbers(schedule, 'monthDays', [-31, 31], pointer, problems);
  checkDays(schedule.get('weekDays'), `${pointer}/weekDays`, problems);
  for (const [index, entry] of listOf(schedule.get('monthlyOccurrences')).entries()) {
    const at = `${pointer}/monthlyOccurrences/${index}`;
    checkDays(isObjectValue(entry) ? (entry.get('dayOfWeek') ?? null) : null, `${at}/dayOfWeek`, problems);
  }
}

function checkNumbers(
  schedule: ObjectValue,
  name: string,
  [min, max]: readonly [number, number],
  pointer: string,
  problems: Problems,
): void {
  for (const value of listOf(schedule.get(name))) {
    const number = typeof value === 'string' && /^-?\d{1,3}$/.test(value) ? BigInt(value) : value;
    const isDayZero = name === 'monthDays' && number === 0n;
    if (typeof number === 'bigint' && number >= BigInt(min) && number <= BigInt(max) && !isDayZero) continue;
    if (typeof value === 'string' && value.includes('@')) continue;
    problems.invalid(
      `${pointer}/${name}`,
      `One of ${name} is ${describeValue(value)}; expected integers from ${min} to ${max}${name === 'monthDays' ? ', but not 0' : ''}.`,
    );
  }
}

function checkDays(value: Value | undefined, pointer: string, problems: Problems): void {
  if (value === undefined) return;
  for (const day of listOf(value)) {
    if (typeof day === 'string' && weekDays.some((one) => one.toLowerCase() === day.toLowerCase())) continue;
    const found = typeof day === 'string' ? `'${day.slice(0, 40)}'` : describeValue(day);
    problems.invalid(pointer, `${found} is no day of the week; expected ${weekDays.join(', ')}.`);
  }
}

/** One value stands for a list of one. */
function listOf(value: Value | undefined): readonly Value[] {
  if (value === undefined) return [];
  return isArrayValue(value) ? value : [value];
}
