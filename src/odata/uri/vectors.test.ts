import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { LimitError } from '../../base/errors.ts';
import {
  ODataSyntaxError,
  parseApply,
  parseCompute,
  parseExpand,
  parseExpression,
  parseFilter,
  parseKeyPredicate,
  parseLiteral,
  parseOrderBy,
  parseQueryOptions,
  parseRequestUri,
  parseResourcePath,
  parseSearch,
  parseSelect,
  printApply,
  printCompute,
  printExpand,
  printExpression,
  printFilter,
  printKeyPredicate,
  printLiteral,
  printOrderBy,
  printQueryOptions,
  printRequestUri,
  printResourcePath,
  printSearch,
  printSelect,
} from '../index.ts';

interface Options {
  readonly version?: '4.0' | '4.01';
}

/** A text that the grammar has. */
interface ValidVector extends Options {
  readonly text: string;
  readonly clause: string;
  /** A text that gives the same tree, positions aside. */
  readonly same?: string;
  /** The tree, without positions. */
  readonly tree?: unknown;
  /** What the printer gives, in OData 4.0. */
  readonly printed?: string;
}

/** A text that the grammar does not have. */
interface InvalidVector extends Options {
  readonly text: string;
  readonly clause: string;
  /** Where it goes wrong. */
  readonly at?: number;
  /** LIMIT_EXCEEDED for a text that is too deep or too long; ODATA_SYNTAX else. */
  readonly code?: 'LIMIT_EXCEEDED';
  /** A part of the message. */
  readonly hint?: string;
}

/** A text that the grammar does not have and that is read all the same. */
interface ToleratedVector extends Options {
  readonly text: string;
  readonly clause: string;
  readonly why: string;
}

interface Vectors {
  readonly valid: readonly ValidVector[];
  readonly invalid: readonly InvalidVector[];
  readonly tolerated?: readonly ToleratedVector[];
}

/** One pair of parser and printer. */
interface Language {
  readonly parse: (text: string, options: Options) => unknown;
  readonly reprint: (text: string, options: Options) => string;
}

function language<T>(parse: (text: string, options: Options) => T, print: (tree: T) => string): Language {
  return { parse, reprint: (text, options) => print(parse(text, options)) };
}

const languages: Readonly<Record<string, Language>> = {
  apply: language(parseApply, printApply),
  compute: language(parseCompute, printCompute),
  expand: language(parseExpand, printExpand),
  expression: language(parseExpression, printExpression),
  filter: language(parseFilter, printFilter),
  'key-predicate': language(parseKeyPredicate, printKeyPredicate),
  literal: language(parseLiteral, printLiteral),
  orderby: language(parseOrderBy, printOrderBy),
  'query-options': language(parseQueryOptions, printQueryOptions),
  'request-uri': language(parseRequestUri, printRequestUri),
  'resource-path': language(parseResourcePath, printResourcePath),
  search: language(parseSearch, printSearch),
  select: language(parseSelect, printSelect),
};

function readVectors(name: string): Vectors {
  const file = new URL(`../../../test/fixtures/odata/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Vectors;
}

/** The tree as it is compared: what is undefined is absent, positions are gone. */
function comparable(tree: unknown): unknown {
  if (Array.isArray(tree)) return tree.map(comparable);
  if (typeof tree !== 'object' || tree === null) return tree;
  const entries = Object.entries(tree)
    .filter(([name, value]) => name !== 'position' && value !== undefined)
    .map(([name, value]): [string, unknown] => [name, comparable(value)]);
  return Object.fromEntries(entries);
}

function optionsOf({ version }: Options): Options {
  return version === undefined ? {} : { version };
}

/** The name of a test: the text, short and visible, and its clause. */
function titleOf({ text, clause, version }: ValidVector | InvalidVector | ToleratedVector): string {
  const shown = JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
  return `${shown} (${version === undefined ? '' : `${version}, `}${clause})`;
}

function errorOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe.each(Object.entries(languages))('%s', (name, { parse, reprint }) => {
  const { valid, invalid, tolerated = [] } = readVectors(name);

  describe('valid', () => {
    test.each(valid.map((vector) => [titleOf(vector), vector] as const))('%s', (_, vector) => {
      const options = optionsOf(vector);
      const tree = comparable(parse(vector.text, options));
      const printed = reprint(vector.text, options);
      expect(comparable(parse(printed, options)), `the tree of what is printed, ${printed}`).toEqual(tree);
      if (vector.tree !== undefined) expect(tree).toEqual(vector.tree);
      if (vector.same !== undefined) expect(tree).toEqual(comparable(parse(vector.same, options)));
      if (vector.printed !== undefined) expect(printed).toBe(vector.printed);
    });
  });

  if (tolerated.length > 0) {
    describe('tolerated', () => {
      test.each(tolerated.map((vector) => [titleOf(vector), vector] as const))('%s', (_, vector) => {
        const options = optionsOf(vector);
        const tree = comparable(parse(vector.text, options));
        expect(comparable(parse(reprint(vector.text, options), options))).toEqual(tree);
        expect(vector.why).not.toBe('');
      });
    });
  }

  describe('invalid', () => {
    test.each(invalid.map((vector) => [titleOf(vector), vector] as const))('%s', (_, vector) => {
      const error = errorOf(() => parse(vector.text, optionsOf(vector)));
      expect(error, 'the error').toBeInstanceOf(vector.code === undefined ? ODataSyntaxError : LimitError);
      expect(error).toMatchObject({ code: vector.code ?? 'ODATA_SYNTAX' });
      if (vector.at !== undefined) expect(error).toMatchObject({ position: vector.at });
      if (vector.hint !== undefined) expect(error).toHaveProperty('message', expect.stringContaining(vector.hint));
    });
  });
});

test('the vectors are seven hundred at least, and each has its clause', () => {
  const all = Object.keys(languages).flatMap((name) => [...readVectors(name).valid, ...readVectors(name).invalid]);
  expect(all.length).toBeGreaterThanOrEqual(700);
  expect(all.filter(({ clause }) => clause === '')).toEqual([]);
});
