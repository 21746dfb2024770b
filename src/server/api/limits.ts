/** The limits of the HTTP API, each with its name. */

export const apiLimits = Object.freeze({
  /** Largest request body. */
  bodyBytesMax: 8 * 1024 * 1024,
  /** Longest name in a path: run ids, action names, connection names. */
  pathPartLengthMax: 512,
  /** Items of one list answer when `$top` is absent, as in Logic Apps. */
  pageItemsDefault: 30,
  /** Largest `$top` of a list. */
  pageItemsMax: 250,
  /** Inputs and outputs up to this size are part of a single action's answer. */
  inlineContentBytesMax: 65_536,
  /** Rows of one query answer. */
  queryRowsMax: 5_000_000,
  /** Rows that one chunk of a query answer holds. */
  queryChunkRows: 256,
});
