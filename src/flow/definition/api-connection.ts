/** What `ApiConnection` triggers and actions share: host, method, path (reference 2.2, 3.3). */

import { isRialtoError } from '../../base/errors.ts';
import { jsonPointer } from '../../base/json.ts';
import {
  describeValue,
  evaluateTemplate,
  isObjectValue,
  memberAt,
  type ObjectValue,
  type Template,
  type Value,
} from '../expression/index.ts';
import { type ConnectorCatalog, checkConnector } from './check/check-connector.ts';
import type { CheckContext, TemplatePlace } from './check-expressions.ts';
import type { FoundDefinition } from './container/found-definition.ts';
import { parameterScope } from './parameter-scope.ts';
import { readTemplate } from './read-template.ts';
import { readRetryPolicy } from './retry-policy.ts';
import { reportMembers } from './unsupported-members.ts';

export interface ReadContext extends CheckContext {
  readonly parameterValues: ReadonlyMap<string, Value>;
  /** As the catalogue spells it; empty when the definition has no trigger of a known type. */
  readonly triggerType: string;
  /** Whether the trigger has splitOn. */
  readonly isSplit: boolean;
  readonly staticResults: ObjectValue;
  readonly connections: FoundDefinition['connections'];
  /** What connectors there are; undefined when that is not asked for. */
  readonly connectors: ConnectorCatalog | undefined;
}

/** Reads and checks the `inputs` of an ApiConnection trigger or action. */
export function readApiConnectionInputs(
  inputs: Value | undefined,
  pointer: string,
  place: TemplatePlace,
  context: ReadContext,
): Template {
  const { problems } = context;
  if (!isObjectValue(inputs)) {
    problems.invalid(
      pointer,
      `The inputs are ${describeValue(inputs ?? null)}; expected an object with host, method and path.`,
    );
    return { kind: 'literal', value: null };
  }
  for (const name of ['method', 'path']) {
    const member = inputs.get(name);
    if (typeof member !== 'string' || member === '') {
      problems.invalid(`${pointer}/${name}`, `${name} is ${describeValue(member ?? null)}; expected a string.`);
    }
  }
  checkMethod(inputs.get('method'), pointer, context);
  const path = inputs.get('path');
  if (typeof path === 'string' && /^[^/@]/.test(path)) {
    problems.invalid(`${pointer}/path`, `The path is '${path.slice(0, 100)}'; expected one that begins with '/'.`);
  }
  for (const name of inputs.keys()) {
    if (inputMembers.has(name)) continue;
    const hint = problems.hint(name, inputMembers);
    problems.invalid(pointer + jsonPointer([name]), `An ApiConnection has no input '${name}'.${hint}`);
  }
  for (const name of ['queries', 'headers']) {
    const member = inputs.get(name);
    if (member !== undefined && !isObjectValue(member) && typeof member !== 'string') {
      problems.invalid(`${pointer}/${name}`, `${name} is ${describeValue(member)}; expected an object.`);
    }
  }
  checkRetryPolicy(inputs.get('retryPolicy'), pointer, context);
  reportForeignMembers(inputs, pointer, context);
  const template = readTemplate(inputs, pointer, place, context);
  checkConnection(inputs, `${pointer}/host/connection/name`, context);
  checkConnector(inputs, pointer, place.kind === 'trigger-inputs' ? 'trigger' : 'operation', context);
  return template;
}

/** Those that are not supported are among them; they are reported as such. */
const inputMembers: ReadonlySet<string> = new Set([
  'host',
  'method',
  'path',
  'pathTemplate',
  'queries',
  'headers',
  'body',
  'retryPolicy',
  'authentication',
  'cookie',
  'operationOptions',
]);

const methods: ReadonlySet<string> = new Set(['get', 'post', 'put', 'patch', 'delete', 'head', 'options']);

function checkMethod(method: Value | undefined, pointer: string, context: ReadContext): void {
  if (typeof method !== 'string' || method.includes('@') || methods.has(method.toLowerCase())) return;
  context.problems.invalid(
    `${pointer}/method`,
    `The method is '${method}'; expected one of ${[...methods].join(', ')}.`,
  );
}

function checkRetryPolicy(source: Value | undefined, pointer: string, context: ReadContext): void {
  if (source === undefined || holdsExpression(source)) return;
  const policy = readRetryPolicy(source);
  if ('complaint' in policy) context.problems.invalid(`${pointer}/retryPolicy`, policy.complaint);
}

function holdsExpression(value: Value): boolean {
  if (typeof value === 'string') return value.includes('@');
  return isObjectValue(value) && [...value.values()].some(holdsExpression);
}

function reportForeignMembers(inputs: ObjectValue, pointer: string, context: ReadContext): void {
  reportMembers(
    inputs,
    [['pathTemplate'], ['cookie'], ['operationOptions'], ['host', 'api'], ['host', 'connection', 'referenceName']],
    pointer,
    context.problems,
  );
  const authentication = inputs.get('authentication');
  // Power Automate writes this one everywhere; a connection has its own credential here.
  if (authentication !== "@parameters('$authentication')") {
    reportMembers(inputs, [['authentication']], pointer, context.problems);
  }
}

/** The connection must be known when the flow is deployed: its expression may use parameters only. */
function checkConnection(inputs: ObjectValue, pointer: string, context: ReadContext): void {
  if (memberAt(inputs, ['host', 'connection', 'referenceName']) !== undefined) return;
  const source = memberAt(inputs, ['host', 'connection', 'name']);
  if (typeof source !== 'string') {
    context.problems.invalid(pointer, 'host.connection.name is missing: it names the connection.');
    return;
  }
  const before = context.problems.blockingCount;
  const template = readTemplate(source, pointer, { kind: 'static' }, context);
  if (context.problems.blockingCount > before) return;
  if (isWithoutConnections(source, context)) {
    context.problems.missing(
      pointer,
      'The connection has no value in the parameters.',
      'Give $connections when the flow is deployed: the id of a connection for each key.',
    );
    return;
  }
  // What is wrong with a parameter was reported where it is declared.
  if (context.parameterValues.size < context.parameters.size) return;
  try {
    const name = evaluateTemplate(template, parameterScope(context.parameterValues));
    if (typeof name === 'string' && name !== '') return;
    context.problems.invalid(
      pointer,
      `host.connection.name gives ${describeValue(name)}; expected the id of a connection.`,
    );
  } catch (error) {
    if (!isRialtoError(error)) throw error;
    context.problems.invalid(pointer, `The connection has no value in the parameters: ${error.message}`);
  }
}

/** A bare definition names connections, and their ids come with the deployment. */
function isWithoutConnections(source: string, { parameterValues }: ReadContext): boolean {
  const value = parameterValues.get('$connections');
  return source.includes('$connections') && (value === undefined || (isObjectValue(value) && value.size === 0));
}
