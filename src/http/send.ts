/** The transport seam: HTTP as plain data with streaming bodies (design decision D6). */

/** Header names are lower case. */
export type HttpHeaders = Readonly<Record<string, string>>;

export interface HttpRequest {
  /** Upper case. */
  readonly method: string;
  /** Absolute. */
  readonly url: string;
  readonly headers: HttpHeaders;
  readonly body?: string | Uint8Array | AsyncIterable<Uint8Array>;
  readonly signal?: AbortSignal;
}

export interface HttpResponse {
  readonly status: number;
  /** Repeated headers are joined with `, `. */
  readonly headers: HttpHeaders;
  /** The bytes as they arrive. Read it to its end or call `return()` on its iterator, so that the socket is free again. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** One request, one response. A status is never an error here; no connection is HOST_UNREACHABLE. */
export type Send = (request: HttpRequest) => Promise<HttpResponse>;

/** Wraps a `Send` in behaviour: retry, identity, tracing. */
export type Policy = (next: Send) => Send;
