/** The audience of a token, computed from the environment's URL. */

import { RialtoError } from '../base/errors.ts';

/**
 * The environment's URL as the services compare it with the token's `aud`: scheme and host in lower case, no path, no
 * trailing slash: `audienceOf('https://Contoso.operations.dynamics.com/data/')` is
 * `https://contoso.operations.dynamics.com`. A slash or an upper-case letter too many gives a token that F&O refuses.
 * Raises OPTION_INVALID.
 */
export function audienceOf(environmentUrl: string): string {
  const url = URL.canParse(environmentUrl) ? new URL(environmentUrl) : undefined;
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw new RialtoError(
      'OPTION_INVALID',
      `'${environmentUrl}' is no environment URL; one such as https://contoso.operations.dynamics.com was expected.`,
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw new RialtoError('OPTION_INVALID', `The environment URL of ${url.host} may not hold a user name or password.`);
  }
  return url.origin;
}
