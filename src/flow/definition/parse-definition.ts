/** Documents to definitions: everything is checked in one pass, before anything runs. */

import { DefinitionError, type DefinitionProblem } from '../../base/errors.ts';
import { type JsonObject, jsonPointer } from '../../base/json.ts';
import {
  describeValue,
  fromJson,
  isObjectValue,
  memberAt,
  type ObjectValue,
  parseValue,
  type Value,
} from '../expression/index.ts';
import type { ReadContext } from './api-connection.ts';
import type { ConnectorCatalog } from './check/check-connector.ts';
import { checkDescription } from './check/check-settings.ts';
import { readStaticResults } from './check/check-static-results.ts';
import { type FoundDefinition, isFoundDefinition } from './container/found-definition.ts';
import { readDefinitionDocument } from './container/read-definitions.ts';
import { type Action, type ActionGroup, type Definition, groupsOf, type OutputDeclaration } from './definition.ts';
import { actionsMax, outputsMax } from './limits.ts';
import { reportMisspelt } from './misspelt-members.ts';
import { type Outline, type OutlineGroup, readOutline } from './outline.ts';
import { findParameterType, parameterTypeNames, readParameters } from './parameter.ts';
import { platforms } from './platform.ts';
import { collectProblems, isBlocking, type Problems } from './problems.ts';
import { readActions } from './read-actions.ts';
import { readTemplate } from './read-template.ts';
import { orderGroup } from './run-order.ts';
import { findTriggerType, readTriggers } from './trigger.ts';
import { readVariables } from './variables.ts';

/** JSON as text (keeps 5.0 apart from 5), as plain data, as a value; or what `readDefinitions` found. */
export type DefinitionSource = string | JsonObject | ObjectValue | FoundDefinition;

export interface ParseDefinitionOptions {
  /** Parameter values as a deployment gives them, `{ "<name>": { "value": … } }`: they win over those in the document. */
  readonly parameters?: string | JsonObject | ObjectValue;
}

/**
 * Reads a workflow definition, in any container that is one document and holds one definition, ready to run.
 * Raises DefinitionError with every problem: DEFINITION_INVALID, DEFINITION_UNSUPPORTED (parts of the language that
 * Rialto does not run yet), DEFINITION_VALUE_MISSING, EXPRESSION_SYNTAX; also JSON_INVALID and LIMIT_EXCEEDED.
 */
export function parseDefinition(source: DefinitionSource, options: ParseDefinitionOptions = {}): Definition {
  const { definition, problems } = readFoundDefinition(soleDefinition(source), options);
  if (definition === undefined) throw new DefinitionError(problems.filter(isBlocking));
  return definition;
}

/**
 * Everything that keeps a definition from running here, each with its JSON pointer; empty when it runs. What runs and
 * differs is not among it: `compatibilityReport` says all.
 * Raises JSON_INVALID and LIMIT_EXCEEDED.
 */
export function supportReport(
  source: DefinitionSource,
  options: ParseDefinitionOptions = {},
): readonly DefinitionProblem[] {
  try {
    return readFoundDefinition(soleDefinition(source), options).problems.filter(isBlocking);
  } catch (error) {
    if (error instanceof DefinitionError) return error.problems;
    throw error;
  }
}

export interface ReadDefinition {
  /** Undefined when something keeps it from running. */
  readonly definition: Definition | undefined;
  readonly problems: readonly DefinitionProblem[];
}

/** Reads and checks a definition that the reader found; with a catalog also what connectors offer. */
export function readFoundDefinition(
  found: FoundDefinition,
  options: ParseDefinitionOptions & { readonly connectors?: ConnectorCatalog } = {},
): ReadDefinition {
  const bare = found.definition;
  const at = (name: string) => `${found.pointer}/${name}`;
  const problems = collectProblems();
  reportContainer(found, problems);
  reportMisspelt(bare, 'definition', found.pointer, problems);
  checkSchema(bare.get('$schema'), at('$schema'), problems);
  const parametersSource = mergeParameters(found.parameters, options.parameters);
  const outline = readOutline(bare.get('actions'), at('actions'), problems);
  const context = readContext(found, { parametersSource, outline, problems, connectors: options.connectors });
  checkDescription(bare.get('description'), at('description'), context);
  // What stands in a definition beyond bounds is not looked into.
  if (outline.byName.size > actionsMax) {
    orderAll(outline.root, problems);
    return { definition: undefined, problems: problems.list };
  }
  const trigger = readTriggers(bare.get('triggers'), at('triggers'), context);
  const actions = readActions(outline.root, context);
  const outputs = readOutputs(bare.get('outputs'), at('outputs'), context);
  reportPlatform(found, context);
  if (problems.blockingCount > 0 || trigger === undefined) return { definition: undefined, problems: problems.list };
  const definition: Definition = {
    source: bare,
    parametersSource,
    parameters: context.parameters,
    parameterValues: context.parameterValues,
    trigger,
    actions,
    actionsByName: new Map(allActions(actions).map((action) => [action.name, action])),
    outputs,
    differences: problems.list,
  };
  return { definition: Object.freeze(definition), problems: problems.list };
}

/** The definition of a source that holds one. Raises DEFINITION_INVALID when it holds several. */
export function soleDefinition(source: DefinitionSource): FoundDefinition {
  if (isFoundDefinition(source)) return source;
  const found = readDefinitionDocument(source);
  const [first] = found;
  if (first !== undefined && found.length === 1) return first;
  throw new DefinitionError([
    {
      code: 'DEFINITION_INVALID',
      pointer: '',
      message: `The document holds ${found.length} definitions: read them with readDefinitions and take one.`,
    },
  ]);
}

