/** The tree of a batch request, the same for both formats (OData 4.01 Protocol 11.7, JSON 19.1). */

import type { BatchHeaders } from './batch-headers.ts';

/** A batch request: individual requests and change sets, in their order. */
export interface BatchRequest {
  readonly items: readonly (IndividualRequest | ChangeSet)[];
}

/** One request within a batch. */
export interface IndividualRequest {
  readonly kind: 'request';
  /** The request identifier: `Content-ID` in multipart, `id` in JSON (Protocol 11.7.3). Unique within the batch. */
  readonly contentId?: string;
  /** As it is written; in JSON upper case. */
  readonly method: string;
  /** As it is written: absolute, absolute path, relative to the service root, or with `$1` as first segment. */
  readonly url: string;
  /** Without `Content-ID`, `Content-Length` and `Content-Transfer-Encoding`, which follow from the tree. */
  readonly headers: BatchHeaders;
  /** Undefined when it is empty. JSON as the text that was sent, so that no number loses a digit. */
  readonly body?: Uint8Array;
  /** Request identifiers and atomicity groups that must have succeeded before; JSON only (JSON 19.1). */
  readonly dependsOn?: readonly string[];
  /** The expression of `if`, as it is written; JSON only (JSON 19.1). */
  readonly if?: string;
}

/** Requests of which all succeed or none: change set in multipart, atomicity group in JSON. */
export interface ChangeSet {
  readonly kind: 'changeSet';
  /** The name of the atomicity group; JSON only. */
  readonly atomicityGroup?: string;
  readonly requests: readonly IndividualRequest[];
}

/** All individual requests in their order, those of change sets included. */
export function individualRequests(batch: BatchRequest): readonly IndividualRequest[] {
  return batch.items.flatMap((item) => (item.kind === 'changeSet' ? item.requests : [item]));
}
