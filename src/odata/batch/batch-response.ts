/** The tree of a batch response, the same for both formats (OData 4.01 Protocol 11.7.7.6, JSON 19.5). */

import type { BatchHeaders } from './batch-headers.ts';

/** A batch response: individual responses and those of change sets, in their order. */
export interface BatchResponse {
  readonly items: readonly (IndividualResponse | ChangeSetResponse)[];
  /** Where the responses that are missing can be had; JSON only (JSON 19.5). */
  readonly nextLink?: string;
}

/** One response within a batch; for a change set that failed, the one of all its requests. */
export interface IndividualResponse {
  readonly kind: 'response';
  /** The request identifier of the request: `Content-ID` in multipart, `id` in JSON. */
  readonly contentId?: string;
  readonly status: number;
  /** Without `Content-ID`, `Content-Length` and `Content-Transfer-Encoding`, which follow from the tree. */
  readonly headers: BatchHeaders;
  /** Undefined when it is empty. JSON as the text that was sent, so that no number loses a digit. */
  readonly body?: Uint8Array;
}

/** The responses to a change set. */
export interface ChangeSetResponse {
  readonly kind: 'changeSet';
  /** The name of the atomicity group; JSON only. */
  readonly atomicityGroup?: string;
  readonly responses: readonly IndividualResponse[];
}
