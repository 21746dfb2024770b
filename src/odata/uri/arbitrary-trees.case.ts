/** Generators of trees for property tests. Positions are zero, as those of built trees. */

import fc from 'fast-check';
import type { Literal } from '../literal/literal.ts';
import type { FilterExpression } from './tree/filter-expression.ts';
import type { KeyPredicate } from './tree/key-predicate.ts';
import type { OrderByItem } from './tree/order-by-item.ts';
import type { ExpandItem, QueryOptions } from './tree/query-options.ts';
import type { SelectItem } from './tree/query-options.ts';

const position = 0;
const name = fc.constantFrom('Name', 'dataAreaId', '_primarycontactid_value', 'Größe', 'eq1', 'andy', 'nullable', 'x');
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom("O'Neil", "''", 'a/b?c#d&e=f%41+g', "');--", ' ', '', '日本', '2026-01-01'),
);

const literal = (type: Literal['type'], value: string): Literal => ({ kind: 'literal', type, text: value, position });

/** Literals of all types. */
export const arbitraryLiteral: fc.Arbitrary<Literal> = fc.oneof(
  text.map((value) => literal('Edm.String', value)),
  fc.integer().map((value) => literal('Edm.Int32', String(value))),
  fc
    .bigInt({ min: 3_000_000_000n, max: 9_223_372_036_854_775_807n })
    .map((value) => literal('Edm.Int64', String(value))),
  fc.integer().map((value) => literal('Edm.Decimal', `${value}.50`)),
  fc.integer().map((value) => literal('Edm.Double', `${value}e-3`)),
  fc.constantFrom('INF', '-INF', 'NaN').map((value) => literal('Edm.Double', value)),
  fc.boolean().map((value) => literal('Edm.Boolean', String(value))),
  fc.constant(literal('null', 'null')),
  fc.uuid().map((value) => literal('Edm.Guid', value)),
  fc.constantFrom('2026-07-30', '1900-01-01', '-0044-03-15').map((value) => literal('Edm.Date', value)),
  fc
    .constantFrom('2026-07-30T12:00:00Z', '2026-07-30T12:00+02:00', '2154-12-31T23:59:59.1234567-11:30')
    .map((value) => literal('Edm.DateTimeOffset', value)),
  fc.constantFrom('07:59', '07:59:59.999').map((value) => literal('Edm.TimeOfDay', value)),
  fc.constantFrom('PT1H30M', '-P1DT0.5S').map((value) => literal('Edm.Duration', value)),
  fc.constantFrom('', 'AQID', 'q-_w').map((value) => literal('Edm.Binary', value)),
  fc
    .constantFrom('Yes', 'Read,Write', '7')
    .map((value): Literal => ({ ...literal('enum', value), enumType: 'Microsoft.Dynamics.DataEntities.NoYes' })),
);

/** Expressions of every kind of node, without regard to types. */
export const arbitraryExpression: fc.Arbitrary<FilterExpression> = fc.letrec<{ expression: FilterExpression }>(
  (tie) => {
    const inner = tie('expression');
    const path = fc
      .array(name, { minLength: 1, maxLength: 3 })
      .map((names): FilterExpression & { kind: 'propertyPath' } => ({ kind: 'propertyPath', path: names, position }));
    const argument = (named: boolean) =>
      fc.record({
        kind: fc.constant('functionArgument' as const),
        name: named ? fc.constantFrom('PropertyName', 'PropertyValue') : fc.constant(undefined),
        value: inner,
        position: fc.constant(position),
      });
    return {
      expression: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        arbitraryLiteral,
        path,
        fc.record({
          kind: fc.constant('comparison' as const),
          operator: fc.constantFrom('eq', 'ne', 'gt', 'ge', 'lt', 'le', 'has'),
          left: inner,
          right: inner,
          position: fc.constant(position),
        }),
        fc.record({
          kind: fc.constant('logical' as const),
          operator: fc.constantFrom('and', 'or'),
          left: inner,
          right: inner,
          position: fc.constant(position),
        }),
        fc.record({ kind: fc.constantFrom('not', 'negate'), operand: inner, position: fc.constant(position) }),
        fc.record({
          kind: fc.constant('arithmetic' as const),
          operator: fc.constantFrom('add', 'sub', 'mul', 'div', 'divby', 'mod'),
          left: inner,
          right: inner,
          position: fc.constant(position),
        }),
        fc.record({
          kind: fc.constant('functionCall' as const),
          name: fc.constantFrom('contains', 'length', 'Microsoft.Dynamics.CRM.LastXDays'),
          arguments: fc.oneof(
            fc.array(argument(false), { maxLength: 3 }),
            fc.array(argument(true), { minLength: 1, maxLength: 2 }),
          ),
          position: fc.constant(position),
        }),
        fc.record({
          kind: fc.constant('lambda' as const),
          operator: fc.constantFrom('any', 'all'),
          collection: path,
          variable: fc.constant('o'),
          predicate: inner,
          position: fc.constant(position),
        }),
        fc.record({
          kind: fc.constant('inList' as const),
          operand: inner,
          items: fc.array(inner, { minLength: 1, maxLength: 3 }),
          position: fc.constant(position),
        }),
        fc.record({
          kind: fc.constant('array' as const),
          items: fc.array(inner, { maxLength: 3 }),
          position: fc.constant(position),
        }),
      ) as fc.Arbitrary<FilterExpression>,
    };
  },
).expression;

