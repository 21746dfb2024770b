/** Conversion functions, binary and URI encodings among them (reference 8.4). */

import { isRialtoError } from '../../../base/errors.ts';
import { isNumber } from '../compare.ts';
import { Decimal, decimalOf, decimalOfFloat, parseDecimal } from '../decimal.ts';
import { decodeBase64, encodeBase64, envelopeOf, envelopeValue } from '../envelope.ts';
import { EvaluationError } from '../evaluation-error.ts';
import { doubleOf, invariantSeparators, type NumberSeparators, readNumberText, separatorsOf } from '../number-text.ts';
import { parseValue } from '../parse-value.ts';
import { percentDecode, percentEncode } from '../percent-encoding.ts';
import { envelopeText, toText } from '../to-text.ts';
import type { Value } from '../value.ts';
import { xmlToJson } from '../xml/xml-to-json.ts';
import {
  anyArgument,
  argumentError,
  callError,
  type ExpressionFunction,
  eager,
  type FunctionCall,
  textArgument,
} from './function.ts';
import { documentOf } from './xml.ts';

export const conversionFunctions: readonly ExpressionFunction[] = [
  eager('array(value)', (call) => [anyArgument(call, 0)]),
  eager('createArray(value?, ...)', (call) => call.arguments),
  eager('base64(value)', base64),
  eager('base64ToString(text)', base64ToString),
  eager('decodeBase64(text)', base64ToString),
  eager('base64ToBinary(text)', base64ToBinary),
  eager('binary(value)', binary),
  eager('bool(value)', bool),
  eager('decimal(value)', decimal),
  eager('encodeUriComponent(text)', (call) => percentEncode(textArgument(call, 0))),
  eager('uriComponent(text)', (call) => percentEncode(textArgument(call, 0))),
  eager('decodeUriComponent(text)', (call) => percentDecode(textArgument(call, 0))),
  eager('uriComponentToString(text)', (call) => percentDecode(textArgument(call, 0))),
  eager('uriComponentToBinary(text)', (call) =>
    envelopeValue('application/octet-stream', encodeBase64(percentDecode(textArgument(call, 0)))),
  ),
  eager('float(value, locale?)', float),
  eager('int(value)', int),
  eager('isFloat(text, locale?)', (call) => floatOf(textArgument(call, 0), separators(call, 1)) !== undefined),
  eager('isInt(text)', (call) => isInt(textArgument(call, 0))),
  eager('json(value)', json),
  eager('string(value)', (call) => toText(anyArgument(call, 0), call.position)),
];

function base64(call: FunctionCall): Value {
  const value = anyArgument(call, 0);
  const envelope = envelopeOf(value);
  const bytes = envelope === undefined ? undefined : decodeBase64(envelope.content);
  // The bytes of an envelope are taken as they are: they need not be text.
  return bytes === undefined ? encodeBase64(toText(value, call.position)) : Buffer.from(bytes).toString('base64');
}

function base64ToString(call: FunctionCall): Value {
  const text = textArgument(call, 0);
  const bytes = decodeBase64(text);
  if (bytes === undefined) throw argumentError(call, 0, text, 'base64');
  return Buffer.from(bytes).toString('utf8');
}

function base64ToBinary(call: FunctionCall): Value {
  const text = textArgument(call, 0);
  if (decodeBase64(text) === undefined) throw argumentError(call, 0, text, 'base64');
  return envelopeValue('application/octet-stream', text);
}

function binary(call: FunctionCall): Value {
  const value = anyArgument(call, 0);
  if (value === null) throw argumentError(call, 0, value, 'a value');
  const envelope = envelopeOf(value);
  return envelopeValue('application/octet-stream', envelope?.content ?? encodeBase64(toText(value, call.position)));
}

