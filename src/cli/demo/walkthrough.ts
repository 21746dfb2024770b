/** The walkthrough of `rialto demo`: a new lead becomes a task; then reading and writing F&O. */

import { type Clock, isoInstant } from '../../base/clock.ts';
import { isRialtoError, RialtoError } from '../../base/errors.ts';
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '../../base/json.ts';
import type { Client } from '../../client/client.ts';
import type { ActionRow, RunWithHistory, Store } from '../../flow/store/store.ts';

export interface WalkthroughContext {
  readonly dataverse: Client;
  readonly fno: Client;
  readonly store: Pick<Store, 'runs' | 'triggers'>;
  readonly clock: Clock;
  /** Name of the deployed sample flow, and of its trigger. */
  readonly flow: string;
  readonly trigger: string;
  readonly signal: AbortSignal;
}

export interface ActionSeen {
  readonly name: string;
  readonly status: string;
  readonly startTime: string;
  readonly endTime: string;
  readonly inputs?: JsonValue;
  readonly outputs?: JsonValue;
}

export interface LeadToTask {
  readonly lead: JsonObject;
  readonly run: { readonly id: string; readonly status: string; readonly actions: readonly ActionSeen[] };
  readonly task: JsonObject;
}

export interface FnoHalf {
  /** Records read, and the pages they came in. */
  readonly customers: number;
  readonly pages: number;
  readonly created: JsonObject;
  readonly updated: JsonObject;
  readonly deleted: true;
  readonly action: JsonObject;
}

const waitMsMax = 60_000;
const pauseMs = 50;
const companies = ['usmf', 'dat'];

/** Creates a lead, waits for the run that it starts, and reads the task that the run made. */
export async function playLeadToTask(context: WalkthroughContext): Promise<LeadToTask> {
  const { dataverse, store, flow, trigger, signal } = context;
  // Records that are older than the first check start no run.
  await until(context, 'the first check of the trigger', async () => {
    const [check] = await store.triggers.histories({ flow, trigger, max: 1 });
    return check;
  });
  const created = await dataverse
    .entitySet('leads')
    .create({ subject: 'Coffee for 12', lastname: 'Fourth', companyname: 'Fourth Coffee' }, { signal });
  const leadId = textMember(created.record ?? {}, 'leadid', 'the lead that was created');
  const lead = await dataverse.entitySet('leads').get(leadId, { signal });
  const run = await until(context, 'the end of the run', () => endedRun(context));
  if (run.status !== 'Succeeded') {
    throw new RialtoError('RUN_FAILED', `Run ${run.id} ended ${run.status}: ${run.error?.message ?? run.code ?? ''}`);
  }
  return {
    lead,
    run: { id: run.id, status: run.status, actions: run.actions.map(actionSeen) },
    task: await taskRegarding(context, leadId),
  };
}

/** Reads customers of two companies, changes one of its own, and calls an action. */
export async function playFno({ fno, signal }: WalkthroughContext): Promise<FnoHalf> {
  const customers = fno.entitySet('CustomersV3');
  let read = 0;
  let pages = 0;
  for await (const page of customers.pages({ companies, select: ['dataAreaId', 'CustomerAccount'], signal })) {
    read += page.records.length;
    pages += 1;
  }
  const key = { dataAreaId: 'usmf', CustomerAccount: 'DEMO-1' };
  const { record: created, etag } = await customers.create(
    { ...key, OrganizationName: 'Fourth Coffee', CustomerGroupId: '30', SalesCurrencyCode: 'USD' },
    { signal },
  );
  if (created === undefined || etag === undefined) {
    throw new RialtoError('HTTP_RESPONSE_INVALID', 'F&O answered the create without the record and its ETag.');
  }
  await customers.update(key, { OrganizationName: 'Fourth Coffee Roasters' }, { ifMatch: etag, signal });
  const updated = await customers.get(key, { signal });
  await customers.delete(key, { ifMatch: textMember(updated, '@odata.etag', 'the customer'), signal });
  await expectGone(() => customers.get(key, { signal }));
  const entitySet = 'DataManagementEntities';
  const action = 'GetApplicationVersion';
  const value = (await fno.execute({ action, entitySet, signal })) ?? null;
  return { customers: read, pages, created, updated, deleted: true, action: { name: action, entitySet, value } };
}

async function endedRun({ store, flow }: WalkthroughContext): Promise<RunWithHistory | undefined> {
  const [newest] = await store.runs.list({ flow, max: 1 });
  return newest?.endTime === undefined ? undefined : store.runs.get(newest.id);
}

async function taskRegarding({ dataverse, signal }: WalkthroughContext, leadId: string): Promise<JsonObject> {
  const tasks = dataverse.entitySet('tasks');
  for await (const task of tasks.list({ filter: `_regardingobjectid_value eq ${leadId}`, top: 1, signal })) {
    return tasks.get(textMember(task, 'activityid', 'the task'), { signal });
  }
  throw new RialtoError('RECORD_NOT_FOUND', `No task regards lead ${leadId}, although the run succeeded.`);
}

function actionSeen(row: ActionRow): ActionSeen {
  return {
    name: row.action,
    status: row.status,
    startTime: isoInstant(row.startTime),
    endTime: isoInstant(row.endTime),
    ...(row.inputs === undefined ? {} : { inputs: parseJson(row.inputs) }),
    ...(row.outputs === undefined ? {} : { outputs: parseJson(row.outputs) }),
  };
}

async function expectGone(read: () => Promise<unknown>): Promise<void> {
  try {
    await read();
  } catch (error) {
    if (isRialtoError(error) && error.code === 'RECORD_NOT_FOUND') return;
    throw error;
  }
  throw new RialtoError('INTERNAL', 'The customer is still there after it was deleted.');
}

/** Asks again until there is something. Raises TIMEOUT. */
async function until<Found>(
  { clock, signal }: WalkthroughContext,
  what: string,
  ask: () => Promise<Found | undefined>,
): Promise<Found> {
  const start = clock.monotonicMs();
  while (clock.monotonicMs() - start < waitMsMax) {
    const found = await ask();
    if (found !== undefined) return found;
    await clock.sleep(pauseMs, signal);
  }
  throw new RialtoError('TIMEOUT', `Waited ${waitMsMax / 1000} s for ${what}.`);
}

function textMember(record: JsonObject, name: string, what: string): string {
  const value = isJsonObject(record) ? record[name] : undefined;
  if (typeof value === 'string') return value;
  throw new RialtoError('HTTP_RESPONSE_INVALID', `${what} has no ${name}.`);
}
