/** Next links: where the next page of a list is. */

import { RialtoError } from '../base/errors.ts';

/**
 * The absolute URL of a next link, which may be relative to the page it stands in. Raises HTTP_RESPONSE_INVALID when it
 * leads to another origin: the access token goes to the service and to nobody else.
 */
export function resolveNextLink(link: string, pageUrl: string, serviceRoot: string): string {
  const { origin } = new URL(serviceRoot);
  const isAbsolute = URL.canParse(link);
  if (!isAbsolute && !URL.canParse(link, pageUrl)) {
    throw new RialtoError('HTTP_RESPONSE_INVALID', `A page of ${origin} has a next link that is no URL.`);
  }
  // What stands alone is read alone: beside a base, `https:evil.example` would name a path of the service.
  const url = isAbsolute ? new URL(link) : new URL(link, pageUrl);
  if (url.origin !== origin || url.username !== '' || url.password !== '') {
    throw new RialtoError(
      'HTTP_RESPONSE_INVALID',
      `A page of ${origin} has a next link to ${url.origin}; it is not followed, since the access token is for ${origin} alone.`,
    );
  }
  // An absolute link is used letter by letter: the services say that it may not be re-encoded.
  return isAbsolute ? link : url.href;
}
