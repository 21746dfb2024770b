/** Comparisons with a text literal that holds wildcards. */

import { stringType } from '../check/expression-type.ts';
import type { TypedExpression } from '../check/typed-expression.ts';
import { type CompileContext, type Frame, fold } from './compile-context.ts';
import { compileIn } from './compile-in.ts';
import { domainOf } from './domain.ts';
import { wildcardMatcher } from './wildcard.ts';

/** A text compared with a literal that holds `*`, where that is a wildcard; otherwise undefined. */
export function compileWildcard(
  left: TypedExpression,
  right: TypedExpression,
  context: CompileContext,
): ((row: unknown, frame: Frame) => boolean) | undefined {
  const [{ expression: pattern, type }, other] = right.expression.kind === 'literal' ? [right, left] : [left, right];
  const isText = type.kind === 'primitive' && type.name === 'Edm.String';
  if (!context.wildcardEquals || !isText || pattern.kind !== 'literal' || !pattern.text.includes('*')) return undefined;
  const matches = wildcardMatcher(fold(pattern.text, context));
  const text = compileIn(other, domainOf(stringType, context), context);
  return (row, frame) => {
    const value = text(row, frame);
    return typeof value === 'string' && matches(value);
  };
}
