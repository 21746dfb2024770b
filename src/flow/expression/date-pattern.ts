/** .NET's custom date formats taken apart (reference 14.2). */

import { memo } from './memo.ts';

/** A run of one letter with a meaning, or a text that stands for itself. */
export type PatternToken =
  | { readonly kind: 'specifier'; readonly letter: string; readonly width: number }
  | { readonly kind: 'literal'; readonly text: string };

const pieces =
  /(d+|f+|F+|g+|h+|H+|K|m+|M+|s+|t+|y+|z+|:|\/)|"([^"]*)"|'((?:[^'\\]|\\.)*)'|\\(.)|%(?=.)|(["'\\%])|([\s\S])/g;

/** The tokens of a pattern; undefined when a quote is left open, or an escape escapes nothing. */
export function patternTokens(pattern: string): readonly PatternToken[] | undefined {
  return readTokens(pattern) ?? undefined;
}

const readTokens = memo((pattern): readonly PatternToken[] | null => {
  const tokens: PatternToken[] = [];
  let literal = '';
  function flush(): void {
    if (literal !== '') tokens.push({ kind: 'literal', text: literal });
    literal = '';
  }
  for (const [, specifier, doubleQuoted, singleQuoted, escaped, open, other] of pattern.matchAll(pieces)) {
    if (open !== undefined) return null;
    if (specifier === undefined) {
      literal += doubleQuoted ?? singleQuoted?.replace(/\\(.)/g, '$1') ?? escaped ?? other ?? '';
    } else {
      flush();
      tokens.push({ kind: 'specifier', letter: specifier[0] ?? '', width: specifier.length });
    }
  }
  flush();
  return tokens;
}, 256);
