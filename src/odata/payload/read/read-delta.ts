/** A delta payload that is at hand as a whole → its items. */

import type { CollectionAnnotations } from './collection-annotations.ts';
import { type DeltaItem, deltaItemOf } from './delta-item.ts';
import type { PayloadText } from './parse-payload.ts';
import { readCollection } from './read-collection.ts';

/** What has changed, in order, with the link to the next page or to what changes after this. */
export interface Delta extends CollectionAnnotations {
  readonly items: readonly DeltaItem[];
}

/**
 * Reads a delta payload of either version (OData JSON 4.01 15, OData JSON 4.0 14). Raises ODATA_PAYLOAD_INVALID and
 * LIMIT_EXCEEDED.
 */
export function readDelta(payload: PayloadText): Delta {
  const { rows, ...annotations } = readCollection(payload);
  return { ...annotations, items: rows.map(deltaItemOf) };
}
