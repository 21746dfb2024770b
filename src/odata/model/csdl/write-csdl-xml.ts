/** Model → CSDL XML, in the layout of both services: one schema per namespace, its container last. */

import type {
  EntityContainer,
  EntitySet,
  EntityType,
  EnumType,
  Facets,
  Model,
  NavigationProperty,
  ODataAction,
  ODataFunction,
  OperationImport,
  Property,
  Reference,
  StructuredType,
  Term,
  TypeDefinition,
  TypeReference,
} from '../model.ts';
import { annotationElements } from './annotation-elements.ts';
import {
  aliasShortener,
  type DeclaredSchema,
  declaredReference,
  declaredSchemas,
  facetsOf,
  type Inline,
  inlineAnnotations,
  operationTargets,
  type Shorten,
} from './declared-model.ts';
import { element, printXml, type XmlAttributes, type XmlElement } from './xml-writer.ts';

/** What the elements of one document need. */
interface Document {
  readonly model: Model;
  readonly shorten: Shorten;
  readonly inline: Inline;
}

/**
 * The metadata document of a model (OData CSDL XML 4.01). Types use the alias of their schema, sets and terms the full
 * name. Reading it gives the same model again. Raises CSDL_INVALID for texts with characters that XML does not have.
 */
export function writeCsdlXml(model: Model): string {
  const document = { model, shorten: aliasShortener(model, { included: false }), inline: inlineAnnotations(model) };
  return printXml(
    element('edmx:Edmx', { Version: model.version, 'xmlns:edmx': 'http://docs.oasis-open.org/odata/ns/edmx' }, [
      ...model.references.map(referenceElement),
      element(
        'edmx:DataServices',
        {},
        declaredSchemas(model).map((declared) => schemaElement(declared, document)),
      ),
    ]),
  );
}

function referenceElement(reference: Reference): XmlElement {
  return element('edmx:Reference', { Uri: reference.uri }, [
    ...reference.includes.map(({ namespace, alias, annotations }) =>
      element('edmx:Include', { Namespace: namespace, Alias: alias }, edmAnnotations(annotations)),
    ),
    ...reference.includeAnnotations.map(({ termNamespace, qualifier, targetNamespace }) =>
      element('edmx:IncludeAnnotations', {
        TermNamespace: termNamespace,
        Qualifier: qualifier,
        TargetNamespace: targetNamespace,
      }),
    ),
    ...edmAnnotations(reference.annotations),
  ]);
}

/** Annotations outside of a schema say their namespace themselves. */
function edmAnnotations(annotations: Reference['annotations']): readonly XmlElement[] {
  return annotationElements(annotations).map((each) => ({
    ...each,
    attributes: { ...each.attributes, xmlns: edmNamespace },
  }));
}

const edmNamespace = 'http://docs.oasis-open.org/odata/ns/edm';

function schemaElement(declared: DeclaredSchema, document: Document): XmlElement {
  const { namespace, alias, annotations } = declared.schema;
  return element('Schema', { Namespace: namespace, Alias: alias, xmlns: edmNamespace }, [
    ...declared.enumTypes.map((type) => enumTypeElement(type, document)),
    ...declared.typeDefinitions.map((type) => typeDefinitionElement(type, document)),
    ...declared.entityTypes.map((type) => entityTypeElement(type, document)),
    ...declared.complexTypes.map((type) => structuredTypeElement('ComplexType', type, document, {}, [])),
    ...declared.terms.map((term) => termElement(term, document)),
    ...declared.actions.map((action) => operationElement('Action', action, {}, document)),
    ...declared.functions.map((found) => functionElement(found, document)),
    ...declared.containers.map((container) => containerElement(container, document)),
    ...declared.annotationGroups.map((group) =>
      element('Annotations', { Target: group.target }, annotationElements(group.annotations)),
    ),
    ...annotationElements(document.inline(annotations, namespace)),
  ]);
}

function enumTypeElement(type: EnumType, { inline }: Document): XmlElement {
  const { qualifiedName } = type;
  const UnderlyingType = type.underlyingType === 'Edm.Int32' ? undefined : type.underlyingType;
  return element('EnumType', { Name: type.name, UnderlyingType, IsFlags: type.isFlags || undefined }, [
    ...type.members.map((member) =>
      element(
        'Member',
        { Name: member.name, Value: member.value.toString() },
        annotationElements(inline(member.annotations, `${qualifiedName}/${member.name}`)),
      ),
    ),
    ...annotationElements(inline(type.annotations, qualifiedName)),
  ]);
}

