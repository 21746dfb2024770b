/** Plain data → image. */

import { type JsonValue, printJson } from '../../../base/json.ts';
import type { Annotations, Facets, Reference } from '../model.ts';
import type {
  ContainerData,
  EntitySetData,
  EntityTypeData,
  EnumTypeData,
  ModelData,
  NavigationPropertyData,
  OperationData,
  OperationImportData,
  PropertyData,
  SchemaData,
  StructuredTypeData,
  TermData,
  TypeReferenceData,
} from '../model-data.ts';
import { alternateKeysValue, alternateKeyTerms } from '../view/alternate-keys.ts';
import { type Fail, ImageBuilder } from './image-builder.ts';
import type { Word } from './vocabulary.ts';

type Attributes = Partial<Record<Word, string | undefined>>;

/** Writes an element, then what `inside` writes into it. */
type Write = (name: Word, attributes: Attributes, inside?: () => void) => void;

/** The image of these schemas. */
export function imageOfData(data: ModelData, fail: Fail) {
  const builder = new ImageBuilder(fail);
  const write: Write = (name, attributes, inside) => {
    builder.begin(name, attributes);
    inside?.();
    builder.close();
  };
  write('Edmx', { Version: data.version ?? '4.0' }, () => {
    for (const reference of data.references ?? []) writeReference(write, reference);
    write('DataServices', {}, () => {
      for (const schema of data.schemas) writeSchema(write, schema, data);
    });
  });
  return builder.seal();
}

function writeReference(write: Write, reference: Reference): void {
  write('Reference', { Uri: reference.uri }, () => {
    for (const { namespace, alias, annotations } of reference.includes) {
      write('Include', { Namespace: namespace, Alias: alias }, () => writeAnnotations(write, annotations));
    }
    for (const { termNamespace, qualifier, targetNamespace } of reference.includeAnnotations) {
      write('IncludeAnnotations', {
        TermNamespace: termNamespace,
        Qualifier: qualifier,
        TargetNamespace: targetNamespace,
      });
    }
    writeAnnotations(write, reference.annotations);
  });
}

function writeSchema(write: Write, schema: SchemaData, data: ModelData): void {
  write('Schema', { Namespace: schema.namespace, Alias: schema.alias }, () => {
    for (const type of schema.enumTypes ?? []) writeEnumType(write, type);
    for (const type of schema.typeDefinitions ?? []) {
      const attributes = { Name: type.name, UnderlyingType: type.underlyingType, ...facets(type) };
      write('TypeDefinition', attributes, () => writeAnnotations(write, type.annotations));
    }
    for (const type of schema.entityTypes ?? []) writeEntityType(write, type);
    for (const type of schema.complexTypes ?? []) writeStructuredType(write, 'ComplexType', {}, type);
    for (const term of schema.terms ?? []) writeTerm(write, term);
    for (const action of schema.actions ?? []) writeOperation(write, 'Action', action);
    for (const found of schema.functions ?? []) writeOperation(write, 'Function', found);
    if (schema.container !== undefined) writeContainer(write, schema.container, data);
    for (const { target, annotations } of schema.annotationGroups ?? []) {
      write('Annotations', { Target: target }, () => writeAnnotations(write, annotations));
    }
    writeAnnotations(write, schema.annotations);
  });
}

function writeEnumType(write: Write, type: EnumTypeData): void {
  write('EnumType', { Name: type.name, UnderlyingType: type.underlyingType, IsFlags: flag(type.isFlags) }, () => {
    for (const { name, value, annotations } of type.members) {
      write('Member', { Name: name, Value: String(value) }, () => writeAnnotations(write, annotations));
    }
    writeAnnotations(write, type.annotations);
  });
}

function writeEntityType(write: Write, type: EntityTypeData): void {
  const [term = ''] = alternateKeyTerms;
  const { alternateKeys = [], key = [] } = type;
  const annotations =
    alternateKeys.length === 0 ? type.annotations : { ...type.annotations, [term]: alternateKeysValue(alternateKeys) };
  const typeData = annotations === undefined ? type : { ...type, annotations };
  writeStructuredType(write, 'EntityType', { HasStream: flag(type.hasStream) }, typeData, () => {
    if (key.length === 0) return;
    write('Key', {}, () => {
      for (const part of key) {
        if (typeof part === 'string') write('PropertyRef', { Name: part });
        else write('PropertyRef', { Name: part.path, Alias: part.alias });
      }
    });
  });
}

function writeStructuredType(
  write: Write,
  name: 'EntityType' | 'ComplexType',
  attributes: Attributes,
  type: StructuredTypeData,
  first?: () => void,
): void {
  const all = {
    Name: type.name,
    BaseType: type.baseType,
    Abstract: flag(type.isAbstract),
    OpenType: flag(type.isOpen),
    ...attributes,
  };
  write(name, all, () => {
    first?.();
    for (const property of type.properties ?? []) writeProperty(write, property);
    for (const property of type.navigationProperties ?? []) writeNavigationProperty(write, property);
    writeAnnotations(write, type.annotations);
  });
}

function writeProperty(write: Write, property: PropertyData): void {
  const attributes = { Name: property.name, ...typeAttributes(property), DefaultValue: property.defaultValue };
  write('Property', attributes, () => writeAnnotations(write, property.annotations));
}

