/** Finds the literal that begins at a position of a longer text. */

import { readGeoShape } from './geo-literal.ts';
import { qualifiedNameEnd } from './identifier.ts';
import type { EdmPrimitiveName, Literal } from './literal.ts';
import { dateExists, patterns, primitiveShapes } from './primitive-patterns.ts';

/** A text that is read from left to right, as far as literals need it. */
export interface LiteralCursor {
  readonly source: string;
  position: number;
  /** Where an offset of `source` stands for those who read the tree. */
  at(position: number): number;
  /** Raises ODATA_SYNTAX. */
  fail(expected: string, hint?: string, position?: number): never;
}

/**
 * Steps over a `primitiveLiteral` (OData 4.01 ABNF, section 7); undefined, and unmoved, when none begins here. Raises
 * ODATA_SYNTAX for a literal that is begun and wrong: an open quote, a date without offset, an OData 2 prefix.
 */
export function scanLiteral(cursor: LiteralCursor): Literal | undefined {
  const code = cursor.source.charCodeAt(cursor.position);
  if (code === quote) {
    const { position } = cursor;
    return literal('Edm.String', scanQuoted(cursor), cursor.at(position));
  }
  const isDigitOrSign = (code >= 48 && code <= 57) || code === plus || code === minus;
  return isDigitOrSign ? scanNumeric(cursor) : scanWord(cursor);
}

const quote = 39;
const plus = 43;
const minus = 45;

/** Steps over `'…'` with doubled quotes inside (`SQUOTE-in-string`). Raises ODATA_SYNTAX when the quote stays open. */
function scanQuoted(cursor: LiteralCursor): string {
  const { source, position } = cursor;
  let end = source.indexOf("'", position + 1);
  let hasDoubled = false;
  while (end !== -1 && source.charCodeAt(end + 1) === quote) {
    hasDoubled = true;
    end = source.indexOf("'", end + 2);
  }
  if (end === -1) {
    const expected = `a closing quote for the text begun at ${cursor.at(position)}`;
    cursor.fail(expected, 'A quote inside the text is doubled.', source.length);
  }
  cursor.position = end + 1;
  const text = source.slice(position + 1, end);
  return hasDoubled ? text.replaceAll("''", "'") : text;
}

/** `guid`, dates, `timeOfDayLiteral`, numbers, `-INF`. */
function scanNumeric(cursor: LiteralCursor): Literal | undefined {
  const { source, position: start } = cursor;
  const first = source.charCodeAt(start);
  const digits = first === plus || first === minus ? start + 1 : start;
  let end = digits;
  let code = source.charCodeAt(end);
  while (code >= 48 && code <= 57) {
    end += 1;
    code = source.charCodeAt(end);
  }
  if (end > digits && !goesOn(code)) return take(cursor, integerType(source.slice(start, end), end - digits), end);
  for (const [type, pattern] of shaped) {
    const text = matchAt(pattern, source, start);
    if (text === undefined) continue;
    if (!dateExists(text)) cursor.fail('a date that exists in the calendar');
    return take(cursor, type, start + text.length);
  }
  if (matchAt(almostDatePattern, source, start) !== undefined) {
    cursor.fail(
      'a date (2026-07-30) or a date and time with offset (2026-07-30T12:00:00Z)',
      'Dates are written without quotes, and a time needs its offset or Z.',
    );
  }
  const number = matchAt(numberPattern, source, start);
  if (number !== undefined) return take(cursor, numberType(number), start + number.length);
  return matchAt(infinityPattern, source, start) === undefined ? undefined : take(cursor, 'Edm.Double', start + 4);
}

/** True for what makes more of an integer, or must not follow one: letters, `_ - . :` and what is not ASCII. */
function goesOn(code: number): boolean {
  if (code < 65) return code === minus || code === 46 || code === 58;
  return code <= 90 || code === 95 || (code >= 97 && code <= 122) || code > 127;
}

/** No letter, digit or underscore may follow a literal directly; a colon may, within `case`. */
const boundary = String.raw`(?![\p{L}\p{Nd}_])`;
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

/** `null`, `boolean`, `nanInfinity`, guids that begin with a letter, and what has a prefix and quotes. */
function scanWord(cursor: LiteralCursor): Literal | undefined {
  const { source, position } = cursor;
  const end = qualifiedNameEnd(source, position);
  if (end === position) return undefined;
  const next = source.charCodeAt(end);
  if (next === quote) return scanPrefixed(cursor, end);
  if (next === minus && end === position + 8 && matchAt(guidPattern, source, position) !== undefined) {
    return take(cursor, 'Edm.Guid', position + 36);
  }
  const length = end - position;
  if (length > 5 || length < 3 || next === openParenthesis || next === slash) return undefined;
  const word = source.slice(position, end);
  const type = words.get(word);
  if (type !== undefined) return take(cursor, type, end);
  const lower = word.toLowerCase();
  if (lower !== 'true' && lower !== 'false') return undefined;
  cursor.position = end;
  return literal('Edm.Boolean', lower, cursor.at(position));
}

