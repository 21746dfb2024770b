/** What came of an invocation, as a row of the history (reference 3.3, 5.1). */

import { RialtoError } from '../../base/errors.ts';
import { type RetryPolicy, readRetryPolicy } from '../definition/index.ts';
import { memberAt, objectValue, type Value } from '../expression/index.ts';
import type { ActionError, ActionRecord, InvokeCommand, InvokeOutcome } from './command.ts';
import { httpReason } from './http-reason.ts';
import { retryWaitMs } from './retry-wait.ts';

export interface InvokeTiming {
  /** Milliseconds since 1970. */
  readonly startTime: number;
  readonly endTime: number;
}

/**
 * The record of an attempt: `Succeeded` for an answer of 2xx, `Retrying` with the time of the next attempt as the
 * action's retry policy says, else `Failed`. `random`, in [0, 1), spreads the waits.
 */
export function settle(
  command: InvokeCommand,
  outcome: InvokeOutcome,
  timing: InvokeTiming,
  random: number,
): ActionRecord {
  const base = {
    action: command.action,
    repetition: command.repetition,
    attempt: command.attempt,
    startTime: timing.startTime,
    endTime: timing.endTime,
    inputs: command.inputs,
    ...(outcome.kind === 'answer' ? { outputs: outputsOf(outcome) } : {}),
  };
  if (outcome.kind === 'answer' && outcome.statusCode >= 200 && outcome.statusCode <= 299) {
    return { ...base, status: 'Succeeded', code: httpReason(outcome.statusCode) };
  }
  const code = outcome.kind === 'answer' ? httpReason(outcome.statusCode) : 'NoResponse';
  const failure = { ...base, code, error: errorOf(outcome, code) };
  const { attempt } = command;
  const wait = retryWaitMs({ policy: policyOf(command), outcome, attempt, endTime: timing.endTime, random });
  if (wait === undefined) return { ...failure, status: 'Failed' };
  return { ...failure, status: 'Retrying', retryTime: timing.endTime + Math.ceil(wait) };
}

function outputsOf(outcome: Extract<InvokeOutcome, { readonly kind: 'answer' }>): Value {
  return objectValue({
    statusCode: BigInt(outcome.statusCode),
    headers: objectValue(outcome.headers),
    body: outcome.body,
  });
}

/** The service's own code and words where the body has them: `{ "error": { "code", "message" } }`. */
function errorOf(outcome: InvokeOutcome, reason: string): ActionError {
  if (outcome.kind === 'no-answer') return { code: outcome.code, message: outcome.message };
  const code = memberAt(outcome.body, ['error', 'code']);
  const message = memberAt(outcome.body, ['error', 'message']);
  return {
    code: typeof code === 'string' && code !== '' ? code : reason,
    message: typeof message === 'string' ? message : `The operation answered ${outcome.statusCode} ${reason}.`,
  };
}

function policyOf(command: InvokeCommand): RetryPolicy {
  const policy = readRetryPolicy(memberAt(command.inputs, ['retryPolicy']));
  // `decide` fails an action whose policy is wrong before it asks for the call.
  if ('complaint' in policy) throw new RialtoError('INTERNAL', `'${command.action}' was invoked: ${policy.complaint}`);
  return policy;
}
