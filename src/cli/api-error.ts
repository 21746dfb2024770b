/** An error that the server answered. */

import { type ErrorCode, errorCodes } from '../base/error-codes.ts';
import { RialtoError } from '../base/errors.ts';
import type { JsonObject } from '../base/json.ts';
import type { ErrorAnswer } from '../server/wire.ts';

/** Carries the whole answer for `--json`, under our own code: a script matches the codes that are documented. */
export class ApiError extends RialtoError {
  readonly answer: JsonObject;

  constructor(answer: ErrorAnswer['error']) {
    super(codeOf(answer), answer.message);
    const { innererror, ...rest } = answer;
    this.answer = { ...(rest as unknown as JsonObject), code: innererror?.code ?? answer.code };
  }
}

/** Our own code stands inside where Microsoft.Logic has another; a code of a newer server is INTERNAL. */
function codeOf(answer: ErrorAnswer['error']): ErrorCode {
  const code = answer.innererror?.code ?? answer.code;
  return Object.hasOwn(errorCodes, code) ? (code as ErrorCode) : 'INTERNAL';
}
