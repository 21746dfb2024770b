/** Resolves a resource path against a model. */

import type { CrossjoinSegment, FilterSegment, SystemSegment } from '../tree/request-uri.ts';
import { wantBoolean } from './check-operators.ts';
import { checkFirstName } from './check-path-begin.ts';
import { refuseOpenKey } from './check-path-key.ts';
import { checkKeySegment, checkNameSegment, checkQualifiedSegment } from './check-path-segment.ts';
import { crossjoinType } from './crossjoin-type.ts';
import { collectionOf, countType, type ExpressionType, stringType, typeName, unknownType } from './expression-type.ts';
import { type PathState, reached, reachedType, type SegmentRole, structureOf } from './resource.ts';
import { mismatch, unknownEntitySet } from './type-errors.ts';

/** Follows all the segments of a path; adds to the state what each of them is. */
export function checkSegments(state: PathState): void {
  for (const [index, segment] of state.path.entries()) {
    refuseBehindLast(state, segment.position);
    if (segment.kind !== 'name' && segment.kind !== 'keySegment') refuseOpenKey(state);
    switch (segment.kind) {
      case 'system':
        checkSystemSegment(segment, state);
        break;
      case 'crossjoin':
        checkCrossjoin(segment, state);
        break;
      case 'filterSegment':
        checkFilterSegment(segment, state);
        break;
      case 'keySegment':
        checkKeySegment(segment, state);
        break;
      case 'name':
        if (index === 0) checkFirstName(segment, state);
        else checkNameSegment(segment, state);
        break;
      case 'qualifiedName':
        if (index === 0) throw unknownEntitySet(segment.name, state.scope.model, segment.position);
        checkQualifiedSegment(segment, state);
        break;
    }
  }
  refuseOpenKey(state);
}

const lastRoles: ReadonlySet<SegmentRole> = new Set([
  'count',
  'metadata',
  'batch',
  'query',
  'ref',
  'action',
  'actionImport',
]);

/** Nothing goes on behind these (OData 4.01 URL 4). */
function refuseBehindLast(state: PathState, position: number): void {
  const last = reached(state);
  if (last === undefined || !lastRoles.has(last.role)) return;
  throw mismatch(`Nothing can stand behind the ${last.role} of the path, at position ${position}.`);
}

const firstSegments: Readonly<Partial<Record<SystemSegment['name'], SegmentRole>>> = {
  $all: 'all',
  $batch: 'batch',
  $entity: 'entity',
  $metadata: 'metadata',
};

function checkSystemSegment(segment: SystemSegment, state: PathState): void {
  const { name, position } = segment;
  const last = reached(state);
  const first = firstSegments[name];
  if (first !== undefined) {
    if (last !== undefined) throw mismatch(`${name} at position ${position} can only begin a path.`);
    const type = name === '$all' ? collectionOf(unknownType) : unknownType;
    state.segments.push({ segment, role: first, type });
    return;
  }
  if (last === undefined) throw mismatch(`${name} at position ${position} needs a resource in front of it.`);
  const { type } = last;
  const refuse = (wanted: string) =>
    mismatch(`${name} at position ${position} is given ${typeName(type)}; expected ${wanted}.`);
  const kept = last.entitySet === undefined ? {} : { entitySet: last.entitySet };
  switch (name) {
    case '$count':
      if (type.kind !== 'collection' && type.kind !== 'unknown') throw refuse('a collection');
      state.segments.push({ segment, role: 'count', type: countType });
      return;
    case '$each':
      if (type.kind !== 'collection' && type.kind !== 'unknown') throw refuse('a collection');
      state.segments.push({ segment, role: 'each', type: type.kind === 'collection' ? type.item : type, ...kept });
      return;
    case '$ref':
      if (type.kind !== 'unknown' && !isOfEntities(type, state)) throw refuse('an entity or a collection of entities');
      state.segments.push({ segment, role: 'ref', type, ...kept });
      return;
    case '$value':
      if (type.kind === 'collection' || (type.kind === 'structured' && !isOfEntities(type, state))) {
        throw refuse('a primitive value or a media entity');
      }
      state.segments.push({ segment, role: 'value', type: type.kind === 'structured' ? unknownType : rawType(type) });
      return;
    default:
      state.segments.push({ segment, role: 'query', type, ...kept });
  }
}

/** The raw value of a text is a text; of all others what it is. */
function rawType(type: ExpressionType): ExpressionType {
  return type.kind === 'enum' ? stringType : type;
}

function isOfEntities(type: ExpressionType, { scope }: PathState): boolean {
  const structure = structureOf(type);
  return structure !== undefined && scope.model.entityType(structure.qualifiedName) !== undefined;
}

function checkCrossjoin(segment: CrossjoinSegment, state: PathState): void {
  state.segments.push({ segment, role: 'crossjoin', type: crossjoinType(segment, state.scope.model) });
}

/** `/$filter(condition)` (OData 4.01 URL 4.12). */
function checkFilterSegment(segment: FilterSegment, state: PathState): void {
  const { position, predicate } = segment;
  const type = reachedType(state);
  if (type.kind !== 'collection' && type.kind !== 'unknown') {
    throw mismatch(`$filter at position ${position} is given ${typeName(type)}; expected a collection.`);
  }
  const current = type.kind === 'collection' ? type.item : unknownType;
  wantBoolean('$filter', state.scope.check(predicate, { ...state.scope, current, it: current }).type, position);
  const entitySet = reached(state)?.entitySet;
  state.segments.push({ segment, role: 'filter', type, ...(entitySet === undefined ? {} : { entitySet }) });
}
