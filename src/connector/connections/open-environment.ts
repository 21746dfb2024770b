/** Opens environments with client credentials: a credential, the dialect's client, and a probe. */

import { type AccessToken, clientCredentials, type TokenCredential } from '../../auth/index.ts';
import { type Clock, isoInstant } from '../../base/clock.ts';
import type { Ids } from '../../base/ids.ts';
import type { Log } from '../../base/log.ts';
import { createDataverseClient } from '../../dynamics/dataverse/index.ts';
import { createFnoClient } from '../../dynamics/fno/index.ts';
import type { Send } from '../../http/index.ts';
import type { ConnectionSettings } from './connection-settings.ts';
import type { EnvironmentProbe } from './connection-test.ts';
import type { OpenEnvironment } from './connections.ts';
import { whoAmI } from './who-am-i.ts';

export interface OpenEnvironmentOptions {
  readonly send: Send;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
}

/** Makes the opener that connections use. It raises OPTION_INVALID. */
export function createOpenEnvironment(options: OpenEnvironmentOptions): OpenEnvironment {
  return (kind, settings) => {
    const credential = credentialOf(settings, options);
    const unchecked = { ...options, environmentUrl: settings.environmentUrl, credential };
    // Checked against the metadata: wrong names are told before anything is sent, and F&O pages in a total order.
    const checked = { ...unchecked, checked: true };
    if (kind === 'dynamicsax') {
      // The probe must not wait for the metadata, which is tens of megabytes.
      const fno = createFnoClient(unchecked);
      const service: EnvironmentProbe['service'] = async (signal) => {
        const names = await fno.entitySets(signal);
        // The service document is given to any token of the tenant; reading a record is not (F&O web API, metadata).
        const companies = fno
          .entitySet('LegalEntities')
          .list({ top: 1, select: ['LegalEntityId'], ...signalOf(signal) });
        for await (const _company of companies) break;
        return `The environment has ${names.length} entity sets, and records can be read.`;
      };
      return { client: createFnoClient(checked), probe: { token: tokenProbe(settings, credential), service } };
    }
    const dataverse = createDataverseClient(checked);
    const service: EnvironmentProbe['service'] = async (signal) => {
      const userId = await whoAmI({ ...options, client: dataverse, credential, settings, ...signalOf(signal) });
      return `The environment knows the application as user ${userId}.`;
    };
    return { client: dataverse, probe: { token: tokenProbe(settings, credential), service } };
  };
}

function credentialOf(settings: ConnectionSettings, options: OpenEnvironmentOptions): TokenCredential {
  return clientCredentials({
    authorityUrl: settings.authority,
    tenant: settings.tenant,
    allowInsecureLoopback: settings.allowLoopbackHttp,
    clientId: settings.clientId,
    clientSecret: settings.clientSecret,
    send: options.send,
    clock: options.clock,
    ids: options.ids,
    log: options.log,
  });
}

function tokenProbe(settings: ConnectionSettings, credential: TokenCredential): EnvironmentProbe['token'] {
  return async (signal) => {
    const { expiresAtMs }: AccessToken = await credential.getToken({
      audience: settings.environmentUrl,
      ...signalOf(signal),
    });
    return `The token service gave a token that is valid until ${isoInstant(expiresAtMs)}.`;
  };
}

function signalOf(signal: AbortSignal | undefined): { readonly signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}
