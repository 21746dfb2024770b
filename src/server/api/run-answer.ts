/** Runs and their actions in the shapes of Microsoft.Logic (workflow language, REST surface: run, action). */

import { isoInstant } from '../../base/clock.ts';
import { isJsonObject, type JsonObject, parseJson } from '../../base/json.ts';
import type { ActionRow, JsonText, Run, RunWithHistory } from '../../flow/store/store.ts';
import type {
  ActionStatusWord,
  ContentLink,
  RetryAnswer,
  RunActionAnswer,
  RunAnswer,
  RunTriggerAnswer,
} from '../wire.ts';
import { rawJson } from './json-answer.ts';
import { apiLimits } from './limits.ts';
import { apiPath } from './paging.ts';
import { rawMember } from './raw-member.ts';
import { versionReference, workflowReference } from './workflow-answer.ts';

/** A run as lists show it: no payload, no history. */
export function runAnswer(run: Run): RunAnswer {
  return {
    id: runId(run),
    name: run.id,
    type: 'Microsoft.Logic/workflows/runs',
    properties: {
      startTime: isoInstant(run.startTime),
      ...(run.endTime === undefined ? {} : { endTime: isoInstant(run.endTime) }),
      ...(run.wakeTime === undefined || run.endTime !== undefined ? {} : { waitEndTime: isoInstant(run.wakeTime) }),
      status: run.status,
      ...(run.code === undefined ? {} : { code: run.code }),
      ...(run.error === undefined ? {} : { error: run.error }),
      correlation: { clientTrackingId: run.id },
      workflow: versionReference(run.flow, run.flowVersion),
      trigger: { name: run.triggerName },
    },
  };
}

/** A single run with its trigger and outputs; with `withActions` also its actions by name. */
export function runWithHistoryAnswer(run: RunWithHistory, options: { readonly withActions: boolean }): RunAnswer {
  const { properties, ...reference } = runAnswer(run);
  const actions = options.withActions
    ? Object.fromEntries(runActionAnswers(run).map((action) => [action.name, action.properties]))
    : undefined;
  return {
    ...reference,
    properties: {
      ...properties,
      trigger: runTriggerAnswer(run),
      ...(run.outputs === undefined ? {} : { outputs: rawJson(run.outputs) }),
      ...(actions === undefined ? {} : { actions }),
    },
  };
}

/** The actions of a run in the order in which they began, without payloads. */
export function runActionAnswers(run: RunWithHistory): readonly RunActionAnswer[] {
  return [...attemptsByAction(run).values()].map((attempts) => actionAnswer(run, attempts));
}

/** One action with its payloads, when they are small; undefined when the run has none of this name. */
export function runActionAnswer(run: RunWithHistory, action: string): RunActionAnswer | undefined {
  const attempts = attemptsByAction(run).get(action);
  if (attempts === undefined) return undefined;
  const { properties, ...reference } = actionAnswer(run, attempts);
  return {
    ...reference,
    properties: {
      ...properties,
      ...inlineContent('inputs', contentOfAttempts(attempts, 'inputs')),
      ...inlineContent('outputs', contentOfAttempts(attempts, 'outputs')),
    },
  };
}

/** Inputs or outputs of an action; undefined when it has none. */
export function runActionContent(
  run: RunWithHistory,
  action: string,
  part: 'inputs' | 'outputs',
): JsonText | undefined {
  return contentOfAttempts(attemptsByAction(run).get(action) ?? [], part);
}

/** Inputs or outputs of the trigger; undefined when it has none. */
export function runTriggerContent(run: RunWithHistory, part: 'inputs' | 'outputs'): JsonText | undefined {
  return rawMember(run.trigger, [part]);
}

