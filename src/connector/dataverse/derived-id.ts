/** Record ids that follow from an idempotency key, so that a repeated create meets the record of the first one. */

import { createHash } from 'node:crypto';

/** A UUID (RFC 9562 version 8) that is the same for the same table and key for ever. */
export function derivedRecordId(table: string, idempotencyKey: string): string {
  const digest = createHash('sha256').update(`${table}\n${idempotencyKey}`, 'utf8').digest();
  digest[6] = ((digest[6] ?? 0) & 0x0f) | 0x80;
  digest[8] = ((digest[8] ?? 0) & 0x3f) | 0x80;
  const hex = digest.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
