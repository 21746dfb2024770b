/** An error payload → what the service said. */

import type { RialtoError } from '../../../base/errors.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../base/json.ts';
import { annotationsOf } from '../annotations-of.ts';
import { invalidPayload } from '../payload-bytes.ts';
import { parsePayload } from './parse-payload.ts';

/** One of several things that were wrong. */
export interface ODataErrorDetail {
  readonly code: string;
  readonly message: string;
  readonly target?: string;
}

/** What a service said when it refused a request. */
export interface ODataErrorBody {
  /** Empty where the service gives none, as F&O does; a number is its digits. */
  readonly code: string;
  readonly message: string;
  readonly target?: string;
  /** The message behind a generic one: F&O's infolog. */
  readonly innerMessage?: string;
  readonly details?: readonly ODataErrorDetail[];
  /** As the service wrote it: stack traces, inner exceptions, types. For those who look for the cause. */
  readonly innerError?: JsonObject;
  /** By term, without `@`: Dataverse's help link and trace, when they were asked for. */
  readonly annotations?: JsonObject;
}

/**
 * Reads an error (OData JSON 4.01 21), and the `{"Message":…}` and `{"ExceptionMessage":…}` of ASP.NET that F&O gives
 * outside of its OData layer. Undefined when the text is none of them.
 */
export function readODataError(text: string): ODataErrorBody | undefined {
  const body = jsonObjectOf(text);
  if (body === undefined) return undefined;
  if (isJsonObject(body.error)) return errorMember(body.error);
  const message = textOf(body.Message);
  const exception = textOf(body.ExceptionMessage);
  if (message === undefined && exception === undefined) return undefined;
  return {
    code: '',
    message: message ?? exception ?? '',
    ...(message === undefined || exception === undefined ? {} : { innerMessage: exception }),
  };
}

/** Raises ODATA_PAYLOAD_INVALID with the service's words when this payload is an error. */
export function refuseErrorPayload(body: JsonObject): void {
  const error = errorPayload(body);
  if (error !== undefined) throw error;
}

/** ODATA_PAYLOAD_INVALID for a payload that is an error, undefined for any other. */
export function errorPayload(body: JsonObject, cause?: unknown): RialtoError | undefined {
  const others = Object.keys(body).filter((name) => name !== 'error' && name !== 'value' && !name.includes('@'));
  // An entity may have a property of that name.
  if (!isJsonObject(body.error) || others.length > 0) return undefined;
  const { code, message } = errorMember(body.error);
  const words = `${code === '' ? '' : `${code}: `}${message}`;
  return invalidPayload(`The payload is an error: ${words.slice(0, wordsMax) || 'without a message.'}`, cause);
}

/** Characters of a service's error that a message of ours repeats. */
const wordsMax = 500;

/** Texts that are not JSON are no OData error: pages of gateways, plain texts, nothing at all. */
function jsonObjectOf(text: string): JsonObject | undefined {
  try {
    return parsePayload(text);
  } catch {
    return undefined;
  }
}

function errorMember(error: JsonObject): ODataErrorBody {
  const { message, target, details, innererror } = error;
  // OData 2 and 3 have `{"lang":"en-US","value":"…"}` for a message.
  const ownMessage = isJsonObject(message) ? textOf(message.value) : textOf(message);
  const innerMessage = innerMessageOf(innererror) ?? textOf(error['@Microsoft.PowerApps.CDS.InnerError.Message']);
  const { row: annotations } = annotationsOf(error);
  return {
    code: codeOf(error),
    message: ownMessage ?? innerMessage ?? '',
    ...(typeof target === 'string' ? { target } : {}),
    ...(innerMessage === undefined ? {} : { innerMessage }),
    ...(Array.isArray(details) ? { details: (details as readonly JsonValue[]).flatMap(detailOf) } : {}),
    ...(isJsonObject(innererror) ? { innerError: innererror } : {}),
    ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
  };
}

function codeOf({ code }: JsonObject): string {
  return textOf(code) ?? (typeof code === 'number' || typeof code === 'bigint' ? String(code) : '');
}

function detailOf(detail: JsonValue): readonly ODataErrorDetail[] {
  if (!isJsonObject(detail)) return [];
  const { message, target } = detail;
  return [{ code: codeOf(detail), message: textOf(message) ?? '', ...(typeof target === 'string' ? { target } : {}) }];
}

/** `innererror.message`, or that of `internalexception` within, at whatever depth F&O put it. */
function innerMessageOf(inner: JsonValue | undefined): string | undefined {
  let current = inner;
  for (let depth = 0; depth < innerDepthMax && isJsonObject(current); depth += 1) {
    const message = textOf(current.message);
    if (message !== undefined) return message;
    current = current.internalexception;
  }
  return undefined;
}

/** Inner exceptions that are looked into. */
const innerDepthMax = 10;

function textOf(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
