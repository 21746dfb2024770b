/** Reads and checks a definition that was found in its container. */

import { DefinitionError, type DefinitionProblem } from '../../base/errors.ts';
import type { JsonObject } from '../../base/json.ts';
import {
  describeValue,
  fromJson,
  isObjectValue,
  type ObjectValue,
  parseValue,
  type Value,
} from '../expression/index.ts';
import type { ReadContext } from './api-connection.ts';
import type { ConnectorCatalog } from './check/check-connector.ts';
import { checkContainer, checkPlatform, checkSchema } from './check/check-container.ts';
import { checkDescription } from './check/check-settings.ts';
import { readStaticResults } from './check/check-static-results.ts';
import type { FoundDefinition } from './container/found-definition.ts';
import { type Action, type ActionGroup, type Definition, groupsOf } from './definition.ts';
import { actionsMax } from './limits.ts';
import { reportMisspelt } from './misspelt-members.ts';
import { type Outline, type OutlineGroup, readOutline } from './outline.ts';
import { readOutputs } from './output.ts';
import { readParameters } from './parameter.ts';
import { platforms } from './platform.ts';
import { collectProblems, type Problems } from './problems.ts';
import { readActions } from './read-actions.ts';
import { orderGroup } from './run-order.ts';
import { findTriggerType, readTriggers } from './trigger.ts';
import { readVariables } from './variables.ts';

export interface ParseDefinitionOptions {
  /** Parameter values as a deployment gives them, `{ "<name>": { "value": … } }`: they win over those in the document. */
  readonly parameters?: string | JsonObject | ObjectValue;
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
  checkContainer(found, problems);
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
  checkPlatform(found, context);
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
    isSplit: (isObjectValue(trigger) ? (trigger.get('splitOn') ?? null) : null) !== null,
    triggerType: findTriggerType(isObjectValue(trigger) ? trigger.get('type') : undefined) ?? '',
    staticResults: readStaticResults(staticResults, `${found.pointer}/staticResults`, problems),
    connections: found.connections,
    connectors,
    problems,
  };
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

function allActions(group: ActionGroup): readonly Action[] {
  return [...group.actions.values()].flatMap((action) => [action, ...groupsOf(action).flatMap(allActions)]);
}
