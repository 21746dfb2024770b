/** How handlers refuse a request: a ServiceError that carries the status, the service's code and its words. */

import { ServiceError } from '../../base/errors.ts';

/** The error of a request that the service refuses. */
export function refusal(status: number, serviceCode: string, message: string): ServiceError {
  return new ServiceError('SERVICE_ERROR', message, { details: { status, serviceCode, serviceMessage: message } });
}

/** The prefix of the codes with which the emulator says that it does not implement something. */
export const notImplementedPrefix = 'Emulator.NotImplemented.';

/** The error of something that the real service offers and the emulator does not: status 501 with a named code. */
export function notImplemented(feature: string, what: string): ServiceError {
  return refusal(501, `${notImplementedPrefix}${feature}`, `The Rialto emulator does not implement ${what}.`);
}
