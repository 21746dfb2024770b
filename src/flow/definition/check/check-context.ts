/** What the checks of actions share: how they say what is wrong, and what they accept as written later. */

import { describeValue, isObjectValue, memberAt, type ObjectValue, type Value } from '../../expression/index.ts';
import type { ReadContext } from '../api-connection.ts';
import type { OutlineNode } from '../outline.ts';

/** An action under check. */
export interface ActionCheck {
  readonly node: OutlineNode;
  readonly inputs: ObjectValue;
  /** Of the inputs. */
  readonly pointer: string;
  readonly context: ReadContext;
}

/** True for a string that a run evaluates; what it gives is checked then. */
export function isEvaluated(value: Value | undefined): boolean {
  return typeof value === 'string' && value.includes('@');
}

/** Reports what the cloud refuses when the workflow is saved, and what here fails one action when it runs. */
export function failsWhenRun({ context }: ActionCheck, pointer: string, message: string): void {
  context.problems.differs(
    pointer,
    `${message} The cloud does not save such a workflow; here the action fails when it runs.`,
    'Write what is missing.',
  );
}

/** Reports a member of the inputs that must be there and is missing or empty. */
export function needsMember(check: ActionCheck, path: readonly string[], expected: string): void {
  const value = memberAt(check.inputs, path);
  if (value !== undefined && value !== null && value !== '') return;
  failsWhenRun(check, `${check.pointer}/${path.join('/')}`, `${check.node.type} needs ${path.join('.')}, ${expected}.`);
}

/** Reports a member that is written out and is none of the words, whatever its letter case. */
export function needsWord(check: ActionCheck, path: readonly string[], words: readonly string[]): void {
  const value = memberAt(check.inputs, path);
  if (value === undefined || value === null || value === '' || isEvaluated(value)) return;
  const pointer = `${check.pointer}/${path.join('/')}`;
  const found = typeof value === 'string' ? `'${value.slice(0, 80)}'` : describeValue(value);
  if (typeof value === 'string' && words.some((word) => word.toLowerCase() === value.toLowerCase())) return;
  check.context.problems.invalid(pointer, `${path.join('.')} is ${found}; expected ${words.join(', ')}.`);
}

/** Reports a member that is there and is no object. */
export function needsObject(check: ActionCheck, path: readonly string[]): void {
  const value = memberAt(check.inputs, path);
  if (value === undefined || value === null || isObjectValue(value) || isEvaluated(value)) return;
  const pointer = `${check.pointer}/${path.join('/')}`;
  check.context.problems.invalid(pointer, `${path.join('.')} is ${describeValue(value)}; expected an object.`);
}

/** Reports an integer that is written out and outside its bounds. */
export function checkInteger(
  value: Value | undefined,
  {
    min,
    max,
    what,
    pointer,
  }: { readonly min: number; readonly max: number; readonly what: string; readonly pointer: string },
  { problems }: ReadContext,
): void {
  if (value === undefined || value === null || isEvaluated(value)) return;
  const number = typeof value === 'string' && /^\d{1,9}$/.test(value) ? BigInt(value) : value;
  if (typeof number === 'bigint' && number >= BigInt(min) && number <= BigInt(max)) return;
  problems.invalid(pointer, `${what} is ${describeValue(value)}; expected an integer from ${min} to ${max}.`);
}
