/** Variables and control actions (reference 3.9 to 3.11). */

import { parseDurationMs } from '../../../base/duration.ts';
import { isRialtoError } from '../../../base/errors.ts';
import { jsonPointer } from '../../../base/json.ts';
import { describeValue, isArrayValue, isObjectValue, memberAt, type Value } from '../../expression/index.ts';
import type { ReadContext } from '../api-connection.ts';
import { readCondition } from '../condition.ts';
import { switchCasesMax, untilCountMax } from '../limits.ts';
import type { OutlineNode } from '../outline.ts';
import { withHolders } from '../run-order.ts';
import { type ActionCheck, checkInteger, failsWhenRun, isEvaluated } from './check-context.ts';

/** SetVariable, increments and appends: a variable that is there, of a type that fits (reference 3.9). */
export function checkVariableAction(check: ActionCheck): void {
  const { node, inputs, pointer, context } = check;
  const name = inputs.get('name');
  if (typeof name !== 'string' || name === '') {
    failsWhenRun(check, `${pointer}/name`, `${node.type} needs name, that of a variable.`);
    return;
  }
  if (node.type.startsWith('Set') || node.type.startsWith('Append')) {
    if (!inputs.has('value')) failsWhenRun(check, `${pointer}/value`, `${node.type} needs value.`);
  }
  if (isEvaluated(name)) return;
  const variable = context.variables.get(name.toLowerCase());
  if (variable === undefined) {
    const known = [...context.variables.values()].map((one) => one.name);
    const hint = context.problems.hint(name, known);
    failsWhenRun(check, `${pointer}/name`, `No action initializes the variable '${name}'.${hint}`);
    return;
  }
  const wanted = typesOf[node.type];
  if (wanted !== undefined && !wanted.includes(variable.type)) {
    context.problems.invalid(
      `${pointer}/name`,
      `${node.type} takes a variable of type ${wanted.join(' or ')}; '${variable.name}' is of type ${variable.type}.`,
    );
  }
}

const typesOf: Readonly<Record<string, readonly string[]>> = {
  IncrementVariable: ['Integer', 'Float'],
  DecrementVariable: ['Integer', 'Float'],
  AppendToStringVariable: ['String'],
  AppendToArrayVariable: ['Array'],
};

/** Foreach: an array, and how many turns at once (reference 3.10). */
export function checkForeach(node: OutlineNode, { problems }: ReadContext): void {
  const items = node.source.get('foreach');
  if (isArrayValue(items) || isEvaluated(items)) return;
  problems.invalid(
    `${node.pointer}/foreach`,
    `foreach is ${describeValue(items ?? null)}; expected an expression that gives an array.`,
  );
}

/** Until: a condition and its limits (reference 3.10). */
export function checkUntil(node: OutlineNode, context: ReadContext): void {
  const expression = node.source.get('expression');
  const place = { kind: 'action', node } as const;
  if (expression === undefined) {
    context.problems.invalid(`${node.pointer}/expression`, `'${node.name}' has no expression that ends it.`);
  } else readCondition(expression, `${node.pointer}/expression`, place, context);
  checkInteger(
    memberAt(node.source, ['limit', 'count']),
    { min: 1, max: untilCountMax, what: 'The count of an Until', pointer: `${node.pointer}/limit/count` },
    context,
  );
}

/** Switch: cases that are constant and differ (reference 3.10). */
export function checkSwitch(node: OutlineNode, { problems }: ReadContext): void {
  if (node.source.get('expression') === undefined) {
    problems.invalid(`${node.pointer}/expression`, `'${node.name}' has no expression to choose a case by.`);
  }
  const cases = node.source.get('cases');
  if (cases === undefined || cases === null) return;
  if (!isObjectValue(cases)) {
    problems.invalid(`${node.pointer}/cases`, `The cases are ${describeValue(cases)}; expected an object.`);
    return;
  }
  if (cases.size > switchCasesMax) {
    problems.invalid(`${node.pointer}/cases`, `There are ${cases.size} cases; at most ${switchCasesMax} are allowed.`);
  }
  const seen = new Map<string, string>();
  for (const [name, one] of cases) {
    const pointer = `${node.pointer}/cases${jsonPointer([name])}`;
    const value: Value | undefined = isObjectValue(one) ? one.get('case') : undefined;
    if (typeof value !== 'string' && typeof value !== 'bigint') {
      problems.invalid(
        `${pointer}/case`,
        `The case '${name}' is ${describeValue(value ?? null)}; expected text or an integer.`,
      );
      continue;
    }
    const key = `${typeof value} ${value}`;
    const same = seen.get(key);
    if (same !== undefined)
      problems.invalid(`${pointer}/case`, `The cases '${same}' and '${name}' have the same value.`);
    seen.set(key, name);
  }
}

/** Terminate and Response stand in no loop (reference 3.5, 3.11). */
export function checkOutsideLoops(node: OutlineNode, { outline, problems }: ReadContext): void {
  const loop = withHolders(outline, node)
    .slice(1)
    .find((holder) => holder.type === 'Foreach' || holder.type === 'Until');
  if (loop === undefined) return;
  problems.invalid(
    node.pointer,
    `'${node.name}' is inside the loop '${loop.name}', where ${node.type} is not allowed.`,
  );
}

/** Reports an ISO 8601 duration that is written out and is none. */
export function checkDuration(value: Value | undefined, pointer: string, { problems }: ReadContext): void {
  if (value === undefined || value === null || isEvaluated(value)) return;
  try {
    if (typeof value === 'string' && parseDurationMs(value) > 0) return;
  } catch (error) {
    if (!isRialtoError(error)) throw error;
  }
  problems.invalid(pointer, `The timeout is ${describeValue(value)}; expected an ISO 8601 duration such as PT1H.`);
}
