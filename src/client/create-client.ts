/** The OData client: a dialect over a pipeline. */

import type { Clock } from '../base/clock.ts';
import { createPipeline, singleFlight } from '../http/index.ts';
import type { Channel } from './channel.ts';
import type { Client } from './client.ts';
import { type ClientOptions, readClientLimits } from './client-options.ts';
import { createEntitySetClient } from './entity-set-client.ts';
import { executeAction } from './execute-action.ts';
import { keepMetadata, metadataFreshMs } from './metadata.ts';
import { readEntitySetNames, readMetadata } from './read-service.ts';

/**
 * A client of one environment. Nothing is sent before a method is called. Raises OPTION_INVALID when an option is
 * wrong. Its methods raise ServiceError (SERVICE_ERROR, SERVICE_UNAVAILABLE, AUTH_TOKEN_REJECTED, ACCESS_DENIED,
 * RECORD_NOT_FOUND, RECORD_CONFLICT, ENTITY_SET_UNKNOWN, ODATA_ACTION_UNKNOWN), and what the credential and the
 * transport raise.
 */
export function createClient(options: ClientOptions): Client {
  const limits = readClientLimits(options);
  const { dialect } = options;
  const serviceRoot = dialect.serviceRoot(options.environmentUrl);
  const { origin } = new URL(serviceRoot);
  const { clock } = options;
  const metadata = keepMetadata({ read: (signal) => readMetadata(channel, signal), clock, model: options.model });
  const entitySetNames = keepFresh((signal) => readEntitySetNames(channel, signal), clock);
  const channel: Channel = {
    serviceRoot,
    dialect,
    clock,
    limits,
    send: createPipeline({
      send: options.send,
      clock,
      ids: options.ids,
      log: options.log,
      userAgent: options.userAgent ?? 'rialto',
      identity: { credential: options.credential, audience: options.audience ?? origin, origin },
      retry: {
        ...(options.retry === undefined ? {} : { limits: options.retry }),
        isPassingFault: (text) => dialect.readRefusal({ status: 500, headers: {}, text }).isPassing === true,
      },
    }),
    entitySetNames,
    async check(signal, check) {
      if (options.checked !== true) return undefined;
      return metadata.withFreshModel(async () => check(await metadata.model(signal)), signal);
    },
  };
  return {
    serviceRoot,
    entitySet: (name) => createEntitySetClient(channel, name),
    execute: (call) => executeAction(channel, call),
    ...metadata,
    entitySets: entitySetNames,
  };
}

/** Reads once, however many ask, and keeps the result for `metadataFreshMs`; a failure is not kept. */
function keepFresh<T>(read: (signal: AbortSignal) => Promise<T>, clock: Clock): (signal?: AbortSignal) => Promise<T> {
  let kept: { readonly value: T; readonly readAtMs: number } | undefined;
  const reading = singleFlight(async (signal) => {
    kept = { value: await read(signal), readAtMs: clock.monotonicMs() };
    return kept.value;
  });
  return async (signal) => {
    const isFresh = kept !== undefined && clock.monotonicMs() - kept.readAtMs < metadataFreshMs;
    return kept !== undefined && isFresh ? kept.value : reading(signal);
  };
}
