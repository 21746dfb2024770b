/** Key predicate → text. */

import { printLiteral } from '../../literal/print-literal.ts';
import type { KeyPart, KeyPredicate } from '../tree/key-predicate.ts';

/** The key predicate, not percent-encoded (OData 4.01 URL 4.3.1): with its parentheses, or as segments. */
export function printKeyPredicate(tree: KeyPredicate): string {
  return printKeyParts(tree, (text) => text);
}

/** The same with each value encoded by `encode`. */
export function printKeyParts(tree: KeyPredicate, encode: (text: string) => string): string {
  if (tree.isSegments === true) return tree.parts.map(({ value }) => `/${encode(segmentText(value))}`).join('');
  const parts = tree.parts.map(({ name, value }) => {
    const text = encode(printKeyValue(value));
    return name === undefined ? text : `${name}=${text}`;
  });
  return `(${parts.join(',')})`;
}

function printKeyValue(value: KeyPart['value']): string {
  return value.kind === 'parameterAlias' ? `@${value.name}` : printLiteral(value);
}

function segmentText(value: KeyPart['value']): string {
  return value.kind === 'parameterAlias' ? `@${value.name}` : value.text;
}
