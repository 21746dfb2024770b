/** Checks a whole request against a model: its path segment by segment, then its query options. */

import type { Model } from '../../model/model.ts';
import type { QueryOptions } from '../tree/query-options.ts';
import type { RequestUri } from '../tree/request-uri.ts';
import { checkOptionsIn } from './check-query-options.ts';
import { checkSegments } from './check-resource-path.ts';
import { scopeOfType } from './expression-scope.ts';
import { type ExpressionType, typeName, unknownType } from './expression-type.ts';
import { type CheckedSegment, type PathState, reached, reachedType } from './resource.ts';
import { mismatch } from './type-errors.ts';

/** A request whose names and types are resolved. */
export interface CheckedRequestUri {
  readonly kind: 'checkedRequestUri';
  /** The request; where only the model tells a key from arguments, as it tells. */
  readonly uri: RequestUri;
  readonly segments: readonly CheckedSegment[];
  /** What the path leads to. */
  readonly type: ExpressionType;
  readonly isCollection: boolean;
  /** The type of the instances of the answer, after `$apply` and `$compute`. */
  readonly instanceType: ExpressionType;
  /** The entity set or singleton that the instances are in, where the model says so. */
  readonly entitySet: string | undefined;
}

/**
 * Resolves the resource path (OData 4.01 URL 4) and checks all query options against what it leads to (OData 4.01 URL 5).
 * Raises, each with the position and the nearest name: ENTITY_SET_UNKNOWN for the name that begins the path,
 * ODATA_PROPERTY_UNKNOWN, ODATA_ACTION_UNKNOWN, ODATA_KEY_INVALID, ODATA_TYPE_MISMATCH; and LIMIT_EXCEEDED.
 */
export function checkRequestUri(uri: RequestUri, model: Model): CheckedRequestUri {
  const { options } = uri;
  const state: PathState = {
    path: uri.path,
    scope: scopeOfType(unknownType, model, { aliases: options.aliases }),
    segments: [],
    keyValues: [],
    implicit: Object.keys(options.custom),
  };
  checkSegments(state);
  const { segments } = state;
  const type = reachedType(state);
  const isCollection = type.kind === 'collection' || segments.some(({ role }) => role === 'each');
  return {
    kind: 'checkedRequestUri',
    uri: { ...uri, path: segments.map(({ segment }) => segment) },
    segments,
    type,
    isCollection,
    instanceType: checkOptions(options, state, isCollection),
    entitySet: reached(state)?.entitySet,
  };
}

/** Options that only collections take (OData 4.01 URL 5.1). */
const collectionOptions = ['filter', 'search', 'orderby', 'skip', 'top', 'count', 'apply'] as const;

/** Checks the options; `$count` at the end of the path counts what they leave of the collection before it. */
function checkOptions(options: QueryOptions, state: PathState, isCollection: boolean): ExpressionType {
  const last = reached(state);
  const counted = last?.role === 'count' ? (state.segments.at(-2)?.type ?? unknownType) : reachedType(state);
  const item = counted.kind === 'collection' ? counted.item : counted;
  if (!isCollection && counted.kind !== 'collection' && counted.kind !== 'unknown') {
    const wrong = collectionOptions.find((name) => options[name] !== undefined);
    if (wrong !== undefined) throw mismatch(`$${wrong} is given ${typeName(counted)}; expected a collection.`);
  }
  const scope = { ...scopeOfType(item, state.scope.model, { aliases: options.aliases }), count: state.scope.count };
  return checkOptionsIn(options, scope);
}
