/**
 * Members that are all but spelt as the language has them. Unknown members are kept and have no effect, as designers add
 * their own; `runafter` or `splitOnn` is not one of those, and would silently change what the flow does.
 */

import { jsonPointer } from '../../base/json.ts';
import { nearestName } from '../../base/nearest.ts';
import { isObjectValue, type Value } from '../expression/index.ts';
import type { Problems } from './problems.ts';

const anywhere: readonly string[] = ['type', 'kind', 'inputs', 'description', 'metadata', 'operationOptions'];

/** The members that each part can have (reference 1.1, 2.1, 2.2, 3.1, 3.10). */
const members = {
  definition: [
    '$schema',
    'contentVersion',
    'parameters',
    'staticResults',
    'triggers',
    'actions',
    'outputs',
    'description',
    'metadata',
  ],
  trigger: [
    ...anywhere,
    'recurrence',
    'evaluatedRecurrence',
    'conditions',
    'splitOn',
    'splitOnConfiguration',
    'correlation',
    'runtimeConfiguration',
    'trackedProperties',
  ],
  recurrence: ['frequency', 'interval', 'startTime', 'endTime', 'timeZone', 'count', 'schedule'],
  action: [
    ...anywhere,
    'runAfter',
    'trackedProperties',
    'limit',
    'runtimeConfiguration',
    'correlation',
    'retryPolicy',
    'expression',
    'actions',
    'else',
    'cases',
    'default',
    'foreach',
  ],
  branch: ['actions'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Reports members of a part that are near to one that it can have and does not. */
export function reportMisspelt(
  source: Value | undefined,
  part: keyof typeof members,
  pointer: string,
  problems: Problems,
): void {
  if (!isObjectValue(source)) return;
  const known: readonly string[] = members[part];
  for (const name of source.keys()) {
    if (known.includes(name)) continue;
    const meant = nearestName(name, known);
    if (meant === undefined || source.has(meant)) continue;
    problems.invalid(pointer + jsonPointer([name]), `'${name}' has no effect here. Did you mean '${meant}'?`);
  }
}