function writeNavigationProperty(write: Write, property: NavigationPropertyData): void {
  const attributes = {
    Name: property.name,
    ...typeAttributes(property),
    Partner: property.partner,
    ContainsTarget: flag(property.containsTarget),
  };
  write('NavigationProperty', attributes, () => {
    for (const constraint of property.referentialConstraints ?? []) {
      const pair = { Property: constraint.property, ReferencedProperty: constraint.referencedProperty };
      write('ReferentialConstraint', pair, () => writeAnnotations(write, constraint.annotations));
    }
    const { onDelete } = property;
    if (onDelete !== undefined) {
      write('OnDelete', { Action: onDelete.action }, () => writeAnnotations(write, onDelete.annotations));
    }
    writeAnnotations(write, property.annotations);
  });
}

function writeTerm(write: Write, term: TermData): void {
  const attributes = {
    Name: term.name,
    ...typeAttributes(term),
    BaseTerm: term.baseTerm,
    DefaultValue: term.defaultValue,
    AppliesTo: term.appliesTo?.join(' '),
  };
  write('Term', attributes, () => writeAnnotations(write, term.annotations));
}

function writeOperation(write: Write, name: 'Action' | 'Function', operation: OperationData): void {
  const attributes = {
    Name: operation.name,
    IsBound: flag(operation.isBound),
    IsComposable: name === 'Function' ? flag(operation.isComposable) : undefined,
    EntitySetPath: operation.entitySetPath,
  };
  const { parameters = [], returnType } = operation;
  write(name, attributes, () => {
    for (const parameter of parameters) {
      const named = { Name: parameter.name, ...typeAttributes(parameter) };
      write('Parameter', named, () => writeAnnotations(write, parameter.annotations));
    }
    if (returnType !== undefined) {
      write('ReturnType', typeAttributes(returnType), () => writeAnnotations(write, returnType.annotations));
    }
    writeAnnotations(write, operation.annotations);
  });
}

function writeContainer(write: Write, container: ContainerData, data: ModelData): void {
  write('EntityContainer', { Name: container.name, Extends: container.extends }, () => {
    for (const set of container.entitySets ?? []) {
      const included = set.includeInServiceDocument === false ? 'false' : undefined;
      writeSet(write, 'EntitySet', set, { EntityType: set.entityType, IncludeInServiceDocument: included });
    }
    for (const set of container.singletons ?? []) {
      writeSet(write, 'Singleton', set, { Type: set.entityType, Nullable: flag(set.isNullable) });
    }
    for (const each of container.actionImports ?? defaultImports(data, 'actions')) {
      writeImport(write, 'ActionImport', each, { Action: each.operation });
    }
    for (const each of container.functionImports ?? defaultImports(data, 'functions')) {
      const attributes = { Function: each.operation, IncludeInServiceDocument: flag(each.includeInServiceDocument) };
      writeImport(write, 'FunctionImport', each, attributes);
    }
    writeAnnotations(write, container.annotations);
  });
}

function writeSet(write: Write, name: 'EntitySet' | 'Singleton', set: EntitySetData, attributes: Attributes): void {
  write(name, { Name: set.name, ...attributes }, () => {
    for (const { path, target } of set.navigationBindings ?? []) {
      write('NavigationPropertyBinding', { Path: path, Target: target });
    }
    writeAnnotations(write, set.annotations);
  });
}

function writeImport(
  write: Write,
  name: 'ActionImport' | 'FunctionImport',
  data: OperationImportData,
  attributes: Attributes,
): void {
  const all = { Name: data.name, ...attributes, EntitySet: data.entitySet };
  write(name, all, () => writeAnnotations(write, data.annotations));
}

/** Each unbound operation under its own name; overloads share one import. */
function defaultImports(data: ModelData, kind: 'actions' | 'functions'): readonly OperationImportData[] {
  const unbound = data.schemas.flatMap((schema) =>
    (schema[kind] ?? [])
      .filter(({ isBound }) => isBound !== true)
      .map(({ name }) => ({ name, operation: `${schema.namespace}.${name}` })),
  );
  return [...new Map(unbound.map((each) => [each.operation, each])).values()];
}

/** Each annotation with its whole name as the term; nested ones follow theirs. */
function writeAnnotations(write: Write, annotations: Annotations | undefined): void {
  for (const [name, value] of Object.entries(annotations ?? {})) writeAnnotation(write, name, value);
}

/** An annotation whose name has the form of CSDL JSON. */
export function writeAnnotation(write: Write, name: string, value: JsonValue): void {
  if (typeof value === 'string') write('Annotation', { Term: name, String: value });
  else write('Annotation', { Term: name }, () => write('#json', { '#text': printJson(value) }));
}

function typeAttributes(reference: TypeReferenceData): Attributes {
  const { type, isCollection = false, isNullable = true } = reference;
  return {
    Type: isCollection ? `Collection(${type})` : type,
    Nullable: isNullable ? undefined : 'false',
    ...facets(reference),
  };
}

function facets({ maxLength, precision, scale, unicode, srid }: Facets): Attributes {
  return {
    MaxLength: textOf(maxLength),
    Precision: textOf(precision),
    Scale: textOf(scale),
    Unicode: textOf(unicode),
    SRID: textOf(srid),
  };
}

function textOf(value: string | number | boolean | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}

function flag(value: boolean | undefined): string | undefined {
  return value === true ? 'true' : undefined;
}
