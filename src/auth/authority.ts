/** The token service: authority host and tenant. */

import { RialtoError } from '../base/errors.ts';
import { isLoopbackHost } from '../base/loopback.ts';

export interface Authority {
  /** `https://login.microsoftonline.com/{tenant}/v2.0` */
  readonly issuer: string;
  readonly tokenEndpoint: string;
  readonly isInsecure: boolean;
}

export interface AuthorityOptions {
  /** Scheme and host of the token service: `https://login.microsoftonline.com`. */
  readonly authorityUrl: string;
  /** Directory (tenant) id or domain. `common` and `organizations` are for sign-in by people only. */
  readonly tenant: string;
  /** Allows `http:` for a token service on this machine. Default false. */
  readonly allowInsecureLoopback?: boolean;
}

/** The v2.0 endpoints of a tenant. Raises OPTION_INVALID. */
export function authorityOf(options: AuthorityOptions): Authority {
  const { authorityUrl, tenant } = options;
  const url = URL.canParse(authorityUrl) ? new URL(authorityUrl) : undefined;
  if (url === undefined || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw invalid('authorityUrl is no URL such as https://login.microsoftonline.com');
  }
  const isInsecure = url.protocol === 'http:';
  if (url.protocol !== 'https:' && !isInsecure) {
    throw invalid(`authorityUrl has the scheme '${url.protocol}'; https was expected`);
  }
  if (isInsecure && !(options.allowInsecureLoopback === true && isLoopbackHost(url.hostname))) {
    throw invalid(
      `authorityUrl ${url.origin} is not https; http is allowed only for this machine itself and with allowInsecureLoopback`,
    );
  }
  if (!/^[A-Za-z0-9][A-Za-z0-9.-]{0,252}$/.test(tenant)) {
    throw invalid(`'${tenant}' is no tenant; a directory id (GUID) or a domain was expected`);
  }
  if (['common', 'organizations', 'consumers'].includes(tenant.toLowerCase())) {
    throw invalid(
      `the tenant '${tenant}' is for sign-in by people; an application needs the tenant's own id or domain`,
    );
  }
  const base = `${url.origin}${url.pathname.replace(/\/+$/, '')}/${encodeURIComponent(tenant)}`;
  return { issuer: `${base}/v2.0`, tokenEndpoint: `${base}/oauth2/v2.0/token`, isInsecure };
}

function invalid(reason: string): RialtoError {
  return new RialtoError('OPTION_INVALID', `The token service cannot be used: ${reason}.`);
}
