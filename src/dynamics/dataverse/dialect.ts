/** The dialect of Dataverse. */

import type { Dialect } from '../../client/index.ts';
import { capabilities } from './capabilities.ts';
import { readRefusal } from './errors.ts';
import { keyPredicate, planList, planRecord, serviceRoot } from './requests.ts';

/** The Web API of a Dataverse environment. */
export const dataverse: Dialect = Object.freeze({
  name: 'Dataverse',
  capabilities,
  // Alternate keys and descriptions are annotations, which are left out unless asked for.
  metadataHeaders: { prefer: 'odata.include-annotations="*"' },
  serviceRoot,
  keyPredicate,
  planList,
  planRecord,
  readRefusal,
});
