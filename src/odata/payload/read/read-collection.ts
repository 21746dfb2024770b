/** A collection payload that is at hand as a whole → rows and annotations. */

import { isJsonObject } from '../../../base/json.ts';
import type { Row } from '../../row.ts';
import { invalidPayload } from '../payload-bytes.ts';
import { type CollectionAnnotations, readCollectionAnnotations } from './collection-annotations.ts';
import { type PayloadText, parsePayload } from './parse-payload.ts';
import { refuseErrorPayload } from './read-odata-error.ts';

/** A page of rows with what stood around them. */
export interface Collection extends CollectionAnnotations {
  readonly rows: readonly Row[];
}

/**
 * Reads a collection of entities (OData JSON 4.01 4.6, 13), with `@odata.x` or `@x` as names. Raises
 * ODATA_PAYLOAD_INVALID and LIMIT_EXCEEDED.
 */
export function readCollection(payload: PayloadText): Collection {
  const body = parsePayload(payload);
  refuseErrorPayload(body);
  const { value } = body;
  if (!Array.isArray(value)) throw invalidPayload('The payload has no array "value"; expected a collection.');
  const rows = value as readonly unknown[];
  const wrong = rows.findIndex((row) => !isJsonObject(row));
  if (wrong !== -1) throw invalidPayload(`Row ${wrong + 1} of the payload is not an object.`);
  return { ...readCollectionAnnotations(body), rows: rows as readonly Row[] };
}
