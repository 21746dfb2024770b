/** Model → CSDL XML, in the layout of both services: one schema per namespace, its container last. */

import type {
  ComplexType,
  EntitySet,
  EntityType,
  EnumType,
  Model,
  NavigationProperty,
  ODataAction,
  ODataFunction,
  Property,
  StructuredType,
  TypeReference,
} from '../model.ts';
import { alternateKeysValue, alternateKeyTerms } from './alternate-keys.ts';
import { annotationElements } from './annotation-elements.ts';
import { element, printXml, type XmlElement } from './xml-writer.ts';

/** The metadata document of a model (OData CSDL XML 4.01). Types use the alias of their schema, sets the full name. */
export function writeCsdlXml(model: Model): string {
  const shorten = aliasShortener(model);
  return printXml(
    element('edmx:Edmx', { Version: '4.0', 'xmlns:edmx': 'http://docs.oasis-open.org/odata/ns/edmx' }, [
      element(
        'edmx:DataServices',
        {},
        model.namespaces.map((namespace) => schemaElement(model, namespace, shorten)),
      ),
    ]),
  );
}

/** Puts the alias in place of the namespace. */
type Shorten = (qualifiedName: string) => string;

function aliasShortener(model: Model): Shorten {
  const aliases = new Map(Object.entries(model.aliases).map(([alias, namespace]) => [namespace, alias]));
  return (name) => {
    const dot = name.lastIndexOf('.');
    const alias = aliases.get(name.slice(0, Math.max(dot, 0)));
    return alias === undefined ? name : `${alias}${name.slice(dot)}`;
  };
}

function schemaElement(model: Model, namespace: string, shorten: Shorten): XmlElement {
  const alias = Object.entries(model.aliases).find(([, aliased]) => aliased === namespace)?.[0];
  const isHere = (part: { readonly qualifiedName: string; readonly name: string }) =>
    part.qualifiedName === `${namespace}.${part.name}`;
  return element('Schema', { Namespace: namespace, Alias: alias, xmlns: 'http://docs.oasis-open.org/odata/ns/edm' }, [
    ...model.enumTypes.filter(isHere).map(enumTypeElement),
    ...model.entityTypes.filter(isHere).map((type) => entityTypeElement(type, model, shorten)),
    ...model.complexTypes.filter(isHere).map((type) => complexTypeElement(type, model, shorten)),
    ...model.actions.filter(isHere).map((action) => operationElement('Action', action, {}, shorten)),
    ...model.functions.filter(isHere).map((found) => functionElement(found, shorten)),
    ...(model.containerNamespace === namespace ? [containerElement(model)] : []),
  ]);
}

function enumTypeElement(type: EnumType): XmlElement {
  const UnderlyingType = type.underlyingType === 'Edm.Int32' ? undefined : type.underlyingType;
  return element('EnumType', { Name: type.name, UnderlyingType, IsFlags: type.isFlags || undefined }, [
    ...type.members.map((member) =>
      element('Member', { Name: member.name, Value: member.value.toString() }, annotationElements(member.annotations)),
    ),
    ...annotationElements(type.annotations),
  ]);
}

function entityTypeElement(type: EntityType, model: Model, shorten: Shorten): XmlElement {
  const base = type.baseType === undefined ? undefined : model.entityType(type.baseType);
  const key = base === undefined || base.key.length === 0 ? type.key : [];
  const alternateKeys = type.alternateKeys.slice(base?.alternateKeys.length ?? 0);
  const others = Object.entries(type.annotations).filter(([term]) => !alternateKeyTerms.includes(term));
  const [term = ''] = alternateKeyTerms;
  return structuredTypeElement('EntityType', type, base, shorten, {
    key:
      key.length === 0
        ? []
        : [
            element(
              'Key',
              {},
              key.map((Name) => element('PropertyRef', { Name })),
            ),
          ],
    annotations: annotationElements({
      ...Object.fromEntries(others),
      ...(alternateKeys.length === 0 ? {} : { [term]: alternateKeysValue(alternateKeys) }),
    }),
  });
}

function complexTypeElement(type: ComplexType, model: Model, shorten: Shorten): XmlElement {
  const base = type.baseType === undefined ? undefined : model.complexType(type.baseType);
  const annotations = annotationElements(type.annotations);
  return structuredTypeElement('ComplexType', type, base, shorten, { key: [], annotations });
}

