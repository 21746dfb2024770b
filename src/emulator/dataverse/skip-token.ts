/**
 * Skip tokens in the form of the service: `<cookie pagenumber="2" pagingcookie="…" istracking="False" />`. The inner
 * cookie names the last row of the page before, by the values of the order and the primary key.
 */

import { isRialtoError } from '../../base/errors.ts';
import { isJsonObject, type JsonObject, type JsonValue, parseJson, printJson } from '../../base/json.ts';
import { refusal } from '../wire/refusal.ts';

export interface SkipToken {
  /** Number of the page that the token leads to; the first page is 1. */
  readonly page: number;
  /** Columns of the order and the primary key of the last row before that page. */
  readonly last: JsonObject;
}

/** Longest token that is read. */
const tokenLengthMax = 8192;

/** The text of a skip token, not yet percent-encoded. */
export function printSkipToken(token: SkipToken): string {
  const cookie = encodeURIComponent(Buffer.from(printJson(token.last)).toString('base64url'));
  return `<cookie pagenumber="${token.page}" pagingcookie="${cookie}" istracking="False" />`;
}

/** Reads a token. Raises SERVICE_ERROR 0x80041129 when it is none. */
export function readSkipToken(text: string): SkipToken {
  const match = /^<cookie pagenumber="(\d{1,9})" pagingcookie="([\w%-]*)" istracking="False" \/>$/.exec(text);
  if (match === null || text.length > tokenLengthMax) throw malformedCookie();
  const last = parseCookie(Buffer.from(match[2] ?? '', 'base64url').toString('utf8'));
  if (!isJsonObject(last)) throw malformedCookie();
  return { page: Number(match[1]), last };
}

function parseCookie(text: string): JsonValue {
  try {
    return parseJson(text);
  } catch (error) {
    if (!isRialtoError(error)) throw error;
    throw malformedCookie();
  }
}

/** The refusal of a token that this service did not make for this query. */
export function malformedCookie(): Error {
  return refusal(400, '0x80041129', 'Paging cookie is malformed.');
}