function typeDefinitionElement(type: TypeDefinition, { inline }: Document): XmlElement {
  const attributes = {
    Name: type.name,
    UnderlyingType: type.underlyingType,
    ...facetAttributes(facetsOf(type), type.underlyingType),
  };
  return element('TypeDefinition', attributes, annotationElements(inline(type.annotations, type.qualifiedName)));
}

function termElement(term: Term, document: Document): XmlElement {
  const attributes = {
    Name: term.name,
    ...typeAttributes(term, document),
    BaseTerm: term.baseTerm,
    DefaultValue: term.defaultValue,
    AppliesTo: term.appliesTo.length === 0 ? undefined : term.appliesTo.join(' '),
  };
  return element('Term', attributes, annotationElements(document.inline(term.annotations, term.qualifiedName)));
}

function entityTypeElement(type: EntityType, document: Document): XmlElement {
  const base = type.baseType === undefined ? undefined : document.model.entityType(type.baseType);
  const parts = type.keyParts === base?.keyParts ? [] : type.keyParts;
  const key = element(
    'Key',
    {},
    parts.map(({ path, alias }) => element('PropertyRef', { Name: path, Alias: alias })),
  );
  const HasStream = type.hasStream || undefined;
  return structuredTypeElement('EntityType', type, document, { HasStream }, parts.length === 0 ? [] : [key]);
}

/** A type that inherits from an open one says that it is open, too, as media types do (OData CSDL 4.01 6.3, 6.4). */
function structuredTypeElement(
  name: 'EntityType' | 'ComplexType',
  type: StructuredType,
  document: Document,
  more: XmlAttributes,
  key: readonly XmlElement[],
): XmlElement {
  const attributes = {
    Name: type.name,
    BaseType: type.baseType === undefined ? undefined : document.shorten(type.baseType),
    Abstract: type.isAbstract || undefined,
    OpenType: type.isOpen || undefined,
    ...more,
  };
  return element(name, attributes, [
    ...key,
    ...type.declaredProperties.map((property) => propertyElement(property, type, document)),
    ...type.declaredNavigationProperties.map((property) => navigationPropertyElement(property, type, document)),
    ...annotationElements(document.inline(type.annotations, type.qualifiedName)),
  ]);
}

function propertyElement(property: Property, owner: StructuredType, document: Document): XmlElement {
  return element(
    'Property',
    { Name: property.name, ...typeAttributes(property, document), DefaultValue: property.defaultValue },
    annotationElements(document.inline(property.annotations, `${owner.qualifiedName}/${property.name}`)),
  );
}

function navigationPropertyElement(
  property: NavigationProperty,
  owner: StructuredType,
  { shorten, inline }: Document,
): XmlElement {
  const type = shorten(property.type);
  const attributes = {
    Name: property.name,
    Type: property.isCollection ? `Collection(${type})` : type,
    Nullable: property.isNullable ? undefined : false,
    Partner: property.partner,
    ContainsTarget: property.containsTarget || undefined,
  };
  return element('NavigationProperty', attributes, [
    ...property.referentialConstraints.map((constraint) =>
      element(
        'ReferentialConstraint',
        { Property: constraint.property, ReferencedProperty: constraint.referencedProperty },
        annotationElements(constraint.annotations),
      ),
    ),
    ...(property.onDelete === undefined
      ? []
      : [element('OnDelete', { Action: property.onDelete.action }, annotationElements(property.onDelete.annotations))]),
    ...annotationElements(inline(property.annotations, `${owner.qualifiedName}/${property.name}`)),
  ]);
}

function functionElement(found: ODataFunction, document: Document): XmlElement {
  return operationElement('Function', found, { IsComposable: found.isComposable || undefined }, document);
}

