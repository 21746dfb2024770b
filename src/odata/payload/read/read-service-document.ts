/** A service document → what the service offers. */

import { isJsonObject, type JsonValue } from '../../../base/json.ts';
import { invalidPayload } from '../payload-bytes.ts';
import { textControl } from './collection-annotations.ts';
import { type PayloadText, parsePayload } from './parse-payload.ts';
import { refuseErrorPayload } from './read-odata-error.ts';

/** An entity set, singleton or function import that a service names, or another service document. */
export interface ServiceResource {
  readonly name: string;
  /** Relative to the service document, unless it is absolute. */
  readonly url: string;
  readonly kind: 'EntitySet' | 'FunctionImport' | 'Singleton' | 'ServiceDocument' | (string & {});
  readonly title?: string;
}

export interface ServiceDocument {
  readonly context?: string;
  readonly resources: readonly ServiceResource[];
}

/** Reads a service document (OData JSON 4.01 5); `kind` is EntitySet unless it says otherwise. Raises ODATA_PAYLOAD_INVALID. */
export function readServiceDocument(payload: PayloadText): ServiceDocument {
  const body = parsePayload(payload);
  refuseErrorPayload(body);
  if (!Array.isArray(body.value)) throw invalidPayload('The service document has no array "value".');
  const context = textControl(body, 'context');
  return {
    ...(context === undefined ? {} : { context }),
    resources: (body.value as readonly JsonValue[]).map(resourceOf),
  };
}

function resourceOf(item: JsonValue, index: number): ServiceResource {
  const { name, url, kind, title } = isJsonObject(item) ? item : {};
  if (typeof name !== 'string' || typeof url !== 'string') {
    throw invalidPayload(`Resource ${index + 1} of the service document has no name and url.`);
  }
  return {
    name,
    url,
    kind: typeof kind === 'string' ? kind : 'EntitySet',
    ...(typeof title === 'string' ? { title } : {}),
  };
}
