/** Finds identifiers in a text (OData 4.01 ABNF, section 6). */

import { patterns } from './primitive-patterns.ts';

/** Longest `odataIdentifier`, in characters. */
const identifierLengthMax = 128;

/** Offset behind the `odataIdentifier` at `start`; `start` itself when none begins there. */
export function identifierEnd(source: string, start: number): number {
  let end = start;
  let code = source.charCodeAt(end);
  if (!isAsciiLetter(code)) {
    // Digits cannot begin a name; what is not ASCII is looked up by category.
    return code > 127 ? matchEnd(source, start) : start;
  }
  do {
    end += 1;
    code = source.charCodeAt(end);
  } while (isAsciiLetter(code) || (code >= 48 && code <= 57));
  if (code > 127) return matchEnd(source, start);
  return end - start > identifierLengthMax ? start + identifierLengthMax : end;
}

/** Offset behind the chain of identifiers with dots between them at `start`, a qualified name or one without namespace. */
export function qualifiedNameEnd(source: string, start: number): number {
  let end = identifierEnd(source, start);
  while (end > start && source.charCodeAt(end) === dot) {
    const next = identifierEnd(source, end + 1);
    if (next === end + 1) break;
    end = next;
  }
  return end;
}

const dot = 46;

/** Letters of ASCII and the underscore. */
function isAsciiLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
}

const identifierPattern = new RegExp(patterns.identifier, 'uy');

function matchEnd(source: string, start: number): number {
  identifierPattern.lastIndex = start;
  return start + (identifierPattern.exec(source)?.[0].length ?? 0);
}
