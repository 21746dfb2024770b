/** From what the engine asks for to a call of a connector, and from its answer to what the engine learns. */

import { abortedError, type Clock } from '../../base/clock.ts';
import { isRialtoError, RialtoError } from '../../base/errors.ts';
import type { JsonValue } from '../../base/json.ts';
import type { Log } from '../../base/log.ts';
import type { ConnectorCall, ConnectorHost } from '../../connector/contract.ts';
import { connectionName, type InvokeCommand, type InvokeOutcome } from '../engine/index.ts';
import type { Value } from '../expression/index.ts';
import { fromJson, toJson } from '../expression/index.ts';

export interface CallOptions {
  readonly connectors: ConnectorHost;
  readonly clock: Clock;
  readonly log: Log;
  readonly idempotencyKey: string;
  readonly mayBeRepeat: boolean;
  readonly timeoutMs: number;
  /** The execution of the run; when it aborts, nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

/**
 * Makes the call of an action. Whatever goes wrong is an outcome, with the code of the error; only the abort of
 * `signal` raises ABORTED.
 */
export async function makeCall(call: InvokeCommand['call'], options: CallOptions): Promise<InvokeOutcome> {
  try {
    const { log, idempotencyKey, mayBeRepeat } = options;
    const result = await withTimeout(options, (signal) =>
      options.connectors.invoke(connectorCall(call), { signal, log, idempotencyKey, mayBeRepeat }),
    );
    return {
      kind: 'answer',
      statusCode: result.statusCode,
      headers: result.headers,
      ...(result.body === undefined ? {} : { body: fromJson(result.body) }),
    };
  } catch (error) {
    if (options.signal.aborted) throw abortedError(options.signal);
    return noAnswer(error, options.log);
  }
}

/** The call of a definition, with plain JSON data in place of values. */
export function connectorCall(call: InvokeCommand['call']): ConnectorCall {
  return {
    connection: connectionName(call.connectionId),
    method: call.method,
    path: call.path,
    queries: plainMembers(call.queries),
    headers: plainMembers(call.headers),
    ...(call.body === undefined ? {} : { body: toJson(call.body) }),
  };
}

export interface TimeLimit {
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** Makes a call that is aborted after `timeoutMs`, or with `signal`. Raises TIMEOUT, ABORTED, and what the call raises. */
export async function withTimeout<T>(limit: TimeLimit, call: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const { clock, timeoutMs, signal } = limit;
  if (signal.aborted) throw abortedError(signal);
  const calling = new AbortController();
  const timer = new AbortController();
  function onAbort(): void {
    calling.abort(signal.reason);
  }
  signal.addEventListener('abort', onAbort, { once: true });
  let isLate = false;
  const late = clock.sleep(timeoutMs, timer.signal).then(
    () => {
      isLate = true;
      calling.abort();
    },
    () => undefined,
  );
  // A connector that does not heed its signal must not hold the run: nobody waits for it beyond the limit.
  const given = new Promise<never>((_resolve, reject) => {
    calling.signal.addEventListener('abort', () => reject(abortedError(signal)), { once: true });
  });
  try {
    return await Promise.race([call(calling.signal), given]);
  } catch (error) {
    if (!isLate) throw error;
    throw new RialtoError('TIMEOUT', `No answer within ${timeoutMs} ms.`, { cause: error, retryable: true });
  } finally {
    signal.removeEventListener('abort', onAbort);
    // With a reason of ours: without one each call would pay for the making of a DOMException.
    timer.abort('answered');
    await late;
  }
}

function noAnswer(error: unknown, log: Log): InvokeOutcome {
  if (isRialtoError(error)) {
    return {
      kind: 'no-answer',
      code: error.code,
      message: error.message,
      retryable: error.retryable,
      ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
    };
  }
  const message = error instanceof Error ? error.message : String(error);
  log.error('A connector failed with an error that it should not raise.', { message });
  return { kind: 'no-answer', code: 'INTERNAL', message: `The connector failed: ${message}`, retryable: false };
}

function plainMembers(members: ReadonlyMap<string, Value>): Readonly<Record<string, JsonValue>> {
  return Object.fromEntries([...members].map(([name, value]) => [name, toJson(value)]));
}
