/** Addresses of this machine itself. */

/** True for a host name, as `URL` prints it, that only this machine answers to: plain http may carry secrets there. */
export function isLoopbackHost(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
