/** The dialect of Finance & Operations. */

import type { Dialect } from '../../client/index.ts';
import { capabilities } from './capabilities.ts';
import { readRefusal } from './errors.ts';
import { keyPredicate, planList, planRecord, serviceRoot } from './requests.ts';

/** OData at `/data` of a Finance & Operations environment. */
export const fno: Dialect = Object.freeze({
  name: 'Finance & Operations',
  capabilities,
  metadataHeaders: {},
  serviceRoot,
  keyPredicate,
  planList,
  planRecord,
  readRefusal,
});
