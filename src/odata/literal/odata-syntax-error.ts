/** The error of a text that does not follow the OData grammar. */

import { SyntaxErrorAt } from '../../base/errors.ts';

/** ODATA_SYNTAX: what stands at `position` of `source`, and what the grammar wants there. */
export class ODataSyntaxError extends SyntaxErrorAt {
  readonly found: string;
  readonly expected: string;
  /** The text that was read, and where it is wrong: the decoded value of a query option when `source` is a request URI. */
  readonly part: { readonly text: string; readonly position: number };

  constructor(at: {
    /** What the text is: `$filter`, `The key predicate`. */
    readonly what?: string;
    readonly source: string;
    readonly position: number;
    readonly found: string;
    readonly expected: string;
    /** Added to the message, with its full stop. */
    readonly hint?: string;
    /** By default `source` and `position`. */
    readonly part?: ODataSyntaxError['part'];
  }) {
    const hint = at.hint === undefined ? '' : ` ${at.hint}`;
    const place = `${at.expected} at position ${at.position}, found ${at.found}.${hint}`;
    super('ODATA_SYNTAX', at.what === undefined ? `Expected ${place}` : `${at.what}: expected ${place}`, at);
    this.found = at.found;
    this.expected = at.expected;
    this.part = at.part ?? { text: at.source, position: at.position };
  }
}

/** What stands at `position`, for a message: a short quoted excerpt, or `the end`. */
export function foundAt(source: string, position: number): string {
  if (position >= source.length) return 'the end';
  const excerpt = source.slice(position, position + 24);
  return `"${excerpt}${position + 24 < source.length ? '…' : ''}"`;
}
