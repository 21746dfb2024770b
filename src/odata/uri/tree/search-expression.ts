/** The nodes of a `$search` expression (OData 4.01 URL 5.1.8). */

/** A word, `"a phrase"`, or `'a text'` that the service itself takes apart. `text` is without its quotes. */
export interface SearchTerm {
  readonly kind: 'searchTerm';
  readonly form: 'word' | 'phrase' | 'text';
  readonly text: string;
  readonly position: number;
}

/** `NOT operand`. */
export interface SearchNot {
  readonly kind: 'searchNot';
  readonly operand: SearchExpression;
  readonly position: number;
}

/** `left AND right`, `left OR right`; a blank alone is AND. */
export interface SearchLogical {
  readonly kind: 'searchLogical';
  readonly operator: 'and' | 'or';
  readonly left: SearchExpression;
  readonly right: SearchExpression;
  readonly position: number;
}

export type SearchExpression = SearchTerm | SearchNot | SearchLogical;
