/** Finds the definitions in one JSON document, by its shape (reference 1.5). */

import { DefinitionError } from '../../../base/errors.ts';
import { jsonPointer } from '../../../base/json.ts';
import { isArrayValue, isObjectValue, memberAt, type ObjectValue, type Value } from '../../expression/index.ts';
import type { PlatformName } from '../platform.ts';
import { armWorkflows, isArmTemplate } from './arm-template.ts';
import { connectionReferences, connectionsByName, connectionsOfParameter } from './connection-references.ts';
import type { ContainerKind, FoundDefinition } from './found-definition.ts';
import type { JsonDocument } from './json-document.ts';

/**
 * The definitions in a document: bare, code view, workflow resource, ARM template, Standard workflow, flow of Power
 * Automate. Raises DEFINITION_INVALID for a document that is none of these, saying what it looks like.
 */
export function readDocument(document: JsonDocument): readonly FoundDefinition[] {
  const { value } = document;
  if (!isObjectValue(value)) throw invalid(document, '', 'A workflow definition is a JSON object.');
  if (isArmTemplate(value)) return readTemplate(document, value);
  if (value.has('definition')) return [readCodeView(document, value)];
  if (memberAt(value, ['properties', 'definition']) !== undefined) return [readResource(document, value)];
  if (value.has('managedApiConnections') || value.has('serviceProviderConnections')) {
    throw invalid(document, '', 'This is the connections.json of a Logic Apps Standard project; read its folder.');
  }
  if (!value.has('triggers') && !value.has('actions')) {
    throw invalid(
      document,
      '',
      "The document has neither 'definition' nor 'triggers' and 'actions': it is no workflow definition.",
    );
  }
  return [found(document, { container: 'definition', path: [], definition: value })];
}

/** True for a document in which `readDocument` would find something. */
export function holdsDefinition(value: Value): boolean {
  return (
    isObjectValue(value) &&
    (isObjectValue(value.get('definition')) ||
      isObjectValue(memberAt(value, ['properties', 'definition'])) ||
      isObjectValue(value.get('triggers')) ||
      (isArmTemplate(value) && armWorkflows(value).length > 0))
  );
}

function readTemplate(document: JsonDocument, template: ObjectValue): readonly FoundDefinition[] {
  const workflows = armWorkflows(template);
  if (workflows.length === 0) {
    throw invalid(document, '/resources', 'The ARM template has no resource of the type Microsoft.Logic/workflows.');
  }
  return workflows.map(({ name, path, properties, problems }) => ({
    ...found(document, {
      container: 'arm-template',
      path: [...path, 'properties', 'definition'],
      definition: properties.get('definition'),
      parameters: properties.get('parameters'),
      parametersPath: [...path, 'properties', 'parameters'],
      name,
    }),
    problems,
  }));
}

/** `{ definition, parameters }` of the code view, or `{ definition, kind }` of a Standard project. */
function readCodeView(document: JsonDocument, value: ObjectValue): FoundDefinition {
  const kind = value.get('kind');
  const isStandard = kind !== undefined && !value.has('parameters');
  return found(document, {
    container: isStandard ? 'standard-workflow' : 'code-view',
    path: ['definition'],
    definition: value.get('definition'),
    parameters: value.get('parameters'),
    parametersPath: ['parameters'],
    references: value.get('connectionReferences'),
    ...(typeof kind === 'string' ? { workflowKind: kind } : {}),
  });
}

/** `{ properties: { definition } }`: a resource of Logic Apps or a flow of Power Automate. */
function readResource(document: JsonDocument, value: ObjectValue): FoundDefinition {
  const properties = memberAt(value, ['properties']);
  const type = value.get('type');
  const references = memberAt(properties, ['connectionReferences']);
  const isLogicApp = typeof type === 'string' && /^microsoft\.logic\//i.test(type);
  const isFlow = !isLogicApp && (references !== undefined || /^microsoft\.flow\//i.test(String(type)));
  const displayName = memberAt(properties, ['displayName']);
  const name = isFlow && typeof displayName === 'string' ? displayName : value.get('name');
  return found(document, {
    container: isFlow ? 'power-automate-flow' : 'resource',
    path: ['properties', 'definition'],
    definition: memberAt(properties, ['definition']),
    parameters: memberAt(properties, ['parameters']),
    parametersPath: ['properties', 'parameters'],
    references,
    ...(typeof name === 'string' ? { name } : {}),
  });
}

interface Finding {
  readonly container: ContainerKind;
  readonly path: readonly (string | number)[];
  readonly definition: Value | undefined;
  readonly parameters?: Value | undefined;
  readonly parametersPath?: readonly (string | number)[];
  readonly references?: Value | undefined;
  readonly workflowKind?: string;
  readonly name?: string;
}

function found(document: JsonDocument, finding: Finding): FoundDefinition {
  const { container, path, definition } = finding;
  const parameters = finding.parameters ?? new Map<string, Value>();
  const parametersPointer = jsonPointer(finding.parametersPath ?? ['parameters']);
  if (!isObjectValue(definition)) throw invalid(document, jsonPointer(path), 'The definition is a JSON object.');
  if (!isObjectValue(parameters)) throw invalid(document, parametersPointer, 'The parameters are a JSON object.');
  return {
    name: finding.name ?? '',
    container,
    platform: platformOf(container, definition),
    file: document.file,
    pointer: jsonPointer(path),
    workflowKind: finding.workflowKind,
    definition,
    parameters,
    parametersPointer,
    connections: connectionsByName(
      connectionReferences(finding.references),
      connectionsOfParameter(memberAt(parameters, ['$connections', 'value'])),
      connectionsOfParameter(memberAt(definition, ['parameters', '$connections', 'defaultValue'])),
    ),
    problems: [],
    document,
    path,
    parametersPath: finding.parameters === undefined ? undefined : finding.parametersPath,
  };
}

/** By the container; where that leaves it open, by what only Power Automate writes. */
function platformOf(container: ContainerKind, definition: ObjectValue): PlatformName {
  if (container === 'standard-workflow') return 'LogicAppsStandard';
  if (container === 'power-automate-flow') return 'PowerAutomate';
  if (container === 'resource' || container === 'arm-template') return 'LogicApps';
  const isFlow =
    memberAt(definition, ['parameters', '$authentication']) !== undefined ||
    hasFlowType(definition.get('triggers')) ||
    hasFlowType(definition.get('actions'));
  return isFlow ? 'PowerAutomate' : 'LogicApps';
}

function hasFlowType(value: Value | undefined): boolean {
  if (isArrayValue(value)) return false;
  if (!isObjectValue(value)) return false;
  const type = value.get('type');
  if (typeof type === 'string' && /^openapiconnection/i.test(type) && value.has('inputs')) return true;
  return [...value.values()].some(hasFlowType);
}

function invalid({ file }: JsonDocument, pointer: string, message: string): DefinitionError {
  return new DefinitionError([
    { code: 'DEFINITION_INVALID', pointer, message: file === '' ? message : `${file}: ${message}` },
  ]);
}
