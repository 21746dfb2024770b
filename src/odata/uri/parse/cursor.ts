/** A position in an OData text, and what the grammar functions ask of it. */

import { LimitError } from '../../../base/errors.ts';
import { checkLimit } from '../../../base/limits.ts';
import { identifierEnd, qualifiedNameEnd } from '../../literal/identifier.ts';
import type { Literal } from '../../literal/literal.ts';
import { foundAt, ODataSyntaxError } from '../../literal/odata-syntax-error.ts';
import { type LiteralCursor, scanLiteral } from '../../literal/scan-literal.ts';
import type { ApplySequence } from '../tree/apply-transformation.ts';
import type { FilterExpression } from '../tree/filter-expression.ts';
import type { ExpandItem, SelectItem } from '../tree/query-options.ts';
import { uriLimits } from '../uri-limits.ts';

/** Version of the protocol whose forms are read. 4.01 reads all that 4.0 has. */
export type ODataVersion = '4.0' | '4.01';

export interface ParseOptions {
  /** Default `4.01`. With `4.0` names and operators have one spelling, and what came with 4.01 is refused. */
  readonly version?: ODataVersion;
  /** Operators of 4.01 that are read with `4.0` as well, since the service takes them. */
  readonly operators?: readonly ('in' | 'divby')[];
  /** Whether `+` in a query is a blank, as in HTML forms; both Dynamics services read it so. Default false. */
  readonly plusIsBlank?: boolean;
}

/** The rules that call each other in circles; `grammar.ts` ties them together. */
export interface Rules {
  expression(cursor: Cursor): FilterExpression;
  selectItems(cursor: Cursor): readonly SelectItem[];
  expandItems(cursor: Cursor): readonly ExpandItem[];
  applySequence(cursor: Cursor): ApplySequence;
}

/** Where a text comes from, when it is a decoded part of a longer one. */
export interface Origin {
  readonly source: string;
  /** Offset in `source` of an offset in the part. */
  at(position: number): number;
}

/** Reads a text from left to right; every failure is an ODataSyntaxError with the position. */
export class Cursor implements LiteralCursor {
  readonly source: string;
  /** What the text is, for messages: `$filter`. */
  readonly what: string;
  readonly rules: Rules;
  /** Whether the forms of 4.01 are read. */
  readonly isVersion401: boolean;
  position = 0;
  readonly #operators: ParseOptions['operators'];
  readonly #origin: Origin | undefined;
  #depth = 0;
  #clauses = 0;

  constructor(
    source: string,
    options: {
      readonly what: string;
      readonly rules: Rules;
      readonly parse: ParseOptions;
      readonly origin?: Origin | undefined;
    },
  ) {
    checkLimit('uriLengthMax', uriLimits.uriLengthMax, source.length, options.what);
    this.source = source;
    this.what = options.what;
    this.rules = options.rules;
    this.isVersion401 = options.parse.version !== '4.0';
    this.#operators = options.parse.operators;
    this.#origin = options.origin;
  }

  get isAtEnd(): boolean {
    return this.position >= this.source.length;
  }

  /** The position that a node has whose text begins at `position`. */
  at(position: number): number {
    return this.#origin === undefined ? position : this.#origin.at(position);
  }

  /** Code of the character here; NaN at the end. */
  get code(): number {
    return this.source.charCodeAt(this.position);
  }

  /** True when `text` stands here. */
  sees(text: string): boolean {
    return this.source.startsWith(text, this.position);
  }

  /** Steps over `text` when it stands here. */
  take(text: string): boolean {
    if (!this.source.startsWith(text, this.position)) return false;
    this.position += text.length;
    return true;
  }

  /** Steps over `text`, which must stand here. */
  expect(text: string, expected: string = `"${text}"`): void {
    if (!this.take(text)) this.fail(expected);
  }

  /** Steps over `BWS`: optional blanks and tabs. True when there were any. */
  skipBlanks(): boolean {
    const start = this.position;
    let code = this.source.charCodeAt(start);
    while (code === 32 || code === 9) {
      this.position += 1;
      code = this.source.charCodeAt(this.position);
    }
    return this.position > start;
  }

