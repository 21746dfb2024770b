/** String functions (reference 8.1). */

import { checkLimit } from '../../../base/limits.ts';
import {
  countOf,
  firstIndexOf,
  lastIndexIn,
  occurrencesOf,
  piecesBetween,
  replaceText,
} from '../../../base/text-search.ts';
import { convertPieces } from '../convert-text.ts';
import { replacementsMax, textPiecesMax, valueTextMax } from '../limits.ts';
import { toText } from '../to-text.ts';
import { isArrayValue, type Value } from '../value.ts';
import {
  anyArgument,
  argumentError,
  countArgument,
  type ExpressionFunction,
  eager,
  type FunctionCall,
  textArgument,
} from './function.ts';

export const stringFunctions: readonly ExpressionFunction[] = [
  eager('chunk(collection, length)', chunk),
  eager('concat(text, ...)', concat),
  eager('endsWith(text, searchText)', (call) => folded(call, 0).endsWith(folded(call, 1))),
  eager('startsWith(text, searchText)', (call) => folded(call, 0).startsWith(folded(call, 1))),
  eager('indexOf(text, searchText)', (call) => BigInt(firstIndexOf(folded(call, 0), folded(call, 1)))),
  eager('lastIndexOf(text, searchText)', lastIndexOf),
  eager('nthIndexOf(text, searchText, occurrence)', nthIndexOf),
  eager('length(collection)', length),
  eager('replace(text, oldText, newText)', replace),
  eager('slice(text, start, end?)', slice),
  eager('split(text, delimiter)', split),
  eager('substring(text, start, length?)', substring),
  eager('toLower(text)', (call) => mapCase(textArgument(call, 0), (text) => text.toLowerCase())),
  eager('toUpper(text)', (call) => mapCase(textArgument(call, 0), (text) => text.toUpperCase())),
  eager('trim(text)', (call) => trim(textArgument(call, 0))),
  eager('utf8Length(text)', (call) => BigInt(Buffer.byteLength(textArgument(call, 0), 'utf8'))),
  eager('utf16Length(text)', (call) => BigInt(textArgument(call, 0).length * 2)),
  eager('trimByteOrderMark(text)', (call) => textArgument(call, 0).replace(/^\uFEFF/, '')),
];

/** What .NET's Char.IsWhiteSpace holds for white space; U+FEFF is none. */
const whiteSpace = /[\t-\r \u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]/;

/** The text without white space at both ends. */
export function trim(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && whiteSpace.test(text[start] ?? '')) start += 1;
  while (end > start && whiteSpace.test(text[end - 1] ?? '')) end -= 1;
  return text.slice(start, end);
}

function chunk(call: FunctionCall): Value {
  const collection = anyArgument(call, 0);
  const size = countArgument(call, 1);
  if (size <= 0) throw argumentError(call, 1, anyArgument(call, 1), 'an integer above 0');
  if (typeof collection !== 'string' && !isArrayValue(collection)) {
    throw argumentError(call, 0, collection, 'a string or an array');
  }
  checkLimit('textPiecesMax', textPiecesMax, Math.ceil(collection.length / size), 'The number of pieces of chunk()');
  const pieces: Value[] = [];
  for (let start = 0; start < collection.length; start += size) pieces.push(collection.slice(start, start + size));
  return pieces;
}

function concat(call: FunctionCall): Value {
  let text = '';
  for (const value of call.arguments) {
    text += toText(value, call.position);
    checkLimit('valueTextMax', valueTextMax, text.length, 'The length of the result of concat()');
  }
  return text;
}

/** Text in one case, each code unit in its place, so that positions found in it hold for the original. */
function folded(call: FunctionCall, index: number): string {
  return mapCase(textArgument(call, index), (text) => text.toUpperCase());
}

/**
 * Case mapping one character to one, as .NET does it without a culture: `ß` and `İ` do not grow, `Σ` does not look at
 * its neighbours, and `ı` is left alone.
 */
function mapCase(text: string, map: (text: string) => string): string {
  return convertPieces(text, (piece) => {
    const mapped = map(piece);
    if (mapped.length === piece.length && !/[Σı]/.test(piece)) return mapped;
    return Array.from(piece, (character) => {
      const one = map(character);
      return one.length === character.length && character !== 'ı' ? one : character;
    }).join('');
  });
}

function lastIndexOf(call: FunctionCall): Value {
  const text = folded(call, 0);
  const search = folded(call, 1);
  // A documented oddity: an empty search text is found at the last character.
  return BigInt(search === '' ? Math.max(text.length - 1, 0) : lastIndexIn(text, search));
}

function nthIndexOf(call: FunctionCall): Value {
  const text = folded(call, 0);
  const search = folded(call, 1);
  const occurrence = countArgument(call, 2);
  if (occurrence === 0) throw argumentError(call, 2, 0n, 'an integer other than 0');
  if (search === '') throw argumentError(call, 1, '', 'a text that is not empty');
  // Counted from the end, the n-th is so many from the start.
  let left = occurrence > 0 ? occurrence : countOf(text, search, true) + occurrence + 1;
  if (left <= 0) return -1n;
  for (const position of occurrencesOf(text, search, true)) {
    left -= 1;
    if (left === 0) return BigInt(position);
  }
  return -1n;
}

function length(call: FunctionCall): Value {
  const collection = anyArgument(call, 0);
  if (typeof collection === 'string' || isArrayValue(collection)) return BigInt(collection.length);
  throw argumentError(call, 0, collection, 'a string or an array');
}

function replace(call: FunctionCall): Value {
  const text = textArgument(call, 0);
  const oldText = textArgument(call, 1);
  const newText = textArgument(call, 2);
  if (oldText === '') throw argumentError(call, 1, '', 'a text that is not empty');
  const count = countOf(text, oldText);
  checkLimit('replacementsMax', replacementsMax, count, 'The number of replacements of replace()');
  const resultLength = text.length + count * (newText.length - oldText.length);
  checkLimit('valueTextMax', valueTextMax, resultLength, 'The length of the result of replace()');
  return replaceText(text, oldText, newText);
}

function slice(call: FunctionCall): Value {
  const end = call.arguments.length > 2 ? countArgument(call, 2) : undefined;
  return textArgument(call, 0).slice(countArgument(call, 1), end);
}

function split(call: FunctionCall): Value {
  const text = textArgument(call, 0);
  const delimiter = textArgument(call, 1);
  if (delimiter === '') return [text];
  checkLimit('textPiecesMax', textPiecesMax, countOf(text, delimiter) + 1, 'The number of pieces of split()');
  return piecesBetween(text, delimiter);
}

function substring(call: FunctionCall): Value {
  const text = textArgument(call, 0);
  const start = countArgument(call, 1);
  if (start < 0 || start > text.length) {
    throw argumentError(call, 1, anyArgument(call, 1), `an integer from 0 to ${text.length}, the length of the text`);
  }
  const count = call.arguments.length > 2 ? countArgument(call, 2) : text.length - start;
  if (count < 0 || start + count > text.length) {
    throw argumentError(call, 2, anyArgument(call, 2), `an integer from 0 to ${text.length - start}`);
  }
  return text.slice(start, start + count);
}
