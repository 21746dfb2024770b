/** Limits on what a payload may hold. Passing one is LIMIT_EXCEEDED with its name. */

export const payloadLimits = {
  /** Longest row, in bytes. */
  rowBytesMax: 16 * 1024 * 1024,
  /** Bytes that may stand around the rows of a collection. */
  annotationsBytesMax: 1024 * 1024,
  /** Objects and arrays within each other; an expanded row takes two. */
  payloadDepthMax: 100,
  /** Characters of one number. A double ends near 400, Edm.Decimal is a matter of dozens. */
  numberLengthMax: 1_000,
} as const;
