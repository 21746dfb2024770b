/** Model → CSDL JSON. */

import { RialtoError } from '../../../base/errors.ts';
import { type JsonValue, printJson } from '../../../base/json.ts';
import type {
  Annotations,
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
  Singleton,
  StructuredType,
  Term,
  TypeDefinition,
  TypeReference,
} from '../model.ts';
import { targetName } from '../view/annotations.ts';
import { defaultValueOf } from '../view/default-value.ts';
import { setMember } from '../view/frozen.ts';
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
import { addAnnotations } from './json-annotations.ts';

export interface WriteCsdlJsonOptions {
  /**
   * `typed` (the default) keeps the kind of constants that CSDL JSON writes like strings: `{"$EnumMember":"Ns.T/A"}`,
   * `{"$Decimal":"1.0"}`, and the maximum length `max`. Reading them gives the same model again. `plain` writes what
   * CSDL JSON 4.01 has, `"A"` and 1, for readers that know nothing else.
   */
  readonly constants?: 'typed' | 'plain';
}

type Members = Record<string, JsonValue>;

/** What the objects of one document need. */
interface Document {
  readonly model: Model;
  readonly shorten: Shorten;
  readonly inline: Inline;
  /** Whether only what CSDL JSON 4.01 has is written. */
  readonly isPlain: boolean;
  /** Adds annotations to an object. */
  annotate(target: Members, annotations: Annotations | undefined, prefix?: string): void;
}

/**
 * The metadata document of a model as JSON (OData CSDL JSON 4.01). Names use the aliases of schemas. Raises
 * CSDL_INVALID for a model that JSON cannot hold: a schema with a type and a term, say, of the same name.
 */
export function writeCsdlJson(model: Model, options: WriteCsdlJsonOptions = {}): string {
  const isPlain = options.constants === 'plain';
  const shorten = aliasShortener(model, { included: true });
  const document: Document = {
    model,
    shorten,
    inline: inlineAnnotations(model),
    isPlain,
    annotate: (target, annotations, prefix = '') =>
      addAnnotations(target, annotations, { prefix, rename: shorten, isPlain }),
  };
  const written: Members = { $Version: model.version };
  if (model.containerName !== undefined)
    written.$EntityContainer = `${model.containerNamespace}.${model.containerName}`;
  if (model.references.length > 0) {
    written.$Reference = membersOf(model.references.map((each) => [each.uri, referenceObject(each, document)]));
  }
  for (const declared of declaredSchemas(model)) {
    addMember(written, declared.schema.namespace, schemaObject(declared, document));
  }
  return printJson(written, 2);
}

function referenceObject(reference: Reference, { annotate }: Document): JsonValue {
  const written: Members = {};
  if (reference.includes.length > 0) {
    written.$Include = reference.includes.map(({ namespace, alias, annotations }) => {
      const include: Members = { $Namespace: namespace, ...defined({ $Alias: alias }) };
      annotate(include, annotations);
      return include;
    });
  }
  if (reference.includeAnnotations.length > 0) {
    written.$IncludeAnnotations = reference.includeAnnotations.map(({ termNamespace, qualifier, targetNamespace }) => ({
      $TermNamespace: termNamespace,
      ...defined({ $Qualifier: qualifier, $TargetNamespace: targetNamespace }),
    }));
  }
  annotate(written, reference.annotations);
  return written;
}

function schemaObject(declared: DeclaredSchema, document: Document): JsonValue {
  const { schema, annotationGroups } = declared;
  const written: Members = { ...defined({ $Alias: schema.alias }) };
  if (annotationGroups.length > 0) {
    const groups: Members = {};
    for (const { target, annotations } of annotationGroups) {
      const name = targetName(target, document.shorten);
      const group = Object.hasOwn(groups, name) ? (groups[name] as Members) : {};
      document.annotate(group, annotations);
      setMember(groups, name, group);
    }
    written.$Annotations = groups;
  }
  for (const type of declared.enumTypes) addMember(written, type.name, enumTypeObject(type, document));
  for (const type of declared.typeDefinitions) addMember(written, type.name, typeDefinitionObject(type, document));
  for (const type of declared.entityTypes) addMember(written, type.name, entityTypeObject(type, document));
  for (const type of declared.complexTypes) {
    addMember(written, type.name, structuredTypeObject({ $Kind: 'ComplexType' }, type, document));
  }
  for (const term of declared.terms) addMember(written, term.name, termObject(term, document));
  const overloads = new Map<string, JsonValue[]>();
  for (const action of declared.actions) addOverload(overloads, action.name, actionObject(action, document));
  for (const found of declared.functions) addOverload(overloads, found.name, functionObject(found, document));
  for (const [name, objects] of overloads) addMember(written, name, objects);
  for (const container of declared.containers) addMember(written, container.name, containerObject(container, document));
  document.annotate(written, document.inline(schema.annotations, schema.namespace));
  return written;
}

