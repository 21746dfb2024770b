/** The error of an expression that follows the grammar and cannot be evaluated. */

import { RialtoError } from '../../base/errors.ts';

/** `position` is the offset of the call or access that failed, in the template string `source`. */
export class EvaluationError extends RialtoError {
  readonly position: number;
  readonly source: string | undefined;

  constructor(message: string, at: { readonly position: number; readonly source?: string; readonly cause?: unknown }) {
    super('EXPRESSION_FAILED', message, at.cause === undefined ? {} : { cause: at.cause });
    this.position = at.position;
    this.source = at.source;
  }
}
