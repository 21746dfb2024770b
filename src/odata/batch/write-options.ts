/** What both writers of batches take and give. */

import type { Ids } from '../../base/ids.ts';
import type { BatchFormat } from './batch-format.ts';

export interface WriteBatchOptions {
  /** Default `multipart`, the one that all services of OData 4.0 take. */
  readonly format?: BatchFormat;
  /** The boundary of a multipart batch. It must not occur in a request or response. */
  readonly boundary?: string;
  /** Where boundaries come from when none is given; without it they are numbered. */
  readonly ids?: Ids;
  /** Individual requests or responses. Default 1,000, which is Dataverse's limit. */
  readonly batchRequestsMax?: number;
}

/** A batch that is ready to be sent. */
export interface WrittenBatch {
  /** The value of `Content-Type`, with the boundary. */
  readonly contentType: string;
  readonly body: Uint8Array;
}