/** The members of the base type come first in a type, so what is declared here is the rest. */
function structuredTypeElement(
  name: 'EntityType' | 'ComplexType',
  type: StructuredType,
  base: StructuredType | undefined,
  shorten: Shorten,
  parts: { readonly key: readonly XmlElement[]; readonly annotations: readonly XmlElement[] },
): XmlElement {
  const attributes = {
    Name: type.name,
    BaseType: type.baseType === undefined ? undefined : shorten(type.baseType),
    Abstract: type.isAbstract || undefined,
    OpenType: type.isOpen || undefined,
  };
  return element(name, attributes, [
    ...parts.key,
    ...type.properties.slice(base?.properties.length ?? 0).map((property) => propertyElement(property, shorten)),
    ...type.navigationProperties
      .slice(base?.navigationProperties.length ?? 0)
      .map((property) => navigationPropertyElement(property, shorten)),
    ...parts.annotations,
  ]);
}

function propertyElement(property: Property, shorten: Shorten): XmlElement {
  const { name, maxLength, precision, scale, unicode } = property;
  const Scale = scale === 'variable' ? 'Variable' : scale;
  return element(
    'Property',
    {
      Name: name,
      ...typeAttributes(property, shorten),
      MaxLength: maxLength,
      Precision: precision,
      Scale,
      Unicode: unicode,
    },
    annotationElements(property.annotations),
  );
}

function navigationPropertyElement(property: NavigationProperty, shorten: Shorten): XmlElement {
  return element(
    'NavigationProperty',
    { Name: property.name, ...typeAttributes(property, shorten), Partner: property.partner },
    [
      ...property.referentialConstraints.map((constraint) =>
        element('ReferentialConstraint', {
          Property: constraint.property,
          ReferencedProperty: constraint.referencedProperty,
        }),
      ),
      ...annotationElements(property.annotations),
    ],
  );
}

function functionElement(found: ODataFunction, shorten: Shorten): XmlElement {
  return operationElement('Function', found, { IsComposable: found.isComposable || undefined }, shorten);
}

function operationElement(
  name: 'Action' | 'Function',
  operation: ODataAction,
  attributes: Readonly<Record<string, boolean | undefined>>,
  shorten: Shorten,
): XmlElement {
  const { parameters, returnType } = operation;
  return element(name, { Name: operation.name, IsBound: operation.isBound || undefined, ...attributes }, [
    ...parameters.map((parameter) =>
      element(
        'Parameter',
        { Name: parameter.name, ...typeAttributes(parameter, shorten) },
        annotationElements(parameter.annotations),
      ),
    ),
    ...(returnType === undefined ? [] : [element('ReturnType', typeAttributes(returnType, shorten))]),
    ...annotationElements(operation.annotations),
  ]);
}

function containerElement(model: Model): XmlElement {
  const { actionImports, functionImports } = model;
  return element('EntityContainer', { Name: model.containerName }, [
    ...model.entitySets.map((set) => setElement('EntitySet', set, { EntityType: set.entityType })),
    ...model.singletons.map((set) => setElement('Singleton', set, { Type: set.entityType })),
    ...actionImports.map(({ name, operation, entitySet }) =>
      element('ActionImport', { Name: name, Action: operation, EntitySet: entitySet }),
    ),
    ...functionImports.map(({ name, operation, entitySet }) =>
      element('FunctionImport', { Name: name, Function: operation, EntitySet: entitySet }),
    ),
    ...annotationElements(model.containerAnnotations),
  ]);
}

function setElement(
  name: 'EntitySet' | 'Singleton',
  set: EntitySet,
  type: Readonly<Record<string, string>>,
): XmlElement {
  return element(name, { Name: set.name, ...type }, [
    ...set.navigationBindings.map(({ path, target }) =>
      element('NavigationPropertyBinding', { Path: path, Target: target }),
    ),
    ...annotationElements(set.annotations),
  ]);
}

function typeAttributes({ type, isCollection, isNullable }: TypeReference, shorten: Shorten) {
  const name = shorten(type);
  return { Type: isCollection ? `Collection(${name})` : name, Nullable: isNullable ? undefined : false };
}
