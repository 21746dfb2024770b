/** Generators of trees for property tests: all that the grammar has. Positions are zero, as those of built trees. */

import fc from 'fast-check';
import type { Literal } from '../literal/literal.ts';
import type { ApplySequence, ApplyTransformation } from './tree/apply-transformation.ts';
import type { ComputeItem } from './tree/compute-item.ts';
import type { AggregateItem, FilterExpression, PropertyPath } from './tree/filter-expression.ts';
import type { KeyPredicate } from './tree/key-predicate.ts';
import type { OrderByItem } from './tree/order-by-item.ts';
import type { ParameterAlias } from './tree/parameter-alias.ts';
import type { ExpandItem, QueryOptions, SelectItem } from './tree/query-options.ts';
import type { PathSegment, ResourcePath } from './tree/request-uri.ts';
import type { SearchExpression } from './tree/search-expression.ts';

const position = 0;
const at = fc.constant(position);
const name = fc.constantFrom('Name', 'dataAreaId', '_primarycontactid_value', 'Größe', 'eq1', 'andy', 'nullable', 'x');
const typeName = fc.constantFrom('Ns.Type', 'Edm.String', 'Microsoft.Dynamics.DataEntities.NoYes');
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom("O'Neil", "''", 'a/b?c#d&e=f%41+g', "');--", ' ', '', '日本', '2026-01-01', '"q"', '{[:,]}'),
);

const literal = (type: Literal['type'], value: string): Literal => ({ kind: 'literal', type, text: value, position });

/** Literals that may be keys. */
const arbitraryKeyLiteral: fc.Arbitrary<Literal> = fc.oneof(
  text.map((value) => literal('Edm.String', value)),
  fc.integer().map((value) => literal('Edm.Int32', String(value))),
  fc
    .bigInt({ min: 3_000_000_000n, max: 9_223_372_036_854_775_807n })
    .map((value) => literal('Edm.Int64', String(value))),
  fc.integer().map((value) => literal('Edm.Decimal', `${value}.50`)),
  fc.boolean().map((value) => literal('Edm.Boolean', String(value))),
  fc.uuid().map((value) => literal('Edm.Guid', value)),
  fc.constantFrom('2026-07-30', '1900-01-01', '-0044-03-15').map((value) => literal('Edm.Date', value)),
  fc
    .constantFrom('2026-07-30T12:00:00Z', '2026-07-30T12:00+02:00', '2154-12-31T23:59:59.1234567-11:30')
    .map((value) => literal('Edm.DateTimeOffset', value)),
  fc.constantFrom('07:59', '07:59:59.999', '23:59:60').map((value) => literal('Edm.TimeOfDay', value)),
  fc.constantFrom('PT1H30M', '-P1DT0.5S').map((value) => literal('Edm.Duration', value)),
  fc
    .constantFrom('Yes', 'Read,Write', '7')
    .map((value): Literal => ({ ...literal('enum', value), enumType: 'Microsoft.Dynamics.DataEntities.NoYes' })),
);

/** Literals of all types. */
export const arbitraryLiteral: fc.Arbitrary<Literal> = fc.oneof(
  { weight: 3, arbitrary: arbitraryKeyLiteral },
  fc.integer().map((value) => literal('Edm.Double', `${value}e-3`)),
  fc.constantFrom('INF', '-INF', 'NaN').map((value) => literal('Edm.Double', value)),
  fc.constant(literal('null', 'null')),
  fc.constantFrom('', 'AQID', 'q-8').map((value) => literal('Edm.Binary', value)),
  fc.constantFrom(
    literal('Edm.GeographyPoint', 'SRID=4326;Point(142.1 64.1)'),
    literal('Edm.GeometryLineString', 'SRID=0;LineString(1 2,3 4.5e1)'),
    literal('Edm.GeographyPolygon', 'SRID=4326;Polygon((0 0,1 0,1 1,0 0))'),
    literal('Edm.GeometryCollection', 'SRID=0;GeometryCollection(Point(1 2 3),MultiPoint((1 2),(3 4)))'),
  ),
);

