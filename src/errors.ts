/** Public subpath `rialto/errors`: the error classes and the table of codes. */

export { type ErrorCode, errorCodes } from './base/error-codes.ts';
export {
  DefinitionError,
  type DefinitionProblem,
  errorToJson,
  isRialtoError,
  LimitError,
  RialtoError,
  type RialtoErrorOptions,
  ServiceError,
  type ServiceErrorDetails,
  SyntaxErrorAt,
} from './base/errors.ts';