const openParenthesis = 40;
const slash = 47;

const words: ReadonlyMap<string, Literal['type']> = new Map([
  ['null', 'null'],
  ['true', 'Edm.Boolean'],
  ['false', 'Edm.Boolean'],
  ['INF', 'Edm.Double'],
  ['NaN', 'Edm.Double'],
]);

/** `duration'…'`, `binary'…'`, `geography'…'`, `geometry'…'` and `enumLiteral`: `Namespace.Type'Member'`. */
function scanPrefixed(cursor: LiteralCursor, prefixEnd: number): Literal {
  const { source, position: start } = cursor;
  const prefix = source.slice(start, prefixEnd);
  const lower = prefix.toLowerCase();
  const failHere = (expected: string, hint?: string) => cursor.fail(expected, hint, start);
  if (!prefix.includes('.') && !prefixes.has(lower)) failUnknownPrefix(cursor, prefix);
  cursor.position = prefixEnd;
  const text = scanQuoted(cursor);
  const position = cursor.at(start);
  if (lower === 'duration' || lower === 'binary') {
    const type = lower === 'duration' ? 'Edm.Duration' : 'Edm.Binary';
    const pattern = lower === 'duration' ? primitiveShapes[type].pattern : binaryPattern;
    if (!pattern.test(text)) failHere(primitiveShapes[type].looksLike);
    return literal(type, text, position);
  }
  if (lower === 'geography' || lower === 'geometry') {
    const shape = readGeoShape(text);
    if (typeof shape !== 'string') cursor.fail(shape.expected, undefined, prefixEnd + 1 + shape.offset);
    return literal(lower === 'geography' ? `Edm.Geography${shape}` : `Edm.Geometry${shape}`, text, position);
  }
  if (!isEnumText(text)) failHere('an enumeration member or number, or several with commas between them');
  return { kind: 'literal', type: 'enum', text, enumType: prefix, position };
}

const prefixes: ReadonlySet<string> = new Set(['duration', 'binary', 'geography', 'geometry']);
const binaryPattern = new RegExp(`^${patterns.binary}$`);
const enumMember = String.raw`(?:${patterns.identifier}|[+-]?\d{1,19})`;
const enumPattern = new RegExp(`^${enumMember}(?:,${enumMember})*$`, 'u');

/** `singleEnumLiteral *( COMMA singleEnumLiteral )`. */
export function isEnumText(text: string): boolean {
  return enumPattern.test(text);
}

function failUnknownPrefix(cursor: LiteralCursor, prefix: string): never {
  const isVersion2 = /^(?:guid|datetime|datetimeoffset|time|x)$/i.test(prefix);
  return cursor.fail(
    'a literal',
    isVersion2
      ? `${prefix}'…' is OData 2; in OData 4 the value stands without prefix and quotes.`
      : `An enumeration literal names its type in full: Namespace.${prefix}'…'.`,
  );
}

/** Steps to `end`; the literal is what lies before. */
function take(cursor: LiteralCursor, type: Literal['type'], end: number): Literal {
  const { source, position } = cursor;
  cursor.position = end;
  return literal(type, source.slice(position, end), cursor.at(position));
}

function literal(type: Literal['type'], text: string, position: number): Literal {
  return { kind: 'literal', type, text, position };
}

/** The narrowest type that an unmarked number fits; with a point it is a decimal, with an exponent a double. */
function numberType(text: string): EdmPrimitiveName {
  if (/[eE]/.test(text)) return 'Edm.Double';
  return text.includes('.') ? 'Edm.Decimal' : integerType(text, text.length);
}

function integerType(text: string, digits: number): EdmPrimitiveName {
  if (digits < 10) return 'Edm.Int32';
  if (digits > 400) return 'Edm.Decimal';
  const value = BigInt(text.startsWith('+') ? text.slice(1) : text);
  for (const type of ['Edm.Int32', 'Edm.Int64'] as const) {
    const { min, max } = primitiveShapes[type];
    if (min !== undefined && max !== undefined && value >= min && value <= max) return type;
  }
  return 'Edm.Decimal';
}

function matchAt(pattern: RegExp, source: string, position: number): string | undefined {
  pattern.lastIndex = position;
  return pattern.exec(source)?.[0];
}

function sticky(source: string): RegExp {
  return new RegExp(`(?:${source})${boundary}`, 'uy');
}
