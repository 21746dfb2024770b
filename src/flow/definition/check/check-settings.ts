/** Settings that any action can have: limit, runtimeConfiguration, operationOptions, tracked properties (reference 5). */

import { jsonPointer } from '../../../base/json.ts';
import {
  describeValue,
  isArrayValue,
  isObjectValue,
  memberAt,
  printValue,
  type Value,
} from '../../expression/index.ts';
import type { ReadContext } from '../api-connection.ts';
import {
  descriptionLengthMax,
  foreachRepetitionsMax,
  paginationItemsMax,
  trackedPropertiesLengthMax,
} from '../limits.ts';
import type { OutlineNode } from '../outline.ts';
import { readRetryPolicy } from '../retry-policy.ts';
import { checkInteger, isEvaluated } from './check-context.ts';
import { checkDuration } from './check-control.ts';

/** Reports settings of an action that are wrong; whether the engine honours them is said elsewhere. */
export function checkSettings(node: OutlineNode, context: ReadContext): void {
  const { source, pointer } = node;
  checkDescription(source.get('description'), `${pointer}/description`, context);
  checkDuration(memberAt(source, ['limit', 'timeout']), `${pointer}/limit/timeout`, context);
  checkOperationOptions(source.get('operationOptions'), `${pointer}/operationOptions`, actionOptions, context);
  checkRuntimeConfiguration(source.get('runtimeConfiguration'), `${pointer}/runtimeConfiguration`, context);
  checkConcurrency(node, context);
  checkSecureData(source.get('runtimeConfiguration'), `${pointer}/runtimeConfiguration`, node.type, context);
  checkTrackedProperties(node, context);
  for (const path of [['inputs', 'retryPolicy'], ['inputs', 'subscribe', 'retryPolicy'], ['retryPolicy']]) {
    if (node.type !== 'ApiConnection' || path.length === 1) {
      checkRetryPolicy(memberAt(source, path), `${pointer}${jsonPointer(path)}`, context);
    }
  }
}

/** Reports a description that is longer than the language allows (reference 1.1); it has no effect. */
export function checkDescription(value: Value | undefined, pointer: string, { problems }: ReadContext): void {
  if (typeof value !== 'string' || value.length <= descriptionLengthMax) return;
  problems.doubtful(
    pointer,
    `The description has ${value.length} characters; Logic Apps allows ${descriptionLengthMax}. It has no effect on runs.`,
  );
}

/** Options of actions (reference 5.8), with the types that they mean something to; none: connector and HTTP calls. */
export const actionOptions: Readonly<Record<string, readonly string[]>> = {
  DisableAsyncPattern: [],
  DisableAutomaticDecompression: [],
  SuppressWorkflowHeaders: [],
  FailWhenLimitsReached: ['Until'],
  Sequential: ['Foreach'],
  Asynchronous: ['Response'],
};

/** Options of triggers (reference 5.8). */
export const triggerOptions: Readonly<Record<string, readonly string[]>> = {
  SingleInstance: [],
  IncludeAuthorizationHeadersInOutputs: ['Request'],
  EnableSchemaValidation: ['Request'],
  SuppressWorkflowHeadersOnResponse: ['Request'],
  SuppressWorkflowHeaders: [],
  DisableAutomaticDecompression: [],
};

/** Reports operation options that the language does not have. */
export function checkOperationOptions(
  value: Value | undefined,
  pointer: string,
  known: Readonly<Record<string, readonly string[]>>,
  { problems }: ReadContext,
): void {
  if (value === undefined || value === null || isEvaluated(value)) return;
  if (typeof value !== 'string') {
    problems.invalid(pointer, `operationOptions is ${describeValue(value)}; expected options with commas between.`);
    return;
  }
  const names = Object.keys(known);
  for (const option of optionsOf(value)) {
    if (names.some((name) => name.toLowerCase() === option.toLowerCase())) continue;
    const hint = problems.hint(option, names);
    const message = `There is no operation option '${option.slice(0, 80)}' here.${hint}`;
    // One that is all but known is a slip; another may be newer than what is known here.
    if (hint !== '') problems.invalid(pointer, message);
    else problems.differs(pointer, `${message} It has no effect.`);
  }
}

/** The options in a text, without blanks around them. */
export function optionsOf(text: string): readonly string[] {
  return text
    .split(',')
    .map((option) => option.trim())
    .filter((option) => option !== '');
}

