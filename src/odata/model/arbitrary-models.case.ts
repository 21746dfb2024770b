/** Generated models, with all that CSDL has. */

import fc from 'fast-check';
import type { JsonValue } from '../../base/json.ts';
import type { Annotations, Model } from './model.ts';
import type {
  ContainerData,
  EntityTypeData,
  ModelData,
  NavigationPropertyData,
  OperationData,
  PropertyData,
  SchemaData,
  TypeReferenceData,
} from './model-data.ts';

const namespaces = ['Ns.One', 'Ns.Two'] as const;
const terms = ['Org.OData.Core.V1.Description', 'Core.Computed', 'Ns.One.Tag', 'self.Other', 'Far.Away.V1.Term'];
const types = ['Edm.String', 'Edm.Int32', 'Edm.Boolean', 'Edm.DateTimeOffset', 'Edm.GeographyPoint', 'Edm.Stream'];

const name = fc.oneof(
  { weight: 6, arbitrary: fc.stringMatching(/^[A-Z][a-z0-9_]{0,6}$/) },
  fc.constantFrom('__proto__', 'constructor', 'toString', 'Größe', '一', '_x'),
);
const text = fc.string({ unit: fc.constantFrom(...'ab <>&"\'\t\n\r]{}$@#.', 'ä', '😀'), maxLength: 8 });
const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));

/** An object with some of the members, each of which may be left out. */
function some<T>(members: { [Name in keyof T]: fc.Arbitrary<T[Name]> }): fc.Arbitrary<Partial<T>> {
  return fc.record(members, { requiredKeys: [] }) as fc.Arbitrary<Partial<T>>;
}

const constant: fc.Arbitrary<JsonValue> = fc.oneof(
  text,
  fc.boolean(),
  fc.integer(),
  fc.constantFrom<JsonValue>(null, 3.25, -0.5, 9007199254740993n, { $Decimal: '1.50' }, { $Float: 'INF' }),
  fc.constantFrom<JsonValue>({ $Date: '2000-01-01' }, { $Duration: 'PT1S' }, { $Guid: '0-0' }, { $Binary: 'AA' }),
  fc
    .constantFrom('EnumMember', 'PropertyPath', 'AnnotationPath', 'Path', 'ModelElementPath', 'TimeOfDay')
    .chain((kind) => text.map((each): JsonValue => ({ [`$${kind}`]: each }))),
);

const { expression } = fc.letrec<{ expression: JsonValue }>((tie) => {
  const pair = fc.tuple(tie('expression'), tie('expression'));
  const annotated = fc.constantFrom<Record<string, JsonValue>>(
    {},
    { '@Ns.One.Tag': true, '@Ns.One.Tag@Far.Away.V1.Term': 1 },
  );
  const dynamic = (members: fc.Arbitrary<Record<string, JsonValue>>) =>
    fc.tuple(members, annotated).map(([object, more]): JsonValue => ({ ...object, ...more }));
  const one = fc.constantFrom('$Not', '$Neg');
  const two = fc.constantFrom('$And', '$Or', '$Eq', '$Ne', '$Gt', '$Le', '$Has', '$In', '$Add', '$DivBy', '$Mod');
  return {
    expression: fc.oneof(
      { depthSize: 'small' },
      constant,
      fc.array(tie('expression'), { maxLength: 3 }),
      dynamic(fc.tuple(one, tie('expression')).map(([kind, operand]) => ({ [kind]: operand }))),
      dynamic(fc.tuple(two, pair).map(([kind, operands]) => ({ [kind]: operands }))),
      dynamic(
        fc
          .tuple(pair, fc.boolean())
          .map(([[first, second], three]) => ({ $If: three ? [first, second, 1] : [first, second] })),
      ),
      dynamic(pair.map((operands) => ({ $Apply: operands, $Function: 'odata.concat' }))),
      dynamic(
        tie('expression').map((each) => ({
          $Cast: each,
          $Type: 'Edm.String',
          $Collection: true,
          $MaxLength: 3,
          $Unicode: false,
        })),
      ),
      dynamic(tie('expression').map((each) => ({ $IsOf: each, $Type: 'Ns.One.Type' }))),
      dynamic(tie('expression').map((each) => ({ $LabeledElement: each, $Name: 'label' }))),
      dynamic(
        pair.map(([each]) => ({ $UrlRef: each as JsonValue })).filter(({ $UrlRef }) => typeof $UrlRef !== 'string'),
      ),
      fc.constantFrom<JsonValue>(
        { $LabeledElementReference: 'self.label' },
        { $Null: null, '@Ns.One.Tag': 'why' },
        { $UrlRef: 'http://a/' },
      ),
      record(tie('expression')),
    ),
  };
});

