/** The error of an expression that follows the grammar and cannot be evaluated. */

import { RialtoError } from '../../base/errors.ts';

/** What a function had against an argument; the message says the same in a sentence. */
export interface ArgumentComplaint {
  readonly function: string;
  /** The name of the argument, as in the function's signature. */
  readonly argument: string;
  /** What was found, in words: never the text of a string, which may be a secret. */
  readonly found: string;
  readonly expected: string;
}

export interface EvaluationErrorOptions {
  readonly position: number;
  readonly source?: string | undefined;
  readonly complaint?: ArgumentComplaint | undefined;
  readonly cause?: unknown;
}

/** `position` is the offset of the call or access that failed, in the template string `source`. */
export class EvaluationError extends RialtoError {
  readonly position: number;
  readonly source: string | undefined;
  /** Set where one argument of a function is at fault. */
  readonly complaint: ArgumentComplaint | undefined;

  constructor(message: string, options: EvaluationErrorOptions) {
    super('EXPRESSION_FAILED', message, options.cause === undefined ? {} : { cause: options.cause });
    this.position = options.position;
    this.source = options.source;
    this.complaint = options.complaint;
  }
}
