/** Members of triggers and actions that change what happens and that Rialto does not honour yet: reported by name. */

import { jsonPointer } from '../../base/json.ts';
import { isArrayValue, isObjectValue, memberAt, type ObjectValue, type Value } from '../expression/index.ts';
import { reportMisspelt } from './misspelt-members.ts';
import type { Problems } from './problems.ts';

/** Members of any action; at those that are objects, everything inside. Others are a designer's own and have no effect. */
const actionMembersNotRun: readonly string[] = ['operationOptions', 'limit', 'runtimeConfiguration', 'retryPolicy'];

/** Members of any trigger. */
const triggerMembersNotRun: readonly string[] = ['operationOptions', 'runtimeConfiguration', 'splitOnConfiguration'];

/** Members that tell people about a run and change nothing in it: it runs without them, and the report says so. */
const membersIgnored: readonly { readonly path: readonly string[]; readonly difference: string }[] = [
  { path: ['trackedProperties'], difference: 'Tracked properties are not evaluated; the history has none.' },
  { path: ['correlation'], difference: 'The client tracking id is not set; the id of the run stands for it.' },
  {
    path: ['splitOnConfiguration', 'correlation'],
    difference: 'The client tracking id is not set; the id of the run stands for it.',
  },
  {
    path: ['runtimeConfiguration', 'contentTransfer'],
    difference: 'Content is sent and received in one piece, not in chunks.',
  },
];

/** Reports members of an action that are not honoured, or misspelt. */
export function reportActionMembers(
  source: ObjectValue,
  pointer: string,
  isTypeRun: boolean,
  problems: Problems,
): void {
  reportMisspelt(source, 'action', pointer, problems);
  // Of a type that does not run, its members need not be named.
  if (isTypeRun) reportNotRun(source, actionMembersNotRun, pointer, problems);
  reportIgnored(source, pointer, problems);
}

/** Reports members of a trigger that are not honoured, or misspelt. */
export function reportTriggerMembers(
  source: ObjectValue,
  pointer: string,
  isTypeRun: boolean,
  problems: Problems,
): void {
  reportMisspelt(source, 'trigger', pointer, problems);
  if (isTypeRun) reportNotRun(source, triggerMembersNotRun, pointer, problems);
  reportIgnored(source, pointer, problems);
}

/** Reports what is inside these members, but for what is ignored, and static results that are turned off. */
function reportNotRun(source: ObjectValue, names: readonly string[], pointer: string, problems: Problems): void {
  for (const name of names) {
    const value = source.get(name);
    const inside = isObjectValue(value) ? [...value.keys()].map((member) => [name, member]) : [[name]];
    const paths = inside.filter((path) => !isIgnored(path) && !isTurnedOff(path, source));
    reportMembers(source, paths, pointer, problems);
  }
}

function isIgnored(path: readonly string[]): boolean {
  return membersIgnored.some((ignored) => ignored.path.join('/') === path.join('/'));
}

function isTurnedOff(path: readonly string[], source: ObjectValue): boolean {
  const options = path.at(-1) === 'staticResult' ? memberAt(source, [...path, 'staticResultOptions']) : undefined;
  return typeof options === 'string' && options.toLowerCase() === 'disabled';
}

function reportIgnored(source: ObjectValue, pointer: string, problems: Problems): void {
  for (const { path, difference } of membersIgnored) {
    const value = memberAt(source, path);
    if (value === undefined || value === null || (isObjectValue(value) && value.size === 0)) continue;
    problems.differs(pointer + jsonPointer(path), difference, 'Nothing, unless someone reads them.');
  }
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
