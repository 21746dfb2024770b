/** The error classes. One base; a subclass only where a caller reads other fields. */

import type { ErrorCode } from './error-codes.ts';
import type { JsonValue } from './json.ts';

export interface RialtoErrorOptions {
  readonly cause?: unknown;
  /** Whether the same call may succeed later. Decided where it is known; nothing above guesses again. */
  readonly retryable?: boolean;
  /** How long to wait before a repeat, in milliseconds, when the other side said so. */
  readonly retryAfterMs?: number;
}

/** Base of every error that Rialto raises. Match `code`, not the class: two copies of the package may be loaded. */
export class RialtoError extends Error {
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, message: string, options: RialtoErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.retryable = options.retryable ?? false;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** Something from outside is larger than its named limit. */
export class LimitError extends RialtoError {
  readonly limit: string;
  readonly max: number;

  constructor(limit: string, max: number, message: string) {
    super('LIMIT_EXCEEDED', message);
    this.limit = limit;
    this.max = max;
  }
}

/** A text does not follow its grammar. `position` is the zero-based offset in `source`, in UTF-16 code units. */
export class SyntaxErrorAt extends RialtoError {
  readonly source: string;
  readonly position: number;

  constructor(
    code: 'ODATA_SYNTAX' | 'EXPRESSION_SYNTAX' | 'JSON_INVALID',
    message: string,
    at: { readonly source: string; readonly position: number },
  ) {
    super(code, message);
    this.source = at.source;
    this.position = at.position;
  }
}

/** One thing wrong in a workflow definition, found when it is deployed. */
export interface DefinitionProblem {
  readonly code:
    | 'DEFINITION_INVALID'
    | 'DEFINITION_UNSUPPORTED'
    | 'DEFINITION_VALUE_MISSING'
    | 'DEFINITION_DIFFERS'
    | 'DEFINITION_DOUBTFUL'
    | 'EXPRESSION_SYNTAX';
  /** JSON pointer into the definition. */
  readonly pointer: string;
  readonly message: string;
  /** What to do about it, where the message does not say. */
  readonly remedy?: string;
}

/** A workflow definition cannot be deployed; all problems are listed, each with its JSON pointer. */
export class DefinitionError extends RialtoError {
  readonly problems: readonly DefinitionProblem[];

  constructor(problems: readonly DefinitionProblem[]) {
    const unsupported = problems.every((problem) => problem.code === 'DEFINITION_UNSUPPORTED');
    super(
      unsupported ? 'DEFINITION_UNSUPPORTED' : 'DEFINITION_INVALID',
      problems.map((problem) => `${problem.pointer || '/'}: ${problem.message}`).join('\n'),
    );
    this.problems = problems;
  }
}

/** What a Dynamics environment said when it refused a request. */
export interface ServiceErrorDetails {
  readonly status: number;
  /** The service's own code, `0x80040217` for instance; empty where the service gives none. */
  readonly serviceCode: string;
  /** The service's own words. */
  readonly serviceMessage: string;
  readonly target?: string;
  /** The id to hand to support. */
  readonly requestId?: string;
}

/** A Dynamics environment refused a request. */
export class ServiceError extends RialtoError {
  readonly details: ServiceErrorDetails;

  constructor(
    code: ErrorCode,
    message: string,
    options: RialtoErrorOptions & { readonly details: ServiceErrorDetails },
  ) {
    super(code, message, options);
    this.details = options.details;
  }
}

/** The error as plain data: what the HTTP API and `--json` print, and what a run history keeps. No stack, no cause. */
export function errorToJson(error: unknown): { readonly [name: string]: JsonValue } {
  if (!isRialtoError(error)) {
    return { code: 'INTERNAL', message: error instanceof Error ? error.message : String(error) };
  }
  return {
    code: error.code,
    message: error.message,
    ...('position' in error ? { position: error.position as number } : {}),
    ...('problems' in error ? { problems: error.problems as JsonValue } : {}),
    ...('details' in error ? { details: error.details as JsonValue } : {}),
  };
}

/** True for a Rialto error, also one of another copy of the package. */
export function isRialtoError(error: unknown): error is RialtoError {
  return error instanceof Error && 'code' in error && 'retryable' in error;
}
