/** Payloads of entity references → ids. */

import type { JsonObject } from '../../../base/json.ts';
import { controlText } from '../member-name.ts';
import { invalidPayload } from '../payload-bytes.ts';
import type { CollectionAnnotations } from './collection-annotations.ts';
import { type PayloadText, parsePayload } from './parse-payload.ts';
import { readCollection } from './read-collection.ts';
import { refuseErrorPayload } from './read-odata-error.ts';

/** The ids of entities, as they are written. */
export interface References extends CollectionAnnotations {
  readonly ids: readonly string[];
}

/** Reads the id of an entity reference (OData JSON 4.01 14). Raises ODATA_PAYLOAD_INVALID and LIMIT_EXCEEDED. */
export function readReference(payload: PayloadText): string {
  const body = parsePayload(payload);
  refuseErrorPayload(body);
  return idOf(body);
}

/** Reads a collection of entity references (OData JSON 4.01 14). Raises ODATA_PAYLOAD_INVALID and LIMIT_EXCEEDED. */
export function readReferences(payload: PayloadText): References {
  const { rows, ...annotations } = readCollection(payload);
  return { ...annotations, ids: rows.map(idOf) };
}

function idOf(reference: JsonObject): string {
  const id = controlText(reference, 'id');
  if (id === undefined) throw invalidPayload('An entity reference of the payload has no @odata.id.');
  return id;
}
