/** Limits on what a URI may hold. Passing one is LIMIT_EXCEEDED with its name. */

/**
 * Dataverse takes request lines up to 65,536 characters inside a batch and 500 conditions in a filter; F&O takes less.
 * Depth and clauses are kept where a recursive reader is safe.
 */
export const uriLimits = {
  /** Longest text of a request URI or of one query option. */
  uriLengthMax: 65_536,
  /** Nesting of parentheses, arguments, lambdas, arrays and expand items. */
  uriDepthMax: 100,
  /** Operators, calls and list items in one text. */
  uriClausesMax: 2_000,
  /** Segments of a path. */
  uriSegmentsMax: 50,
  /** Query options of a request. */
  uriOptionsMax: 100,
} as const;
