/** Limits on what a batch may hold. Passing one is LIMIT_EXCEEDED with its name. */

export interface BatchLimits {
  /** Length of the whole batch, in bytes. Default 128 MiB. */
  readonly batchBytesMax?: number;
  /** Individual requests or responses. Default 1,000, which is Dataverse's limit. */
  readonly batchRequestsMax?: number;
  /** Parts of a multipart batch, change sets and empty ones included. Default 2,000. */
  readonly batchPartsMax?: number;
  /** Length of the headers of one part, request or response with its first line, in bytes. Default 128 KiB. */
  readonly batchHeaderBytesMax?: number;
  /** Objects and arrays within each other in a JSON batch. Default 200. */
  readonly batchDepthMax?: number;
}

/** Dataverse takes URLs of 65,536 characters within a batch, so headers may be longer than elsewhere. */
const defaults: Required<BatchLimits> = {
  batchBytesMax: 128 * 1024 * 1024,
  batchRequestsMax: 1_000,
  batchPartsMax: 2_000,
  batchHeaderBytesMax: 128 * 1024,
  batchDepthMax: 200,
};

/** The limits with their defaults. */
export function batchLimitsOf(limits: BatchLimits): Required<BatchLimits> {
  return {
    batchBytesMax: limits.batchBytesMax ?? defaults.batchBytesMax,
    batchRequestsMax: limits.batchRequestsMax ?? defaults.batchRequestsMax,
    batchPartsMax: limits.batchPartsMax ?? defaults.batchPartsMax,
    batchHeaderBytesMax: limits.batchHeaderBytesMax ?? defaults.batchHeaderBytesMax,
    batchDepthMax: limits.batchDepthMax ?? defaults.batchDepthMax,
  };
}
