/** A `Send` for tests: answers from a script and fails on any request that the script does not expect. */

import { abortedError } from '../base/clock.ts';
import { type JsonValue, printJson } from '../base/json.ts';
import type { HttpHeaders, HttpRequest, HttpResponse, Send } from './send.ts';

export interface ScriptedAnswer {
  /** `GET https://host/path`; compared as a whole. */
  readonly expect: string;
  readonly status?: number;
  readonly headers?: HttpHeaders;
  /** Sent as JSON. */
  readonly json?: JsonValue;
  /** Sent as it is; each member of an array is one piece. */
  readonly text?: string | readonly string[];
  /** Thrown in place of an answer. */
  readonly error?: Error;
  /** The answer comes only when this is resolved. */
  readonly after?: Promise<void>;
}

export interface ScriptedSend {
  readonly send: Send;
  /** What was asked, in order. */
  readonly requests: readonly HttpRequest[];
  /** Bodies that were neither read to their end nor let go. */
  readonly openBodies: () => number;
  /** What the script still waits for. */
  readonly pending: () => readonly string[];
}

/** Answers the requests one after the other as the script says. */
export function scriptedSend(...script: readonly ScriptedAnswer[]): ScriptedSend {
  const requests: HttpRequest[] = [];
  const left = [...script];
  let open = 0;
  return {
    requests,
    openBodies: () => open,
    pending: () => left.map((answer) => answer.expect),
    async send(request) {
      if (request.signal?.aborted) throw abortedError(request.signal);
      const asked = `${request.method} ${request.url}`;
      requests.push(request);
      const answer = left.shift();
      if (answer === undefined || answer.expect !== asked) {
        throw new Error(`Unexpected request.\n  asked:    ${asked}\n  expected: ${answer?.expect ?? 'nothing more'}`);
      }
      await answer.after;
      if (answer.error !== undefined) throw answer.error;
      open += 1;
      return responseOf(answer, () => {
        open -= 1;
      });
    },
  };
}

function responseOf(answer: ScriptedAnswer, onClose: () => void): HttpResponse {
  const text = answer.json === undefined ? (answer.text ?? '') : printJson(answer.json);
  const pieces = typeof text === 'string' ? (text === '' ? [] : [text]) : text;
  const type = answer.json === undefined ? {} : { 'content-type': 'application/json; odata.metadata=minimal' };
  return {
    status: answer.status ?? 200,
    headers: { ...type, ...answer.headers },
    body: bytes(pieces, onClose),
  };
}

function bytes(pieces: readonly string[], onClose: () => void): AsyncIterable<Uint8Array> {
  let next = 0;
  let isOpen = true;
  function close(): { done: true; value: undefined } {
    if (isOpen) onClose();
    isOpen = false;
    return { done: true, value: undefined };
  }
  return {
    [Symbol.asyncIterator]: () => ({
      async next() {
        const piece = isOpen ? pieces[next] : undefined;
        next += 1;
        return piece === undefined ? close() : { done: false, value: new TextEncoder().encode(piece) };
      },
      return: async () => close(),
    }),
  };
}
