/**
 * A service and its connector in a few lines, for tests of the runtime: records appear, a trigger sees each of them, and
 * actions make new ones. What was written under one idempotency key is written once.
 */

import { isJsonObject, type JsonObject } from '../base/json.ts';
import type { CallContext, ConnectorCall, ConnectorHost, OperationResult } from '../connector/contract.ts';

/** One call of an action, as the service saw it. */
export interface ServiceCall {
  readonly path: string;
  readonly idempotencyKey: string;
  readonly mayBeRepeat: boolean;
  readonly body: ConnectorCall['body'];
}

/** Answers a call in place of the service; undefined leaves it to the service. */
export type CannedAnswer = (call: ServiceCall, times: number) => Promise<OperationResult | undefined>;

export interface CannedService {
  readonly connectors: ConnectorHost;
  /** Makes a record that the trigger sees. */
  add(record: JsonObject): void;
  /** What actions have made, in order: one per idempotency key. */
  readonly written: readonly JsonObject[];
  /** Every call, repeats included. */
  readonly calls: readonly ServiceCall[];
  /** How often the trigger was polled. */
  readonly polls: number;
  /** Raised by the next poll. */
  failNextPoll(error: Error): void;
}

/**
 * A service whose trigger is `get /onnewitems` and whose actions are all other paths. Records are told apart by their
 * member `id`. The trigger sees all records from the first on; its position is their number.
 */
export function cannedService(answer: CannedAnswer = async () => undefined): CannedService {
  const records: JsonObject[] = [];
  const calls: ServiceCall[] = [];
  const written = new Map<string, JsonObject>();
  let polls = 0;
  let pollError: Error | undefined;

  async function invoke(call: ConnectorCall, context: CallContext): Promise<OperationResult> {
    const { idempotencyKey, mayBeRepeat } = context;
    const seen: ServiceCall = { path: call.path, idempotencyKey, mayBeRepeat, body: call.body };
    calls.push(seen);
    const canned = await answer(seen, calls.filter((earlier) => earlier.idempotencyKey === idempotencyKey).length);
    if (canned !== undefined) return canned;
    const known = written.get(idempotencyKey);
    const record = known ?? { ...(isJsonObject(call.body) ? call.body : {}), id: idempotencyKey };
    written.set(idempotencyKey, record);
    return { statusCode: 201, headers: {}, body: record };
  }

  return {
    connectors: {
      invoke,
      async poll(_call, state) {
        polls += 1;
        const error = pollError;
        pollError = undefined;
        if (error !== undefined) throw error;
        const position = typeof state === 'number' ? state : 0;
        return { records: records.slice(position), state: records.length };
      },
      eventKey: (_call, record) => String(record.id),
      check: async () => {},
    },
    add: (record) => void records.push(record),
    get written() {
      return [...written.values()];
    },
    calls,
    get polls() {
      return polls;
    },
    failNextPoll(error) {
      pollError = error;
    },
  };
}
