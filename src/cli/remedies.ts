/** What to do about an error, where a command can help. */

import type { ErrorCode } from '../base/error-codes.ts';

const remedies: Readonly<Partial<Record<ErrorCode, string>>> = {
  SERVER_UNREACHABLE: "start one with 'rialto up', or name another with --server or RIALTO_SERVER",
  TIMEOUT: 'allow more time with --timeout',
  CONNECTION_UNKNOWN: "'rialto connections list' shows those there are",
  ENTITY_SET_UNKNOWN: "'rialto entities --search <word>' finds entity sets",
  ODATA_PROPERTY_UNKNOWN: "'rialto entities <set>' shows the properties",
  ODATA_KEY_INVALID: "'rialto entities <set>' shows the key",
  RECORD_CONFLICT: "read the record again with 'rialto get', and repeat with its present ETag in --if-match",
  FLOW_UNKNOWN: "'rialto flows list' shows those there are",
  RUN_UNKNOWN: "'rialto runs list' shows the latest",
  AUTH_SECRET_INVALID: "'rialto connections test <name>' shows where it fails",
  AUTH_CLIENT_UNKNOWN: "'rialto connections test <name>' shows where it fails",
  AUTH_TENANT_UNKNOWN: "'rialto connections test <name>' shows where it fails",
  AUTH_TOKEN_REJECTED: "'rialto connections test <name>' shows where it fails",
  INTERNAL: 'please report it, with the lines of the server log that belong to it',
};

/** A hint for the command line; undefined when the message says it all. */
export function remedyFor(code: ErrorCode): string | undefined {
  return remedies[code];
}
