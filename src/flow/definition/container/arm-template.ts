/** ARM templates: every workflow among their resources, also nested ones, with template expressions resolved (reference 1.5). */

import type { DefinitionProblem } from '../../../base/errors.ts';
import { jsonPointer } from '../../../base/json.ts';
import { checkLimit } from '../../../base/limits.ts';
import {
  isArrayValue,
  isObjectValue,
  memberAt,
  memberOf,
  type ObjectValue,
  type Value,
  valueDepthMax,
} from '../../expression/index.ts';
import { type ArmScope, armValue, isArmExpression } from './arm-expression.ts';

/** A workflow resource of a template, its properties resolved. */
export interface ArmWorkflow {
  readonly name: string;
  /** Of the resource in the template. */
  readonly path: readonly (string | number)[];
  readonly properties: ObjectValue;
  readonly problems: readonly DefinitionProblem[];
}

/** Most characters that the expressions of a template may make, and most values that a template may grow to. */
const armCharactersMax = 4_194_304;
const armValuesMax = 200_000;
/** Deepest nesting of templates in templates. */
const armNestingMax = 8;
const expressionsListedMax = 50;

/** True for a document that is an ARM template. */
export function isArmTemplate(document: ObjectValue): boolean {
  const resources = document.get('resources');
  return isArrayValue(resources) || isObjectValue(resources);
}

/** The workflows of a template, in its order. Raises LIMIT_EXCEEDED for one that grows beyond bounds. */
export function armWorkflows(template: ObjectValue): readonly ArmWorkflow[] {
  const found: ArmWorkflow[] = [];
  const walk: Walk = { found, valuesLeft: armValuesMax };
  readTemplate(walk, template, { path: [], depth: 1, scope: templateScope(template, new Map()) });
  return found;
}

interface Walk {
  readonly found: ArmWorkflow[];
  valuesLeft: number;
}

interface Place {
  readonly path: readonly (string | number)[];
  readonly depth: number;
  readonly scope: ArmScope;
}

function templateScope(template: ObjectValue, given: ObjectValue): ArmScope {
  const declared = template.get('parameters');
  const variables = template.get('variables');
  const budget = { charactersLeft: armCharactersMax };
  const none: ArmScope = { parameters: new Map(), variables: new Map(), budget };
  const parameters = new Map<string, Value>();
  for (const [name, declaration] of isObjectValue(declared) ? declared : []) {
    const value = memberAt(given, [name, 'value']) ?? memberAt(declaration, ['defaultValue']);
    const plain = typeof value === 'string' ? armValue(value, none) : value;
    if (plain !== undefined) parameters.set(name, plain);
  }
  return { parameters, variables: isObjectValue(variables) ? variables : new Map(), budget };
}

function readTemplate(walk: Walk, template: ObjectValue, place: Place): void {
  const resources = template.get('resources');
  const path = [...place.path, 'resources'];
  checkLimit('armNestingMax', armNestingMax, place.depth, 'The nesting of templates and resources');
  // By number, or by symbolic name in the newer form of templates.
  const entries: readonly (readonly [string | number, Value])[] = isArrayValue(resources)
    ? resources.map((resource, index) => [index, resource] as const)
    : isObjectValue(resources)
      ? [...resources]
      : [];
  for (const [key, resource] of entries) {
    if (isObjectValue(resource)) readResource(walk, resource, { ...place, path: [...path, key] });
  }
}

function readResource(walk: Walk, resource: ObjectValue, place: Place): void {
  const type = memberOf(resource, 'type');
  const kind = typeof type === 'string' ? type.toLowerCase() : '';
  const properties = memberOf(resource, 'properties');
  if (kind === 'microsoft.logic/workflows' && properties !== undefined) {
    walk.found.push(readWorkflow(walk, resource, properties, place));
  }
  if (kind === 'microsoft.resources/deployments') readDeployment(walk, properties, place);
  if (resource.has('resources')) readTemplate(walk, resource, { ...place, depth: place.depth + 1 });
}