export const arbitraryOrderBy: fc.Arbitrary<readonly OrderByItem[]> = fc.array(
  fc.record({
    kind: fc.constant('orderByItem' as const),
    expression: arbitraryExpression,
    direction: fc.constantFrom('asc' as const, 'desc' as const),
    position: fc.constant(position),
  }),
  { minLength: 1, maxLength: 3 },
);

export const arbitrarySelect: fc.Arbitrary<readonly SelectItem[]> = fc.array(
  fc.record({
    kind: fc.constant('selectItem' as const),
    path: fc.oneof(fc.constant(['*']), fc.array(name, { minLength: 1, maxLength: 3 })),
    position: fc.constant(position),
  }),
  { minLength: 1, maxLength: 4 },
);

/** Query options as an expand item may hold them. */
const arbitraryNestedOptions = (expand: fc.Arbitrary<readonly ExpandItem[]>): fc.Arbitrary<QueryOptions> =>
  fc.record(
    {
      filter: arbitraryExpression,
      select: arbitrarySelect,
      orderby: arbitraryOrderBy,
      expand,
      top: fc.nat(),
      skip: fc.nat(),
      count: fc.boolean(),
      custom: fc.constant({}),
    },
    { requiredKeys: ['custom'] },
  );

export const arbitraryExpand: fc.Arbitrary<readonly ExpandItem[]> = fc.letrec<{ expand: readonly ExpandItem[] }>(
  (tie) => ({
    expand: fc.array(
      fc.record({
        kind: fc.constant('expandItem' as const),
        path: fc.array(name, { minLength: 1, maxLength: 2 }),
        options: fc.oneof(
          { depthSize: 'small' },
          fc.constant<QueryOptions>({ custom: {} }),
          arbitraryNestedOptions(tie('expand')),
        ),
        position: fc.constant(position),
      }),
      { minLength: 1, maxLength: 2 },
    ),
  }),
).expand;

export const arbitraryKeyPredicate: fc.Arbitrary<KeyPredicate> = fc
  .oneof(
    arbitraryLiteral.map((value) => [{ name: undefined, value, position }]),
    fc.uniqueArray(fc.record({ name, value: arbitraryLiteral, position: fc.constant(position) }), {
      minLength: 1,
      maxLength: 4,
      selector: (part) => part.name,
    }),
  )
  .map((parts): KeyPredicate => ({ kind: 'keyPredicate', parts, position }));

/** Query options of a request, custom ones included. */
export const arbitraryQueryOptions: fc.Arbitrary<QueryOptions> = fc
  .tuple(
    arbitraryNestedOptions(arbitraryExpand),
    fc.dictionary(fc.constantFrom('cross-company', 'fetchXml', 'a b', 'a=b&c'), text.filter(isWellFormed)),
    fc.record({ skiptoken: text, format: text, search: text, apply: text }, { requiredKeys: [] }),
  )
  .map(([options, custom, raw]) => ({ ...options, ...raw, custom }));

function isWellFormed(value: string): boolean {
  return !/\p{Surrogate}/u.test(value);
}

/** The tree with all positions at zero, as it is compared. */
export function withoutPositions<T>(tree: T): T {
  return JSON.parse(
    JSON.stringify(tree, (key, value: unknown) => (key === 'position' ? 0 : value === undefined ? null : value)),
  ) as T;
}