function checkRuntimeConfiguration(source: Value | undefined, pointer: string, context: ReadContext): void {
  if (source === undefined || source === null) return;
  if (!isObjectValue(source)) {
    context.problems.invalid(pointer, `runtimeConfiguration is ${describeValue(source)}; expected an object.`);
    return;
  }
  checkInteger(
    memberAt(source, ['paginationPolicy', 'minimumItemCount']),
    {
      min: 1,
      max: paginationItemsMax,
      what: 'minimumItemCount',
      pointer: `${pointer}/paginationPolicy/minimumItemCount`,
    },
    context,
  );
  const mode = memberAt(source, ['contentTransfer', 'transferMode']);
  if (typeof mode === 'string' && mode.toLowerCase() !== 'chunked') {
    context.problems.invalid(`${pointer}/contentTransfer/transferMode`, "The transfer mode is not 'Chunked'.");
  }
  checkStaticResult(source.get('staticResult'), `${pointer}/staticResult`, context);
}

/** A static result that an action names must be there (reference 5.9). */
export function checkStaticResult(source: Value | undefined, pointer: string, context: ReadContext): void {
  if (!isObjectValue(source)) return;
  const name = source.get('name');
  if (typeof name !== 'string' || !context.staticResults.has(name)) {
    const found = typeof name === 'string' ? `'${name.slice(0, 80)}'` : describeValue(name ?? null);
    const hint = typeof name === 'string' ? context.problems.hint(name, context.staticResults.keys()) : '';
    context.problems.invalid(`${pointer}/name`, `The definition has no static result ${found}.${hint}`);
  }
  const options = source.get('staticResultOptions');
  if (options !== undefined && !/^(?:enabled|disabled)$/i.test(String(options))) {
    context.problems.invalid(`${pointer}/staticResultOptions`, 'staticResultOptions is Enabled or Disabled.');
  }
}

function checkConcurrency({ source, pointer, type }: OutlineNode, context: ReadContext): void {
  const repetitions = memberAt(source, ['runtimeConfiguration', 'concurrency', 'repetitions']);
  const at = `${pointer}/runtimeConfiguration/concurrency/repetitions`;
  checkInteger(
    repetitions,
    { min: 1, max: foreachRepetitionsMax, what: 'The number of repetitions', pointer: at },
    context,
  );
  if (repetitions !== undefined && type !== 'Foreach') {
    context.problems.invalid(at, `Repetitions are a setting of Foreach, and '${type}' is none.`);
  }
  const options = source.get('operationOptions');
  const isSequential = typeof options === 'string' && optionsOf(options).some((one) => /^sequential$/i.test(one));
  if (isSequential && repetitions !== undefined && repetitions !== 1n) {
    context.problems.invalid(at, "The option 'Sequential' and a number of repetitions exclude each other.");
  }
}

/** Types whose inputs, or outputs, cannot be hidden (reference 5.7). */
const withoutSecureInputs = /^(?:If|Switch|Foreach|Until|Scope|Terminate|.*Variable)$/;
const withoutSecureOutputs = /^(?:If|Switch|Foreach|Until|Scope|Terminate|Compose|ParseJson|Response|Wait|.*Variable)$/;

function checkSecureData(source: Value | undefined, pointer: string, type: string, { problems }: ReadContext): void {
  const properties = memberAt(source, ['secureData', 'properties']);
  if (properties === undefined || properties === null) return;
  const at = `${pointer}/secureData/properties`;
  if (!isArrayValue(properties)) {
    problems.invalid(at, `The secured properties are ${describeValue(properties)}; expected an array.`);
    return;
  }
  for (const [index, name] of properties.entries()) {
    if (name !== 'inputs' && name !== 'outputs') {
      problems.invalid(`${at}/${index}`, "A secured property is 'inputs' or 'outputs'.");
    } else if ((name === 'inputs' ? withoutSecureInputs : withoutSecureOutputs).test(type)) {
      problems.doubtful(`${at}/${index}`, `The ${name} of an action of type ${type} cannot be secured.`);
    }
  }
}

function checkTrackedProperties({ source, pointer }: OutlineNode, { problems }: ReadContext): void {
  const tracked = source.get('trackedProperties');
  if (tracked === undefined || tracked === null) return;
  const at = `${pointer}/trackedProperties`;
  if (!isObjectValue(tracked)) {
    problems.invalid(at, `The tracked properties are ${describeValue(tracked)}; expected an object.`);
    return;
  }
  const length = printValue(tracked).length;
  if (length > trackedPropertiesLengthMax) {
    problems.invalid(
      at,
      `The tracked properties have ${length} characters; ${trackedPropertiesLengthMax} are allowed.`,
    );
  }
}

function checkRetryPolicy(source: Value | undefined, pointer: string, { problems }: ReadContext): void {
  if (
    source === undefined ||
    (isObjectValue(source) && [...source.values()].some(isEvaluated)) ||
    isEvaluated(source)
  ) {
    return;
  }
  const policy = readRetryPolicy(source);
  if ('complaint' in policy) problems.invalid(pointer, policy.complaint);
}
