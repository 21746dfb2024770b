/** Access tokens kept until shortly before they expire. */

import type { Clock } from '../base/clock.ts';
import { isRialtoError } from '../base/errors.ts';
import type { Ids } from '../base/ids.ts';
import type { Log } from '../base/log.ts';
import { singleFlight } from '../http/index.ts';
import { audienceOf } from './audience.ts';
import type { AccessToken, TokenCredential } from './token-credential.ts';

export interface TokenCacheOptions {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
}

/** A token is renewed so long before it expires; a short-lived one after half of its life. */
const renewalOffsetMs = 300_000;
/** Up to this much earlier, at random, so that many workers do not renew at once. */
const renewalJitterMs = 60_000;
/** A credential serves few environments; the least recently added audience makes room. */
const audiencesMax = 256;

/**
 * Wraps a credential so that each audience has one token, fetched once however many ask for it at the same time, and
 * renewed 5 minutes before it expires. When a renewal fails for a passing reason the old token serves while it is valid.
 */
export function cachedCredential(credential: TokenCredential, options: TokenCacheOptions): TokenCredential {
  const slots = new Map<string, Slot>();
  return {
    async getToken(request) {
      const audience = audienceOf(request.audience);
      let slot = slots.get(audience);
      if (slot === undefined) {
        slot = createSlot(credential, audience, options);
        makeRoom(slots);
        slots.set(audience, slot);
      }
      return slot.getToken(request.rejectedToken, request.signal);
    },
  };
}

interface Slot {
  getToken(rejectedToken: string | undefined, signal: AbortSignal | undefined): Promise<AccessToken>;
}

function createSlot(credential: TokenCredential, audience: string, options: TokenCacheOptions): Slot {
  const { clock, ids, log } = options;
  let kept: { readonly token: AccessToken; readonly renewAtMs: number } | undefined;

  const fetchToken = singleFlight(async (signal) => {
    const token = await credential.getToken({ audience, signal });
    const lifeMs = token.expiresAtMs - clock.now();
    const offsetMs = Math.min(renewalOffsetMs + ids.random() * renewalJitterMs, lifeMs / 2);
    kept = { token, renewAtMs: token.expiresAtMs - offsetMs };
    log.debug('Access token was fetched', { audience, validForMs: Math.round(lifeMs) });
    return token;
  });

  return {
    async getToken(rejectedToken, signal) {
      if (kept !== undefined && kept.token.token === rejectedToken) kept = undefined;
      if (kept !== undefined && clock.now() < kept.renewAtMs) return kept.token;
      const old = kept?.token;
      try {
        return await fetchToken(signal);
      } catch (error) {
        if (old === undefined || clock.now() >= old.expiresAtMs || !isPassing(error)) throw error;
        log.warn('Access token could not be renewed yet', { audience, error: error.code });
        return old;
      }
    },
  };
}

function isPassing(error: unknown): error is Error & { readonly code: string } {
  return isRialtoError(error) && error.retryable;
}

function makeRoom(slots: Map<string, Slot>): void {
  if (slots.size < audiencesMax) return;
  const [oldest] = slots.keys();
  if (oldest !== undefined) slots.delete(oldest);
}