/** Members of records are not called like annotations or expressions. */
function record(value: fc.Arbitrary<JsonValue>): fc.Arbitrary<JsonValue> {
  return fc
    .tuple(
      fc.option(fc.constant('Ns.One.Record'), { nil: undefined }),
      fc.uniqueArray(fc.tuple(name, value), { maxLength: 3, selector: ([key]) => key }),
    )
    .map(([type, members]) =>
      Object.fromEntries([
        ...(type === undefined ? [] : [['@type', type]]),
        ...members.flatMap(([key, member], index) =>
          index === 0
            ? [
                [key, member],
                [`${key}@Far.Away.V1.Term`, 'of a property'],
              ]
            : [[key, member]],
        ),
        ['@Far.Away.V1.Term', 'of the record'],
      ]),
    );
}

const annotationName = fc
  .tuple(fc.constantFrom(...terms), fc.option(fc.constantFrom('Q', 'Tablet'), { nil: undefined }))
  .map(([term, qualifier]) => (qualifier === undefined ? term : `${term}#${qualifier}`));
const annotations: fc.Arbitrary<Annotations> = fc
  .array(fc.tuple(annotationName, expression, fc.boolean()), { maxLength: 2 })
  .map((all) =>
    Object.fromEntries(
      all.flatMap(([key, value, isAnnotated]) =>
        isAnnotated
          ? [
              [key, value],
              [`${key}@Ns.One.Tag`, true],
              [`${key}@Ns.One.Tag@Core.Computed`, 'deep'],
            ]
          : [[key, value]],
      ),
    ),
  );

const typeReference: fc.Arbitrary<TypeReferenceData> = fc
  .tuple(
    fc.oneof(
      fc.constantFrom(...types),
      fc.constantFrom('Edm.Decimal', 'self.Short', 'Ns.Two.Colour', 'Edm.PrimitiveType'),
    ),
    some({
      isCollection: fc.boolean(),
      isNullable: fc.boolean(),
      maxLength: fc.constantFrom<number | 'max'>(1, 'max'),
      precision: fc.nat({ max: 12 }),
      unicode: fc.boolean(),
      srid: fc.constantFrom<number | 'variable'>(0, 'variable'),
    }),
    fc.constantFrom<number | 'variable' | 'floating'>(1, 'variable', 'floating'),
  )
  .map(([type, facets, scale]) => ({ type, ...facets, ...(type === 'Edm.Decimal' ? { scale } : {}) }));

const property: fc.Arbitrary<PropertyData> = fc
  .tuple(typeReference, some({ defaultValue: fc.constantFrom('true', '0', '01', '1e5', 'text'), annotations }))
  .map(([reference, more]) => ({ name: '', ...reference, ...more }));
const navigationProperty: fc.Arbitrary<NavigationPropertyData> = fc
  .record(
    {
      isCollection: fc.boolean(),
      isNullable: fc.boolean(),
      partner: path,
      containsTarget: fc.boolean(),
      referentialConstraints: fc.uniqueArray(
        fc.record(
          { property: path, referencedProperty: path, annotations },
          { requiredKeys: ['property', 'referencedProperty'] },
        ),
        { maxLength: 2, selector: (each) => each.property },
      ),
      onDelete: fc.record({ action: fc.constantFrom('Cascade', 'None'), annotations }, { requiredKeys: ['action'] }),
      annotations,
    },
    { requiredKeys: [] },
  )
  .map((members) => ({ name: '', type: 'Ns.One.Base', ...members }));

const members = fc
  .tuple(
    fc.uniqueArray(name, { maxLength: 6 }),
    fc.array(property, { minLength: 6, maxLength: 6 }),
    fc.array(navigationProperty, { minLength: 6, maxLength: 6 }),
    fc.nat({ max: 6 }),
  )
  .map(([names, properties, navigationProperties, count]) => ({
    properties: names
      .slice(0, count)
      .flatMap((each, index) => properties.slice(index, index + 1).map((data) => ({ ...data, name: each }))),
    navigationProperties: names
      .slice(count)
      .flatMap((each, index) => navigationProperties.slice(index, index + 1).map((data) => ({ ...data, name: each }))),
  }));

const entityType: fc.Arbitrary<EntityTypeData> = fc
  .tuple(
    members,
    some({
      isAbstract: fc.boolean(),
      isOpen: fc.boolean(),
      hasStream: fc.boolean(),
      annotations,
      key: fc.uniqueArray(fc.oneof(name, fc.record({ path, alias: name })), {
        minLength: 1,
        maxLength: 2,
        selector: (each) => (typeof each === 'string' ? each : each.alias),
      }),
      alternateKeys: fc.array(fc.uniqueArray(name, { minLength: 1, maxLength: 2 }), { maxLength: 2 }),
    }),
  )
  .map(([all, more]) => ({ name: '', ...all, ...more }));

const operation: fc.Arbitrary<OperationData> = fc.record(
  {
    name: fc.constantFrom('op', 'run', '__proto__'),
    isBound: fc.boolean(),
    entitySetPath: path,
    parameters: fc.uniqueArray(
      fc
        .tuple(name, typeReference, annotations)
        .map(([each, reference, more]) => ({ name: each, ...reference, annotations: more })),
      { maxLength: 3, selector: (each) => each.name },
    ),
    returnType: fc.tuple(typeReference, annotations).map(([reference, more]) => ({ ...reference, annotations: more })),
    annotations,
  },
  { requiredKeys: ['name'] },
);

