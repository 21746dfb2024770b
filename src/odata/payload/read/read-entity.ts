/** A payload of one entity → the row and what identifies it. */

import type { Row } from '../../row.ts';
import { control } from '../member-name.ts';
import { invalidPayload } from '../payload-bytes.ts';
import { typeNameOf } from '../values/instance-type.ts';
import { textControl } from './collection-annotations.ts';
import { type PayloadText, parsePayload } from './parse-payload.ts';
import { refuseErrorPayload } from './read-odata-error.ts';

/** One entity. `row` has all members but the context, annotations included. */
export interface Entity {
  readonly context?: string;
  readonly etag?: string;
  readonly id?: string;
  /** Qualified name of the type that the entity says it has. */
  readonly type?: string;
  readonly row: Row;
}

/**
 * Reads an entity (OData JSON 4.01 6), with `@odata.x` or `@x` as names. Raises ODATA_PAYLOAD_INVALID for what is not a
 * JSON object, and for an error; LIMIT_EXCEEDED.
 */
export function readEntity(payload: PayloadText): Entity {
  const body = parsePayload(payload);
  refuseErrorPayload(body);
  if (Array.isArray(body.value) && control(body, 'context')?.toString().endsWith('/$entity') !== true) {
    const others = Object.keys(body).filter((name) => name !== 'value' && !name.includes('@'));
    if (others.length === 0) throw invalidPayload('The payload is a collection; expected an entity.');
  }
  const context = textControl(body, 'context');
  const etag = textControl(body, 'etag');
  const id = textControl(body, 'id');
  const type = textControl(body, 'type');
  const { '@odata.context': _prefixed, '@context': _plain, ...row } = body;
  return {
    ...(context === undefined ? {} : { context }),
    ...(etag === undefined ? {} : { etag }),
    ...(id === undefined ? {} : { id }),
    ...(type === undefined ? {} : { type: typeNameOf(type) }),
    row,
  };
}
