/** Encryption of secrets at rest: AES-256-GCM (NIST SP 800-38D) with a key that the server keeps in a file of its own. */

import { createCipheriv, createDecipheriv } from 'node:crypto';
import { RialtoError } from '../../base/errors.ts';
import type { Ids } from '../../base/ids.ts';

export interface SecretBox {
  /** Encrypts a secret. `place` says what it belongs to; it opens only with the same place. */
  seal(secret: string, place: string): string;
  /** Decrypts what `seal` gave. Raises SECRET_UNRESOLVED when the key is another or the text was changed. */
  open(sealed: string, place: string): string;
}

const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
const format = 'v1:';

/** Makes a box over a key of 32 bytes. Raises OPTION_INVALID. */
export function createSecretBox(options: { readonly key: Uint8Array; readonly ids: Ids }): SecretBox {
  const { ids } = options;
  if (options.key.length !== keyBytes) {
    throw new RialtoError('OPTION_INVALID', `The key has ${options.key.length} bytes; ${keyBytes} were expected.`);
  }
  const key = Uint8Array.from(options.key);
  return {
    seal(secret, place) {
      const nonce = ids.bytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
      cipher.setAAD(Buffer.from(place, 'utf8'));
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return format + Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64');
    },
    open(sealed, place) {
      const bytes = Buffer.from(sealed.slice(format.length), 'base64');
      if (!sealed.startsWith(format) || bytes.length < nonceBytes + tagBytes) throw unreadable(place);
      const nonce = bytes.subarray(0, nonceBytes);
      const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
      decipher.setAAD(Buffer.from(place, 'utf8'));
      decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
      try {
        const text = [decipher.update(bytes.subarray(nonceBytes + tagBytes)), decipher.final()];
        return Buffer.concat(text).toString('utf8');
      } catch (cause) {
        throw unreadable(place, cause);
      }
    },
  };
}

function unreadable(place: string, cause?: unknown): RialtoError {
  return new RialtoError(
    'SECRET_UNRESOLVED',
    `The stored secret of ${place} cannot be read with the key of this server; set the secret again.`,
    { cause },
  );
}