function operationElement(
  name: 'Action' | 'Function',
  operation: ODataAction,
  more: XmlAttributes,
  document: Document,
): XmlElement {
  const { parameters, returnType, entitySetPath } = operation;
  const targets = operationTargets(operation, name === 'Function');
  const inline = (annotations: ODataAction['annotations'] | undefined, path: string) =>
    annotationElements(document.inline(annotations, ...targets.map((target) => `${target}${path}`)));
  const attributes = {
    Name: operation.name,
    IsBound: operation.isBound || undefined,
    ...more,
    EntitySetPath: entitySetPath,
  };
  return element(name, attributes, [
    ...parameters.map((parameter) =>
      element(
        'Parameter',
        { Name: parameter.name, ...typeAttributes(parameter, document) },
        inline(parameter.annotations, `/${parameter.name}`),
      ),
    ),
    ...(returnType === undefined
      ? []
      : [element('ReturnType', typeAttributes(returnType, document), inline(returnType.annotations, '/$ReturnType'))]),
    ...inline(operation.annotations, ''),
  ]);
}

function containerElement(container: EntityContainer, document: Document): XmlElement {
  const { name, qualifiedName, actionImports, functionImports } = container;
  return element('EntityContainer', { Name: name, Extends: container.extends }, [
    ...container.entitySets.map((set) => {
      const attributes = {
        EntityType: set.entityType,
        IncludeInServiceDocument: set.includeInServiceDocument ? undefined : false,
      };
      return setElement('EntitySet', set, attributes, qualifiedName, document);
    }),
    ...container.singletons.map((set) => {
      const attributes = { Type: set.entityType, Nullable: set.isNullable || undefined };
      return setElement('Singleton', set, attributes, qualifiedName, document);
    }),
    ...actionImports.map((each) =>
      importElement('ActionImport', each, { Action: each.operation }, container, document),
    ),
    ...functionImports.map((each) => {
      const attributes = { Function: each.operation, IncludeInServiceDocument: each.includeInServiceDocument };
      return importElement('FunctionImport', each, attributes, container, document);
    }),
    ...annotationElements(document.inline(containerAnnotations(container, document.model), qualifiedName)),
  ]);
}

/** Those of the service's container are the model's own. */
function containerAnnotations(
  { qualifiedName, annotations }: EntityContainer,
  model: Model,
): EntityContainer['annotations'] {
  const isService = qualifiedName === `${model.containerNamespace}.${model.containerName}`;
  return isService ? model.containerAnnotations : annotations;
}

function setElement(
  name: 'EntitySet' | 'Singleton',
  set: Pick<EntitySet, 'name' | 'navigationBindings' | 'annotations'>,
  attributes: XmlAttributes,
  owner: string,
  { inline }: Document,
): XmlElement {
  return element(name, { Name: set.name, ...attributes }, [
    ...set.navigationBindings.map(({ path, target }) =>
      element('NavigationPropertyBinding', { Path: path, Target: target }),
    ),
    ...annotationElements(inline(set.annotations, `${owner}/${set.name}`)),
  ]);
}

function importElement(
  name: 'ActionImport' | 'FunctionImport',
  each: OperationImport,
  attributes: XmlAttributes,
  { qualifiedName }: EntityContainer,
  { inline }: Document,
): XmlElement {
  const all = { Name: each.name, ...attributes, EntitySet: each.entitySet };
  return element(name, all, annotationElements(inline(each.annotations, `${qualifiedName}/${each.name}`)));
}

function typeAttributes(reference: TypeReference, { model, shorten }: Document): XmlAttributes {
  const { type, isCollection, isNullable, facets } = declaredReference(model, reference);
  const name = shorten(type);
  return {
    Type: isCollection ? `Collection(${name})` : name,
    // Of a collection in 4.01 nothing goes without saying (OData CSDL XML 4.01 7.2.1).
    Nullable: isNullable ? (isCollection && model.version !== '4.0') || undefined : false,
    ...facetAttributes(facets, type),
  };
}

/** A scale of zero is what a decimal has anyway (OData CSDL XML 4.01 7.2.4). */
function facetAttributes({ maxLength, precision, scale, unicode, srid }: Facets, type: string): XmlAttributes {
  return {
    MaxLength: maxLength,
    Precision: precision,
    Scale: scale === 'variable' ? 'Variable' : scale === 0 && type === 'Edm.Decimal' ? undefined : scale,
    Unicode: unicode,
    SRID: srid,
  };
}
