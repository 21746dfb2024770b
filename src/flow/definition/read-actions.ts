/** Outline to actions: one reader per type that Rialto runs (reference 3). */

import { describeValue, isObjectValue, type Template, type Value } from '../expression/index.ts';
import { type ReadContext, readApiConnectionInputs } from './api-connection.ts';
import { checkAction } from './check/check-action.ts';
import { checkApi } from './check/check-connector.ts';
import { reportUnreachable } from './check/reachability.ts';
import type { TemplatePlace } from './check-expressions.ts';
import { readCondition } from './condition.ts';
import type { Action, ActionGroup } from './definition.ts';
import { reportMisspelt } from './misspelt-members.ts';
import type { OutlineGroup, OutlineNode } from './outline.ts';
import { readTemplate } from './read-template.ts';
import { orderGroup } from './run-order.ts';
import { actionTypesRun, typeRemedy } from './supported.ts';
import { reportActionMembers } from './unsupported-members.ts';

/** The actions of a group, at all depths; those that are wrong or not supported are reported and left out. */
export function readActions(group: OutlineGroup | undefined, context: ReadContext): ActionGroup {
  if (group === undefined) return { actions: new Map(), ordered: [], leaves: [] };
  const ordered = orderGroup(group, context.problems);
  reportUnreachable(ordered, context.problems);
  const actions = new Map<string, Action>();
  for (const node of group.nodes) {
    const action = readAction(node, context);
    if (action !== undefined) actions.set(node.name, action);
  }
  const named = new Set(group.nodes.flatMap((node) => [...node.runAfter.keys()]));
  return {
    actions,
    ordered: ordered.flatMap((node) => actions.get(node.name) ?? []),
    leaves: [...actions.values()].filter((action) => !named.has(action.name)),
  };
}

function readAction(node: OutlineNode, context: ReadContext): Action | undefined {
  reportActionMembers(node.source, node.pointer, actionTypesRun.has(node.type), context.problems);
  checkAction(node, context);
  readTrackedProperties(node, context);
  const place: TemplatePlace = { kind: 'action', node };
  const base = { name: node.name, pointer: node.pointer, runAfter: node.runAfter };
  const inputsPointer = `${node.pointer}/inputs`;
  switch (node.type) {
    case 'ApiConnection':
      return {
        ...base,
        kind: 'ApiConnection',
        inputs: readApiConnectionInputs(node.source.get('inputs'), inputsPointer, place, context),
      };
    case 'Compose': {
      const inputs = node.source.get('inputs');
      if (inputs === undefined) context.problems.invalid(inputsPointer, `'${node.name}' has no inputs to compose.`);
      return { ...base, kind: 'Compose', inputs: readTemplate(inputs ?? null, inputsPointer, place, context) };
    }
    case 'If':
      return readIf(node, place, context);
    case 'Scope':
      return { ...base, kind: 'Scope', body: readActions(node.groups[0], context) };
    case 'Terminate':
      return { ...base, kind: 'Terminate', inputs: readTerminateInputs(node, place, context) };
    default:
      return reportUnsupportedType(node, context);
  }
}

function readIf(node: OutlineNode, place: TemplatePlace, context: ReadContext): Action {
  const expression = node.source.get('expression');
  const otherwise = node.source.get('else');
  if (expression === undefined) context.problems.invalid(node.pointer, `'${node.name}' has no expression.`);
  if (otherwise !== undefined && otherwise !== null && !isObjectValue(otherwise)) {
    context.problems.invalid(
      `${node.pointer}/else`,
      `else is ${describeValue(otherwise)}; expected an object with actions.`,
    );
  }
  reportMisspelt(otherwise, 'branch', `${node.pointer}/else`, context.problems);
  const elsePointer = `${node.pointer}/else/actions`;
  return {
    name: node.name,
    pointer: node.pointer,
    runAfter: node.runAfter,
    kind: 'If',
    expression: readCondition(expression ?? '@true', `${node.pointer}/expression`, place, context),
    whenTrue: readActions(
      node.groups.find((group) => group.pointer !== elsePointer),
      context,
    ),
    whenFalse: readActions(
      node.groups.find((group) => group.pointer === elsePointer),
      context,
    ),
  };
}

const runStatuses: ReadonlySet<string> = new Set(['succeeded', 'failed', 'cancelled']);

function readTerminateInputs(node: OutlineNode, place: TemplatePlace, context: ReadContext): Template {
  const pointer = `${node.pointer}/inputs`;
  const inputs: Value | undefined = node.source.get('inputs');
  const status = isObjectValue(inputs) ? inputs.get('runStatus') : undefined;
  if (typeof status !== 'string' || (!status.includes('@') && !runStatuses.has(status.toLowerCase()))) {
    context.problems.invalid(`${pointer}/runStatus`, 'runStatus of Terminate is Succeeded, Failed or Cancelled.');
  }
  return readTemplate(inputs ?? null, pointer, place, context);
}

/** Evaluated when the action has ended, so action() gives something there (reference 5.7). */
function readTrackedProperties(node: OutlineNode, context: ReadContext): void {
  const tracked = node.source.get('trackedProperties');
  if (tracked === undefined) return;
  readTemplate(tracked, `${node.pointer}/trackedProperties`, { kind: 'action', node, hasAction: true }, context);
}

/** The type is reported; what is inside is checked all the same, so that one pass names everything. */
function reportUnsupportedType(node: OutlineNode, context: ReadContext): undefined {
  if (node.type === '') return undefined;
  const message = `Actions of type ${node.type} are not supported yet.`;
  context.problems.unsupported(`${node.pointer}/type`, message, typeRemedy(node.type));
  const place: TemplatePlace = { kind: 'action', node };
  readUnsupportedInputs(node, place, context);
  for (const name of node.type === 'Until' ? ['foreach'] : ['expression', 'foreach']) {
    const source = node.source.get(name);
    if (source !== undefined) readTemplate(source, `${node.pointer}/${name}`, place, context);
  }
  for (const group of node.groups) readActions(group, context);
  return undefined;
}

function readUnsupportedInputs(node: OutlineNode, place: TemplatePlace, context: ReadContext): void {
  const inputs = node.source.get('inputs');
  if (inputs === undefined) return;
  const pointer = `${node.pointer}/inputs`;
  if (node.type.startsWith('OpenApiConnection') && isObjectValue(inputs)) checkApi(inputs, pointer, context);
  // A JSON schema may hold names that begin with @; it is never evaluated.
  const checked = isObjectValue(inputs) ? new Map([...inputs].filter(([name]) => name !== 'schema')) : inputs;
  const hasItem = node.type === 'Query' || node.type === 'Select' || node.type === 'Table';
  const where = isObjectValue(checked) ? checked.get('where') : undefined;
  if (hasItem && checked instanceof Map && isObjectValue(where)) {
    readCondition(where, `${pointer}/where`, { kind: 'action', node, hasItem }, context);
    checked.delete('where');
  }
  const hasAction = node.type === 'HttpWebhook' || node.type.endsWith('Webhook');
  readTemplate(checked, pointer, { ...place, hasItem, hasAction } as TemplatePlace, context);
}