function enumTypeObject(type: EnumType, { inline, annotate }: Document): JsonValue {
  const written: Members = { $Kind: 'EnumType' };
  if (type.underlyingType !== 'Edm.Int32') written.$UnderlyingType = type.underlyingType;
  if (type.isFlags) written.$IsFlags = true;
  for (const { name, value, annotations } of type.members) {
    addMember(written, name, value);
    annotate(written, inline(annotations, `${type.qualifiedName}/${name}`), name);
  }
  annotate(written, inline(type.annotations, type.qualifiedName));
  return written;
}

function typeDefinitionObject(type: TypeDefinition, { inline, annotate, isPlain }: Document): JsonValue {
  const written: Members = {
    $Kind: 'TypeDefinition',
    $UnderlyingType: type.underlyingType,
    ...facetMembers(facetsOf(type), type.underlyingType, isPlain),
  };
  annotate(written, inline(type.annotations, type.qualifiedName));
  return written;
}

function entityTypeObject(type: EntityType, document: Document): JsonValue {
  const base = type.baseType === undefined ? undefined : document.model.entityType(type.baseType);
  const parts = type.keyParts === base?.keyParts ? [] : type.keyParts;
  const $Key = parts.map(({ path, alias }) => (alias === undefined ? path : membersOf([[alias, path]])));
  const first = {
    $Kind: 'EntityType',
    ...(type.hasStream ? { $HasStream: true } : {}),
    ...($Key.length === 0 ? {} : { $Key }),
  };
  return structuredTypeObject(first, type, document);
}

function structuredTypeObject(first: Members, type: StructuredType, document: Document): JsonValue {
  const { inline, annotate, shorten } = document;
  const written: Members = {
    ...first,
    ...(type.baseType === undefined ? {} : { $BaseType: shorten(type.baseType) }),
    ...(type.isAbstract ? { $Abstract: true } : {}),
    ...(type.isOpen ? { $OpenType: true } : {}),
  };
  for (const property of type.declaredProperties) {
    const object = propertyObject(property, document);
    annotate(object, inline(property.annotations, `${type.qualifiedName}/${property.name}`));
    addMember(written, property.name, object);
  }
  for (const property of type.declaredNavigationProperties) {
    const object = navigationPropertyObject(property, document);
    annotate(object, inline(property.annotations, `${type.qualifiedName}/${property.name}`));
    addMember(written, property.name, object);
  }
  annotate(written, inline(type.annotations, type.qualifiedName));
  return written;
}

function propertyObject(property: Property, document: Document): Members {
  return { ...typeMembers(property, document), ...defaultMember(property) };
}

function navigationPropertyObject(property: NavigationProperty, { annotate, shorten }: Document): Members {
  const written: Members = {
    $Kind: 'NavigationProperty',
    $Type: shorten(property.type),
    ...(property.isCollection ? { $Collection: true } : {}),
    ...(property.isNullable && !property.isCollection ? { $Nullable: true } : {}),
    ...defined({ $Partner: property.partner }),
    ...(property.containsTarget ? { $ContainsTarget: true } : {}),
  };
  if (property.referentialConstraints.length > 0) {
    const constraints: Members = {};
    for (const constraint of property.referentialConstraints) {
      setMember(constraints, constraint.property, constraint.referencedProperty);
      annotate(constraints, constraint.annotations, constraint.property);
    }
    written.$ReferentialConstraint = constraints;
  }
  if (property.onDelete !== undefined) {
    written.$OnDelete = property.onDelete.action;
    annotate(written, property.onDelete.annotations, '$OnDelete');
  }
  return written;
}

function termObject(term: Term, document: Document): JsonValue {
  const written: Members = {
    $Kind: 'Term',
    ...typeMembers(term, document),
    ...(term.baseTerm === undefined ? {} : { $BaseTerm: document.shorten(term.baseTerm) }),
    ...defaultMember(term),
    ...(term.appliesTo.length === 0 ? {} : { $AppliesTo: term.appliesTo }),
  };
  document.annotate(written, document.inline(term.annotations, term.qualifiedName));
  return written;
}

function actionObject(action: ODataAction, document: Document): JsonValue {
  return operationObject({ $Kind: 'Action' }, action, operationTargets(action, false), document);
}

function functionObject(found: ODataFunction, document: Document): JsonValue {
  const first = { $Kind: 'Function', ...(found.isComposable ? { $IsComposable: true } : {}) };
  return operationObject(first, found, operationTargets(found, true), document);
}