function readContext(
  found: FoundDefinition,
  {
    parametersSource,
    outline,
    problems,
    connectors,
  }: {
    readonly parametersSource: ObjectValue;
    readonly outline: Outline;
    readonly problems: Problems;
    readonly connectors: ConnectorCatalog | undefined;
  },
): ReadContext {
  const bare = found.definition;
  const platform = platforms[found.platform];
  const parameters = readParameters({
    declared: bare.get('parameters'),
    declaredPointer: `${found.pointer}/parameters`,
    given: parametersSource,
    givenPointer: found.parametersPointer,
    platform,
    problems,
  });
  const triggers = bare.get('triggers');
  const [trigger] = isObjectValue(triggers) ? [...triggers.values()] : [];
  const staticResults = bare.get('staticResults');
  return {
    outline,
    parameters: parameters.declarations,
    parametersByLowerName: new Map([...parameters.declarations.values()].map((one) => [one.name.toLowerCase(), one])),
    parameterValues: parameters.values,
    hasParameterValues: parametersSource.size > 0 || found.parametersPointer.includes('#'),
    platform,
    variables: readVariables(outline, problems),
    triggerType: findTriggerType(isObjectValue(trigger) ? trigger.get('type') : undefined) ?? '',
    staticResults: readStaticResults(staticResults, `${found.pointer}/staticResults`, problems),
    connections: found.connections,
    connectors,
    problems,
  };
}

/** What the container gives reason to say: its own problems, names that stand twice, the kind of a Standard workflow. */
function reportContainer(found: FoundDefinition, problems: Problems): void {
  for (const { pointer, message } of found.problems) problems.missing(pointer, message);
  for (const pointer of found.document.repeated) {
    problems.invalid(pointer, 'This name stands twice in its object; only the last one would count.');
  }
  if (found.workflowKind === undefined || found.workflowKind.toLowerCase() === 'stateful') return;
  problems.unsupported(
    '/kind',
    `Workflows of the kind '${found.workflowKind.slice(0, 80)}' are not supported; 'Stateful' is.`,
    "Write 'Stateful': the runs are kept, and nothing else changes.",
  );
}

/** Where the rules of the platform part from those that runs follow here. */
function reportPlatform(found: FoundDefinition, { outline, platform, problems }: ReadContext): void {
  if (found.platform !== 'PowerAutomate') return;
  const calls = [...outline.byName.values()].filter(({ type }) => type === 'ApiConnection');
  if (calls.every(({ source }) => memberAt(source, ['inputs', 'retryPolicy']) !== undefined)) return;
  problems.differs(
    found.pointer,
    `Where an action has no retry policy, ${platform.title} makes ${platform.retryDefault}; here it is 4, 5 to 45 s apart.`,
    'Write a retry policy where it matters.',
  );
}

function orderAll(group: OutlineGroup, problems: Problems): void {
  orderGroup(group, problems);
  for (const node of group.nodes) for (const inner of node.groups) orderAll(inner, problems);
}

function toValue(source: string | JsonObject | ObjectValue, what: string): Value {
  if (typeof source === 'string') return parseValue(source, what);
  return source instanceof Map ? (source as ObjectValue) : fromJson(source as JsonObject);
}

function mergeParameters(inDocument: ObjectValue, given: ParseDefinitionOptions['parameters']): ObjectValue {
  if (given === undefined) return inDocument;
  const values = toValue(given, 'the parameters');
  if (!isObjectValue(values)) {
    throw new DefinitionError([
      {
        code: 'DEFINITION_INVALID',
        pointer: '/parameters',
        message: `The parameters are ${describeValue(values)}; expected an object.`,
      },
    ]);
  }
  return new Map([...inDocument, ...values]);
}

function checkSchema(schema: Value | undefined, pointer: string, problems: Problems): void {
  if (schema === undefined) return;
  const version =
    typeof schema === 'string' ? /\/schemas\/([^/]+)\/workflowdefinition\.json#?$/i.exec(schema)?.[1] : '';
  if (version === '2016-06-01') return;
  if (version === '2014-12-01-preview' || version === '2015-08-01-preview') {
    problems.unsupported(pointer, `The schema version ${version} is not supported; 2016-06-01 is.`);
  } else {
    problems.invalid(
      pointer,
      'The $schema is not that of a workflow definition: https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#.',
    );
  }
}

function readOutputs(
  source: Value | undefined,
  pointer: string,
  context: ReadContext,
): ReadonlyMap<string, OutputDeclaration> {
  const outputs = new Map<string, OutputDeclaration>();
  if (source === undefined || source === null) return outputs;
  if (!isObjectValue(source)) {
    context.problems.invalid(pointer, `The outputs are ${describeValue(source)}; expected an object.`);
    return outputs;
  }
  if (source.size > outputsMax) {
    context.problems.invalid(pointer, `There are ${source.size} outputs; at most ${outputsMax} are allowed.`);
  }
  for (const [name, output] of source) {
    const at = pointer + jsonPointer([name]);
    const value = isObjectValue(output) ? output.get('value') : undefined;
    const type = isObjectValue(output) ? output.get('type') : undefined;
    if (value === undefined || typeof type !== 'string' || findParameterType(type) === undefined) {
      context.problems.invalid(at, `The output '${name}' needs a value and a type: ${parameterTypeNames.join(', ')}.`);
      continue;
    }
    outputs.set(name, { name, type, value: readTemplate(value, `${at}/value`, { kind: 'outputs' }, context) });
  }
  return outputs;
}

function allActions(group: ActionGroup): readonly Action[] {
  return [...group.actions.values()].flatMap((action) => [action, ...groupsOf(action).flatMap(allActions)]);
}