function actionAnswer(run: RunWithHistory, attempts: readonly ActionRow[]): RunActionAnswer {
  const [first, last] = [attempts[0], attempts.at(-1)];
  if (first === undefined || last === undefined) throw new Error('An action in a history has at least one attempt.');
  const status = statusWord(last.status);
  const isOver = last.status !== 'Started' && last.status !== 'Retrying';
  const retries = attempts.filter((row) => row.status === 'Retrying');
  return {
    id: `${runId(run)}/actions/${encodeURIComponent(last.action)}`,
    name: last.action,
    type: 'Microsoft.Logic/workflows/runs/actions',
    properties: {
      startTime: isoInstant(first.startTime),
      ...(isOver ? { endTime: isoInstant(last.endTime) } : {}),
      status,
      ...(last.code === '' ? {} : { code: last.code }),
      ...(last.error === undefined ? {} : { error: last.error }),
      correlation: { clientTrackingId: run.id },
      ...contentLink(run, ['actions', last.action], 'inputs', contentOfAttempts(attempts, 'inputs')),
      ...contentLink(run, ['actions', last.action], 'outputs', contentOfAttempts(attempts, 'outputs')),
      ...(retries.length === 0 ? {} : { retryHistory: retries.map(retryAnswer) }),
    },
  };
}

function retryAnswer(row: ActionRow): RetryAnswer {
  return {
    startTime: isoInstant(row.startTime),
    endTime: isoInstant(row.endTime),
    code: row.code,
    ...(row.error === undefined ? {} : { error: row.error }),
  };
}

/** Of the trigger object only what the run's shape has; the payloads stay behind their links. */
function runTriggerAnswer(run: RunWithHistory): RunTriggerAnswer {
  const trigger = parseJson(run.trigger, { what: `the trigger of run '${run.id}'` });
  const members: JsonObject = isJsonObject(trigger) ? trigger : {};
  const names = ['scheduledTime', 'startTime', 'endTime', 'originHistoryName', 'trackingId', 'code', 'status'] as const;
  const texts = names.flatMap((name) => {
    const member = members[name];
    return typeof member === 'string' ? [[name, member] as const] : [];
  });
  return {
    name: run.triggerName,
    ...contentLink(run, ['trigger'], 'inputs', runTriggerContent(run, 'inputs')),
    ...contentLink(run, ['trigger'], 'outputs', runTriggerContent(run, 'outputs')),
    ...Object.fromEntries(texts),
  };
}

/** The attempts outside of loops by action, in the order in which the actions began. */
function attemptsByAction(run: RunWithHistory): ReadonlyMap<string, readonly ActionRow[]> {
  const byAction = new Map<string, ActionRow[]>();
  for (const row of run.actions) {
    if (row.repetition !== '') continue;
    const attempts = byAction.get(row.action);
    if (attempts === undefined) byAction.set(row.action, [row]);
    else attempts.push(row);
  }
  for (const attempts of byAction.values()) attempts.sort((left, right) => left.attempt - right.attempt);
  return byAction;
}

/** Of the last attempt; inputs that only an earlier attempt recorded are the same, as they are fixed before the first. */
function contentOfAttempts(attempts: readonly ActionRow[], part: 'inputs' | 'outputs'): JsonText | undefined {
  if (part === 'outputs') return attempts.at(-1)?.outputs;
  return attempts.findLast((row) => row.inputs !== undefined)?.inputs;
}

function contentLink(
  run: Run,
  below: readonly string[],
  part: 'inputs' | 'outputs',
  content: JsonText | undefined,
): { readonly inputsLink?: ContentLink; readonly outputsLink?: ContentLink } {
  if (content === undefined) return {};
  const uri = apiPath('workflows', run.flow, 'runs', run.id, ...below, part);
  const link = { uri, contentSize: Buffer.byteLength(content) };
  return part === 'inputs' ? { inputsLink: link } : { outputsLink: link };
}

function inlineContent(
  part: 'inputs' | 'outputs',
  content: JsonText | undefined,
): { readonly [name: string]: JsonObject } {
  if (content === undefined || Buffer.byteLength(content) > apiLimits.inlineContentBytesMax) return {};
  return { [part]: rawJson(content) };
}

function statusWord(status: ActionRow['status']): ActionStatusWord {
  if (status === 'Started') return 'Running';
  return status === 'Retrying' ? 'Waiting' : status;
}

function runId(run: Run): string {
  return `${workflowReference(run.flow).id}/runs/${encodeURIComponent(run.id)}`;
}