const arbitraryAlias: fc.Arbitrary<ParameterAlias> = fc.record({
  kind: fc.constant('parameterAlias' as const),
  name: fc.constantFrom('p1', 'c'),
  position: at,
});

const path: fc.Arbitrary<PropertyPath> = fc
  .oneof(
    fc.array(name, { minLength: 1, maxLength: 3 }),
    fc.tuple(fc.constantFrom('$it', '$this'), name),
    fc.tuple(fc.constant('$root'), name),
    fc.tuple(name, fc.constantFrom('Ns.Type', '@Ns.Term', '@Ns.Term#Q', '$count')),
  )
  .map((names) => ({ kind: 'propertyPath', path: names, position }));

/** A path that may stand before a key, a lambda or a filter. */
const collection: fc.Arbitrary<PropertyPath> = fc
  .oneof(fc.array(name, { minLength: 1, maxLength: 2 }), fc.tuple(fc.constantFrom('$it', '$root'), name))
  .map((names) => ({ kind: 'propertyPath', path: names, position }));

export const arbitraryKeyPredicate: fc.Arbitrary<KeyPredicate> = fc
  .oneof(
    fc.oneof(arbitraryKeyLiteral, arbitraryAlias).map((value) => [{ name: undefined, value, position }]),
    fc.uniqueArray(fc.record({ name, value: fc.oneof(arbitraryKeyLiteral, arbitraryAlias), position: at }), {
      minLength: 1,
      maxLength: 4,
      selector: (part) => part.name,
    }),
  )
  .map((parts): KeyPredicate => ({ kind: 'keyPredicate', parts, position }));

const word = fc
  .constantFrom('a', 'Größe', 'x-1', 'AND', 'OR', 'NOT', "it's", '5')
  .filter((value) => !/^[A-Z]+$/.test(value));

export const arbitrarySearch: fc.Arbitrary<SearchExpression> = fc.oneof(
  fc.letrec<{ search: SearchExpression }>((tie) => ({
    search: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      word.map((value): SearchExpression => ({ kind: 'searchTerm', form: 'word', text: value, position })),
      fc
        .constantFrom('a b', "it's (so)", 'AND', ';')
        .map((value): SearchExpression => ({ kind: 'searchTerm', form: 'phrase', text: value, position })),
      tie('search').map((operand): SearchExpression => ({ kind: 'searchNot', operand, position })),
      fc.record({
        kind: fc.constant('searchLogical' as const),
        operator: fc.constantFrom('and' as const, 'or' as const),
        left: tie('search'),
        right: tie('search'),
        position: at,
      }),
    ),
  })).search,
  text.map((value): SearchExpression => ({ kind: 'searchTerm', form: 'text', text: value, position })),
);

const unary = fc.constantFrom('length', 'tolower', 'year', 'round', 'geo.length', 'totalseconds');
const binary = fc.constantFrom('contains', 'concat', 'matchesPattern', 'geo.distance', 'hassubset');

function argument(value: fc.Arbitrary<FilterExpression>, named: boolean) {
  return fc.record({
    kind: fc.constant('functionArgument' as const),
    name: named ? fc.constantFrom('PropertyName', 'PropertyValue') : fc.constant(undefined),
    value,
    position: at,
  });
}

