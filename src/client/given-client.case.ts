/** A client over a scripted `Send`, for tests. */

import { seededIds } from '../base/ids.ts';
import { silentLog } from '../base/log.ts';
import { type ScriptedClock, scriptedClock } from '../http/scripted-clock.case.ts';
import { type ScriptedAnswer, type ScriptedSend, scriptedSend } from '../http/scripted-send.case.ts';
import { createModel, type ModelData } from '../odata/index.ts';
import type { Client } from './client.ts';
import type { ClientOptions } from './client-options.ts';

export interface GivenClient extends ScriptedSend {
  readonly client: Client;
  readonly clock: ScriptedClock;
}

/** A client that answers from the script; `make` is `createFnoClient` or `createDataverseClient`. */
export function givenClient(
  make: (options: Omit<ClientOptions, 'dialect'>) => Client,
  options: Partial<Omit<ClientOptions, 'dialect'>>,
  script: readonly ScriptedAnswer[],
): GivenClient {
  const clock = scriptedClock();
  const scripted = scriptedSend(...script);
  const client = make({
    environmentUrl: 'https://contoso.example',
    credential: { getToken: async () => ({ token: 'token-1', expiresAtMs: clock.now() + 3_600_000 }) },
    send: scripted.send,
    clock,
    ids: seededIds(1),
    log: silentLog,
    ...options,
  });
  return { ...scripted, client, clock };
}

const namespace = 'Microsoft.Dynamics.DataEntities';

/** Metadata of two F&O entities and one action. */
export function givenModel(): ReturnType<typeof createModel> {
  return createModel(modelData);
}

function text(name: string, isNullable = true) {
  return { name, type: 'Edm.String', isNullable };
}

const modelData: ModelData = {
  schemas: [
    {
      namespace,
      entityTypes: [
        {
          name: 'CustomerV3',
          key: ['dataAreaId', 'CustomerAccount'],
          properties: [
            text('dataAreaId', false),
            text('CustomerAccount', false),
            text('OrganizationName'),
            { name: 'CreditLimit', type: 'Edm.Decimal', isNullable: false },
          ],
        },
        { name: 'LegalEntity', key: ['LegalEntityId'], properties: [text('LegalEntityId', false), text('Name')] },
      ],
      actions: [
        {
          name: 'calculateBalance',
          isBound: true,
          parameters: [
            { name: 'CustomerV3', type: `${namespace}.CustomerV3`, isNullable: true },
            { name: '_asOf', type: 'Edm.DateTimeOffset', isNullable: true },
          ],
          returnType: { type: 'Edm.Decimal', isNullable: false },
        },
      ],
      container: {
        name: 'Resources',
        entitySets: [
          { name: 'CustomersV3', entityType: `${namespace}.CustomerV3` },
          { name: 'LegalEntities', entityType: `${namespace}.LegalEntity` },
        ],
      },
    },
  ],
};
