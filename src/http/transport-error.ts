/** The error of a request that got no answer. */

import { RialtoError, type RialtoErrorOptions } from '../base/errors.ts';

/** A request got no answer. `mayHaveArrived` decides whether a write can be sent again (design decision D8). */
export class TransportError extends RialtoError {
  /** Scheme, host and port that the request was for. */
  readonly origin: string;
  /** False when the request cannot have reached the host: no connection was ever made. */
  readonly mayHaveArrived: boolean;

  constructor(
    code: 'HOST_UNREACHABLE' | 'TIMEOUT' | 'HTTP_RESPONSE_INVALID',
    message: string,
    options: RialtoErrorOptions & { readonly origin: string; readonly mayHaveArrived: boolean },
  ) {
    super(code, message, options);
    this.origin = options.origin;
    this.mayHaveArrived = options.mayHaveArrived;
  }
}