/** Calls, and what else has parentheses of its own. */
function calls(inner: fc.Arbitrary<FilterExpression>): readonly fc.Arbitrary<FilterExpression>[] {
  const call = (names: fc.Arbitrary<string>, count: number) =>
    fc.record({
      kind: fc.constant('functionCall' as const),
      name: names,
      arguments: fc.array(argument(inner, false), { minLength: count, maxLength: count }),
      position: at,
    });
  return [
    call(unary, 1),
    call(binary, 2),
    call(fc.constant('substring'), 3),
    call(fc.constant('now'), 0),
    fc.record({
      kind: fc.constant('functionCall' as const),
      name: fc.constant('Microsoft.Dynamics.CRM.LastXDays'),
      arguments: fc.array(argument(inner, true), { maxLength: 2 }),
      position: at,
    }),
    fc.record({
      kind: fc.constant('typeFunction' as const),
      name: fc.constantFrom('cast' as const, 'isof' as const),
      operand: fc.oneof(inner, fc.constant(undefined)),
      typeName: fc.oneof(
        typeName,
        typeName.map((item) => `Collection(${item})`),
      ),
      position: at,
    }),
    fc.record({
      kind: fc.constant('case' as const),
      branches: fc.array(fc.record({ condition: inner, value: inner }), { minLength: 1, maxLength: 2 }),
      position: at,
    }),
    fc.record({ kind: fc.constant('array' as const), items: fc.array(inner, { maxLength: 3 }), position: at }),
    fc.record({
      kind: fc.constant('object' as const),
      members: fc.array(fc.record({ name: text, value: inner }), { maxLength: 2 }),
      position: at,
    }),
  ] as readonly fc.Arbitrary<FilterExpression>[];
}

/** Keys, lambdas, filters, counts and calls behind a path, and paths behind those. */
function steps(inner: fc.Arbitrary<FilterExpression>): readonly fc.Arbitrary<FilterExpression>[] {
  const lookup = fc.record({
    kind: fc.constant('keyLookup' as const),
    source: collection.filter(({ path: names }) => names.length > 1),
    key: arbitraryKeyPredicate,
    position: at,
  });
  const filtered = fc.record({
    kind: fc.constant('filteredCollection' as const),
    source: collection,
    predicate: inner,
    position: at,
  });
  const source = fc.oneof(lookup, filtered) as fc.Arbitrary<FilterExpression>;
  return [
    lookup,
    filtered,
    fc.record({
      kind: fc.constant('lambda' as const),
      operator: fc.constantFrom('any', 'all'),
      collection: fc.oneof(collection, filtered),
      variable: fc.constant('o'),
      predicate: inner,
      position: at,
    }),
    collection.map((of) => ({
      kind: 'lambda',
      operator: 'any',
      collection: of,
      variable: undefined,
      predicate: undefined,
      position,
    })),
    fc.record({
      kind: fc.constant('member' as const),
      source,
      path: fc.array(name, { minLength: 1, maxLength: 2 }),
      position: at,
    }),
    fc.record(
      {
        kind: fc.constant('countOf' as const),
        source: collection,
        filter: inner,
        search: arbitrarySearch,
        position: at,
      },
      { requiredKeys: ['kind', 'source', 'filter', 'position'] },
    ),
    fc.record({
      kind: fc.constant('functionCall' as const),
      source,
      name: fc.constant('Ns.Bound'),
      arguments: fc.array(argument(inner, true), { maxLength: 1 }),
      position: at,
    }),
  ] as readonly fc.Arbitrary<FilterExpression>[];
}

function operators(inner: fc.Arbitrary<FilterExpression>): readonly fc.Arbitrary<FilterExpression>[] {
  const binaryNode = (kind: string, names: readonly string[]) =>
    fc.record({
      kind: fc.constant(kind),
      operator: fc.constantFrom(...names),
      left: inner,
      right: inner,
      position: at,
    });
  const flags = fc.oneof(
    arbitraryLiteral.filter(({ type }) => type === 'enum'),
    fc.constantFrom('Yellow', 'Yellow,Blue', '7').map((value) => literal('Edm.String', value)),
  );
  return [
    binaryNode('comparison', ['eq', 'ne', 'gt', 'ge', 'lt', 'le']),
    binaryNode('logical', ['and', 'or']),
    binaryNode('arithmetic', ['add', 'sub', 'mul', 'div', 'divby', 'mod']),
    fc.record({
      kind: fc.constant('comparison'),
      operator: fc.constant('has'),
      left: inner,
      right: fc.oneof(flags, arbitraryAlias),
      position: at,
    }),
    fc.record({ kind: fc.constantFrom('not', 'negate'), operand: inner, position: at }),
    fc.record({
      kind: fc.constant('inList' as const),
      operand: inner,
      items: fc.array(fc.oneof(arbitraryLiteral, arbitraryAlias), { maxLength: 3 }),
      position: at,
    }),
    fc.record({
      kind: fc.constant('inCollection' as const),
      operand: inner,
      collection: inner.filter(({ kind }) => kind !== 'literal'),
      position: at,
    }),
  ] as readonly fc.Arbitrary<FilterExpression>[];
}

