/** Data URIs: `data:<content type>;base64,<payload>` (reference 8.4). */

import { charsetOf, decodeBase64, decodeText, encodeBase64, envelopeOf, envelopeValue } from '../envelope.ts';
import { percentDecode } from '../percent-encoding.ts';
import { toText } from '../to-text.ts';
import type { Value } from '../value.ts';
import {
  anyArgument,
  argumentError,
  callError,
  type ExpressionFunction,
  eager,
  type FunctionCall,
  textArgument,
} from './function.ts';

export const dataUriFunctions: readonly ExpressionFunction[] = [
  eager('dataUri(value)', dataUri),
  eager('dataUriToBinary(uri)', dataUriToBinary),
  eager('decodeDataUri(uri)', dataUriToBinary),
  eager('dataUriToString(uri)', dataUriToString),
];

/** A content type with parameters; a parameter without value is let pass. */
const strictType = /^[^\s/;]+\/[^\s/;]+(?:;[^;]+)*$/;
/** The same, with something that is no type at all also let pass. */
const lenientType = /^[^;]+(?:;[^;]+)*$/;

interface DataUri {
  readonly contentType: string;
  /** Base64, not checked. */
  readonly content: string;
}

function dataUri(call: FunctionCall): Value {
  const value = anyArgument(call, 0);
  if (value === null) throw argumentError(call, 0, value, 'a value');
  const envelope = envelopeOf(value);
  if (envelope !== undefined) return `data:${envelope.contentType};base64,${envelope.content}`;
  const type = typeof value === 'string' ? 'text/plain' : 'application/json';
  return `data:${type};charset=utf-8;base64,${encodeBase64(toText(value, call.position))}`;
}

function dataUriToBinary(call: FunctionCall): Value {
  const { contentType, content } = readDataUri(call, strictType);
  return envelopeValue(contentType, content);
}

function dataUriToString(call: FunctionCall): Value {
  const { contentType, content } = readDataUri(call, lenientType);
  const bytes = decodeBase64(content);
  if (bytes === undefined) throw callError(call, 'the payload of the data URI is not base64');
  const text = decodeText(bytes, charsetOf(contentType));
  if (text === undefined) throw unknownCharset(call, contentType);
  return text;
}

function readDataUri(call: FunctionCall, type: RegExp): DataUri {
  const uri = textArgument(call, 0);
  const comma = uri.indexOf(',');
  if (!/^data:/i.test(uri) || comma < 0) throw argumentError(call, 0, uri, 'a data URI: data:<type>;base64,<payload>');
  const header = uri.slice('data:'.length, comma);
  const payload = uri.slice(comma + 1);
  const isBase64 = /;base64$/i.test(header);
  const written = isBase64 ? header.slice(0, -';base64'.length) : header;
  const contentType = written === '' ? 'text/plain' : written;
  if (!type.test(contentType)) throw callError(call, `the content type '${contentType}' of the data URI is malformed`);
  // An oddity that was observed: as the first parameter, the name ascii is not known.
  const isUnknown = /^[^;]*;charset=ascii(?:;|$)/i.test(contentType);
  if (isUnknown || decodeText(new Uint8Array(), charsetOf(contentType)) === undefined) {
    throw unknownCharset(call, contentType);
  }
  const content = isBase64 ? payload : encodeBase64(percentDecode(payload.replaceAll('+', ' ')));
  return { contentType, content };
}

function unknownCharset(call: FunctionCall, contentType: string): Error {
  return callError(call, `the content type '${contentType}' names an unknown charset`);
}
