/** From what a poll returned to the events that start runs, each under its unique key (reference 2.4). */

import { createHash } from 'node:crypto';
import type { JsonObject } from '../../base/json.ts';
import type { ConnectorCall, ConnectorHost, PollResult } from '../../connector/contract.ts';
import type { TriggerSplit } from '../engine/index.ts';
import { fromJson, memberAt, objectValue, printValue, type Value } from '../expression/index.ts';
import type { JsonText } from '../store/store.ts';
import type { PolledFlow } from './open-flow.ts';

export interface TriggerEvent {
  readonly key: string;
  /** The trigger as the run sees it. */
  readonly trigger: JsonText;
}

export interface TriggerEvents extends Omit<TriggerSplit, 'items'> {
  /** In the order in which their runs are to start. */
  readonly events: readonly TriggerEvent[];
}

export interface TriggerEventsOptions {
  readonly flow: PolledFlow;
  readonly call: ConnectorCall;
  /** The evaluated inputs of the trigger. */
  readonly inputs: Value;
  readonly polled: PollResult;
  readonly connectors: Pick<ConnectorHost, 'eventKey'>;
  readonly startTime: number;
  readonly endTime: number;
}

/** The events of a poll. Raises LIMIT_EXCEEDED for records that are too large, and INTERNAL of the connector's making. */
export function triggerEvents(options: TriggerEventsOptions): TriggerEvents {
  const { flow, inputs, polled, startTime, endTime } = options;
  // Reference 2.5: an answer that brings nothing is 202, and Skipped.
  if (polled.records.length === 0) return { status: 'Skipped', code: 'Accepted', events: [] };
  const values = polled.records.map((record) => fromJson(record));
  const outputs = objectValue({
    statusCode: 200n,
    headers: objectValue({}),
    body: objectValue({ value: values }),
  });
  const { items, ...outcome } = flow.splitTrigger(outputs, endTime);
  const keyOf = keyMaker(options, values);
  const events = items.map((item) => ({
    key: keyOf(memberAt(item.outputs, ['body']), item.index),
    trigger: flow.printTrigger({ inputs, outputs: item.outputs, startTime, endTime }),
  }));
  return { ...outcome, events };
}

/**
 * Keys of items: that of the record, where an item is one. A definition that starts a run for something else, the whole
 * answer for instance, has events that are known again by all the records that they came of.
 */
function keyMaker(
  { call, connectors, polled }: TriggerEventsOptions,
  values: readonly Value[],
): (body: Value | undefined, index: number) => string {
  let ofAll: string | undefined;
  function keyOfAll(): string {
    const keys = polled.records.map((record) => connectors.eventKey(call, record));
    return createHash('sha256').update(JSON.stringify(keys)).digest('hex');
  }
  return (body, index) => {
    const record = recordAt(polled.records, values, body, index);
    if (record !== undefined) return connectors.eventKey(call, record);
    ofAll ??= keyOfAll();
    return `${ofAll}-${index}`;
  };
}

/** The record that an item is; undefined when it is none. */
function recordAt(
  records: readonly JsonObject[],
  values: readonly Value[],
  body: Value | undefined,
  index: number,
): JsonObject | undefined {
  const value = values[index];
  if (body === undefined || value === undefined) return undefined;
  return body === value || printValue(body) === printValue(value) ? records[index] : undefined;
}
