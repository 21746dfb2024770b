/** Generated filters over orders of the shop, whose operands go together, and rows for them. */

import fc from 'fast-check';
import { literalOf } from '../../literal/literal-of.ts';
import type { Row } from '../../row.ts';
import { type ArithmeticOperator, call, compare, type FilterExpression, property } from '../tree/filter-expression.ts';

type Tree = fc.Arbitrary<FilterExpression>;

/** Names of lambda variables in sight, by what they stand for. */
interface Variables {
  readonly texts: readonly string[];
  readonly numbers: readonly string[];
  readonly items: readonly string[];
}

const text = fc.constantFrom('', 'a', 'A', 'ab', ' b', "'", 'Ärger', '2026', '*');
const whole = fc.integer({ min: -3, max: 3 });
const decimal = fc.constantFrom(-0.5, 0, 0.1, 0.3, 2, 1.25);
const instant = fc.constantFrom('2026-01-01T00:00:00Z', '2026-01-01T01:00:00+01:00', '1999-12-31T23:59:59.999Z');
const duration = fc.constantFrom('PT0S', 'PT1H', '-P1D', 'PT60M', 'P1DT0.5S');

const orNull = <T>(values: fc.Arbitrary<T>) => fc.oneof({ weight: 4, arbitrary: values }, fc.constant(null));

/** Rows of orders; members may be absent or null. */
export const arbitraryOrder: fc.Arbitrary<Row> = fc.record(
  {
    Number: whole,
    Quantity: orNull(whole),
    Amount: orNull(decimal),
    Note: orNull(text),
    Paid: orNull(fc.boolean()),
    At: orNull(instant),
    Took: orNull(duration),
    Items: fc.array(fc.record({ Order: whole, Line: orNull(whole), Product: orNull(text) }), { maxLength: 3 }),
    Customer: orNull(
      fc.record(
        { Name: orNull(text), Tags: fc.array(text, { maxLength: 3 }), Scores: fc.array(whole, { maxLength: 3 }) },
        { requiredKeys: [] },
      ),
    ),
  },
  { requiredKeys: ['Number'] },
);

const equality = fc.constantFrom('eq' as const, 'ne' as const);
const ordering = fc.constantFrom(
  'eq' as const,
  'ne' as const,
  'gt' as const,
  'ge' as const,
  'lt' as const,
  'le' as const,
);
const nothing: Tree = fc.constant(literalOf(null));

/** Conditions over an order, nested at most so deep. */
export function arbitraryFilters(depth = 3, variables: Variables = { texts: [], numbers: [], items: [] }): Tree {
  const numbers = numbersIn(depth, variables);
  const texts = textsIn(depth, variables);
  const simple: Tree[] = [
    fc.tuple(ordering, texts, texts).map((parts) => compare(...parts)),
    fc.tuple(ordering, numbers, numbers).map((parts) => compare(...parts)),
    fc.tuple(ordering, instantsIn(depth), instantsIn(depth)).map((parts) => compare(...parts)),
    fc.tuple(ordering, durationsIn(depth), durationsIn(depth)).map((parts) => compare(...parts)),
    fc.tuple(equality, booleans, booleans).map((parts) => compare(...parts)),
    fc.tuple(fc.constantFrom('contains', 'startswith'), texts, texts).map((parts) => call(...parts)),
    inLists(
      texts,
      orNull(text).map((value) => literalOf(value)),
    ),
    inLists(
      numbers,
      fc.oneof(whole, decimal).map((value) => literalOf(value)),
    ),
    texts.map((operand): FilterExpression => {
      return { kind: 'inCollection', operand, collection: property('Customer/Tags'), position: 0 };
    }),
    fc.array(whole, { maxLength: 2 }).map((parts) => call('hassubset', property('Customer/Scores'), arrayOf(parts))),
    fc.array(whole, { maxLength: 2 }).map((parts) => compare('eq', property('Customer/Scores'), arrayOf(parts))),
    fc.constant(property('Paid')),
  ];
  if (depth === 0) return fc.oneof(...simple);
  const inner = arbitraryFilters(depth - 1, variables);
  return fc.oneof(
    ...simple,
    inner.map((operand): FilterExpression => ({ kind: 'not', operand, position: 0 })),
    fc
      .tuple(fc.constantFrom('and' as const, 'or' as const), inner, inner)
      .map(([operator, left, right]): FilterExpression => ({ kind: 'logical', operator, left, right, position: 0 })),
    lambdas(depth, variables),
  );
}

const booleans: Tree = fc.oneof(
  fc.constant(property('Paid')),
  fc.boolean().map((value) => literalOf(value)),
);

/** `any` and `all` over texts, numbers and items; the variable may have the name of one that is in sight, or of a property. */
function lambdas(depth: number, variables: Variables): Tree {
  const over = (collection: FilterExpression, kind: keyof Variables): Tree =>
    fc.constantFrom('v', 'w', 'Note').chain((variable) => {
      const others = {
        texts: variables.texts.filter((name) => name !== variable),
        numbers: variables.numbers.filter((name) => name !== variable),
        items: variables.items.filter((name) => name !== variable),
      };
      // A text named Note hides the property, which another type must not.
      const isFit = variable !== 'Note' || kind === 'texts';
      const name = isFit ? variable : 'v2';
      const inner = arbitraryFilters(depth - 1, { ...others, [kind]: [...others[kind], name] });
      return fc
        .tuple(fc.constantFrom('any' as const, 'all' as const), inner)
        .map(([operator, predicate]): FilterExpression => {
          return { kind: 'lambda', operator, collection, variable: name, predicate, position: 0 };
        });
    });
  const onItem = compare('eq', property('Line'), property('$it/Quantity'));
  const filtered: FilterExpression = {
    kind: 'filteredCollection',
    source: property('Items'),
    predicate: onItem,
    position: 0,
  };
  return fc.oneof(
    over(property('Customer/Tags'), 'texts'),
    over(property('Customer/Scores'), 'numbers'),
    over(property('Items'), 'items'),
    over(filtered, 'items'),
    fc.constant<FilterExpression>({
      kind: 'lambda',
      operator: 'any',
      collection: property('Items'),
      variable: undefined,
      predicate: undefined,
      position: 0,
    }),
  );
}

