/** The recurrence of a trigger (reference 2.2). */

import { isRialtoError } from '../../base/errors.ts';
import {
  describeValue,
  epochMsOfTicks,
  evaluateTemplate,
  isObjectValue,
  type ObjectValue,
  parseTimestamp,
  type Value,
} from '../expression/index.ts';
import type { ReadContext } from './api-connection.ts';
import { checkSchedule } from './check/check-schedule.ts';
import type { Recurrence, RecurrenceFrequency } from './definition.ts';
import { reportMisspelt } from './misspelt-members.ts';
import { parameterScope } from './parameter-scope.ts';
import { readTemplate } from './read-template.ts';
import { reportMembers } from './unsupported-members.ts';

const intervalMax: Readonly<Record<RecurrenceFrequency, number>> = {
  Second: 9_999_999,
  Minute: 72_000,
  Hour: 12_000,
  Day: 500,
  Week: 71,
};
const monthsMax = 16;

/** Reads a recurrence; undefined, and reported, when it is wrong or uses what is not supported. */
export function readRecurrence(
  source: Value | undefined,
  pointer: string,
  context: ReadContext,
): Recurrence | undefined {
  const { problems } = context;
  if (!isObjectValue(source)) {
    problems.invalid(pointer, `The recurrence is ${describeValue(source ?? null)}; a polling trigger needs one.`);
    return undefined;
  }
  const before = problems.blockingCount;
  reportMisspelt(source, 'recurrence', pointer, problems);
  reportMembers(source, [['endTime'], ['count'], ['schedule']], pointer, problems);
  const timeZone = source.get('timeZone');
  if (timeZone !== undefined && timeZone !== 'UTC') reportMembers(source, [['timeZone']], pointer, problems);
  checkSchedule(source.get('schedule'), `${pointer}/schedule`, problems);
  const frequency = readFrequency(source, pointer, context);
  const interval = frequency === undefined ? undefined : readInterval(source, intervalMax[frequency], pointer, context);
  const startTime = readStartTime(source, pointer, context);
  checkShortest(frequency, interval, pointer, context);
  if (frequency === undefined || interval === undefined || problems.blockingCount > before) return undefined;
  return { frequency, interval, ...(startTime === undefined ? {} : { startTime }) };
}

/** Power Automate checks once a minute at most; a definition that asks for more runs as written here (reference 11.3). */
function checkShortest(
  frequency: RecurrenceFrequency | undefined,
  interval: number | undefined,
  pointer: string,
  { platform, problems }: ReadContext,
): void {
  const secondsMin = platform.recurrenceSecondsMin;
  if (frequency !== 'Second' || interval === undefined || interval >= secondsMin) return;
  problems.differs(
    `${pointer}/interval`,
    `${platform.title} checks every ${secondsMin} seconds at most; here the trigger checks every ${interval} seconds.`,
    `Write an interval of ${secondsMin} seconds or more.`,
  );
}

function readFrequency(source: ObjectValue, pointer: string, context: ReadContext): RecurrenceFrequency | undefined {
  const written = evaluated(source, 'frequency', pointer, context);
  const text = typeof written === 'string' ? written.toLowerCase() : '';
  const frequency = (Object.keys(intervalMax) as RecurrenceFrequency[]).find((name) => name.toLowerCase() === text);
  if (frequency !== undefined) return frequency;
  if (text === 'month' || text === 'year') {
    if (text === 'month') readInterval(source, monthsMax, pointer, context);
    context.problems.unsupported(`${pointer}/frequency`, `The frequency '${String(written)}' is not supported yet.`);
  } else {
    const found = typeof written === 'string' ? `'${written}'` : describeValue(written ?? null);
    context.problems.invalid(
      `${pointer}/frequency`,
      `The frequency is ${found}; expected Second, Minute, Hour, Day or Week.`,
    );
  }
  return undefined;
}

function readInterval(source: ObjectValue, max: number, pointer: string, context: ReadContext): number | undefined {
  const written = evaluated(source, 'interval', pointer, context);
  const interval = typeof written === 'string' && /^\d{1,9}$/.test(written) ? BigInt(written) : written;
  if (typeof interval === 'bigint' && interval >= 1n && interval <= BigInt(max)) return Number(interval);
  context.problems.invalid(
    `${pointer}/interval`,
    `The interval is ${describeValue(written ?? null)}; expected an integer from 1 to ${max}.`,
  );
  return undefined;
}

function readStartTime(source: ObjectValue, pointer: string, context: ReadContext): number | undefined {
  const written = evaluated(source, 'startTime', pointer, context);
  if (written === undefined) return undefined;
  const timestamp = typeof written === 'string' ? parseTimestamp(written) : undefined;
  if (timestamp !== undefined) return epochMsOfTicks(timestamp.ticks);
  context.problems.invalid(`${pointer}/startTime`, 'The start time is a timestamp such as 2026-01-31T08:00:00Z.');
  return undefined;
}

/** A member of the recurrence; an expression of parameters is evaluated. */
function evaluated(source: ObjectValue, name: string, pointer: string, context: ReadContext): Value | undefined {
  const written = source.get(name);
  if (written === undefined) return undefined;
  const template = readTemplate(written, `${pointer}/${name}`, { kind: 'static' }, context);
  if (template.kind === 'literal') return template.value;
  try {
    return evaluateTemplate(template, parameterScope(context.parameterValues));
  } catch (error) {
    if (!isRialtoError(error)) throw error;
    context.problems.invalid(`${pointer}/${name}`, error.message);
    return undefined;
  }
}
