/** A position in an OData text, and what the grammar functions ask of it. */

import { LimitError } from '../../../base/errors.ts';
import { checkLimit } from '../../../base/limits.ts';
import type { Literal } from '../../literal/literal.ts';
import { foundAt, ODataSyntaxError } from '../../literal/odata-syntax-error.ts';
import { patterns } from '../../literal/primitive-patterns.ts';
import { scanLiteral } from '../../literal/scan-literal.ts';
import { uriLimits } from '../uri-limits.ts';

/** Reads a text from left to right; every failure is an ODataSyntaxError with the position. */
export class Cursor {
  readonly source: string;
  /** What the text is, for messages: `$filter`. */
  readonly what: string;
  #position = 0;
  #depth = 0;
  #clauses = 0;

  constructor(source: string, what: string) {
    checkLimit('uriLengthMax', uriLimits.uriLengthMax, source.length, what);
    this.source = source;
    this.what = what;
  }

  get position(): number {
    return this.#position;
  }

  get isAtEnd(): boolean {
    return this.#position >= this.source.length;
  }

  /** Goes back to a position read before. */
  reset(position: number): void {
    this.#position = position;
  }

  /** True when `text` stands here. */
  sees(text: string): boolean {
    return this.source.startsWith(text, this.#position);
  }

  /** Steps over `text` when it stands here. */
  take(text: string): boolean {
    if (!this.sees(text)) return false;
    this.#position += text.length;
    return true;
  }

  /** Steps over `text`, which must stand here. */
  expect(text: string, expected: string = `"${text}"`): void {
    if (!this.take(text)) this.fail(expected);
  }

  /** Steps over `BWS`: optional blanks and tabs. True when there were any. */
  skipBlanks(): boolean {
    const start = this.#position;
    while (this.sees(' ') || this.sees('\t')) this.#position += 1;
    return this.#position > start;
  }

  /** Reads an `odataIdentifier`; undefined when none stands here. */
  identifier(): string | undefined {
    return this.#match(identifierPattern);
  }

  /** Reads an identifier or a `qualifiedTypeName`-like chain of them with dots; undefined when none stands here. */
  qualifiedName(): string | undefined {
    return this.#match(qualifiedNamePattern);
  }

  /** Reads one or more digits; undefined when none stand here. */
  digits(): string | undefined {
    return this.#match(digitsPattern);
  }

  /** Reads a JSON string in double quotes, with them; undefined when none stands here. */
  jsonString(): string | undefined {
    return this.#match(jsonStringPattern);
  }

  /** Reads a `primitiveLiteral`; undefined when none begins here. */
  literal(): Literal | undefined {
    const scanned = scanLiteral(this.source, this.#position, this.what);
    if (scanned === undefined) return undefined;
    this.#position = scanned.end;
    return scanned.literal;
  }

  /** Runs `parse` one level deeper. Raises LIMIT_EXCEEDED below the deepest level allowed. */
  nested<T>(parse: () => T): T {
    if (this.#depth >= uriLimits.uriDepthMax) {
      throw new LimitError(
        'uriDepthMax',
        uriLimits.uriDepthMax,
        `${this.what} nests deeper than the limit uriDepthMax of ${uriLimits.uriDepthMax} at position ${this.#position}.`,
      );
    }
    this.#depth += 1;
    const result = parse();
    this.#depth -= 1;
    return result;
  }

  /** Counts an operator, call or list item. Raises LIMIT_EXCEEDED for one too many. */
  countClause(): void {
    this.#clauses += 1;
    checkLimit('uriClausesMax', uriLimits.uriClausesMax, this.#clauses, `The number of clauses in ${this.what}`);
  }

  /** Raises ODATA_SYNTAX at `position`, by default here. */
  fail(expected: string, hint?: string, position: number = this.#position): never {
    throw new ODataSyntaxError({
      what: this.what,
      source: this.source,
      position,
      found: foundAt(this.source, position),
      expected,
      ...(hint === undefined ? {} : { hint }),
    });
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#position;
    const text = pattern.exec(this.source)?.[0];
    if (text !== undefined) this.#position += text.length;
    return text;
  }
}

const identifierPattern = new RegExp(patterns.identifier, 'uy');
const qualifiedNamePattern = new RegExp(`${patterns.identifier}(?:\\.${patterns.identifier})*`, 'uy');
const digitsPattern = /\d+/y;
const jsonStringPattern = /"(?:[^"\\]|\\.)*"/y;