/** Expressions of every kind of node, without regard to types. */
export const arbitraryExpression: fc.Arbitrary<FilterExpression> = fc.letrec<{ expression: FilterExpression }>(
  (tie) => {
    const inner = tie('expression');
    return {
      expression: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        arbitraryLiteral,
        path,
        arbitraryAlias,
        ...operators(inner),
        ...calls(inner),
        ...steps(inner),
      ) as fc.Arbitrary<FilterExpression>,
    };
  },
).expression;

export const arbitraryOrderBy: fc.Arbitrary<readonly OrderByItem[]> = fc.array(
  fc.record({
    kind: fc.constant('orderByItem' as const),
    expression: arbitraryExpression,
    direction: fc.constantFrom('asc' as const, 'desc' as const),
    position: at,
  }),
  { minLength: 1, maxLength: 3 },
);

export const arbitraryCompute: fc.Arbitrary<readonly ComputeItem[]> = fc.array(
  fc.record({ kind: fc.constant('computeItem' as const), expression: arbitraryExpression, alias: name, position: at }),
  { minLength: 1, maxLength: 2 },
);

const arbitraryAggregateItem: fc.Arbitrary<AggregateItem> = fc.oneof(
  fc.record({
    kind: fc.constant('aggregateItem' as const),
    expression: fc.oneof(
      fc.array(name, { minLength: 1, maxLength: 2 }).map(namePath),
      arbitraryExpression.filter(isNoCount),
    ),
    method: fc.constantFrom('sum', 'average', 'countdistinct', 'Ns.Median'),
    from: fc.array(
      fc.record({
        properties: fc.array(
          name.map((one) => namePath([one])),
          { minLength: 1, maxLength: 2 },
        ),
        method: fc.constantFrom('max', 'Ns.Median'),
      }),
      {
        maxLength: 2,
      },
    ),
    alias: name,
    position: at,
  }),
  fc.constant<AggregateItem>({
    kind: 'aggregateItem',
    expression: namePath(['$count']),
    method: undefined,
    from: [],
    alias: 'Count',
    position,
  }),
  name.map((custom): AggregateItem => {
    return {
      kind: 'aggregateItem',
      expression: namePath([custom]),
      method: undefined,
      from: [],
      alias: undefined,
      position,
    };
  }),
);

function isNoCount(tree: FilterExpression): boolean {
  if (tree.kind === 'countOf') return false;
  return tree.kind !== 'propertyPath' || tree.path.at(-1) !== '$count';
}

function namePath(names: readonly string[]): PropertyPath {
  return { kind: 'propertyPath', path: names, position };
}

