/** Key predicate → text. */

import type { Literal } from '../../literal/literal.ts';
import { printLiteral } from '../../literal/print-literal.ts';
import type { KeyPredicate } from '../tree/key-predicate.ts';

/** The key predicate with its parentheses, not percent-encoded (OData 4.01 URL 4.3.1). */
export function printKeyPredicate(tree: KeyPredicate): string {
  return printKeyParts(tree, printLiteral);
}

/** The same with the literals printed by `print`. */
export function printKeyParts(tree: KeyPredicate, print: (literal: Literal) => string): string {
  const parts = tree.parts.map(({ name, value }) => (name === undefined ? print(value) : `${name}=${print(value)}`));
  return `(${parts.join(',')})`;
}
