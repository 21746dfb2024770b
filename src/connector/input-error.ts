/** The error of parameters that do not follow an operation's schema. */

import { isRialtoError, RialtoError } from '../base/errors.ts';

/** One thing wrong in the parameters of an operation. */
export interface InputProblem {
  /** JSON pointer into the parameters: `/body/subject`. */
  readonly pointer: string;
  readonly message: string;
}

/** The parameters of an operation are wrong; all problems are listed, each with its JSON pointer. */
export class OperationInputError extends RialtoError {
  readonly inputProblems: readonly InputProblem[];

  constructor(inputProblems: readonly InputProblem[], options: { readonly cause?: unknown } = {}) {
    super(
      'OPERATION_INPUT_INVALID',
      inputProblems.map((problem) => `${problem.pointer || '/'}: ${problem.message}`).join('\n'),
      options,
    );
    this.inputProblems = inputProblems;
  }
}

/** An OPERATION_INPUT_INVALID error with one problem. */
export function inputError(pointer: string, message: string, cause?: unknown): OperationInputError {
  return new OperationInputError([{ pointer, message }], { cause });
}

/** Runs `read`; an error of the OData language in it becomes OPERATION_INPUT_INVALID at `pointer`. */
export function readInputAt<Value>(pointer: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (isRialtoError(error) && (error.code.startsWith('ODATA_') || error.code === 'LIMIT_EXCEEDED')) {
      throw inputError(pointer, error.message, error);
    }
    throw error;
  }
}
