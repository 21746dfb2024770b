/** Checks a trigger by its type: what the language asks of it, whether or not Rialto runs the type (reference 2). */

import { isObjectValue, memberAt, type ObjectValue, type Value } from '../../expression/index.ts';
import type { ReadContext } from '../api-connection.ts';
import { triggerRunsMax, waitingRunsMax } from '../limits.ts';
import { checkApi } from './check-connector.ts';
import { checkInteger, isEvaluated } from './check-context.ts';
import {
  checkDescription,
  checkOperationOptions,
  checkStaticResult,
  optionsOf,
  triggerOptions,
} from './check-settings.ts';

export interface TriggerCheck {
  readonly name: string;
  /** As the catalogue spells it. */
  readonly type: string;
  readonly source: ObjectValue;
  readonly pointer: string;
  readonly context: ReadContext;
}

/** Types that look again and again, and so need a recurrence. */
const pollingTypes: ReadonlySet<string> = new Set(['Http', 'Recurrence', 'SlidingWindow']);

/** Reports what is wrong with a trigger of any type. */
export function checkTrigger(check: TriggerCheck): void {
  const { source, pointer, context, type } = check;
  checkDescription(source.get('description'), `${pointer}/description`, context);
  checkOperationOptions(source.get('operationOptions'), `${pointer}/operationOptions`, triggerOptions, context);
  checkConcurrency(check);
  checkStaticResult(
    memberAt(source, ['runtimeConfiguration', 'staticResult']),
    `${pointer}/runtimeConfiguration/staticResult`,
    context,
  );
  if (pollingTypes.has(type) && source.get('recurrence') === undefined) {
    context.problems.invalid(`${pointer}/recurrence`, `A trigger of type ${type} needs a recurrence.`);
  }
  if (type === 'SlidingWindow' && memberAt(source, ['recurrence', 'schedule']) !== undefined) {
    context.problems.invalid(`${pointer}/recurrence/schedule`, 'A SlidingWindow has no schedule.');
  }
  if (type === 'Request' || type === 'Manual') checkRequestInputs(check);
  if (type === 'Http') needs(check, ['inputs', 'uri']);
  if (type === 'HttpWebhook') needs(check, ['inputs', 'subscribe', 'uri']);
  if (type === 'Batch') needs(check, ['inputs', 'mode']);
  if (type.startsWith('OpenApiConnection')) {
    needs(check, ['inputs', 'host', 'operationId']);
    const inputs = source.get('inputs');
    if (isObjectValue(inputs)) checkApi(inputs, `${pointer}/inputs`, context);
  }
}

/** A path of its own needs a method of its own (reference 2.2). */
function checkRequestInputs({ source, pointer, context }: TriggerCheck): void {
  const path = memberAt(source, ['inputs', 'relativePath']);
  const method = memberAt(source, ['inputs', 'method']);
  if (path !== undefined && path !== '' && method === undefined) {
    context.problems.invalid(`${pointer}/inputs/method`, 'A Request trigger with a relativePath needs a method.');
  }
  if (typeof path === 'string' && !isEvaluated(path) && /[?#\s]/.test(path)) {
    context.problems.invalid(`${pointer}/inputs/relativePath`, 'The relativePath has blanks, ? or #.');
  }
}

/** Concurrency from 1 to 100, and not beside SingleInstance (reference 2.7, 5.6). */
function checkConcurrency({ source, pointer, context }: TriggerCheck): void {
  const at = `${pointer}/runtimeConfiguration/concurrency`;
  const runs = memberAt(source, ['runtimeConfiguration', 'concurrency', 'runs']);
  const waiting = memberAt(source, ['runtimeConfiguration', 'concurrency', 'maximumWaitingRuns']);
  checkInteger(runs, { min: 1, max: triggerRunsMax, what: 'The number of runs', pointer: `${at}/runs` }, context);
  checkInteger(
    waiting,
    { min: 1, max: waitingRunsMax, what: 'The number of waiting runs', pointer: `${at}/maximumWaitingRuns` },
    context,
  );
  const options = source.get('operationOptions');
  if (
    runs !== undefined &&
    typeof options === 'string' &&
    optionsOf(options).some((one) => /^singleinstance$/i.test(one))
  ) {
    context.problems.invalid(`${at}/runs`, "Concurrency and the option 'SingleInstance' exclude each other.");
  }
}

function needs({ source, pointer, context, type }: TriggerCheck, path: readonly string[]): void {
  const value: Value | undefined = memberAt(source, path);
  if (value !== undefined && value !== null && value !== '') return;
  context.problems.invalid(`${pointer}/${path.join('/')}`, `A trigger of type ${type} needs ${path.join('.')}.`);
}
