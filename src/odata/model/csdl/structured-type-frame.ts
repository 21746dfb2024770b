/** Frames of entity types and complex types (OData CSDL XML 4.01 6 to 9). */

import type { ReferentialConstraint } from '../model.ts';
import type { EntityTypeData, NavigationPropertyData, PropertyData, TypeReferenceData } from '../model-data.ts';
import { annotationFrame } from './annotation-frame.ts';
import { type AnnotationsDraft, type Attributes, type CsdlContext, type Frame, required } from './csdl-frame.ts';

/** The frame of an `EntityType` or a `ComplexType`. */
export function entityTypeFrame(
  attributes: Attributes,
  context: CsdlContext,
  done: (type: EntityTypeData) => void,
): Frame {
  const key: string[] = [];
  const properties: PropertyData[] = [];
  const navigationProperties: NavigationPropertyData[] = [];
  const annotations: AnnotationsDraft = {};
  const name = required(attributes, 'Name', 'EntityType or ComplexType', context);
  return {
    open(element, child) {
      switch (element) {
        case 'Property':
          return propertyFrame(child, context, properties);
        case 'NavigationProperty':
          return navigationPropertyFrame(child, context, navigationProperties);
        case 'Key':
          return {
            open: (reference, { Alias, Name }) =>
              void (reference === 'PropertyRef' && key.push(keyName(Alias ?? Name, context))),
          };
        case 'Annotation':
          return annotationFrame(child, annotations, context);
        default:
          return undefined;
      }
    },
    close: () =>
      done({
        name,
        ...(attributes.BaseType === undefined ? {} : { baseType: context.intern(attributes.BaseType) }),
        isAbstract: attributes.Abstract === 'true',
        isOpen: attributes.OpenType === 'true',
        ...(key.length === 0 ? {} : { key }),
        properties,
        navigationProperties,
        annotations,
      }),
  };
}

/** `Type` and `Nullable` of a parameter or return value. */
export function typeReference(attributes: Attributes, element: string, context: CsdlContext): TypeReferenceData {
  const { Type } = attributes;
  if (Type === undefined || Type === '') context.fail(`${element} has no Type`);
  const { type, isCollection } = context.typeOf(Type);
  return { type, isCollection, isNullable: attributes.Nullable !== 'false' };
}

function keyName(name: string | undefined, context: CsdlContext): string {
  return name === undefined ? context.fail('PropertyRef has no Name') : context.intern(name);
}

function propertyFrame(attributes: Attributes, context: CsdlContext, properties: PropertyData[]): Frame {
  const property: { -readonly [Member in keyof PropertyData]: PropertyData[Member] } = {
    name: required(attributes, 'Name', 'Property', context),
    ...typeReference(attributes, 'Property', context),
  };
  const { MaxLength, Precision, Scale, Unicode } = attributes;
  if (MaxLength !== undefined && MaxLength !== 'max') property.maxLength = whole(MaxLength, 'MaxLength', context);
  if (Precision !== undefined) property.precision = whole(Precision, 'Precision', context);
  if (Scale !== undefined) property.scale = scaleOf(Scale, context);
  if (Unicode !== undefined) property.unicode = Unicode === 'true';
  properties.push(property);
  return {
    open(name, child) {
      if (name !== 'Annotation') return undefined;
      const annotations: AnnotationsDraft = property.annotations ?? {};
      property.annotations = annotations;
      return annotationFrame(child, annotations, context);
    },
  };
}

function navigationPropertyFrame(
  attributes: Attributes,
  context: CsdlContext,
  properties: NavigationPropertyData[],
): Frame {
  const property: { -readonly [Member in keyof NavigationPropertyData]: NavigationPropertyData[Member] } = {
    name: required(attributes, 'Name', 'NavigationProperty', context),
    ...typeReference(attributes, 'NavigationProperty', context),
  };
  if (attributes.Partner !== undefined) property.partner = context.intern(attributes.Partner);
  properties.push(property);
  return {
    open(name, child) {
      if (name === 'ReferentialConstraint') {
        const constraint: ReferentialConstraint = {
          property: required(child, 'Property', name, context),
          referencedProperty: required(child, 'ReferencedProperty', name, context),
        };
        property.referentialConstraints = [...(property.referentialConstraints ?? []), constraint];
        return undefined;
      }
      if (name !== 'Annotation') return undefined;
      const annotations: AnnotationsDraft = property.annotations ?? {};
      property.annotations = annotations;
      return annotationFrame(child, annotations, context);
    },
  };
}

function scaleOf(text: string, context: CsdlContext): number | 'variable' | 'floating' {
  const lower = text.toLowerCase();
  return lower === 'variable' || lower === 'floating' ? lower : whole(text, 'Scale', context);
}

function whole(text: string, facet: string, context: CsdlContext): number {
  if (!/^\d{1,9}$/.test(text)) context.fail(`${facet} is '${text}'; expected a whole number`);
  return Number(text);
}
