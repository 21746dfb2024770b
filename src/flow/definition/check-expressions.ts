/** Checks the calls in a template before any run: functions, argument counts, and the names they refer to. */

import { jsonPointer } from '../../base/json.ts';
import {
  argumentCountComplaint,
  type CallExpression,
  findFunction,
  findFunctionNotBuilt,
  functionNames,
  isObjectValue,
  type Template,
  visitCalls,
} from '../expression/index.ts';
import type { ParameterDeclaration } from './definition.ts';
import { findNode, type Outline, type OutlineNode } from './outline.ts';
import type { PlatformRules } from './platform.ts';
import type { Problems } from './problems.ts';
import { runsBefore, withHolders } from './run-order.ts';
import { actionTypesRun } from './supported.ts';
import type { Variables } from './variables.ts';

/** Where a template stands: it decides what its expressions can see (reference 7.9). */
export type TemplatePlace =
  | { readonly kind: 'trigger-inputs' }
  | { readonly kind: 'trigger-result' }
  | { readonly kind: 'action'; readonly node: OutlineNode; readonly hasItem?: boolean; readonly hasAction?: boolean }
  | { readonly kind: 'outputs' }
  | { readonly kind: 'static' };

export interface CheckContext {
  readonly outline: Outline;
  readonly parameters: ReadonlyMap<string, ParameterDeclaration>;
  /** The same by the lower case of their names. */
  readonly parametersByLowerName: ReadonlyMap<string, ParameterDeclaration>;
  /** Whether values stand beside the definition, so that a parameter that is in neither is none. */
  readonly hasParameterValues: boolean;
  readonly platform: PlatformRules;
  readonly variables: Variables;
  readonly problems: Problems;
}

/** A call, however it is written: in an expression, or as a structured condition. */
export type CheckedCall = Pick<CallExpression, 'name' | 'arguments'>;

/** Reports every call in the template that cannot work at this place. */
export function checkTemplate(template: Template, pointer: string, place: TemplatePlace, context: CheckContext): void {
  visitCalls(template, (call, path) => checkCall(call, pointer + jsonPointer(path), place, context));
}

/** Reports a call that cannot work at this place; its arguments are not looked into. */
export function checkCall(call: CheckedCall, pointer: string, place: TemplatePlace, context: CheckContext): void {
  const { problems } = context;
  const definition = findFunction(call.name);
  if (definition === undefined) {
    const notBuilt = findFunctionNotBuilt(call.name);
    if (notBuilt !== undefined) problems.unsupported(pointer, `The function ${notBuilt}() is not supported yet.`);
    else {
      const hint = problems.hint(call.name, functionNames());
      problems.invalid(pointer, `There is no function '${call.name}'.${hint}`);
    }
    return;
  }
  const complaint = argumentCountComplaint(definition, call.arguments.length);
  if (complaint !== undefined) problems.invalid(pointer, complaint);
  const first = call.arguments[0];
  const name = first?.kind === 'literal' && typeof first.value === 'string' ? first.value : undefined;
  checkReference(definition.name, name, pointer, place, context);
}

const actionFunctions: ReadonlySet<string> = new Set([
  'actions',
  'outputs',
  'actionOutputs',
  'body',
  'actionBody',
  'formDataValue',
  'formDataMultiValues',
  'multipartBody',
  'result',
]);
const containerTypes: ReadonlySet<string> = new Set(['Scope', 'If', 'Switch', 'Foreach', 'Until']);
const triggerFunctions: ReadonlySet<string> = new Set([
  'trigger',
  'triggerOutputs',
  'triggerBody',
  'triggerFormDataValue',
  'triggerFormDataMultiValues',
  'triggerMultipartBody',
]);

function checkReference(
  fn: string,
  name: string | undefined,
  pointer: string,
  place: TemplatePlace,
  context: CheckContext,
): void {
  const { problems } = context;
  const isRunPlace = place.kind === 'action' || place.kind === 'outputs';
  if (fn === 'parameters') {
    if (name !== undefined) checkParameterReference(name, pointer, place, context);
  } else if (actionFunctions.has(fn)) {
    if (!isRunPlace) problems.invalid(pointer, `${fn}() is not available ${placeName(place)}.`);
    else if (name !== undefined) checkActionReference(fn, name, pointer, place, context);
  } else if (triggerFunctions.has(fn)) {
    if (place.kind === 'trigger-inputs') {
      problems.unsupported(
        pointer,
        `${fn}() in the inputs of a trigger, its previous execution, is not supported yet.`,
      );
    } else if (place.kind === 'static') problems.invalid(pointer, `${fn}() is not available ${placeName(place)}.`);
  } else if (fn === 'variables') {
    if (isRunPlace) checkVariableReference(name, pointer, place, context);
    else problems.invalid(pointer, `variables() is not available ${placeName(place)}.`);
  } else if (fn === 'item' || fn === 'items' || fn === 'iterationIndexes') {
    checkLoopReference(fn, name, pointer, place, context);
  } else if (fn === 'action') {
    if (place.kind === 'action' && (place.hasAction === true || place.node.type === 'Until')) return;
    problems.invalid(pointer, `action() is not available ${placeName(place)}.`);
  } else if (place.kind === 'static' && isVolatile(fn)) {
    problems.invalid(pointer, `${fn}() is not available ${placeName(place)}.`);
  }
}

