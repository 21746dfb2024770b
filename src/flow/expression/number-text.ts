/** Numbers written as people write them: separators, a sign on either side, blanks (reference 8.4). */

import { numberLengthMax } from './limits.ts';

/** The characters between digits in a culture. */
export interface NumberSeparators {
  readonly group: string;
  readonly decimal: string;
}

/** The parts of a number text, without separators and blanks. */
export interface NumberText {
  readonly isNegative: boolean;
  readonly whole: string;
  /** Undefined when there is no decimal point. */
  readonly fraction: string | undefined;
  readonly exponent: number | undefined;
}

export const invariantSeparators: NumberSeparators = Object.freeze({ group: ',', decimal: '.' });

/** The separators of a culture such as `de-DE`; undefined for a name that is none. The empty name is the invariant one. */
export function separatorsOf(culture: string): NumberSeparators | undefined {
  if (culture === '') return invariantSeparators;
  if (!isCulture(culture)) return undefined;
  const parts = new Intl.NumberFormat(culture, { useGrouping: true }).formatToParts(1_234_567.8);
  const part = (type: string, otherwise: string) => parts.find((one) => one.type === type)?.value ?? otherwise;
  return { group: part('group', ','), decimal: part('decimal', '.') };
}

/** True for a culture name that this machine's data knows: `fr-fr`. */
export function isCulture(name: string): boolean {
  if (!/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}$/.test(name)) return false;
  try {
    return Intl.NumberFormat.supportedLocalesOf(name).length > 0;
  } catch {
    // Not a language tag (BCP 47), though it looks like one.
    return false;
  }
}

/** Reads a number text; undefined when it is none. Group separators may stand anywhere before the decimal point. */
export function readNumberText(text: string, separators: NumberSeparators): NumberText | undefined {
  if (text.length > numberLengthMax) return undefined;
  let rest = text.trim();
  let sign = '';
  const leading = /^[+-]/.exec(rest)?.[0];
  if (leading !== undefined) {
    sign = leading;
    rest = rest.slice(1).trimStart();
  } else if (/[+-]$/.test(rest)) {
    sign = rest.slice(-1);
    rest = rest.slice(0, -1).trimEnd();
  }
  const exponent = /[eE]([+-]?\d{1,9})$/.exec(rest);
  if (exponent !== null) rest = rest.slice(0, exponent.index);
  const point = rest.indexOf(separators.decimal);
  const grouped = point < 0 ? rest : rest.slice(0, point);
  // Cultures that group by a blank have a narrow or unbreakable one, for which people write an ordinary one.
  const isBlank = separators.group.trim() === '';
  const whole = isBlank ? grouped.replace(/[ \u00A0\u202F]/g, '') : grouped.replaceAll(separators.group, '');
  const fraction = point < 0 ? undefined : rest.slice(point + separators.decimal.length);
  if (!/^\d*$/.test(whole) || !/^\d*$/.test(fraction ?? '') || whole + (fraction ?? '') === '') return undefined;
  return { isNegative: sign === '-', whole, fraction, exponent: exponent === null ? undefined : Number(exponent[1]) };
}

/** The double nearest to a number text. */
export function doubleOf(number: NumberText): number {
  const digits = `${number.whole || '0'}.${number.fraction || '0'}e${number.exponent ?? 0}`;
  return Number(digits) * (number.isNegative ? -1 : 1);
}