function numbersIn(depth: number, variables: Variables): Tree {
  const leaves: Tree[] = [
    fc.constantFrom(property('Quantity'), property('Amount'), property('$it/Number'), property('Items/$count')),
    fc.oneof(whole, decimal).map((value) => literalOf(value)),
    nothing,
    ...variables.numbers.map((name) => fc.constant(property(name))),
    ...variables.items.map((name) => fc.constant(property(`${name}/Line`))),
  ];
  if (depth === 0) return fc.oneof(...leaves);
  const inner = numbersIn(depth - 1, variables);
  const texts = textsIn(depth - 1, variables);
  const operator = fc.constantFrom<ArithmeticOperator>('add', 'sub', 'mul');
  return fc.oneof(
    ...leaves,
    fc.tuple(operator, inner, inner).map(([name, left, right]) => arithmetic(name, left, right)),
    fc.tuple(inner, fc.constantFrom(2, 4, 5)).map(([left, by]) => arithmetic('divby', left, literalOf(by))),
    fc.constantFrom(property('Quantity'), property('Amount')).map((operand): FilterExpression => {
      return { kind: 'negate', operand, position: 0 };
    }),
    texts.map((value) => call('length', value)),
    fc.tuple(texts, texts).map(([value, part]) => call('indexof', value, part)),
    fc.constantFrom(call('year', property('At')), call('totalseconds', property('Took'))),
    fc.constant(call('length', property('Customer/Tags'))),
    whole.map((value): FilterExpression => {
      const filter = compare('ge', property('Line'), literalOf(value));
      return { kind: 'countOf', source: property('Items'), filter, position: 0 };
    }),
    cases(inner),
  );
}

function textsIn(depth: number, variables: Variables): Tree {
  const leaves: Tree[] = [
    fc.constantFrom(property('Note'), property('Customer/Name'), property('$it/Note')),
    text.map((value) => literalOf(value)),
    nothing,
    ...variables.texts.map((name) => fc.constant(property(name))),
    ...variables.items.map((name) => fc.constant(property(`${name}/Product`))),
  ];
  if (depth === 0) return fc.oneof(...leaves);
  const inner = textsIn(depth - 1, variables);
  return fc.oneof(
    ...leaves,
    fc.tuple(fc.constantFrom('tolower', 'trim'), inner).map(([name, value]) => call(name, value)),
    fc.tuple(inner, inner).map(([left, right]) => call('concat', left, right)),
    fc.tuple(inner, fc.nat(3)).map(([value, from]) => call('substring', value, literalOf(from))),
    cases(inner),
  );
}

function instantsIn(depth: number): Tree {
  const leaves: Tree = fc.oneof(
    fc.constant(property('At')),
    instant.map((value) => literalOf(value, 'Edm.DateTimeOffset')),
  );
  if (depth === 0) return leaves;
  return fc.oneof(
    leaves,
    fc
      .tuple(fc.constantFrom('add' as const, 'sub' as const), leaves, durationsIn(depth - 1))
      .map((parts) => arithmetic(...parts)),
  );
}

function durationsIn(depth: number): Tree {
  const leaves: Tree = fc.oneof(
    fc.constant(property('Took')),
    duration.map((value) => literalOf(value, 'Edm.Duration')),
  );
  if (depth === 0) return leaves;
  const both = fc.tuple(fc.constantFrom('add' as const, 'sub' as const), durationsIn(depth - 1), leaves);
  return fc.oneof(
    leaves,
    both.map((parts) => arithmetic(...parts)),
    fc.tuple(leaves, whole).map(([left, by]) => arithmetic('mul', left, literalOf(by))),
    fc
      .tuple(leaves, leaves)
      .map(() => arithmetic('sub', property('At'), literalOf('2026-01-01T00:00:00Z', 'Edm.DateTimeOffset'))),
  );
}

function cases(values: Tree): Tree {
  return fc.tuple(booleans, values, booleans, values).map(([first, one, second, other]): FilterExpression => {
    const branches = [
      { condition: first, value: one },
      { condition: second, value: other },
    ];
    return { kind: 'case', branches, position: 0 };
  });
}

function inLists(operands: Tree, items: Tree): Tree {
  return fc
    .tuple(operands, fc.array(items, { minLength: 1, maxLength: 3 }))
    .map(([operand, list]): FilterExpression => {
      return { kind: 'inList', operand, items: list, position: 0 };
    });
}

function arrayOf(values: readonly number[]): FilterExpression {
  return { kind: 'array', items: values.map((value) => literalOf(value)), position: 0 };
}

function arithmetic(operator: ArithmeticOperator, left: FilterExpression, right: FilterExpression): FilterExpression {
  return { kind: 'arithmetic', operator, left, right, position: 0 };
}
