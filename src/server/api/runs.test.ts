import { expect, test } from 'vitest';
import { createApi } from './create-api.ts';
import {
  actionRow,
  failedActions,
  givenRun,
  givenSampleFlow,
  sampleFlow,
  succeededActions,
} from './sample-runs.case.ts';
import { sampleServices } from './sample-services.case.ts';

const runs = `/api/v1/workflows/${sampleFlow}/runs`;

/** Runs `run-1` (succeeded), `run-2` (failed), `run-3` (running), a minute apart. */
async function givenApi() {
  const services = sampleServices();
  const { store } = services;
  const now = services.clock.now();
  await givenSampleFlow(store, now);
  await givenRun(store, {
    id: 'run-1',
    startTime: now,
    actions: succeededActions(now),
    end: {
      status: 'Succeeded',
      code: 'Succeeded',
      endTime: now + 250,
      outputs: '{"task":{"type":"String","value":1.0}}',
    },
  });
  const later = now + 60_000;
  const error = { code: 'ActionFailed', message: 'An action failed.' };
  await givenRun(store, {
    id: 'run-2',
    startTime: later,
    actions: failedActions(later),
    end: { status: 'Failed', code: 'ActionFailed', error, endTime: later + 9_400 },
  });
  await givenRun(store, { id: 'run-3', startTime: later + 60_000, actions: [] });
  return { services, api: await createApi(services) };
}

function names(answer: { readonly value: readonly { readonly name: string }[] }): readonly string[] {
  return answer.value.map((run) => run.name);
}

test('a run has the shape of Microsoft.Logic', async () => {
  const { api } = await givenApi();
  expect((await api.inject(`${runs}/run-2`)).json()).toEqual({
    id: `/workflows/${sampleFlow}/runs/run-2`,
    name: 'run-2',
    type: 'Microsoft.Logic/workflows/runs',
    properties: {
      startTime: '2026-05-04T07:01:00.000Z',
      endTime: '2026-05-04T07:01:09.400Z',
      status: 'Failed',
      code: 'ActionFailed',
      error: { code: 'ActionFailed', message: 'An action failed.' },
      correlation: { clientTrackingId: 'run-2' },
      workflow: {
        id: `/workflows/${sampleFlow}/versions/1`,
        name: '1',
        type: 'Microsoft.Logic/workflows/versions',
      },
      trigger: {
        name: 'When_a_record_is_created',
        inputsLink: { uri: `${runs}/run-2/trigger/inputs`, contentSize: 16 },
        outputsLink: { uri: `${runs}/run-2/trigger/outputs`, contentSize: 83 },
        startTime: '2026-05-04T07:00:59.960Z',
        endTime: '2026-05-04T07:01:00.000Z',
        code: 'OK',
        status: 'Succeeded',
      },
    },
  });
});

test('lists are newest first, filtered, and come in pages with a next link', async () => {
  const { api } = await givenApi();
  expect(names((await api.inject('/api/v1/runs')).json())).toEqual(['run-3', 'run-2', 'run-1']);
  expect(names((await api.inject('/api/v1/runs?status=Failed')).json())).toEqual(['run-2']);
  expect(names((await api.inject('/api/v1/runs?from=2026-05-04T07:01:00Z&to=2026-05-04T07:02:00Z')).json())).toEqual([
    'run-2',
  ]);
  expect(names((await api.inject('/api/v1/runs?flow=other')).json())).toEqual([]);
  const first = (await api.inject(`/api/v1/runs?flow=${sampleFlow}&$top=2`)).json();
  expect(names(first)).toEqual(['run-3', 'run-2']);
  expect(first.nextLink).toBe(`/api/v1/runs?flow=${sampleFlow}&%24top=2&%24skiptoken=run-2`);
  const second = (await api.inject(first.nextLink)).json();
  expect(names(second)).toEqual(['run-1']);
  expect(second.nextLink).toBeUndefined();
});

test('lists hold no payload and no history', async () => {
  const { api } = await givenApi();
  const { body } = await api.inject('/api/v1/runs');
  expect(body).not.toContain('Link');
  expect(body).not.toContain('outputs');
});

test.each([
  ["Status eq 'Failed'", ['run-2']],
  ["status eq 'Failed' and startTime gt 2026-05-04T07:01:00Z", []],
  ['StartTime ge 2026-05-04T07:01:00Z', ['run-3', 'run-2']],
  ['StartTime le 2026-05-04T07:01:00Z', ['run-2', 'run-1']],
  ['StartTime lt 2026-05-04T07:01:00Z', ['run-1']],
])('$filter=%s', async (filter, expected) => {
  const { api } = await givenApi();
  expect(names((await api.inject(`${runs}?$filter=${encodeURIComponent(filter)}`)).json())).toEqual(expected);
});