function bool(call: FunctionCall): Value {
  const value = anyArgument(call, 0);
  if (typeof value === 'boolean') return value;
  if (value instanceof Decimal) return value.digits !== 0n;
  if (typeof value === 'bigint' || typeof value === 'number') return value !== 0n && value !== 0;
  if (typeof value === 'string' && /^(true|false)$/i.test(value)) return value.toLowerCase() === 'true';
  throw argumentError(call, 0, value, "a number, 'true' or 'false'");
}

function decimal(call: FunctionCall): Value {
  const value = anyArgument(call, 0);
  if (value instanceof Decimal) return value;
  let result: Decimal | undefined;
  if (typeof value === 'bigint') result = decimalOf(value, 0);
  else if (typeof value === 'number') result = decimalOfFloat(value);
  else if (typeof value === 'string') {
    const number = readNumberText(value, invariantSeparators);
    if (number !== undefined && number.exponent === undefined) {
      result = parseDecimal(`${number.isNegative ? '-' : ''}${number.whole}.${number.fraction ?? ''}`);
    }
  }
  if (result === undefined) throw argumentError(call, 0, value, 'a number of at most 28 digits, without exponent');
  return result;
}

function float(call: FunctionCall): Value {
  const value = anyArgument(call, 0);
  if (isNumber(value)) return Number(value.toString());
  const result = typeof value === 'string' ? floatOf(value, separators(call, 1)) : undefined;
  if (result === undefined) throw argumentError(call, 0, value, 'a number, or a text that is one');
  return result;
}

interface Culture extends NumberSeparators {
  readonly takesInfinity: boolean;
}

function separators(call: FunctionCall, index: number): Culture {
  if (call.arguments.length <= index) return { ...invariantSeparators, takesInfinity: false };
  const name = textArgument(call, index);
  const found = separatorsOf(name);
  if (found === undefined) throw argumentError(call, index, name, 'a culture such as de-DE');
  return { ...found, takesInfinity: name === '' };
}

function floatOf(text: string, culture: Culture): number | undefined {
  const word = text.trim().toLowerCase();
  if (word === 'nan') return Number.NaN;
  if (culture.takesInfinity && /^[+-]?infinity$/.test(word)) {
    return word.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  const number = readNumberText(text, culture);
  return number === undefined ? undefined : doubleOf(number);
}

function int(call: FunctionCall): Value {
  const value = anyArgument(call, 0);
  if (typeof value === 'bigint') return value;
  const text = typeof value === 'string' ? readNumberText(value, invariantSeparators) : undefined;
  // The host reads text through a double, so digits beyond 2^53 are lost; expressions rely on the same result.
  const double = text !== undefined ? doubleOf(text) : isNumber(value) ? Number(value.toString()) : Number.NaN;
  if (!Number.isInteger(double) || double < -(2 ** 63) || double >= 2 ** 63) {
    throw argumentError(call, 0, value, 'a whole number in the range of 64-bit integers, or a text that is one');
  }
  return BigInt(double);
}

function isInt(text: string): boolean {
  const number = readNumberText(text, invariantSeparators);
  if (number === undefined || number.fraction !== undefined || number.exponent !== undefined) return false;
  const double = doubleOf(number);
  return double >= -(2 ** 63) && double < 2 ** 63;
}

function json(call: FunctionCall): Value {
  const value = anyArgument(call, 0);
  if (value === null) return new Map();
  const text = typeof value === 'string' ? value : envelopeText(value, call.position);
  if (text === undefined) throw argumentError(call, 0, value, 'a string or a content envelope');
  if (isXmlType(envelopeOf(value)?.contentType)) return xmlToJson(documentOf(call, text));
  try {
    return parseValue(text, 'the argument');
  } catch (cause) {
    if (!isRialtoError(cause) || cause.code !== 'JSON_INVALID') throw cause;
    throw new EvaluationError(callError(call, cause.message.replace(/\.$/, '')).message, {
      position: call.position,
      cause,
    });
  }
}

function isXmlType(contentType: string | undefined): boolean {
  return contentType !== undefined && /^\s*[^\s;]+[/+]xml\s*(?:;|$)/i.test(contentType);
}
