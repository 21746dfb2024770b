/** The key that encrypts stored secrets: 32 bytes in a file that only its owner can read. */

import { chmodSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { RialtoError } from '../base/errors.ts';
import type { Ids } from '../base/ids.ts';

const keyBytes = 32;

/**
 * Reads the key at `path`; makes it at the first start. Two processes that start at once get the same key.
 * Raises SECRET_UNRESOLVED when the file does not hold a key.
 */
export function readOrCreateKey(path: string, ids: Ids): Uint8Array {
  const existing = readKey(path);
  if (existing !== undefined) return existing;
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${ids.uuid()}`;
  writeFileSync(draft, Buffer.from(ids.bytes(keyBytes)).toString('hex'), { mode: 0o600, flag: 'wx', flush: true });
  try {
    // A hard link appears whole or not at all, and fails when the other process was first.
    linkSync(draft, path);
    chmodSync(path, 0o600);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'EEXIST') throw cause;
  } finally {
    rmSync(draft);
  }
  const created = readKey(path);
  if (created === undefined) throw new RialtoError('SECRET_UNRESOLVED', `The key file ${path} vanished.`);
  return created;
}

function readKey(path: string): Uint8Array | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw cause;
  }
  if (!/^[0-9a-f]{64}\s*$/.test(text)) {
    throw new RialtoError('SECRET_UNRESOLVED', `The key file ${path} does not hold a key of ${keyBytes} bytes in hex.`);
  }
  return Uint8Array.from(Buffer.from(text.trim(), 'hex'));
}