  /** Steps over `RWS`: at least one blank. */
  expectBlank(expected = 'a blank'): void {
    if (!this.skipBlanks()) this.fail(expected);
  }

  /** Reads an `odataIdentifier`; undefined when none stands here. */
  identifier(): string | undefined {
    return this.#slice(identifierEnd(this.source, this.position));
  }

  /** Reads an identifier or a `qualifiedTypeName`-like chain of them with dots; undefined when none stands here. */
  qualifiedName(): string | undefined {
    return this.#slice(qualifiedNameEnd(this.source, this.position));
  }

  /** Reads what matches a sticky pattern; undefined when nothing does. */
  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    const text = pattern.exec(this.source)?.[0];
    if (text !== undefined) this.position += text.length;
    return text;
  }

  /** Reads a `primitiveLiteral`; undefined when none begins here. */
  literal(): Literal | undefined {
    return scanLiteral(this);
  }

  /** Runs `parse` one level deeper. Raises LIMIT_EXCEEDED below the deepest level allowed. */
  nested<T>(parse: (cursor: Cursor) => T): T {
    if (this.#depth >= uriLimits.uriDepthMax) {
      const limit = `the limit uriDepthMax of ${uriLimits.uriDepthMax}`;
      const message = `${this.what} nests deeper than ${limit} at position ${this.at(this.position)}.`;
      throw new LimitError('uriDepthMax', uriLimits.uriDepthMax, message);
    }
    this.#depth += 1;
    const result = parse(this);
    this.#depth -= 1;
    return result;
  }

  /** Counts an operator, call or list item. Raises LIMIT_EXCEEDED for one too many. */
  countClause(): void {
    this.#clauses += 1;
    if (this.#clauses > uriLimits.uriClausesMax) {
      checkLimit('uriClausesMax', uriLimits.uriClausesMax, this.#clauses, `The number of clauses in ${this.what}`);
    }
  }

  /**
   * `rule *( COMMA rule )`; each counts as a clause. Blanks beside the commas, which the grammar has in some lists only,
   * are passed over in all: people write them, and services take them.
   */
  list<T>(rule: (cursor: Cursor) => T): readonly T[] {
    const items: T[] = [];
    do {
      if (items.length > 0) this.skipBlanks();
      this.countClause();
      items.push(rule(this));
    } while (this.#takesComma());
    return items;
  }

  /** Raises ODATA_SYNTAX unless all has been read. */
  expectEnd(expected: string): void {
    if (!this.isAtEnd) this.fail(expected);
  }

  /** Raises ODATA_SYNTAX for a form of 4.01 when 4.0 is read. */
  requireVersion401(what: string, position: number = this.position): void {
    if (!this.isVersion401) this.fail('a form of OData 4.0', `${what} came with OData 4.01.`, position);
  }

  /** Raises ODATA_SYNTAX for an operator of 4.01 when 4.0 is read without it. */
  requireOperator(name: 'in' | 'divby', position: number): void {
    if (this.#operators?.includes(name) !== true) this.requireVersion401(name, position);
  }

  /** Raises ODATA_SYNTAX at `position`, by default here. */
  fail(expected: string, hint?: string, position: number = this.position): never {
    const at = this.at(position);
    throw new ODataSyntaxError({
      what: this.what,
      source: this.#origin?.source ?? this.source,
      position: at,
      found: foundAt(this.source, position),
      expected,
      part: { text: this.source, position },
      ...(hint === undefined ? {} : { hint }),
    });
  }

  /** Steps over a comma and the blanks before it. */
  #takesComma(): boolean {
    const start = this.position;
    this.skipBlanks();
    if (this.take(',')) return true;
    this.position = start;
    return false;
  }

  /** The text up to `end`, stepped over; undefined when it is empty. */
  #slice(end: number): string | undefined {
    const start = this.position;
    if (end === start) return undefined;
    this.position = end;
    return this.source.slice(start, end);
  }
}
