/** Turns what the driver raises into errors of Rialto. */

import { isRialtoError, RialtoError } from '../../../base/errors.ts';

const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);
/** SQLSTATE classes: connection, resources, operator intervention, system error, rolled back for concurrency. */
const passingClasses = new Set(['08', '53', '57', '58', '40']);
/** A server that has just become a standby takes no writes; a database that is being moved takes no connections. */
const passingStates = new Set(['25006', '55000']);
/** SQLSTATE classes: the server refuses the login, or has no such database. */
const refusalClasses = new Set(['28', '3D']);
/** Errors of pg and pg-pool that have no code. */
const driverMessages =
  /^(?:Connection terminated|timeout expired|timeout exceeded when trying|Query read timeout|Client has encountered a connection error|Client was closed|The server does not support|Cannot use a pool after)/;

/**
 * STORE_UNAVAILABLE when the database does not answer (retryable, unless it refuses the login); INTERNAL for an error
 * of a statement. Whatever did not come from the driver stays what it is. Details of the database, which may quote
 * values, are left out.
 */
export function databaseError(cause: unknown): unknown {
  if (isRialtoError(cause) || !(cause instanceof Error)) return cause;
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  const sqlClass = /^[0-9A-Z]{5}$/.test(code) && 'severity' in cause ? code.slice(0, 2) : undefined;
  const isPassing = passingClasses.has(sqlClass ?? '') || (sqlClass !== undefined && passingStates.has(code));
  if (networkCodes.has(code) || driverMessages.test(cause.message) || isPassing) {
    return new RialtoError('STORE_UNAVAILABLE', `The database does not answer: ${cause.message || code}.`, {
      cause,
      retryable: true,
    });
  }
  if (refusalClasses.has(sqlClass ?? '')) {
    return new RialtoError('STORE_UNAVAILABLE', `The database refuses the connection: ${cause.message}.`, { cause });
  }
  if (sqlClass === undefined) return cause;
  return new RialtoError('INTERNAL', `The database refuses a statement (SQLSTATE ${code}): ${cause.message}.`, {
    cause,
  });
}

/** True for STORE_UNAVAILABLE. */
export function isUnavailable(error: unknown): boolean {
  return isRialtoError(error) && error.code === 'STORE_UNAVAILABLE';
}

/** True when PostgreSQL ended a transaction to resolve a deadlock or a conflict: the same again can succeed at once. */
export function isSerializationFailure(cause: unknown): boolean {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return code === '40P01' || code === '40001';
}
