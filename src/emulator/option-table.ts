/** Declares options as data: kind, default and meaning in one place, read by the parser and by the documentation. */

import { RialtoError } from '../base/errors.ts';
import { didYouMean } from '../base/nearest.ts';

/** One of a few words. */
export interface ChoiceOption<Value extends string> {
  readonly kind: 'choice';
  readonly default: Value;
  readonly choices: readonly Value[];
  readonly meaning: string;
}

/** A whole number between bounds. */
export interface IntegerOption {
  readonly kind: 'integer';
  readonly default: number;
  readonly min: number;
  readonly max: number;
  readonly meaning: string;
}

/** A text of a form that a pattern describes. */
export interface TextOption {
  readonly kind: 'text';
  readonly default: string;
  readonly pattern: RegExp;
  /** What the pattern asks for, in words. */
  readonly form: string;
  readonly meaning: string;
}

/** Alternate keys: table to lists of columns. */
export interface KeysOption {
  readonly kind: 'keys';
  readonly default: Readonly<Record<string, readonly (readonly string[])[]>>;
  readonly meaning: string;
}

export type OptionEntry = ChoiceOption<string> | IntegerOption | TextOption | KeysOption;
export type OptionTable = Readonly<Record<string, OptionEntry>>;

/** The values that a table's options take. */
export type OptionValues<Table extends OptionTable> = {
  readonly [Name in keyof Table]: Table[Name] extends ChoiceOption<infer Value> ? Value : Table[Name]['default'];
};

/** Declares a choice; the first value is the default. */
export function choice<Value extends string>(
  choices: readonly [Value, ...Value[]],
  meaning: string,
): ChoiceOption<Value> {
  return { kind: 'choice', default: choices[0], choices, meaning };
}

/** Declares a whole number. */
export function integer(option: Omit<IntegerOption, 'kind'>): IntegerOption {
  return { kind: 'integer', ...option };
}

/** Declares a text. */
export function text(option: Omit<TextOption, 'kind'>): TextOption {
  return { kind: 'text', ...option };
}

/** Declares alternate keys. */
export function keys(option: Omit<KeysOption, 'kind'>): KeysOption {
  return { kind: 'keys', ...option };
}

/**
 * Reads given options against their table: defaults filled in, unknown names and wrong values refused by name.
 * Raises OPTION_INVALID.
 */
export function parseOptions<Table extends OptionTable>(
  table: Table,
  given: Readonly<Record<string, unknown>> | undefined,
  path: string,
): OptionValues<Table> {
  refuseUnknownNames(given ?? {}, Object.keys(table), path);
  const values: Record<string, unknown> = {};
  for (const [name, entry] of Object.entries(table)) {
    const value = given?.[name];
    values[name] = value === undefined ? entry.default : checkValue(entry, value, `${path}.${name}`);
  }
  return Object.freeze(values) as OptionValues<Table>;
}

/** Raises OPTION_INVALID when `given` has a member that is not among `known`. */
export function refuseUnknownNames(given: object, known: readonly string[], path: string): void {
  for (const name of Object.keys(given)) {
    if (!known.includes(name)) {
      throw new RialtoError('OPTION_INVALID', `'${path}' has no option '${name}'.${didYouMean(name, known)}`);
    }
  }
}

function checkValue(entry: OptionEntry, value: unknown, path: string): unknown {
  if (entry.kind === 'choice') {
    if (typeof value === 'string' && entry.choices.includes(value)) return value;
    throw wrongValue(path, value, `one of ${entry.choices.join(', ')}`);
  }
  if (entry.kind === 'integer') {
    if (typeof value === 'number' && Number.isInteger(value) && value >= entry.min && value <= entry.max) return value;
    throw wrongValue(path, value, `a whole number from ${entry.min} to ${entry.max}`);
  }
  if (entry.kind === 'text') {
    if (typeof value === 'string' && entry.pattern.test(value)) return value;
    throw wrongValue(path, value, entry.form);
  }
  if (isKeys(value)) return value;
  throw wrongValue(
    path,
    value,
    "an object of tables to lists of column lists, such as { account: [['accountnumber']] }",
  );
}

function isKeys(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.values(value).every(
    (list) =>
      Array.isArray(list) &&
      list.every(
        (columns) => Array.isArray(columns) && columns.length > 0 && columns.every((c) => typeof c === 'string'),
      ),
  );
}

function wrongValue(path: string, value: unknown, expected: string): RialtoError {
  const found = typeof value === 'string' ? `'${value.slice(0, 80)}'` : String(value).slice(0, 80);
  return new RialtoError('OPTION_INVALID', `Option '${path}' is ${found}; expected ${expected}.`);
}
