/** Documents to definitions: everything is checked in one pass, before anything runs. */

import { DefinitionError, type DefinitionProblem } from '../../base/errors.ts';
import { type JsonObject, jsonPointer } from '../../base/json.ts';
import {
  describeValue,
  fromJson,
  isObjectValue,
  type ObjectValue,
  parseValue,
  type Value,
} from '../expression/index.ts';
import type { ReadContext } from './api-connection.ts';
import { openContainer } from './container.ts';
import { type Action, type ActionGroup, type Definition, groupsOf, type OutputDeclaration } from './definition.ts';
import { outputsMax } from './limits.ts';
import { reportMisspelt } from './misspelt-members.ts';
import { readOutline } from './outline.ts';
import { findParameterType, parameterTypeNames, readParameters } from './parameter.ts';
import { collectProblems } from './problems.ts';
import { readActions } from './read-actions.ts';
import { readTemplate } from './read-template.ts';
import { readTriggers } from './trigger.ts';

/** JSON as text (keeps 5.0 apart from 5), as plain data, or as a value. */
export type DefinitionSource = string | JsonObject | ObjectValue;

export interface ParseDefinitionOptions {
  /** Parameter values as a deployment gives them, `{ "<name>": { "value": … } }`: they win over those in the document. */
  readonly parameters?: DefinitionSource;
}

/**
 * Reads a workflow definition, bare or in `{ definition, parameters }`, ready to run.
 * Raises DefinitionError with every problem: DEFINITION_INVALID, DEFINITION_UNSUPPORTED (parts of the language that
 * Rialto does not run yet), EXPRESSION_SYNTAX; also JSON_INVALID and LIMIT_EXCEEDED.
 */
export function parseDefinition(source: DefinitionSource, options: ParseDefinitionOptions = {}): Definition {
  const { definition, problems } = readDefinition(source, options);
  if (definition === undefined) throw new DefinitionError(problems);
  return definition;
}

/**
 * Everything that keeps a definition from running here, each with its JSON pointer; empty when it runs as it is.
 * Raises JSON_INVALID and LIMIT_EXCEEDED.
 */
export function supportReport(
  source: DefinitionSource,
  options: ParseDefinitionOptions = {},
): readonly DefinitionProblem[] {
  try {
    return readDefinition(source, options).problems;
  } catch (error) {
    if (error instanceof DefinitionError) return error.problems;
    throw error;
  }
}

function readDefinition(
  source: DefinitionSource,
  options: ParseDefinitionOptions,
): { readonly definition: Definition | undefined; readonly problems: readonly DefinitionProblem[] } {
  const container = openContainer(toValue(source, 'the definition'));
  const bare = container.definition;
  const at = (name: string) => `${container.definitionPointer}/${name}`;
  const problems = collectProblems();
  reportMisspelt(bare, 'definition', container.definitionPointer, problems);
  checkSchema(bare.get('$schema'), at('$schema'), problems);
  const parametersSource = mergeParameters(container.parameters, options.parameters);
  const parameters = readParameters({
    declared: bare.get('parameters'),
    declaredPointer: at('parameters'),
    given: parametersSource,
    givenPointer: container.parametersPointer,
    problems,
  });
  const outline = readOutline(bare.get('actions'), at('actions'), problems);
  const context: ReadContext = {
    outline,
    parameters: parameters.declarations,
    parameterValues: parameters.values,
    problems,
  };
  const trigger = readTriggers(bare.get('triggers'), at('triggers'), context);
  const actions = readActions(outline.root, context);
  const outputs = readOutputs(bare.get('outputs'), at('outputs'), context);
  if (problems.list.length > 0 || trigger === undefined) return { definition: undefined, problems: problems.list };
  const definition: Definition = {
    source: bare,
    parametersSource,
    parameters: parameters.declarations,
    parameterValues: parameters.values,
    trigger,
    actions,
    actionsByName: new Map(allActions(actions).map((action) => [action.name, action])),
    outputs,
  };
  return { definition: Object.freeze(definition), problems: [] };
}

function toValue(source: DefinitionSource, what: string): Value {
  if (typeof source === 'string') return parseValue(source, what);
  return source instanceof Map ? (source as ObjectValue) : fromJson(source as JsonObject);
}

function mergeParameters(inDocument: ObjectValue, given: DefinitionSource | undefined): ObjectValue {
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

function checkSchema(schema: Value | undefined, pointer: string, problems: ReturnType<typeof collectProblems>): void {
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
