/** The two formats of a batch. */

import type { MediaType } from '../media-type.ts';
import { invalidBatch } from './batch-error.ts';

/** Multipart (OData 4.01 Protocol 11.7.7) or JSON (OData JSON 4.01 19). */
export type BatchFormat = 'multipart' | 'json';

/** The format of a media type. Raises ODATA_BATCH_INVALID for all others. */
export function formatOf({ type }: MediaType, what: 'request' | 'response'): BatchFormat {
  if (type === 'multipart/mixed') return 'multipart';
  if (type === 'application/json') return 'json';
  throw invalidBatch(`A batch ${what} is of type multipart/mixed or application/json; this one is ${type}.`);
}
