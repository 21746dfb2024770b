/** Finds the literal that begins at a position of a longer text. */

import type { EdmPrimitiveName, Literal } from './literal.ts';
import { foundAt, ODataSyntaxError } from './odata-syntax-error.ts';
import { dateExists, patterns, primitiveShapes } from './primitive-patterns.ts';

export interface ScannedLiteral {
  readonly literal: Literal;
  /** Offset of the first character behind it. */
  readonly end: number;
}

/**
 * Reads a `primitiveLiteral` (OData 4.01 ABNF, section 7) at `position`; undefined when none begins there. Raises
 * ODATA_SYNTAX for a literal that is begun and wrong: an open quote, a date without offset, an OData 2 prefix. `what`
 * names the text in the message.
 */
export function scanLiteral(source: string, position: number, what: string): ScannedLiteral | undefined {
  const code = source.charCodeAt(position);
  if (code === quote) {
    const { text, end } = scanQuoted(source, position, what);
    return { literal: { kind: 'literal', type: 'Edm.String', text, position }, end };
  }
  const isDigitOrSign = (code >= 48 && code <= 57) || code === 43 || code === 45;
  return isDigitOrSign ? scanNumeric(source, position, what) : scanWord(source, position, what);
}

/** Reads `'…'` with doubled quotes inside (`SQUOTE-in-string`). Raises ODATA_SYNTAX when the quote stays open. */
function scanQuoted(source: string, position: number, what: string): { readonly text: string; readonly end: number } {
  let end = source.indexOf("'", position + 1);
  while (end !== -1 && source.charCodeAt(end + 1) === quote) end = source.indexOf("'", end + 2);
  if (end === -1) {
    throw new ODataSyntaxError({
      what,
      source,
      position: source.length,
      found: 'the end',
      expected: `a closing quote for the text begun at ${position}`,
      hint: 'A quote inside the text is doubled.',
    });
  }
  return { text: source.slice(position + 1, end).replaceAll("''", "'"), end: end + 1 };
}

const quote = 39;
/** No letter, digit, underscore or further date part may follow a literal directly. */
const boundary = String.raw`(?![\p{L}\p{Nd}_:])`;

const shaped: readonly (readonly [EdmPrimitiveName, RegExp])[] = [
  ['Edm.Guid', sticky(`${patterns.guid}(?!-)`)],
  ['Edm.DateTimeOffset', sticky(patterns.dateTimeOffset)],
  ['Edm.Date', sticky(`${patterns.date}(?!-)`)],
  ['Edm.TimeOfDay', sticky(patterns.timeOfDay)],
];
const numberPattern = sticky(patterns.number);
const infinityPattern = sticky('-INF');
const almostDatePattern = /-?\d{4,}-\d\d?-\d\d?/y;
const guidPattern = sticky(`${patterns.guid}(?!-)`);
const wordPattern = sticky('null|true|false|INF|NaN');
const prefixPattern = new RegExp(`(${patterns.identifier}(?:\\.${patterns.identifier})*)'`, 'uy');

/** `guidValue`, dates, `timeOfDayValue`, numbers, `-INF`. */
function scanNumeric(source: string, position: number, what: string): ScannedLiteral | undefined {
  for (const [type, pattern] of shaped) {
    const text = matchAt(pattern, source, position);
    if (text === undefined) continue;
    if (!dateExists(text)) fail({ source, position, what }, 'a date that exists in the calendar');
    return scanned(type, text, position);
  }
  if (matchAt(almostDatePattern, source, position) !== undefined) {
    fail(
      { source, position, what },
      'a date (2026-07-30) or a date and time with offset (2026-07-30T12:00:00Z)',
      'Dates are written without quotes, and a time needs its offset or Z.',
    );
  }
  const number = matchAt(numberPattern, source, position);
  if (number !== undefined) return scanned(numberType(number), number, position);
  return matchAt(infinityPattern, source, position) === undefined ? undefined : scanned('Edm.Double', '-INF', position);
}

/** `nullValue`, `booleanValue`, `nanInfinity`, guids that begin with a letter, and what has a prefix and quotes. */
function scanWord(source: string, position: number, what: string): ScannedLiteral | undefined {
  const guid = matchAt(guidPattern, source, position);
  if (guid !== undefined) return scanned('Edm.Guid', guid, position);
  const word = matchAt(wordPattern, source, position);
  if (word !== undefined && !/[.'(/]/.test(source.charAt(position + word.length))) {
    return scanned(wordType(word), word, position);
  }
  prefixPattern.lastIndex = position;
  const prefix = prefixPattern.exec(source)?.[1];
  return prefix === undefined ? undefined : scanPrefixed(source, position, prefix, what);
}

/** `duration'…'`, `binary'…'` and enumeration literals: `Namespace.Type'Member'`. */
function scanPrefixed(source: string, position: number, prefix: string, what: string): ScannedLiteral {
  const { text, end } = scanQuoted(source, position + prefix.length, what);
  const lower = prefix.toLowerCase();
  if (lower === 'duration' || lower === 'binary') {
    const type = lower === 'duration' ? 'Edm.Duration' : 'Edm.Binary';
    const shape = primitiveShapes[type];
    if (!shape.pattern.test(text)) fail({ source, position, what }, shape.looksLike);
    return { literal: { kind: 'literal', type, text, position }, end };
  }
  if (!prefix.includes('.')) {
    const isVersion2 = /^(?:guid|datetime|datetimeoffset|time|x)$/.test(lower);
    fail(
      { source, position, what },
      'a literal',
      isVersion2
        ? `${prefix}'…' is OData 2; in OData 4 the value stands without prefix and quotes.`
        : `An enumeration literal names its type in full: Namespace.${prefix}'${text}'.`,
    );
  }
  return { literal: { kind: 'literal', type: 'enum', text, enumType: prefix, position }, end };
}

function scanned(type: Literal['type'], text: string, position: number): ScannedLiteral {
  return { literal: { kind: 'literal', type, text, position }, end: position + text.length };
}

/** The narrowest type that an unmarked number fits; with a point it is a decimal, with an exponent a double. */
function numberType(text: string): EdmPrimitiveName {
  if (/[eE]/.test(text)) return 'Edm.Double';
  if (text.includes('.')) return 'Edm.Decimal';
  const value = BigInt(text.startsWith('+') ? text.slice(1) : text);
  for (const type of ['Edm.Int32', 'Edm.Int64'] as const) {
    const { min, max } = primitiveShapes[type];
    if (min !== undefined && max !== undefined && value >= min && value <= max) return type;
  }
  return 'Edm.Decimal';
}

function wordType(word: string): Literal['type'] {
  if (word === 'null') return 'null';
  return word === 'true' || word === 'false' ? 'Edm.Boolean' : 'Edm.Double';
}

function matchAt(pattern: RegExp, source: string, position: number): string | undefined {
  pattern.lastIndex = position;
  return pattern.exec(source)?.[0];
}

function sticky(source: string): RegExp {
  return new RegExp(`(?:${source})${boundary}`, 'uy');
}

interface Place {
  readonly source: string;
  readonly position: number;
  readonly what: string;
}

function fail(at: Place, expected: string, hint?: string): never {
  throw new ODataSyntaxError({
    ...at,
    found: foundAt(at.source, at.position),
    expected,
    ...(hint === undefined ? {} : { hint }),
  });
}
