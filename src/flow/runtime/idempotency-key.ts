/** The idempotency key of an action: the same for every attempt, in every segment, on every worker. */

import { createHash } from 'node:crypto';
import type { ActionKey } from '../engine/index.ts';

/** Our name space for name-based UUIDs; never changes, or actions in flight at an update would run twice. */
const nameSpace = Buffer.from('5f0c5a0e1d7b4c0f9a3e6d2b8c417a95', 'hex');

/** A name-based UUID (RFC 9562 5.5, version 5) of run, action and repetition; attempts share it. */
export function idempotencyKey(runId: string, key: ActionKey): string {
  // As a JSON array the parts cannot run into each other.
  const name = JSON.stringify([runId, key.action, key.repetition]);
  const hash = createHash('sha1').update(nameSpace).update(name).digest().subarray(0, 16);
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
