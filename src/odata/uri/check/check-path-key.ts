/** Keys within a resource path. */

import { isRialtoError, RialtoError } from '../../../base/errors.ts';
import { literalOf } from '../../literal/literal-of.ts';
import type { EntityType } from '../../model/model.ts';
import type { KeyPredicate } from '../tree/key-predicate.ts';
import type { KeySegment, NameSegment, QualifiedNameSegment } from '../tree/request-uri.ts';
import { checkKey } from './check-key.ts';
import { typeName } from './expression-type.ts';
import { type CheckedSegment, type PathState, reached, structureOf } from './resource.ts';

/** A collection with a key predicate leads to one entity (OData 4.01 URL 4.3). Raises ODATA_KEY_INVALID. */
export function checkPathKey(
  segment: NameSegment | QualifiedNameSegment,
  key: KeyPredicate,
  collection: Omit<CheckedSegment, 'segment'>,
  state: PathState,
): void {
  const { type } = collection;
  const entityType = entityTypeOf(collection, state);
  if (type.kind !== 'collection' || entityType === undefined) {
    const message = `${segment.name} at position ${segment.position} is ${typeName(type)}, which has no key.`;
    throw new RialtoError('ODATA_KEY_INVALID', message);
  }
  const values = key.parts.map(({ value }) => state.scope.check(value, state.scope));
  checkKey(key, values, entityType, state.scope.model);
  state.segments.push({ ...collection, segment, type: type.item });
}

/** A key value as a segment of its own, one for each key property (OData 4.01 URL 4.3.6). Raises ODATA_KEY_INVALID. */
export function checkSegmentKey(segment: KeySegment | NameSegment, text: string, state: PathState): void {
  const last = reached(state);
  const entityType = last === undefined ? undefined : entityTypeOf(last, state);
  if (last === undefined || last.type.kind !== 'collection' || entityType === undefined) return;
  const name = entityType.key[state.keyValues.length] ?? '';
  checkSegmentValue(text, name, { entityType, segment });
  state.keyValues.push(text);
  const isComplete = state.keyValues.length >= entityType.key.length;
  if (isComplete) state.keyValues.length = 0;
  const { entitySet } = last;
  state.segments.push({
    segment: { kind: 'keySegment', text, position: segment.position },
    role: 'key',
    type: isComplete ? last.type.item : last.type,
    ...(entitySet === undefined ? {} : { entitySet }),
  });
}

/** Raises ODATA_KEY_INVALID where a key of several segments has not come to its end. */
export function refuseOpenKey(state: PathState): void {
  const last = reached(state);
  const entityType = last === undefined ? undefined : entityTypeOf(last, state);
  if (last === undefined || entityType === undefined || state.keyValues.length === 0) return;
  const got = `${state.keyValues.length} of ${entityType.key.length} values`;
  const message = `The key of '${entityType.name}' needs ${entityType.key.join(' and ')}; got ${got}, at position ${last.segment.position}.`;
  throw new RialtoError('ODATA_KEY_INVALID', message);
}

function checkSegmentValue(
  text: string,
  name: string,
  at: { readonly entityType: EntityType; readonly segment: KeySegment | NameSegment },
): void {
  const type = at.entityType.property(name)?.type;
  if (type === undefined || !type.startsWith('Edm.')) return;
  try {
    literalOf(text, type);
  } catch (cause) {
    if (!isRialtoError(cause)) throw cause;
    const place = `The key segment '${text}' at position ${at.segment.position}`;
    const message = `${place} is no value of ${name} of '${at.entityType.name}', which is ${type}.`;
    throw new RialtoError('ODATA_KEY_INVALID', message, { cause });
  }
}

/** The entity type of a collection or of one entity. */
export function entityTypeOf({ type }: Pick<CheckedSegment, 'type'>, { scope }: PathState): EntityType | undefined {
  const structure = structureOf(type);
  return structure === undefined ? undefined : scope.model.entityType(structure.qualifiedName);
}
