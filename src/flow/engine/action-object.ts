/** What expressions see of an action that has ended: `actions('X')` (reference 4.4). */

import { type ObjectValue, objectValue, roundTripText, ticksOfEpochMs } from '../expression/index.ts';
import type { ActionRecord } from './command.ts';

/** The action object of a record. */
export function actionObject(record: ActionRecord): ObjectValue {
  return objectValue({
    name: record.action,
    inputs: record.inputs,
    outputs: record.outputs,
    startTime: timeText(record.startTime),
    endTime: timeText(record.endTime),
    code: record.code,
    status: record.status,
    error:
      record.error === undefined ? undefined : objectValue({ code: record.error.code, message: record.error.message }),
  });
}

/** A time as the host writes it: `2026-05-04T07:02:11.0000000Z`. */
export function timeText(epochMs: number): string {
  return roundTripText({ ticks: ticksOfEpochMs(epochMs), isUtc: true });
}
