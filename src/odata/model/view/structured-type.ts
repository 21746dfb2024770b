/** Entity types and complex types of a model. Members are made when first asked for. */

import { attributeOf, type CsdlImage, childrenOf, flagOf, requiredOf } from '../image/csdl-image.ts';
import type { Declared } from '../image/image-index.ts';
import { word } from '../image/vocabulary.ts';
import type { ComplexType, EntityType, NavigationProperty, Property, PropertyRef, StructuredType } from '../model.ts';
import { readAlternateKeys } from './alternate-keys.ts';
import { byName, once } from './frozen.ts';
import { annotated, typeReferenceOf, type ViewContext } from './view-context.ts';

/** An entity type (OData CSDL 4.01 6). */
export function createEntityType(
  context: ViewContext,
  declared: Declared,
  baseOf: (name: string) => EntityType | undefined,
): EntityType {
  const structured = createStructuredType(context, declared, baseOf);
  const base = () => (structured.baseType === undefined ? undefined : baseOf(structured.baseType));
  const keyParts = once((): readonly PropertyRef[] => {
    const own = keyPartsOf(context.image, declared.node);
    return own.length > 0 ? own : (base()?.keyParts ?? own);
  });
  const key = once(() => Object.freeze(keyParts().map(({ path, alias }) => alias ?? path)));
  const alternateKeys = once(() =>
    Object.freeze([...(base()?.alternateKeys ?? []), ...readAlternateKeys(structured.annotations)]),
  );
  return Object.freeze(
    Object.defineProperties(structured, {
      kind: { value: 'entityType', enumerable: true },
      hasStream: {
        get: () => flagOf(context.image, declared.node, 'HasStream', base()?.hasStream ?? false),
        enumerable: true,
      },
      keyParts: { get: keyParts, enumerable: true },
      key: { get: key, enumerable: true },
      alternateKeys: { get: alternateKeys, enumerable: true },
    }),
  ) as EntityType;
}

/** A complex type (OData CSDL 4.01 9). */
export function createComplexType(
  context: ViewContext,
  declared: Declared,
  baseOf: (name: string) => ComplexType | undefined,
): ComplexType {
  const structured = createStructuredType(context, declared, baseOf);
  return Object.freeze(
    Object.defineProperties(structured, { kind: { value: 'complexType', enumerable: true } }),
  ) as ComplexType;
}

function createStructuredType(
  context: ViewContext,
  { node, name, namespace, qualifiedName }: Declared,
  baseOf: (name: string) => StructuredType | undefined,
): StructuredType {
  const { image } = context;
  const written = attributeOf(image, node, 'BaseType');
  const baseType = written === undefined ? undefined : context.resolve(written);
  const base = () => (baseType === undefined ? undefined : baseOf(baseType));
  const own = once(() =>
    Object.freeze(childrenOf(image, node, word.Property).map((child) => propertyOf(context, child, qualifiedName))),
  );
  const ownNavigation = once(() =>
    Object.freeze(
      childrenOf(image, node, word.NavigationProperty).map((child) =>
        navigationPropertyOf(context, child, qualifiedName),
      ),
    ),
  );
  const properties = once(() => withInherited(base()?.properties, own()));
  const navigationProperties = once(() => withInherited(base()?.navigationProperties, ownNavigation()));
  const propertiesByName = once(() => byName(properties()));
  const navigationByName = once(() => byName(navigationProperties()));
  const annotations = once(() => context.annotations.of(node, qualifiedName));
  return {
    name,
    namespace,
    qualifiedName,
    ...(baseType === undefined ? {} : { baseType }),
    isAbstract: flagOf(image, node, 'Abstract', false),
    get isOpen() {
      return flagOf(image, node, 'OpenType', base()?.isOpen ?? false);
    },
    get properties() {
      return properties();
    },
    property: (wanted) => propertiesByName().get(wanted),
    get navigationProperties() {
      return navigationProperties();
    },
    navigationProperty: (wanted) => navigationByName().get(wanted),
    get declaredProperties() {
      return own();
    },
    get declaredNavigationProperties() {
      return ownNavigation();
    },
    get annotations() {
      return annotations();
    },
  };
}

/** Members of the base type first; one that is declared again takes the place of the inherited one (OData 4.01). */
function withInherited<T extends { readonly name: string }>(
  inherited: readonly T[] | undefined,
  own: readonly T[],
): readonly T[] {
  if (inherited === undefined || inherited.length === 0) return own;
  if (own.length === 0) return inherited;
  const members = new Map(inherited.map((member) => [member.name, member]));
  for (const member of own) members.set(member.name, member);
  return Object.freeze([...members.values()]);
}

function keyPartsOf(image: CsdlImage, node: number): readonly PropertyRef[] {
  const parts = childrenOf(image, node, word.Key).flatMap((key) => childrenOf(image, key, word.PropertyRef));
  return Object.freeze(
    parts.map((part) => {
      const path = requiredOf(image, part, 'Name');
      const alias = attributeOf(image, part, 'Alias');
      return Object.freeze(alias === undefined || alias === '' ? { path } : { path, alias });
    }),
  );
}

function propertyOf(context: ViewContext, node: number, owner: string): Property {
  const name = requiredOf(context.image, node, 'Name');
  const defaultValue = attributeOf(context.image, node, 'DefaultValue');
  return Object.freeze({
    name,
    ...typeReferenceOf(context, node),
    ...(defaultValue === undefined ? {} : { defaultValue }),
    annotations: context.annotations.of(node, `${owner}/${name}`),
  });
}

function navigationPropertyOf(context: ViewContext, node: number, owner: string): NavigationProperty {
  const { image } = context;
  const name = requiredOf(image, node, 'Name');
  const { type, isCollection } = context.typeOf(requiredOf(image, node, 'Type'));
  const partner = attributeOf(image, node, 'Partner');
  const [onDelete] = childrenOf(image, node, word.OnDelete);
  return Object.freeze({
    name,
    type,
    isCollection,
    isNullable: isCollection || flagOf(image, node, 'Nullable', true),
    ...(partner === undefined ? {} : { partner }),
    containsTarget: flagOf(image, node, 'ContainsTarget', false),
    referentialConstraints: constraintsOf(context, node),
    ...(onDelete === undefined
      ? {}
      : {
          onDelete: Object.freeze({ action: requiredOf(image, onDelete, 'Action'), ...annotated(context, onDelete) }),
        }),
    annotations: context.annotations.of(node, `${owner}/${name}`),
  });
}

function constraintsOf(context: ViewContext, node: number): NavigationProperty['referentialConstraints'] {
  const { image } = context;
  const constraints = childrenOf(image, node, word.ReferentialConstraint);
  if (constraints.length === 0) return noConstraints;
  return Object.freeze(
    constraints.map((constraint) =>
      Object.freeze({
        property: requiredOf(image, constraint, 'Property'),
        referencedProperty: requiredOf(image, constraint, 'ReferencedProperty'),
        ...annotated(context, constraint),
      }),
    ),
  );
}

const noConstraints: NavigationProperty['referentialConstraints'] = Object.freeze([]);
