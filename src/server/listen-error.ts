/** Why a port could not be opened, in words. */

import { RialtoError } from '../base/errors.ts';

/**
 * PORT_IN_USE naming port and option when another program has the port, OPTION_INVALID when this machine does not have
 * the address; any other error as it is.
 */
export function listenError(
  cause: unknown,
  place: { readonly what: string; readonly port: number; readonly option: string; readonly host?: string },
): unknown {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (place.host !== undefined && (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')) {
    return new RialtoError(
      'OPTION_INVALID',
      `--host is '${place.host}', which is no address of this machine; expected one, such as 127.0.0.1 or 0.0.0.0.`,
      { cause },
    );
  }
  if (code !== 'EADDRINUSE' && code !== 'PORT_IN_USE' && code !== 'EACCES') return cause;
  const reason = code === 'EACCES' ? 'this user may not open it' : 'another program listens on it';
  return new RialtoError(
    'PORT_IN_USE',
    `Port ${place.port} for ${place.what} cannot be opened: ${reason}. Choose another with ${place.option}.`,
    { cause },
  );
}
