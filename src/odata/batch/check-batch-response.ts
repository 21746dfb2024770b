/** What holds between the responses of a batch, in both formats and both directions. */

import { invalidBatch } from './batch-error.ts';
import type { BatchResponse } from './batch-response.ts';
import { checkRequestId, checkResponse, nameMessage } from './check-message.ts';

/** Raises ODATA_BATCH_INVALID for responses with the same request identifier, or that cannot stand in a batch. */
export function checkBatchResponse({ items }: BatchResponse, isTolerant: boolean): void {
  const seen = new Set<string>();
  let index = 0;
  for (const item of items) {
    for (const response of item.kind === 'changeSet' ? item.responses : [item]) {
      const { contentId } = response;
      checkResponse(response, nameMessage('response', index, contentId));
      index += 1;
      if (contentId === undefined) continue;
      checkRequestId(contentId, 'The request identifier', isTolerant);
      if (seen.has(contentId)) throw invalidBatch(`Two responses have the request identifier "${contentId}".`);
      seen.add(contentId);
    }
  }
}