/** Apply sequences of most transformations; hierarchies have vectors of their own. */
export const arbitraryApply: fc.Arbitrary<ApplySequence> = fc.letrec<{ sequence: ApplySequence }>((tie) => {
  const sequence = tie('sequence');
  const transformation = fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constant<ApplyTransformation>({ kind: 'identity', position }),
    fc.record({ kind: fc.constantFrom('skip' as const, 'top' as const), count: fc.nat(), position: at }),
    fc.record({ kind: fc.constant('filter' as const), predicate: arbitraryExpression, position: at }),
    fc.record({ kind: fc.constant('search' as const), expression: arbitrarySearch, position: at }),
    fc.record({ kind: fc.constant('orderby' as const), items: arbitraryOrderBy, position: at }),
    fc.record({ kind: fc.constant('compute' as const), items: arbitraryCompute, position: at }),
    fc.record({
      kind: fc.constant('aggregate' as const),
      items: fc.array(arbitraryAggregateItem, { minLength: 1, maxLength: 2 }),
      position: at,
    }),
    fc.record({
      kind: fc.constantFrom('topcount' as const, 'bottompercent' as const),
      amount: arbitraryExpression,
      by: arbitraryExpression,
      position: at,
    }),
    fc.record({
      kind: fc.constant('concat' as const),
      sequences: fc.array(sequence, { minLength: 2, maxLength: 2 }),
      position: at,
    }),
    fc.record(
      {
        kind: fc.constant('groupby' as const),
        groups: fc.array(
          fc.oneof(
            fc.array(name, { minLength: 1, maxLength: 2 }).map(namePath),
            fc.record({
              kind: fc.constant('rollup' as const),
              properties: fc.array(
                name.map((one) => namePath([one])),
                { minLength: 1, maxLength: 2 },
              ),
              position: at,
            }),
          ),
          { minLength: 1, maxLength: 2 },
        ),
        apply: sequence,
        position: at,
      },
      { requiredKeys: ['kind', 'groups', 'position'] },
    ),
    fc.record(
      {
        kind: fc.constant('join' as const),
        property: name.map((one) => namePath([one])),
        alias: name,
        apply: sequence,
        position: at,
      },
      { requiredKeys: ['kind', 'property', 'alias', 'position'] },
    ),
    fc.record({
      kind: fc.constant('nest' as const),
      items: fc.array(fc.record({ apply: sequence, alias: name }), { minLength: 1, maxLength: 2 }),
      position: at,
    }),
  ) as fc.Arbitrary<ApplyTransformation>;
  return { sequence: fc.array(transformation, { minLength: 1, maxLength: 2 }) };
}).sequence;

type Select = readonly SelectItem[];
type Expand = readonly ExpandItem[];

/** Query options as a select or expand item may hold them; `select` and `expand` nest. */
const nested = fc.letrec<{ select: Select; expand: Expand; selectOptions: QueryOptions; expandOptions: QueryOptions }>(
  (tie) => {
    const selectOptions = {
      filter: arbitraryExpression,
      search: arbitrarySearch,
      orderby: arbitraryOrderBy,
      select: tie('select'),
      compute: arbitraryCompute,
      top: fc.nat(),
      skip: fc.nat(),
      count: fc.boolean(),
      aliases: fc.record({ p1: arbitraryExpression }),
    };
    const expandOptions = {
      ...selectOptions,
      expand: tie('expand'),
      apply: arbitraryApply,
      levels: fc.oneof(fc.integer({ min: 1, max: 99 }), fc.constant('max' as const)),
    };
    const item = {
      kind: fc.constant('selectItem' as const),
      position: at,
      path: fc.oneof(
        fc.array(name, { minLength: 1, maxLength: 3 }),
        fc.tuple(fc.constant('Ns.Type'), name),
        fc.constant(['@Ns.Term#Q']),
      ),
    };
    return {
      select: fc.array(
        fc.oneof(
          { depthSize: 'small' },
          fc.constantFrom<SelectItem>(
            { kind: 'selectItem', path: ['*'], position },
            { kind: 'selectItem', path: ['Ns.*'], position },
          ),
          fc.record(item),
          fc.record({
            ...item,
            path: fc.constant(['Ns.Function']),
            parameterNames: fc.array(name, { minLength: 1, maxLength: 2 }),
          }),
          fc.record({ ...item, options: tie('selectOptions') }),
        ),
        { minLength: 1, maxLength: 3 },
      ),
      expand: fc.array(
        fc.oneof(
          { depthSize: 'small' },
          fc.constantFrom<ExpandItem>(
            { kind: 'expandItem', path: ['*'], options: { custom: {} }, position },
            { kind: 'expandItem', path: ['*', '$ref'], options: { custom: {} }, position },
            { kind: 'expandItem', path: ['*'], options: { levels: 2, custom: {} }, position },
            { kind: 'expandItem', path: ['$value'], options: { custom: {} }, position },
            { kind: 'expandItem', path: ['Orders', '$count'], options: { custom: {} }, position },
          ),
          fc.record({
            kind: fc.constant('expandItem' as const),
            path: fc.array(name, { minLength: 1, maxLength: 2 }),
            options: fc.oneof({ depthSize: 'small' }, fc.constant<QueryOptions>({ custom: {} }), tie('expandOptions')),
            position: at,
          }),
        ),
        { minLength: 1, maxLength: 2 },
      ),
      selectOptions: someOf(selectOptions),
      expandOptions: someOf(expandOptions),
    };
  },
);

