/** Actions, functions and their imports of a model. */

import type { TypeContext } from './create-structured-type.ts';
import type { Model, ODataAction, ODataFunction, OperationImport } from './model.ts';
import type { OperationData, OperationImportData, SchemaData, TypeReferenceData } from './model-data.ts';
import type { TypeNames } from './type-names.ts';

type Operations = Pick<
  Model,
  | 'actions'
  | 'functions'
  | 'actionImports'
  | 'functionImports'
  | 'boundActions'
  | 'boundFunctions'
  | 'unboundAction'
  | 'unboundFunctions'
>;

/** The part of the model that holds operations (OData CSDL 4.01 12, 13.5, 13.6). */
export function createOperations(schemas: readonly SchemaData[], types: TypeContext): Operations {
  const { names } = types;
  const actions = schemas.flatMap((schema) =>
    (schema.actions ?? []).map((data) => createOperation(data, schema, names)),
  );
  const functions = schemas.flatMap((schema) =>
    (schema.functions ?? []).map((data): ODataFunction => {
      return { ...createOperation(data, schema, names), isComposable: data.isComposable ?? false };
    }),
  );
  const container = schemas.find((schema) => schema.container !== undefined)?.container;
  const hasContainer = container !== undefined;
  const actionImports = createImports(container?.actionImports ?? (hasContainer ? defaultImports(actions) : []), names);
  const functionImports = createImports(
    container?.functionImports ?? (hasContainer ? defaultImports(functions) : []),
    names,
  );
  const importedName = (imports: readonly OperationImport[], name: string) =>
    imports.find((candidate) => candidate.name === name)?.operation ?? names.resolve(name);
  return {
    actions,
    functions,
    actionImports,
    functionImports,
    boundActions: boundTo(actions, types),
    boundFunctions: boundTo(functions, types),
    unboundAction(name) {
      const wanted = importedName(actionImports, name);
      return actions.find((action) => !action.isBound && action.qualifiedName === wanted);
    },
    unboundFunctions(name) {
      const wanted = importedName(functionImports, name);
      return functions.filter((candidate) => !candidate.isBound && candidate.qualifiedName === wanted);
    },
  };
}

/** Finds the operations of a binding type, those of its base types included. */
function boundTo<T extends ODataAction>(operations: readonly T[], types: TypeContext) {
  const byBinding = new Map<string, T[]>();
  for (const operation of operations) {
    const binding = operation.isBound ? operation.parameters[0] : undefined;
    if (binding === undefined) continue;
    const key = bindingKey(binding.type, binding.isCollection);
    const found = byBinding.get(key);
    if (found === undefined) byBinding.set(key, [operation]);
    else found.push(operation);
  }
  return (bindingType: string, isCollection: boolean): readonly T[] => {
    const found: T[] = [];
    let name: string | undefined = types.names.resolve(bindingType);
    while (name !== undefined) {
      found.push(...(byBinding.get(bindingKey(name, isCollection)) ?? []));
      name = types.entityTypes.get(name)?.baseType;
    }
    return found;
  };
}

function bindingKey(type: string, isCollection: boolean): string {
  return isCollection ? `Collection(${type})` : type;
}

function createOperation(data: OperationData, schema: SchemaData, names: TypeNames): ODataAction {
  return {
    name: data.name,
    qualifiedName: `${schema.namespace}.${data.name}`,
    isBound: data.isBound ?? false,
    parameters: (data.parameters ?? []).map((parameter) => ({
      name: parameter.name,
      ...typeReference(parameter, names),
      annotations: parameter.annotations ?? {},
    })),
    ...(data.returnType === undefined ? {} : { returnType: typeReference(data.returnType, names) }),
    annotations: data.annotations ?? {},
  };
}

function typeReference({ type, isCollection = false, isNullable = true }: TypeReferenceData, names: TypeNames) {
  return { type: names.resolve(type), isCollection, isNullable };
}

/** Each unbound operation under its own name; overloads share one import. */
function defaultImports(operations: readonly ODataAction[]): readonly OperationImportData[] {
  const unbound = operations.filter(({ isBound }) => !isBound);
  return [...new Map(unbound.map(({ name, qualifiedName }) => [name, { name, operation: qualifiedName }])).values()];
}

function createImports(imports: readonly OperationImportData[], names: TypeNames): readonly OperationImport[] {
  return imports.map((data) => ({ ...data, operation: names.resolve(data.operation) }));
}
