/** CSDL elements → model data (OData CSDL XML 4.01). */

import type { Annotations, NavigationBinding } from '../model.ts';
import type {
  ContainerData,
  EntitySetData,
  EntityTypeData,
  EnumTypeData,
  OperationData,
  OperationImportData,
  SchemaData,
} from '../model-data.ts';
import { readAlternateKeys } from './alternate-keys.ts';
import { annotatedFrame, annotationFrame } from './annotation-frame.ts';
import { type AnnotationsDraft, type Attributes, type CsdlContext, type Frame, required } from './csdl-frame.ts';
import { entityTypeFrame, typeReference } from './structured-type-frame.ts';

/** A list or record of the data types that may still grow. */
type Draft<T> = { -readonly [Name in keyof T]: T[Name] extends readonly (infer Item)[] | undefined ? Item[] : T[Name] };
type SchemaDraft = Draft<Required<Omit<SchemaData, 'alias' | 'container'>>> & {
  alias?: string;
  container?: ContainerData;
};

/** The frame of the document. `schemas` fills as it is read; `aliases` takes the aliases of references. */
export function documentFrame(
  model: { readonly schemas: SchemaData[]; readonly aliases: Map<string, string> },
  context: CsdlContext,
): Frame {
  return {
    open(name, attributes) {
      if (name !== 'Edmx') context.fail(`the root element is '${name}'; expected 'edmx:Edmx'`);
      if (!/^4\./.test(attributes.Version ?? '')) {
        context.fail(`the version of Edmx is '${attributes.Version ?? ''}'; expected 4.0 or 4.01`);
      }
      return {
        open: (child) => {
          if (child === 'Reference') return referenceFrame(model.aliases);
          return child === 'DataServices' ? dataServicesFrame(model, context) : undefined;
        },
      };
    },
  };
}

/** `edmx:Reference`: only the aliases of what it includes matter here. */
function referenceFrame(aliases: Map<string, string>): Frame {
  return {
    open(name, { Alias, Namespace }) {
      if (name === 'Include' && Alias !== undefined && Namespace !== undefined) aliases.set(Alias, Namespace);
      return undefined;
    },
  };
}

function dataServicesFrame(
  model: { readonly schemas: SchemaData[]; readonly aliases: Map<string, string> },
  context: CsdlContext,
): Frame {
  return {
    open(name, attributes) {
      if (name !== 'Schema') return undefined;
      const namespace = required(attributes, 'Namespace', 'Schema', context);
      const schema: SchemaDraft = {
        namespace,
        entityTypes: [],
        complexTypes: [],
        enumTypes: [],
        actions: [],
        functions: [],
      };
      if (attributes.Alias !== undefined) {
        schema.alias = context.intern(attributes.Alias);
        model.aliases.set(schema.alias, namespace);
      }
      return schemaFrame(schema, context, () => model.schemas.push(schema));
    },
  };
}

function schemaFrame(schema: SchemaDraft, context: CsdlContext, close: () => void): Frame {
  return {
    open(name, attributes) {
      switch (name) {
        case 'EntityType':
          return entityTypeFrame(attributes, context, (type: EntityTypeData) => {
            const alternateKeys = readAlternateKeys(type.annotations ?? {});
            schema.entityTypes.push(alternateKeys.length === 0 ? type : { ...type, alternateKeys });
          });
        case 'ComplexType':
          return entityTypeFrame(attributes, context, (type) => schema.complexTypes.push(type));
        case 'EnumType':
          return enumTypeFrame(attributes, context, (type) => schema.enumTypes.push(type));
        case 'Action':
          return operationFrame(attributes, context, (action) => schema.actions.push(action));
        case 'Function':
          return operationFrame(attributes, context, (found) => schema.functions.push(found));
        case 'EntityContainer':
          if (schema.container !== undefined) context.fail('there is a second EntityContainer');
          return containerFrame(attributes, context, (container) => {
            schema.container = container;
          });
        default:
          return undefined;
      }
    },
    close,
  };
}