const bindings = fc.uniqueArray(fc.record({ path, target: path }), { maxLength: 2, selector: (each) => each.path });
const container: fc.Arbitrary<ContainerData> = fc
  .tuple(
    fc.uniqueArray(name, { minLength: 4, maxLength: 4 }),
    some({ includeInServiceDocument: fc.boolean(), navigationBindings: bindings, annotations }),
    some({ isNullable: fc.boolean(), navigationBindings: bindings, annotations }),
    some({ entitySet: path, annotations }),
    some({ entitySet: path, includeInServiceDocument: fc.boolean(), annotations }),
    annotations,
  )
  .map(([[set = '', singleton = '', action = '', found = ''], ofSet, ofSingleton, ofAction, ofFunction, own]) => ({
    name: '',
    entitySets: [{ name: set, entityType: 'self.Base', ...ofSet }],
    singletons: [{ name: singleton, entityType: 'Ns.One.Base', ...ofSingleton }],
    actionImports: [{ name: action, operation: 'Ns.Two.op', ...ofAction }],
    functionImports: [{ name: found, operation: 'Ns.Two.runF', ...ofFunction }],
    annotations: own,
  }));

const first: fc.Arbitrary<SchemaData> = fc
  .tuple(fc.array(entityType, { minLength: 3, maxLength: 3 }), members, container, annotations, some({ annotations }))
  .map(([entityTypes, complex, base, own, more]) => ({
    namespace: namespaces[0],
    alias: 'self',
    entityTypes: entityTypes.map((type, index) => ({
      ...type,
      name: ['Base', 'Derived', 'Other'][index] ?? '',
      ...(index === 1 ? { baseType: 'self.Base' } : {}),
    })),
    complexTypes: [{ name: 'Complex', ...complex, ...more }],
    typeDefinitions: [{ name: 'Short', underlyingType: 'Edm.String', maxLength: 10, ...more }],
    container: { ...base, name: 'Container' },
    annotations: own,
  }));

const second: fc.Arbitrary<SchemaData> = fc
  .tuple(
    fc.array(operation, { maxLength: 3 }),
    fc.array(operation, { maxLength: 3 }),
    fc.uniqueArray(fc.tuple(name, fc.oneof(fc.integer(), fc.constant(2n ** 60n)), annotations), {
      maxLength: 3,
      selector: ([key]) => key,
    }),
    fc.tuple(
      typeReference,
      some({
        baseTerm: fc.constant('Ns.One.Tag'),
        defaultValue: fc.constantFrom('a', 'true'),
        appliesTo: fc.constant(['Property', 'Term']),
        annotations,
      }),
    ),
    fc.option(container, { nil: undefined }),
    fc.uniqueArray(
      fc.record({
        target: fc.constantFrom(
          'Ns.One.Base',
          'self.Complex/Name',
          'Ns.One.Container',
          'Ns.Two.op',
          'Ns.Two.runF()/$ReturnType',
          'Ns.Two.Colour',
        ),
        annotations,
      }),
      { maxLength: 2, selector: (each) => each.target },
    ),
  )
  .map(([actions, functions, members, [reference, more], extending, annotationGroups]) => ({
    namespace: namespaces[1],
    enumTypes: [
      {
        name: 'Colour',
        isFlags: true,
        underlyingType: 'Edm.Int64',
        members: members.map(([key, value, own]) => ({ name: key, value, annotations: own })),
      },
    ],
    terms: [{ name: 'Term', ...reference, ...more }],
    actions: overloadsTogether(actions),
    functions: overloadsTogether(functions).map((each) => ({
      ...each,
      name: `${each.name}F`,
      returnType: each.returnType ?? { type: 'Edm.String' },
      isComposable: each.isBound ?? true,
    })),
    ...(extending === undefined ? {} : { container: { ...extending, name: 'Extending', extends: 'self.Container' } }),
    annotationGroups,
  }));

/** JSON has the overloads of one name together. */
function overloadsTogether(operations: readonly OperationData[]): readonly OperationData[] {
  return operations.toSorted((left, right) => (left.name < right.name ? -1 : left.name > right.name ? 1 : 0));
}

/** A model of two schemas and a reference. */
export const arbitraryModelData: fc.Arbitrary<ModelData> = fc
  .tuple(first, second, fc.constantFrom('4.0', '4.01'), annotations)
  .map(([one, two, version, own]) => ({
    version,
    references: [
      {
        uri: 'http://example.org/core?a=1&b="2"',
        includes: [{ namespace: 'Org.OData.Core.V1', alias: 'Core', annotations: own }],
        includeAnnotations: [{ termNamespace: 'Far.Away.V1', qualifier: 'Tablet', targetNamespace: 'Ns.One' }],
        annotations: own,
      },
    ],
    schemas: [one, two],
  }));

/** All that a model holds as plain data, for comparing. */
export function factsOf(model: Model): unknown {
  return withoutFunctions(model);
}

function withoutFunctions(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutFunctions);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) =>
      typeof member === 'function' ? [] : [[key, withoutFunctions(member)]],
    ),
  );
}