/** A template in a template: its expressions mean its own parameters only when it says so. */
function readDeployment(walk: Walk, properties: Value | undefined, place: Place): void {
  const inner = memberAt(properties, ['template']);
  if (!isObjectValue(inner)) return;
  const isInner = memberAt(properties, ['expressionEvaluationOptions', 'scope']);
  const given = resolved(memberAt(properties, ['parameters']) ?? null, [], { walk, scope: place.scope, problems: [] });
  const scope =
    typeof isInner === 'string' && isInner.toLowerCase() === 'inner'
      ? templateScope(inner, isObjectValue(given) ? given : new Map())
      : place.scope;
  readTemplate(walk, inner, { path: [...place.path, 'properties', 'template'], depth: place.depth + 1, scope });
}

function readWorkflow(walk: Walk, resource: ObjectValue, properties: Value, place: Place): ArmWorkflow {
  const problems: DefinitionProblem[] = [];
  const path = [...place.path, 'properties'];
  const value = resolved(properties, path, { walk, scope: place.scope, problems });
  const written = memberOf(resource, 'name');
  const name = typeof written === 'string' ? armValue(written, place.scope) : undefined;
  return {
    name: typeof name === 'string' ? name : '',
    path: place.path,
    properties: isObjectValue(value) ? withoutUnresolved(value) : new Map(),
    problems,
  };
}

/** A parameter whose value only a deployment knows has none here; its text would be taken for one of another type. */
function withoutUnresolved(properties: ObjectValue): ObjectValue {
  const parameters = properties.get('parameters');
  if (!isObjectValue(parameters)) return properties;
  const known = [...parameters].filter(([, entry]) => {
    const value = memberAt(entry, ['value']);
    return typeof value !== 'string' || !isArmExpression(value);
  });
  return new Map([...properties, ['parameters', new Map(known)]]);
}

interface Resolving {
  readonly walk: Walk;
  readonly scope: ArmScope;
  readonly problems: DefinitionProblem[];
}

/** The value with every template expression in it replaced; those that cannot be stay as text and are reported. */
function resolved(value: Value, path: readonly (string | number)[], context: Resolving): Value {
  context.walk.valuesLeft -= 1;
  checkLimit('valueDepthMax', valueDepthMax, path.length, 'The nesting of the resolved template');
  checkLimit(
    'armValuesMax',
    armValuesMax,
    armValuesMax - context.walk.valuesLeft,
    'The number of values of the template',
  );
  if (isArrayValue(value)) return value.map((item, index) => resolved(item, [...path, index], context));
  if (isObjectValue(value)) {
    return new Map([...value].map(([name, member]) => [name, resolved(member, [...path, name], context)]));
  }
  if (typeof value !== 'string' || !value.startsWith('[')) return value;
  const result = armValue(value, context.scope);
  const isConnection = path.includes('$connections');
  if (result === undefined) report(value, path, 'needs what only a deployment knows', context);
  else if (!isConnection && typeof result === 'string' && result !== value && hasPlaceholder(result)) {
    report(value, path, 'names a place in Azure that is not known here', context);
  }
  // A variable or a parameter may be an object with expressions of its own.
  if (isObjectValue(result) || isArrayValue(result)) return resolved(result, path, context);
  return result ?? value;
}

function hasPlaceholder(text: string): boolean {
  return /\{(?:subscription|resourceGroup|location)\}/.test(text);
}

function report(text: string, path: readonly (string | number)[], reason: string, { problems }: Resolving): void {
  if (problems.length >= expressionsListedMax || !isArmExpression(text)) return;
  const shown = text.length <= 100 ? text : `${text.slice(0, 100)}…`;
  problems.push({
    code: 'DEFINITION_VALUE_MISSING',
    pointer: jsonPointer(path),
    message: `The ARM template expression ${shown} ${reason}; it is taken as text. Write the value, or deploy the template and export the workflow.`,
  });
}