function enumTypeFrame(attributes: Attributes, context: CsdlContext, done: (type: EnumTypeData) => void): Frame {
  const type: Draft<Required<EnumTypeData>> = {
    name: required(attributes, 'Name', 'EnumType', context),
    isFlags: attributes.IsFlags === 'true',
    underlyingType: context.intern(attributes.UnderlyingType ?? 'Edm.Int32'),
    members: [],
    annotations: {},
  };
  const annotations: AnnotationsDraft = {};
  let next = 0n;
  return {
    open(name, child) {
      if (name === 'Annotation') return annotationFrame(child, annotations, context);
      if (name !== 'Member') return undefined;
      const text = child.Value ?? next.toString();
      if (!/^[+-]?\d+$/.test(text)) context.fail(`Member has the Value '${text}'; expected an integer`);
      const big = BigInt(text.replace(/^\+/, ''));
      next = big + 1n;
      const value = Number.isSafeInteger(Number(big)) ? Number(big) : big;
      const memberAnnotations: AnnotationsDraft = {};
      const member = required(child, 'Name', 'Member', context);
      return {
        ...annotatedFrame(memberAnnotations, context),
        close: () => type.members.push({ name: member, value, ...annotated(memberAnnotations) }),
      };
    },
    close: () => done({ ...type, annotations }),
  };
}

/** `Action` or `Function`. */
function operationFrame(attributes: Attributes, context: CsdlContext, done: (data: OperationData) => void): Frame {
  const parameters: NonNullable<OperationData['parameters']>[number][] = [];
  const annotations: AnnotationsDraft = {};
  let returnType: OperationData['returnType'];
  return {
    open(name, child) {
      if (name === 'Annotation') return annotationFrame(child, annotations, context);
      if (name === 'ReturnType') {
        returnType = typeReference(child, 'ReturnType', context);
        return undefined;
      }
      if (name !== 'Parameter') return undefined;
      const parameterAnnotations: AnnotationsDraft = {};
      const parameter = {
        name: required(child, 'Name', 'Parameter', context),
        ...typeReference(child, 'Parameter', context),
      };
      return {
        ...annotatedFrame(parameterAnnotations, context),
        close: () => parameters.push({ ...parameter, ...annotated(parameterAnnotations) }),
      };
    },
    close: () =>
      done({
        name: required(attributes, 'Name', 'Action or Function', context),
        isBound: attributes.IsBound === 'true',
        isComposable: attributes.IsComposable === 'true',
        parameters,
        ...(returnType === undefined ? {} : { returnType }),
        annotations,
      }),
  };
}

function containerFrame(attributes: Attributes, context: CsdlContext, done: (data: ContainerData) => void): Frame {
  const entitySets: EntitySetData[] = [];
  const singletons: EntitySetData[] = [];
  const actionImports: OperationImportData[] = [];
  const functionImports: OperationImportData[] = [];
  const annotations: AnnotationsDraft = {};
  return {
    open(name, child) {
      switch (name) {
        case 'Annotation':
          return annotationFrame(child, annotations, context);
        case 'EntitySet':
          return setFrame(child, 'EntityType', context, (set) => entitySets.push(set));
        case 'Singleton':
          return setFrame(child, 'Type', context, (set) => singletons.push(set));
        case 'ActionImport':
          actionImports.push(operationImport(child, 'Action', context));
          return undefined;
        case 'FunctionImport':
          functionImports.push(operationImport(child, 'Function', context));
          return undefined;
        default:
          return undefined;
      }
    },
    close: () =>
      done({
        name: required(attributes, 'Name', 'EntityContainer', context),
        entitySets,
        singletons,
        actionImports,
        functionImports,
        annotations,
      }),
  };
}

/** `EntitySet` or `Singleton`, which name their type in different attributes. */
function setFrame(
  attributes: Attributes,
  typeAttribute: 'EntityType' | 'Type',
  context: CsdlContext,
  done: (data: EntitySetData) => void,
): Frame {
  const element = typeAttribute === 'Type' ? 'Singleton' : 'EntitySet';
  const navigationBindings: NavigationBinding[] = [];
  const annotations: AnnotationsDraft = {};
  return {
    open(name, child) {
      if (name === 'Annotation') return annotationFrame(child, annotations, context);
      if (name === 'NavigationPropertyBinding') {
        const path = required(child, 'Path', name, context);
        navigationBindings.push({ path, target: required(child, 'Target', name, context) });
      }
      return undefined;
    },
    close: () =>
      done({
        name: required(attributes, 'Name', element, context),
        entityType: required(attributes, typeAttribute, element, context),
        navigationBindings,
        annotations,
      }),
  };
}

function operationImport(
  attributes: Attributes,
  kind: 'Action' | 'Function',
  context: CsdlContext,
): OperationImportData {
  const data = {
    name: required(attributes, 'Name', `${kind}Import`, context),
    operation: required(attributes, kind, `${kind}Import`, context),
  };
  return attributes.EntitySet === undefined ? data : { ...data, entitySet: context.intern(attributes.EntitySet) };
}

/** Most parts of a model have no annotations; they share none at all. */
function annotated(annotations: AnnotationsDraft): { readonly annotations?: Annotations } {
  return Object.keys(annotations).length === 0 ? {} : { annotations };
}
