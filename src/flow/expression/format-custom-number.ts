/** Numbers to text by .NET's custom formats: `#,##0.00;(0);zero` (reference 14.3). */

import type { NumberCulture } from './number-culture.ts';
import { type NumberDigits, roundDigits, withoutZeros } from './number-digits.ts';

/** The text of a number in a custom format. */
export function formatCustomNumber(number: NumberDigits, format: string, culture: NumberCulture): string {
  const sections = sectionsOf(format);
  const zero = readSection(sections[2] ?? '').isEmpty ? 0 : 2;
  let chosen = number.digits === '' ? zero : number.isNegative && !readSection(sections[1] ?? '').isEmpty ? 1 : 0;
  let section = readSection(sections[chosen] ?? '');
  let rounded = roundedFor(section, number);
  if (rounded.digits === '' && number.digits !== '' && zero !== chosen) {
    // What rounds to zero is written as zero is.
    chosen = zero;
    section = readSection(sections[chosen] ?? '');
    rounded = roundedFor(section, { ...number, digits: '', scale: 0, isNegative: false });
  }
  const sign = rounded.isNegative && chosen === 0 ? '-' : '';
  return sign + write(section, rounded, culture);
}

type Token =
  | { readonly kind: 'digit'; readonly isZero: boolean }
  | { readonly kind: 'point' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'exponent'; readonly letter: string; readonly showsPlus: boolean; readonly width: number };

interface Section {
  readonly tokens: readonly Token[];
  readonly isEmpty: boolean;
  /** Places for digits before the point, and behind it. */
  readonly placesBefore: number;
  readonly placesAfter: number;
  /** Places from the first 0 to the point, and from the point to the last 0: digits that are written even if zero. */
  readonly zerosBefore: number;
  readonly zerosAfter: number;
  readonly isGrouped: boolean;
  /** Power of ten that the number is multiplied by. */
  readonly power: number;
  readonly isScientific: boolean;
}

const pieces = /"([^"]*)"?|'([^']*)'?|\\(.?)|([eE])([+-]?)(0+)|([\s\S])/g;

function sectionsOf(format: string): readonly string[] {
  const sections = [''];
  for (const [piece, , , , , , , other] of format.matchAll(pieces)) {
    if (other === ';') sections.push('');
    else sections.push(`${sections.pop() ?? ''}${piece}`);
  }
  return sections;
}

function readSection(text: string): Section {
  const tokens: Token[] = [];
  const places: boolean[] = [];
  let pointAt: number | undefined;
  let power = 0;
  let commasAt = -1;
  let commas = 0;
  let isGrouped = false;
  let isScientific = false;
  for (const [, doubleQuoted, singleQuoted, escaped, letter, sign, zeros, other] of text.matchAll(pieces)) {
    const quoted = doubleQuoted ?? singleQuoted ?? escaped;
    if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted });
    else if (letter !== undefined) {
      tokens.push({ kind: 'exponent', letter, showsPlus: sign === '+', width: Math.min(zeros?.length ?? 1, 10) });
      isScientific = true;
    } else if (other === '0' || other === '#') {
      places.push(other === '0');
      tokens.push({ kind: 'digit', isZero: other === '0' });
    } else if (other === '.') {
      if (pointAt === undefined) tokens.push({ kind: 'point' });
      pointAt ??= places.length;
    } else if (other === ',') {
      if (places.length === 0 || pointAt !== undefined) continue;
      if (commasAt === places.length) commas += 1;
      else {
        isGrouped ||= commasAt >= 0;
        commasAt = places.length;
        commas = 1;
      }
    } else {
      if (other === '%') power += 2;
      else if (other === '‰') power += 3;
      tokens.push({ kind: 'text', text: other ?? '' });
    }
  }
  const point = pointAt ?? places.length;
  // Commas right before the point divide by a thousand each; any other groups the digits.
  if (commasAt === point) power -= commas * 3;
  else if (commasAt >= 0) isGrouped = true;
  const firstZero = places.indexOf(true);
  return {
    tokens,
    isEmpty: text === '',
    placesBefore: point,
    placesAfter: places.length - point,
    zerosBefore: firstZero < 0 ? 0 : Math.max(0, point - firstZero),
    zerosAfter: Math.max(0, places.lastIndexOf(true) + 1 - point),
    isGrouped,
    power,
    isScientific,
  };
}

function roundedFor(section: Section, number: NumberDigits): NumberDigits {
  if (number.digits === '') return number;
  const moved = { ...number, scale: number.scale + section.power };
  const places = section.placesBefore + section.placesAfter;
  return withoutZeros(roundDigits(moved, section.isScientific ? places : moved.scale + section.placesAfter));
}

function write(section: Section, number: NumberDigits, culture: NumberCulture): string {
  const scale = section.isScientific ? section.placesBefore : number.scale;
  const digitAt = (place: number) => {
    // Place 1 is the last before the point, 0 the first behind it.
    const digit = number.digits[scale - place];
    if (digit !== undefined) return digit;
    return place > 0
      ? place <= Math.max(scale, section.zerosBefore)
        ? '0'
        : ''
      : place > -section.zerosAfter
        ? '0'
        : '';
  };
  const separatorBehind = (place: number) => {
    const [first, others] = culture.groupSizes;
    const isBorder = place === first + 1 || (place > first + 1 && (place - 1 - first) % others === 0);
    return section.isGrouped && isBorder ? culture.group : '';
  };
  let text = '';
  let place = section.placesBefore;
  let isStarted = false;
  for (const token of section.tokens) {
    if (token.kind === 'text') text += token.text;
    else if (token.kind === 'exponent')
      text += exponentText(token, number.digits === '' ? 0 : number.scale - section.placesBefore);
    else if (token.kind === 'point') {
      if (!isStarted) text += surplus(scale, place, digitAt, separatorBehind);
      isStarted = true;
      const hasMore = section.zerosAfter > 0 || (section.placesAfter > 0 && number.digits.length > scale);
      if (hasMore) text += culture.decimal;
    } else {
      // The first place takes all digits that are before it.
      if (!isStarted) text += surplus(scale, place, digitAt, separatorBehind);
      isStarted = true;
      const digit = digitAt(place);
      if (digit !== '') text += digit + (place > 1 ? separatorBehind(place) : '');
      place -= 1;
    }
  }
  return text;
}

/** The digits before the first place of the section. */
function surplus(
  scale: number,
  firstPlace: number,
  digitAt: (place: number) => string,
  separatorBehind: (place: number) => string,
): string {
  let text = '';
  for (let place = scale; place > firstPlace; place -= 1)
    text += digitAt(place) + (place > 1 ? separatorBehind(place) : '');
  return text;
}

function exponentText(token: Extract<Token, { kind: 'exponent' }>, exponent: number): string {
  const sign = exponent < 0 ? '-' : token.showsPlus ? '+' : '';
  return token.letter + sign + String(Math.abs(exponent)).padStart(token.width, '0');
}
