/** Actions and functions within a resource path. */

import type { ODataAction } from '../../model/model.ts';
import type { FunctionArgument } from '../tree/filter-expression.ts';
import type { NameSegment, QualifiedNameSegment } from '../tree/request-uri.ts';
import { checkArgument, parameterList } from './check-call.ts';
import { referencedType, unknownType } from './expression-type.ts';
import { chooseOverload } from './operations.ts';
import type { CheckedSegment, PathState, SegmentRole } from './resource.ts';
import { mismatch } from './type-errors.ts';

/**
 * The overload that the arguments choose, and its result; what is read as a key of the name is taken as arguments
 * (OData 4.01 URL 4.5). Raises ODATA_TYPE_MISMATCH.
 */
export function checkPathCall(
  segment: NameSegment | QualifiedNameSegment,
  overloads: readonly ODataAction[],
  at: { readonly role: SegmentRole; readonly entitySet?: string },
  state: PathState,
): void {
  const { model } = state.scope;
  const given = argumentsOf(segment);
  const isAction = at.role === 'action' || at.role === 'actionImport';
  if (isAction && given.length > 0) {
    throw mismatch(`The action ${segment.name} at position ${segment.position} takes its parameters in the body.`);
  }
  const names = [...given.map(({ name }) => name), ...implicitNames(given, overloads, state)];
  const operation = isAction ? overloads[0] : chooseOverload(overloads, names);
  if (operation === undefined) {
    const takes = overloads.map(parameterList).join(' or ');
    const got = `(${names.map((name) => name ?? 'a value without name').join(',')})`;
    throw mismatch(`${segment.name} at position ${segment.position} takes ${takes}; got ${got}.`);
  }
  for (const { name, value } of given) {
    checkArgument(state.scope.check(value, state.scope), name, operation, segment, model);
  }
  const { key: _key, parameters: _parameters, ...rest } = segment;
  const checked: CheckedSegment = {
    ...at,
    segment: given.length === 0 ? segment : { ...rest, parameters: given },
    type: operation.returnType === undefined ? unknownType : referencedType(operation.returnType, model),
    operation,
  };
  state.segments.push(checked);
}

/** The arguments of a segment; what could be a key without the model may be arguments with it. */
export function argumentsOf({ key, parameters }: NameSegment | QualifiedNameSegment): readonly FunctionArgument[] {
  if (parameters !== undefined) return parameters;
  return (key?.parts ?? []).map(({ name, value, position }) => ({ kind: 'functionArgument', name, value, position }));
}

/** Parameters that stand among the query options without `@` (OData 4.01 Protocol 11.5.4.1.3). */
function implicitNames(
  given: readonly FunctionArgument[],
  overloads: readonly ODataAction[],
  { implicit }: PathState,
): readonly string[] {
  if (given.length > 0) return [];
  const names = new Set(overloads.flatMap(({ parameters }) => parameters.map(({ name }) => name)));
  return implicit.filter((name) => names.has(name));
}
