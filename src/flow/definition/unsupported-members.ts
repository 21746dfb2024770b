/** Members of triggers and actions that change what happens and that Rialto does not honour yet: reported by name. */

import { jsonPointer } from '../../base/json.ts';
import { isArrayValue, isObjectValue, type ObjectValue, type Value } from '../expression/index.ts';
import { reportMisspelt } from './misspelt-members.ts';
import type { Problems } from './problems.ts';

/** Members of any action. Those listed nowhere are a designer's own and have no effect. */
const actionMembers: readonly (readonly string[])[] = [
  ['operationOptions'],
  ['limit'],
  ['runtimeConfiguration'],
  ['trackedProperties'],
  ['correlation'],
  ['retryPolicy'],
];

const triggerMembers: readonly (readonly string[])[] = [
  ['operationOptions'],
  ['runtimeConfiguration'],
  ['splitOnConfiguration'],
  ['correlation'],
  ['trackedProperties'],
];

/** Reports members of an action that are not honoured, or misspelt. */
export function reportActionMembers(source: ObjectValue, pointer: string, problems: Problems): void {
  reportMisspelt(source, 'action', pointer, problems);
  reportMembers(source, actionMembers, pointer, problems);
}

/** Reports members of a trigger that are not honoured, or misspelt. */
export function reportTriggerMembers(source: ObjectValue, pointer: string, problems: Problems): void {
  reportMisspelt(source, 'trigger', pointer, problems);
  reportMembers(source, triggerMembers, pointer, problems);
}

/** Reports the members at these paths, as far as they are there and not empty. */
export function reportMembers(
  source: ObjectValue,
  paths: readonly (readonly string[])[],
  pointer: string,
  problems: Problems,
): void {
  for (const path of paths) {
    let value: Value | undefined = source;
    for (const name of path) value = isObjectValue(value) ? value.get(name) : undefined;
    report(value, path, pointer, problems);
  }
}

function report(value: Value | undefined, path: readonly string[], pointer: string, problems: Problems): void {
  if (value === undefined || value === null || value === '') return;
  if (isArrayValue(value) && value.length === 0) return;
  if (isObjectValue(value)) {
    // The innermost member says most: runtimeConfiguration.secureData.properties.
    for (const [name, member] of value) report(member, [...path, name], pointer, problems);
    return;
  }
  problems.unsupported(pointer + jsonPointer(path), `${path.join('.')} is not supported yet.`);
}
