/** Runs of a sample flow in a store, for tests of routes, command line and pages. */

import { isoInstant } from '../../base/clock.ts';
import type { ActionRow, RunEnd, Store } from '../../flow/store/store.ts';

export const sampleFlow = 'lead-to-task';
export const sampleTrigger = 'When_a_record_is_created';
const worker = 'worker-1';

/** A definition with spellings that parsing would lose: `1.0`, and a number beyond a double. */
export const sampleDefinition = `{
  "$schema": "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#",
  "contentVersion": "1.0.0.0",
  "triggers": {
    "${sampleTrigger}": {
      "type": "ApiConnection",
      "recurrence": { "frequency": "Minute", "interval": 3 },
      "inputs": { "host": { "connection": { "name": "@parameters('$connections')['dataverse']['connectionId']" } } }
    }
  },
  "actions": { "Compose_subject": { "type": "Compose", "inputs": { "rate": 1.0, "big": 12345678901234567890 } } }
}`;

export interface SampleRun {
  readonly id: string;
  readonly startTime: number;
  readonly actions?: readonly ActionRow[];
  /** Absent: the run goes on. */
  readonly end?: RunEnd;
}

/** Deploys the sample flow; its trigger is due at `now`. */
export async function givenSampleFlow(store: Store, now: number): Promise<void> {
  await store.flows.deploy({
    name: sampleFlow,
    definition: sampleDefinition,
    parameters: '{"$connections":{"value":{}}}',
    triggers: [{ name: sampleTrigger, nextCheckTime: now }],
    now,
  });
  await store.workers.register({ id: worker, place: 'here' });
}

/** A run of the sample flow, begun by its trigger; give runs in the order of their start. */
export async function givenRun(store: Store, run: SampleRun): Promise<void> {
  const [lease] = await store.triggers.leaseDue({ worker, now: run.startTime, leaseMs: 1000, max: 1 });
  if (lease === undefined) throw new Error('The trigger of the sample flow is not due.');
  await store.triggers.accept({
    flow: sampleFlow,
    flowVersion: lease.flowVersion,
    trigger: sampleTrigger,
    positionVersion: lease.positionVersion,
    position: JSON.stringify({ after: run.id }),
    nextCheckTime: run.startTime,
    history: {
      id: `check-${run.id}`,
      flow: sampleFlow,
      trigger: sampleTrigger,
      startTime: run.startTime - 40,
      endTime: run.startTime,
      status: 'Succeeded',
      code: 'OK',
      fired: true,
    },
    events: [{ key: run.id, runId: run.id, trigger: triggerText(run) }],
    worker,
    ownedMax: 1,
  });
  const segment = { runId: run.id, segment: 1 };
  if (run.end === undefined) await store.runs.append(segment, run.actions ?? []);
  else await store.runs.end(segment, run.actions ?? [], run.end);
}

/** A row of an action that took `ms` milliseconds; anything else as given. */
export function actionRow(action: string, startTime: number, ms: number, rest: Partial<ActionRow> = {}): ActionRow {
  return {
    action,
    repetition: '',
    attempt: 1,
    status: 'Succeeded',
    code: 'OK',
    startTime,
    endTime: startTime + ms,
    ...rest,
  };
}

/** Actions of a run that succeeded, beginning at `start`. */
export function succeededActions(start: number): readonly ActionRow[] {
  return [
    actionRow('Compose_subject', start + 10, 2, {
      inputs: '"Bauer: Coffee for 12"',
      outputs: '"Bauer: Coffee for 12"',
    }),
    actionRow('Is_hot', start + 12, 190, { inputs: '{"expressionResult":true}' }),
    actionRow('Create_task', start + 14, 180, {
      inputs:
        '{"method":"post","path":"/datasets/default/tables/tasks/items","body":{"subject":"Bauer: Coffee for 12"}}',
      outputs:
        '{"statusCode":201,"headers":{"OData-Version":"4.0"},"body":{"activityid":"8c1f0d6e-1111-4222-8333-944445555666","subject":"Bauer: Coffee for 12","actualdurationminutes":null,"versionnumber":12345678901234567890}}',
    }),
    actionRow('Notify', start + 14, 0, { status: 'Skipped', code: 'ActionBranchingConditionNotSatisfied' }),
  ];
}

/** Actions of a run that failed after two retries, beginning at `start`. */
export function failedActions(start: number): readonly ActionRow[] {
  const inputs = '{"method":"post","path":"/datasets/default/tables/tasks/items"}';
  const error = { code: 'NotFound', message: 'The account to be linked does not exist: accounts(60c4e274-…).' };
  const throttled = { code: 'TooManyRequests', message: 'Number of requests exceeded the limit of 6000.' };
  return [
    actionRow('Compose_subject', start + 10, 2, { inputs: '"Roth: Grinder"', outputs: '"Roth: Grinder"' }),
    actionRow('Is_hot', start + 12, 9_300, {
      status: 'Failed',
      code: 'ActionFailed',
      error: { code: 'ActionFailed', message: 'An action failed. No dependent actions succeeded.' },
    }),
    ...[1, 2].map((attempt) =>
      actionRow('Create_task', start + 14 + (attempt - 1) * 4_000, 90, {
        attempt,
        status: 'Retrying',
        code: 'TooManyRequests',
        inputs,
        error: throttled,
        retryTime: start + attempt * 4_000,
      }),
    ),
    actionRow('Create_task', start + 9_000, 210, {
      attempt: 3,
      status: 'Failed',
      code: 'NotFound',
      inputs,
      error,
      outputs:
        '{"statusCode":404,"body":{"error":{"code":"0x80040217","message":"account With Id = 60c4e274 Does Not Exist"}}}',
    }),
  ];
}

function triggerText(run: SampleRun): string {
  const time = (epochMs: number) => isoInstant(epochMs);
  return `{"name":"${sampleTrigger}","inputs":{"method":"get"},"outputs":{"body":{"leadid":"${run.id}","lastname":"Bauer","subject":"Coffee for 12","rate":1.0}},"startTime":"${time(run.startTime - 40)}","endTime":"${time(run.startTime)}","status":"Succeeded","code":"OK"}`;
}