function checkParameterReference(name: string, pointer: string, place: TemplatePlace, context: CheckContext): void {
  const { problems, parameters, parametersByLowerName, platform, hasParameterValues } = context;
  const declaration = parameters.get(name) ?? parametersByLowerName.get(name.toLowerCase());
  if (declaration !== undefined) checkSecureParameter(declaration, pointer, place, context);
  else if (platform.hasSharedParameters && !hasParameterValues) {
    problems.missing(
      pointer,
      `The parameter '${name}' stands in the parameters.json of the project, which is not here.`,
      'Check the folder of the project, or give the value when the flow is deployed.',
    );
  } else {
    const hint = problems.hint(name, parameters.keys());
    problems.invalid(pointer, `The definition declares no parameter '${name}'.${hint}`);
  }
}

/** Secure values never show in a history (reference 1.2); as long as we cannot hide them, they are not used. */
function checkSecureParameter(
  { name, type }: ParameterDeclaration,
  pointer: string,
  place: TemplatePlace,
  { problems }: CheckContext,
): void {
  // Those that begin with $ belong to the platform: $connections holds ids, $authentication is not evaluated here.
  if (!type.startsWith('Secure') || name.startsWith('$') || place.kind === 'static') return;
  const message = `The value of the ${type} '${name}' would show in histories; its use is not supported yet.`;
  problems.unsupported(pointer, message, 'Keep the secret in a connection.');
}

/** A variable must be initialized, and before it is read (reference 3.9). */
function checkVariableReference(
  name: string | undefined,
  pointer: string,
  place: TemplatePlace,
  { outline, variables, problems }: CheckContext,
): void {
  if (!actionTypesRun.has('InitializeVariable')) problems.unsupported(pointer, 'Variables are not supported yet.');
  if (name === undefined) return;
  const variable = variables.get(name.toLowerCase());
  if (variable === undefined) {
    const known = [...variables.values()].map((one) => one.name);
    const hint = problems.hint(name, known);
    problems.differs(
      pointer,
      `No action initializes the variable '${name}'.${hint} The cloud does not save such a workflow; here the action fails when it runs.`,
    );
    return;
  }
  if (place.kind !== 'action') return;
  const { node } = place;
  const inputs = node.source.get('inputs');
  const target = node.type === 'SetVariable' && isObjectValue(inputs) ? inputs.get('name') : undefined;
  if (typeof target === 'string' && sameName(target, variable.name)) {
    problems.invalid(
      pointer,
      `'${node.name}' sets the variable '${variable.name}' and reads it; compose the value first.`,
    );
  } else if (!runsBefore(outline, variable.node, node)) {
    problems.differs(
      pointer,
      `'${node.name}' reads the variable '${variable.name}' and does not run after '${variable.node.name}', which initializes it.`,
      'Add it to runAfter.',
    );
  }
}

function checkActionReference(
  fn: string,
  name: string,
  pointer: string,
  place: TemplatePlace,
  context: CheckContext,
): void {
  const { outline, problems } = context;
  const target = findNode(outline, name);
  if (target === undefined) {
    problems.invalid(pointer, `There is no action '${name}' for ${fn}().${problems.hint(name, outline.byName.keys())}`);
    return;
  }
  if (fn === 'result' && !containerTypes.has(target.type)) {
    problems.invalid(
      pointer,
      `result() takes an action that holds others; '${target.name}' is of type ${target.type}.`,
    );
    return;
  }
  if (place.kind !== 'action') return;
  const user = place.node;
  // Until's own expression looks at the actions inside it.
  if (user.type === 'Until' && withHolders(outline, target).includes(user) && target !== user) return;
  if (!runsBefore(outline, target, user)) {
    problems.invalid(
      pointer,
      `${fn}('${name}') is used by '${user.name}', which does not run after '${target.name}'; add it to runAfter.`,
    );
  }
}

function checkLoopReference(
  fn: string,
  name: string | undefined,
  pointer: string,
  place: TemplatePlace,
  context: CheckContext,
): void {
  const { outline, problems } = context;
  if (place.kind !== 'action') {
    problems.invalid(pointer, `${fn}() is not available ${placeName(place)}.`);
    return;
  }
  const holders = withHolders(outline, place.node);
  if (fn === 'item') {
    const isInLoop = holders.slice(1).some((holder) => holder.type === 'Foreach');
    if (!isInLoop && place.hasItem !== true) problems.invalid(pointer, 'item() is used outside of any loop.');
    return;
  }
  const loopType = fn === 'items' ? 'Foreach' : 'Until';
  // The expression of an Until may ask for its own index.
  const loops = fn === 'items' ? holders.slice(1) : holders;
  if (name !== undefined && !loops.some((holder) => holder.type === loopType && sameName(holder.name, name))) {
    problems.invalid(pointer, `${fn}('${name}') is used outside of a ${loopType} of that name.`);
  }
}

function placeName(place: TemplatePlace): string {
  switch (place.kind) {
    case 'trigger-inputs':
      return 'in the inputs of a trigger';
    case 'trigger-result':
      return 'in a trigger';
    case 'action':
      return `in '${place.node.name}'`;
    case 'outputs':
      return 'in the outputs of the workflow';
    case 'static':
      return 'where only parameters are';
  }
}

function isVolatile(fn: string): boolean {
  const definition = findFunction(fn);
  return definition?.kind === 'eager' && definition.isVolatile === true;
}

function sameName(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}
