/** Expression → a function of a row that gives its value in the domain of a type. */

import type { Row } from '../../row.ts';
import type { TypedExpression } from '../check/typed-expression.ts';
import type { CompileContext, Frame } from './compile-context.ts';
import { memberNameOf } from './compile-path.ts';
import type { Domain, Value } from './domain.ts';

export type DomainGetter = (row: unknown, frame: Frame) => Value;

/** The value of an expression in `domain`; of a literal it is read once. */
export function compileIn(typed: TypedExpression, domain: Domain, context: CompileContext): DomainGetter {
  const { expression } = typed;
  if (expression.kind === 'literal') {
    // A decimal that a double cannot hold stays the text that it is.
    const raw = context.value(typed)({}, { it: undefined, these: undefined, slots: [], visited: 0 });
    const value = domain.read(raw);
    return () => value;
  }
  const name = memberNameOf(typed);
  if (name !== undefined) {
    return (row) => domain.read(typeof row === 'object' && row !== null ? (row as Row)[name] : null);
  }
  const value = context.value(typed);
  return (row, frame) => domain.read(value(row, frame));
}
