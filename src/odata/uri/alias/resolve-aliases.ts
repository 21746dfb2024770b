/** Request with parameter aliases → the same request without. */

import type { Model, ODataAction } from '../../model/model.ts';
import { argumentsOf } from '../check/check-path-operation.ts';
import { parseExpression } from '../parse/parse-text.ts';
import type { FunctionArgument } from '../tree/filter-expression.ts';
import type { PathSegment, RequestUri } from '../tree/request-uri.ts';
import { resolveOptions } from './alias-options.ts';
import { AliasValues } from './alias-values.ts';

/**
 * Puts the value that the query options give in the place of every parameter alias: in keys, in arguments, and within
 * the query options, those of expand and select items too (OData 4.01 URL 5.3). An alias without a value is null
 * (OData 4.01 Protocol 11.2.6.1.3). With a model the parameters of a function that the path ends with may also stand
 * among the query options without `@` (OData 4.01 Protocol 11.5.4.1.3). Raises ODATA_TYPE_MISMATCH for an alias that
 * stands for itself, ODATA_KEY_INVALID for one in a key without names whose value is no literal, ODATA_SYNTAX for a parameter that
 * is no expression, and LIMIT_EXCEEDED.
 */
export function resolveAliases(uri: RequestUri, model?: Model): RequestUri {
  const implicit = model === undefined ? uri : withImplicitParameters(uri, model);
  const values = new AliasValues(implicit.options.aliases ?? {});
  return {
    ...implicit,
    path: implicit.path.map((segment) => resolveSegment(segment, values)),
    options: resolveOptions(implicit.options, values),
  };
}

function resolveSegment(segment: PathSegment, values: AliasValues): PathSegment {
  if (segment.kind === 'filterSegment') return { ...segment, predicate: values.expression(segment.predicate) };
  if (segment.kind !== 'name' && segment.kind !== 'qualifiedName') return segment;
  const { key, parameters, ...others } = segment;
  if (key !== undefined && !values.isCall(key)) return { ...segment, key: values.key(key) };
  if (key === undefined && parameters === undefined) return segment;
  return { ...others, parameters: values.arguments(argumentsOf(segment)) };
}

/** Moves query options that are parameters of the last function into its parentheses. */
function withImplicitParameters(uri: RequestUri, model: Model): RequestUri {
  const last = uri.path.at(-1);
  if (last === undefined || (last.kind !== 'name' && last.kind !== 'qualifiedName')) return uri;
  if (last.key !== undefined || (last.parameters ?? []).length > 0) return uri;
  const names = new Set(overloads(last, uri.path.length === 1, model).flatMap(parameterNames));
  const { custom } = uri.options;
  const given = Object.entries(custom).filter(([name]) => names.has(name));
  if (given.length === 0) return uri;
  const parameters = given.map(
    ([name, text]): FunctionArgument => ({
      kind: 'functionArgument',
      name,
      value: parseExpression(text),
      position: last.position,
    }),
  );
  const others = Object.fromEntries(Object.entries(custom).filter(([name]) => !names.has(name)));
  return {
    ...uri,
    path: [...uri.path.slice(0, -1), { ...last, parameters }],
    options: { ...uri.options, custom: others },
  };
}

/** The functions that the segment may mean: those of an import, or bound ones of its name. */
function overloads({ name }: { readonly name: string }, isFirst: boolean, model: Model): readonly ODataAction[] {
  if (isFirst) return model.unboundFunctions(name);
  return model.functions.filter(
    (candidate) => candidate.isBound && (candidate.qualifiedName === name || candidate.name === name),
  );
}

function parameterNames({ isBound, parameters }: ODataAction): readonly string[] {
  return (isBound ? parameters.slice(1) : parameters).map(({ name }) => name);
}
