/** What the Web API of Dataverse can and cannot do. */

import type { Capabilities } from '../../client/index.ts';

const noCompanies = 'companies are of Finance & Operations';

/** Read by the client, which refuses what is not offered, and by the dialect itself. */
export const capabilities: Capabilities = Object.freeze<Capabilities>({
  pageSizeMax: 5000,
  pageSizeBy: 'prefer',
  countMax: 5000,
  urlLengthMax: 32_768,
  expandDepthMax: undefined,
  expandsMax: 15,
  filterConditionsMax: 500,
  batchRequestsMax: 1000,
  keyForms: ['single', 'named', 'alternate'],
  hasChangeTracking: true,
  answersUpdates: true,
  actionNamespace: 'Microsoft.Dynamics.CRM',
  unsupportedListOptions: {
    skip: 'pages follow one another by next link only; read on, or filter by a range',
    crossCompany: noCompanies,
    companies: noCompanies,
  },
  unsupportedOperators: {
    in: "use Microsoft.Dynamics.CRM.In(PropertyName='a',PropertyValues=['x','y']), or write the alternatives out",
    has: "use Microsoft.Dynamics.CRM.ContainValues(PropertyName='a',PropertyValues=['1'])",
  },
  unsupportedExpandOptions: {
    skip: 'it is not available there',
    count: 'it is not available there',
    search: 'it is not available there',
  },
});
