/** The environment's URL as people give it. */

import { RialtoError } from '../base/errors.ts';
import { isLoopbackHost } from '../base/loopback.ts';

/**
 * Scheme, host, port and path of an environment, without a final slash: `https://contoso.operations.dynamics.com`, or
 * with the prefix that on-premises installations have, `https://ax.contoso.com/namespaces/AXSF`. Plain http is allowed
 * for this machine only, since each request carries an access token. Raises OPTION_INVALID.
 */
export function environmentRoot(environmentUrl: string): string {
  const url = URL.canParse(environmentUrl) ? new URL(environmentUrl) : undefined;
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
    throw invalid(environmentUrl, 'an absolute https URL such as https://contoso.operations.dynamics.com was expected');
  }
  if (url.username !== '' || url.password !== '') {
    throw invalid(url.host, 'it may not hold a user name or password');
  }
  if (url.search !== '' || url.hash !== '') throw invalid(environmentUrl, 'it may not hold a query or a fragment');
  if (url.protocol === 'http:' && !isLoopbackHost(url.hostname)) {
    throw invalid(environmentUrl, 'http is allowed for this machine only; use https');
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

function invalid(found: string, reason: string): RialtoError {
  return new RialtoError('OPTION_INVALID', `The environment URL '${found}' cannot be used: ${reason}.`);
}
