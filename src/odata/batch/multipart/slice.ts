/** Bytes of a batch with their place in it. */

export interface Slice {
  readonly bytes: Buffer;
  /** Offset of the first byte within the batch, for messages. */
  readonly base: number;
}
