/** Calls of the public HTTP API, relative to this page's server. */

import type { ErrorAnswer } from '../../server/wire.ts';

/** An answer with an error status. */
export class ApiFault extends Error {
  readonly code: string;
  readonly status: number;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'ApiFault';
    this.status = status;
    this.code = code;
  }
}

/** Reads a JSON answer. Raises ApiFault; an unreachable server raises the browser's own TypeError. */
export async function readJson<Answer>(path: string, signal: AbortSignal): Promise<Answer> {
  const response = await fetch(path, { signal, headers: { accept: 'application/json' } });
  if (!response.ok) throw await faultOf(response);
  return (await response.json()) as Answer;
}

/** Reads at most `bytesMax` bytes of a text and lets the rest be. Raises ApiFault. */
export async function readTextStart(
  path: string,
  bytesMax: number,
  signal: AbortSignal,
): Promise<{ readonly text: string; readonly isWhole: boolean }> {
  const response = await fetch(path, { signal });
  if (!response.ok) throw await faultOf(response);
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  while (reader !== undefined && bytes < bytesMax) {
    const { done, value } = await reader.read();
    if (done) return { text: text + decoder.decode(), isWhole: true };
    const wanted = value.subarray(0, bytesMax - bytes);
    bytes += wanted.length;
    text += decoder.decode(wanted, { stream: true });
    if (wanted.length < value.length) break;
  }
  await reader?.cancel();
  return { text, isWhole: false };
}

async function faultOf(response: Response): Promise<ApiFault> {
  const answer = (await response.json().catch(() => undefined)) as ErrorAnswer | undefined;
  const message = answer?.error.message ?? `The server answered ${response.status} ${response.statusText}.`;
  return new ApiFault(response.status, answer?.error.code ?? String(response.status), message);
}