test.each([
  ["$filter=Code eq 'x'", 'REQUEST_INVALID', '$filter at position'],
  ['$filter=Status eq', 'ODATA_SYNTAX', ''],
  ['status=failed', 'REQUEST_INVALID', "'status' in the query string is 'failed'; expected one of 'Running'"],
  ['$top=0', 'REQUEST_INVALID', "'$top' in the query string is '0'"],
  ['from=yesterday', 'REQUEST_INVALID', "'from' in the query string is 'yesterday'; expected an ISO 8601 instant"],
  ['colour=red', 'REQUEST_INVALID', "The query string has no member 'colour' here."],
  ['$skiptoken=none', 'WorkflowRunNotFound', 'none'],
])('a list refuses %s', async (query, code, message) => {
  const { api } = await givenApi();
  const { error } = (await api.inject(`/api/v1/runs?${query.replaceAll(' ', '%20')}`)).json();
  expect(error.code).toBe(code);
  expect(error.message).toContain(message);
});

test('actions come in the order of their start, with links and retries in place of payloads', async () => {
  const { api } = await givenApi();
  const actions = (await api.inject(`${runs}/run-2/actions`)).json().value;
  expect(actions.map((action: { name: string }) => action.name)).toEqual(['Compose_subject', 'Is_hot', 'Create_task']);
  expect(actions[2].properties).toMatchObject({
    startTime: '2026-05-04T07:01:00.014Z',
    endTime: '2026-05-04T07:01:09.210Z',
    status: 'Failed',
    code: 'NotFound',
    inputsLink: { uri: `${runs}/run-2/actions/Create_task/inputs`, contentSize: 63 },
    retryHistory: [{ code: 'TooManyRequests' }, { code: 'TooManyRequests' }],
  });
  expect(actions[2].properties.outputs).toBeUndefined();
});

test('$expand=properties/actions adds the actions by name', async () => {
  const { api } = await givenApi();
  const run = (await api.inject(`${runs}/run-1?$expand=properties/actions`)).json();
  expect(Object.keys(run.properties.actions)).toEqual(['Compose_subject', 'Is_hot', 'Create_task', 'Notify']);
  expect(run.properties.actions.Notify.status).toBe('Skipped');
  expect((await api.inject(`/api/v1/runs/run-1?$expand=properties/actions`)).json()).toEqual(run);
});

test('one action has its payloads letter by letter, and so have the content links', async () => {
  const { api } = await givenApi();
  const { body } = await api.inject(`${runs}/run-1/actions/Create_task`);
  expect(body).toContain('"versionnumber":12345678901234567890');
  const content = await api.inject(`${runs}/run-1/actions/Create_task/outputs`);
  expect(content.headers['content-type']).toBe('application/json; charset=utf-8');
  expect(content.body).toContain('"versionnumber":12345678901234567890');
  expect((await api.inject(`${runs}/run-1/trigger/outputs`)).body).toContain('"rate":1.0');
  expect((await api.inject(`${runs}/run-1`)).body).toContain('"outputs":{"task":{"type":"String","value":1.0}}');
});

test('a payload above the limit stays behind its link', async () => {
  const { api, services } = await givenApi();
  const outputs = JSON.stringify('x'.repeat(70_000));
  await services.store.runs.append({ runId: 'run-3', segment: 1 }, [
    actionRow('Big', services.clock.now(), 5, { outputs }),
  ]);
  const { properties } = (await api.inject(`${runs}/run-3/actions/Big`)).json();
  expect(properties.outputs).toBeUndefined();
  expect(properties.outputsLink.contentSize).toBe(70_002);
  expect((await api.inject(properties.outputsLink.uri)).body).toBe(outputs);
});

test.each([
  [`${runs}/none`, 'WorkflowRunNotFound', `There is no run 'none' of the flow '${sampleFlow}'.`],
  ['/api/v1/workflows/other/runs/run-1', 'WorkflowRunNotFound', "There is no run 'run-1' of the flow 'other'."],
  ['/api/v1/workflows/other/runs', 'WorkflowNotFound', "There is no flow 'other'."],
  [
    `${runs}/run-1/actions/Create_tas`,
    'WorkflowRunActionNotFound',
    "The run 'run-1' has no action 'Create_tas' in its history. Did you mean 'Create_task'?",
  ],
  [`${runs}/run-1/actions/Notify/outputs`, 'NOT_FOUND', "The action 'Notify' of run 'run-1' has no outputs."],
])('%s is answered 404', async (url, code, message) => {
  const { api } = await givenApi();
  const response = await api.inject(url);
  expect(response.statusCode).toBe(404);
  expect(response.json().error).toMatchObject({ code, message });
});
