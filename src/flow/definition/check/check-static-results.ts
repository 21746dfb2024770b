/** Static results: canned outcomes of actions, by name (reference 5.9). */

import { jsonPointer } from '../../../base/json.ts';
import { describeValue, isObjectValue, type ObjectValue, type Value } from '../../expression/index.ts';
import type { Problems } from '../problems.ts';

const statuses = /^(?:Succeeded|Failed|Skipped|Cancelled|TimedOut)$/i;

/** The member `staticResults` of a definition; reports what is wrong in it. */
export function readStaticResults(source: Value | undefined, pointer: string, problems: Problems): ObjectValue {
  if (source === undefined || source === null) return new Map();
  if (!isObjectValue(source)) {
    problems.invalid(pointer, `The static results are ${describeValue(source)}; expected an object.`);
    return new Map();
  }
  for (const [name, result] of source) {
    const status = isObjectValue(result) ? result.get('status') : undefined;
    if (isObjectValue(result) && (status === undefined || (typeof status === 'string' && statuses.test(status))))
      continue;
    problems.invalid(
      pointer + jsonPointer([name]),
      `The static result '${name}' is an object with a status of Succeeded, Failed, Skipped, Cancelled or TimedOut.`,
    );
  }
  return source;
}
