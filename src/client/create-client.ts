/** The OData client: a dialect over a pipeline. */

import { createPipeline, singleFlight } from '../http/index.ts';
import type { Model } from '../odata/index.ts';
import type { Channel } from './channel.ts';
import { entityTypeOf } from './check-list-options.ts';
import type { Client } from './client.ts';
import { type ClientOptions, readClientLimits } from './client-options.ts';
import { createEntitySetClient } from './entity-set-client.ts';
import { executeAction } from './execute-action.ts';
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
  const modelKeeper: Keeper<Model> = keep((signal) => readMetadata(channel, signal), options.model);
  const namesKeeper: Keeper<readonly string[]> = keep((signal) => readEntitySetNames(channel, signal));
  const channel: Channel = {
    serviceRoot,
    dialect,
    clock: options.clock,
    limits,
    send: createPipeline({
      send: options.send,
      clock: options.clock,
      ids: options.ids,
      log: options.log,
      userAgent: options.userAgent ?? 'rialto',
      identity: { credential: options.credential, audience: options.audience ?? origin, origin },
      retry: {
        ...(options.retry === undefined ? {} : { limits: options.retry }),
        isPassingFault: (text) => dialect.readRefusal({ status: 500, headers: {}, text }).isPassing === true,
      },
    }),
    entitySetNames: namesKeeper,
    async checkedModel(signal) {
      return options.checked === true ? modelKeeper(signal) : undefined;
    },
    async checkedType(entitySet, signal) {
      const model = await channel.checkedModel(signal);
      return model === undefined ? undefined : { model, entityType: entityTypeOf(model, entitySet) };
    },
  };
  return {
    serviceRoot,
    entitySet: (name) => createEntitySetClient(channel, name),
    execute: (call) => executeAction(channel, call),
    model: modelKeeper,
    entitySets: namesKeeper,
  };
}

type Keeper<T> = (signal?: AbortSignal) => Promise<T>;

/** Reads once, however many ask, and keeps the result; a failure is not kept. */
function keep<T>(read: (signal: AbortSignal) => Promise<T>, known?: T): Keeper<T> {
  let kept = known;
  const reading = singleFlight(read);
  return async (signal) => {
    kept ??= await reading(signal);
    return kept;
  };
}
