/** The items of a delta payload: changed and removed entities, added and removed links. */

import { isJsonObject, type JsonValue } from '../../../base/json.ts';
import type { Row } from '../../row.ts';
import { control, controlText, memberNameOf } from '../member-name.ts';
import { invalidPayload } from '../payload-bytes.ts';

/** An added or changed entity, with the changes of its related entities by navigation property. */
export interface ChangedEntity {
  readonly kind: 'entity';
  readonly row: Row;
  readonly nested: Readonly<Record<string, readonly DeltaItem[]>>;
  /** Context of its own, where it is of another entity set. */
  readonly context?: string;
}

/** An entity that is no longer there, or no longer among those asked for. */
export interface DeletedEntity {
  readonly kind: 'deletedEntity';
  /** Undefined where only its key, in `row`, identifies it. */
  readonly id?: string;
  /** `changed`: it is there, and no longer matches. */
  readonly reason: 'changed' | 'deleted';
  readonly row: Row;
  readonly context?: string;
}

/** A relationship that came to be, or is no longer. */
export interface DeltaLink {
  readonly kind: 'link' | 'deletedLink';
  readonly source: string;
  readonly relationship: string;
  readonly target?: string;
  readonly context?: string;
}

export type DeltaItem = ChangedEntity | DeletedEntity | DeltaLink;

/**
 * What an item of a delta payload says: 4.0 tells by the context (OData JSON 4.0 14), 4.01 by `@removed` (OData JSON
 * 4.01 15). Rows of `readRows` are such items. Raises ODATA_PAYLOAD_INVALID.
 */
export function deltaItemOf(row: Row): DeltaItem {
  const context = controlText(row, 'context');
  const own = context === undefined ? {} : { context };
  const kind = /\/\$(link|deletedLink|deletedEntity)$/.exec(context ?? '')?.[1];
  if (kind === 'link' || kind === 'deletedLink') return { kind, ...linkOf(row), ...own };
  const removed = control(row, 'removed');
  if (removed !== undefined || kind === 'deletedEntity') {
    const id = controlText(row, 'id') ?? (kind === 'deletedEntity' && typeof row.id === 'string' ? row.id : undefined);
    const reason = isJsonObject(removed) ? removed.reason : row.reason;
    const isChanged = reason === 'changed';
    return {
      kind: 'deletedEntity',
      ...(id === undefined ? {} : { id }),
      reason: isChanged ? 'changed' : 'deleted',
      row,
      ...own,
    };
  }
  return { kind: 'entity', row, nested: nestedItems(row), ...own };
}

function linkOf(row: Row): { readonly source: string; readonly relationship: string; readonly target?: string } {
  const { source, relationship, target } = row;
  if (typeof source !== 'string' || typeof relationship !== 'string') {
    throw invalidPayload('A link of the delta payload has no source and relationship.');
  }
  return { source, relationship, ...(typeof target === 'string' ? { target } : {}) };
}

/** `Orders@delta` has the changes of a collection (OData JSON 4.01 8.4); of one entity, the entity or null. */
function nestedItems(row: Row): Readonly<Record<string, readonly DeltaItem[]>> {
  const nested: [string, readonly DeltaItem[]][] = [];
  for (const [name, value] of Object.entries(row)) {
    const { kind, target, term } = memberNameOf(name);
    if (kind !== 'control' || term !== 'delta' || target === '') continue;
    nested.push([target, itemsOf(value, name)]);
  }
  return Object.fromEntries(nested);
}

function itemsOf(value: JsonValue, name: string): readonly DeltaItem[] {
  const items = Array.isArray(value) ? (value as readonly JsonValue[]) : value === null ? [] : [value];
  return items.map((item) => {
    if (isJsonObject(item)) return deltaItemOf(item);
    throw invalidPayload(`An item of '${name}' in the delta payload is not an object.`);
  });
}
