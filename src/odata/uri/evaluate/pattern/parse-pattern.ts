/**
 * Regular expressions of `matchesPattern`, read into a tree. Their syntax is ECMAScript's (OData 4.01 URL 5.1.1.7.1),
 * without what needs backtracking: back references and assertions that look ahead or behind are refused by name.
 */

import { RialtoError } from '../../../../base/errors.ts';
import { checkLimit } from '../../../../base/limits.ts';

/** A node of a pattern. `test` says whether a character fits. */
export type PatternNode =
  | { readonly kind: 'character'; readonly test: (character: string) => boolean }
  | { readonly kind: 'assertion'; readonly name: 'start' | 'end' | 'boundary' | 'inside' }
  | { readonly kind: 'sequence'; readonly nodes: readonly PatternNode[] }
  | { readonly kind: 'alternatives'; readonly nodes: readonly PatternNode[] }
  | { readonly kind: 'repeat'; readonly node: PatternNode; readonly min: number; readonly max: number };

/** Limits on a pattern. Passing one is LIMIT_EXCEEDED with its name. */
export const patternLimits = {
  patternLengthMax: 1_000,
  patternDepthMax: 50,
  /** Characters, alternatives and repeats after `{n}` is written out: the time per character of a text. */
  patternStatesMax: 2_000,
} as const;

/** Reads a pattern. Raises ODATA_LITERAL_INVALID for one that is none or is refused, LIMIT_EXCEEDED. */
export function parsePattern(source: string, flags: string): PatternNode {
  checkLimit('patternLengthMax', patternLimits.patternLengthMax, source.length, 'The pattern of matchesPattern');
  const wrongFlag = /[^imsu]/.exec(flags)?.[0];
  if (wrongFlag !== undefined) throw invalid(source, `has the flag ${wrongFlag}; i, m, s and u are supported`);
  try {
    new RegExp(source, flags);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw invalid(source, 'is not a regular expression', cause);
  }
  return new PatternReader(source, flags).alternatives(0);
}

class PatternReader {
  readonly #source: string;
  readonly #flags: string;
  readonly #isUnicode: boolean;
  #position = 0;

  constructor(source: string, flags: string) {
    this.#source = source;
    this.#flags = flags.replace('m', '');
    this.#isUnicode = flags.includes('u');
  }

  alternatives(depth: number): PatternNode {
    checkLimit('patternDepthMax', patternLimits.patternDepthMax, depth, 'The nesting of a pattern');
    const nodes = [this.#sequence(depth)];
    while (this.#take('|')) nodes.push(this.#sequence(depth));
    const [first] = nodes;
    return nodes.length === 1 && first !== undefined ? first : { kind: 'alternatives', nodes };
  }

  #sequence(depth: number): PatternNode {
    const nodes: PatternNode[] = [];
    while (this.#position < this.#source.length && !this.#sees('|') && !this.#sees(')')) {
      nodes.push(this.#quantified(this.#atom(depth)));
    }
    return { kind: 'sequence', nodes };
  }

  #atom(depth: number): PatternNode {
    if (this.#take('^')) return { kind: 'assertion', name: 'start' };
    if (this.#take('$')) return { kind: 'assertion', name: 'end' };
    if (this.#take('\\b')) return { kind: 'assertion', name: 'boundary' };
    if (this.#take('\\B')) return { kind: 'assertion', name: 'inside' };
    if (this.#sees('(')) return this.#group(depth);
    if (this.#sees('[')) return this.#character(/\[(?:[^\]\\]|\\[\s\S])*\]/y);
    if (this.#sees('.')) return this.#character(/\./y);
    if (this.#sees('\\')) return this.#escape();
    const pattern = this.#isUnicode ? /[\s\S]/uy : /[\s\S]/y;
    const text = this.#match(pattern);
    return this.#flags.includes('i') ? this.#test(text.replace(/[{}\]]/, '\\$&')) : literal(text);
  }

  #group(depth: number): PatternNode {
    const begin = this.#match(/\((?:\?(?:[:=!]|<[=!]|<[^>]*>|[-a-z]*:))?/y);
    if (/^\(\?<?[=!]/.test(begin))
      throw invalid(this.#source, `looks ahead or behind with ${begin}, which is not supported`);
    if (/^\(\?[-a-z]+:/.test(begin))
      throw invalid(this.#source, `changes its flags with ${begin}, which is not supported`);
    const node = this.alternatives(depth + 1);
    this.#take(')');
    return node;
  }

  #escape(): PatternNode {
    const next = this.#source.charAt(this.#position + 1);
    if (/[1-9]/.test(next) || (next === 'k' && (this.#isUnicode || this.#source.includes('(?<')))) {
      throw invalid(this.#source, `refers back with \\${next}, which is not supported`);
    }
    return this.#character(
      /\\(?:x[\da-fA-F]{2}|u\{[\da-fA-F]+\}|u[dD][89abAB][\da-fA-F]{2}\\u[dD][c-fC-F][\da-fA-F]{2}|u[\da-fA-F]{4}|c[A-Za-z]|[pP]\{[^}]*\}|[\s\S])/y,
      /\\(?:x[\da-fA-F]{2}|u[\da-fA-F]{4}|c[A-Za-z]|[\s\S])/y,
    );
  }

  /** What one character fits, by its own text. */
  #character(unicode: RegExp, plain: RegExp = unicode): PatternNode {
    return this.#test(this.#match(this.#isUnicode ? unicode : plain));
  }

  #test(text: string): PatternNode {
    const single = new RegExp(`^(?:${text})$`, this.#flags);
    return { kind: 'character', test: (character) => single.test(character) };
  }

  #quantified(node: PatternNode): PatternNode {
    const range = this.#find(/\*|\+|\?|\{(\d+)(?:(,)(\d*))?\}/y);
    if (range === undefined) return node;
    this.#take('?');
    const [text, least = '0', comma, most] = range;
    if (text === '*') return { kind: 'repeat', node, min: 0, max: Number.POSITIVE_INFINITY };
    if (text === '+') return { kind: 'repeat', node, min: 1, max: Number.POSITIVE_INFINITY };
    if (text === '?') return { kind: 'repeat', node, min: 0, max: 1 };
    const min = Number(least);
    const max = comma === undefined ? min : most === '' ? Number.POSITIVE_INFINITY : Number(most);
    return { kind: 'repeat', node, min, max };
  }

  #sees(text: string): boolean {
    return this.#source.startsWith(text, this.#position);
  }

  #take(text: string): boolean {
    const isThere = this.#sees(text);
    if (isThere) this.#position += text.length;
    return isThere;
  }

  #find(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#position;
    const found = pattern.exec(this.#source);
    if (found === null) return undefined;
    this.#position += found[0].length;
    return found;
  }

  #match(pattern: RegExp): string {
    const found = this.#find(pattern)?.[0];
    if (found === undefined) throw invalid(this.#source, `is not supported at its character ${this.#position}`);
    return found;
  }
}

function literal(text: string): PatternNode {
  return { kind: 'character', test: (character) => character === text };
}

function invalid(source: string, problem: string, cause?: unknown): RialtoError {
  const short = source.length > 64 ? `${source.slice(0, 64)}…` : source;
  return new RialtoError(
    'ODATA_LITERAL_INVALID',
    `The pattern '${short}' of matchesPattern ${problem}.`,
    cause === undefined ? {} : { cause },
  );
}
