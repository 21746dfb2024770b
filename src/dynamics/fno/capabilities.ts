/** What the OData service of Finance & Operations can and cannot do. */

import type { Capabilities } from '../../client/index.ts';

const orChain = "write the alternatives out: (A eq 'x' or A eq 'y')";
const noLambda = 'filter the related entity set on its own';

/** Read by the client, which refuses what is not offered, and by the dialect itself. */
export const capabilities: Capabilities = Object.freeze<Capabilities>({
  pageSizeMax: 10_000,
  // Prefer: odata.maxpagesize has no effect.
  pageSizeBy: 'top-and-skip',
  countMax: undefined,
  urlLengthMax: undefined,
  expandDepthMax: 1,
  expandsMax: undefined,
  filterConditionsMax: undefined,
  // 5,000 are documented, 1,000 are what practice reports.
  batchRequestsMax: 1000,
  keyForms: ['single', 'named'],
  hasChangeTracking: false,
  answersUpdates: false,
  actionNamespace: 'Microsoft.Dynamics.DataEntities',
  unsupportedListOptions: { annotations: 'it sends the annotations it has' },
  unsupportedOperators: { in: orChain, has: 'compare the enumeration with eq or ne', any: noLambda, all: noLambda },
  unsupportedExpandOptions: {},
});