/** One or more of these options. */
function someOf(options: { readonly [name: string]: fc.Arbitrary<unknown> }): fc.Arbitrary<QueryOptions> {
  return fc
    .record({ ...options, custom: fc.constant({}) }, { requiredKeys: ['custom'] })
    .filter((some) => Object.keys(some).length > 1) as fc.Arbitrary<QueryOptions>;
}

export const arbitrarySelect: fc.Arbitrary<readonly SelectItem[]> = nested.select;
export const arbitraryExpand: fc.Arbitrary<readonly ExpandItem[]> = nested.expand;

/** Query options of a request, custom ones included. */
export const arbitraryQueryOptions: fc.Arbitrary<QueryOptions> = fc
  .tuple(
    nested.expandOptions.map(({ levels: _levels, ...options }) => options),
    fc.dictionary(fc.constantFrom('cross-company', 'fetchXml', 'a b', 'a=b&c'), text.filter(isWellFormed)),
    fc.record(
      {
        index: fc.integer(),
        skiptoken: fc.constantFrom('<cookie pagenumber="2" />', 'a&b', '5'),
        deltatoken: fc.constant('919042!08/22/2017'),
        format: fc.constantFrom('json', 'application/json;odata.metadata=full'),
        schemaversion: fc.constantFrom('*', '2.0-x'),
      },
      { requiredKeys: [] },
    ),
  )
  .map(([options, custom, raw]) => ({ ...options, ...raw, custom }));

const segment: fc.Arbitrary<PathSegment> = fc.oneof(
  fc.record({ kind: fc.constant('name' as const), name, position: at }),
  fc.record({ kind: fc.constant('name' as const), name, key: arbitraryKeyPredicate, position: at }),
  fc.record({ kind: fc.constant('qualifiedName' as const), name: typeName, position: at }),
  fc.record({
    kind: fc.constant('qualifiedName' as const),
    name: typeName,
    parameters: fc.array(argument(fc.oneof(arbitraryLiteral, arbitraryAlias), true), { maxLength: 2 }),
    position: at,
  }),
  fc.record({
    kind: fc.constant('keySegment' as const),
    text: fc.constantFrom('4711', '-1', 'US-001', '5 %/x'),
    position: at,
  }),
  fc.record({ kind: fc.constant('filterSegment' as const), predicate: arbitraryExpression, position: at }),
) as fc.Arbitrary<PathSegment>;

/** Paths that begin with a name and may end with a system segment. */
export const arbitraryResourcePath: fc.Arbitrary<ResourcePath> = fc
  .tuple(
    fc.record({ kind: fc.constant('name' as const), name, position: at }),
    fc.array(segment, { maxLength: 3 }),
    fc.constantFrom('$count', '$ref', '$value', '$each', undefined),
  )
  .map(([first, rest, last]): ResourcePath => {
    return last === undefined ? [first, ...rest] : [first, ...rest, { kind: 'system', name: last, position }];
  });

function isWellFormed(value: string): boolean {
  return !/\p{Surrogate}/u.test(value);
}

/** The tree with all positions at zero, as it is compared. */
export function withoutPositions<T>(tree: T): T {
  return JSON.parse(
    JSON.stringify(tree, (key, value: unknown) => (key === 'position' ? 0 : value === undefined ? null : value)),
  ) as T;
}