function operationObject(
  first: Members,
  operation: ODataAction,
  targets: readonly string[],
  document: Document,
): JsonValue {
  const { parameters, returnType } = operation;
  const inline = (annotations: Annotations | undefined, path: string) =>
    document.inline(annotations, ...targets.map((target) => `${target}${path}`));
  const written: Members = {
    ...first,
    ...(operation.isBound ? { $IsBound: true } : {}),
    ...defined({ $EntitySetPath: operation.entitySetPath }),
  };
  if (parameters.length > 0) {
    written.$Parameter = parameters.map((parameter) => {
      const object: Members = { $Name: parameter.name, ...typeMembers(parameter, document) };
      document.annotate(object, inline(parameter.annotations, `/${parameter.name}`));
      return object;
    });
  }
  if (returnType !== undefined) {
    const object = typeMembers(returnType, document);
    document.annotate(object, inline(returnType.annotations, '/$ReturnType'));
    written.$ReturnType = object;
  }
  document.annotate(written, inline(operation.annotations, ''));
  return written;
}

function containerObject(container: EntityContainer, document: Document): JsonValue {
  const { shorten, inline, annotate } = document;
  const written: Members = {
    $Kind: 'EntityContainer',
    ...(container.extends === undefined ? {} : { $Extends: shorten(container.extends) }),
  };
  const add = (name: string, object: Members, annotations: Annotations | undefined) => {
    annotate(object, inline(annotations, `${container.qualifiedName}/${name}`));
    addMember(written, name, object);
  };
  for (const set of container.entitySets) {
    const included = set.includeInServiceDocument ? {} : { $IncludeInServiceDocument: false };
    const first = { $Collection: true, $Type: shorten(set.entityType), ...included };
    add(set.name, { ...first, ...bindingMembers(set) }, set.annotations);
  }
  for (const set of container.singletons) {
    const first = { $Type: shorten(set.entityType), ...(set.isNullable ? { $Nullable: true } : {}) };
    add(set.name, { ...first, ...bindingMembers(set) }, set.annotations);
  }
  for (const each of container.actionImports) add(each.name, importMembers('$Action', each, shorten), each.annotations);
  for (const each of container.functionImports) {
    const included = each.includeInServiceDocument === true ? { $IncludeInServiceDocument: true } : {};
    add(each.name, { ...importMembers('$Function', each, shorten), ...included }, each.annotations);
  }
  annotate(written, inline(container.annotations, container.qualifiedName));
  return written;
}

function importMembers(kind: string, { operation, entitySet }: OperationImport, shorten: Shorten): Members {
  return { [kind]: shorten(operation), ...defined({ $EntitySet: entitySet }) };
}

function bindingMembers({ navigationBindings }: EntitySet | Singleton): Members {
  if (navigationBindings.length === 0) return {};
  return { $NavigationPropertyBinding: membersOf(navigationBindings.map(({ path, target }) => [path, target])) };
}

/** `$Type` is left out for strings; `$Nullable` is false when it is left out (OData CSDL JSON 4.01 7.1, 7.2.1). */
function typeMembers(reference: TypeReference, { model, shorten, isPlain }: Document): Members {
  const { type, isCollection, isNullable, facets } = declaredReference(model, reference);
  return {
    ...(type === 'Edm.String' ? {} : { $Type: shorten(type) }),
    ...(isCollection ? { $Collection: true } : {}),
    ...(isNullable ? { $Nullable: true } : {}),
    ...facetMembers(facets, type, isPlain),
  };
}

/**
 * A decimal without a scale has none in XML, and any in JSON (OData CSDL 4.01 7.2.4). SRIDs are strings (7.2.6), and
 * `max` is a length of XML only (7.2.2).
 */
function facetMembers({ maxLength, precision, scale, unicode, srid }: Facets, type: string, isPlain: boolean): Members {
  return defined({
    $MaxLength: isPlain && maxLength === 'max' ? undefined : maxLength,
    $Precision: precision,
    $Scale: scale ?? (type === 'Edm.Decimal' ? 0 : undefined),
    $Unicode: unicode,
    $SRID: srid === undefined ? undefined : String(srid),
  });
}

function defaultMember({ defaultValue, type }: Property | Term): Members {
  return defaultValue === undefined ? {} : { $DefaultValue: defaultValueOf(defaultValue, type) };
}

function defined(members: Readonly<Record<string, JsonValue | undefined>>): Members {
  return Object.fromEntries(
    Object.entries(members).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined),
  );
}

function membersOf(entries: readonly (readonly [string, JsonValue])[]): Members {
  return Object.fromEntries(entries);
}

function addOverload(overloads: Map<string, JsonValue[]>, name: string, object: JsonValue): void {
  const objects = overloads.get(name);
  if (objects === undefined) overloads.set(name, [object]);
  else objects.push(object);
}

/** JSON has one member for one name. */
function addMember(target: Members, name: string, value: JsonValue): void {
  if (Object.hasOwn(target, name)) {
    throw new RialtoError('CSDL_INVALID', `CSDL JSON cannot hold this model: '${name}' stands for two things.`);
  }
  setMember(target, name, value);
}
