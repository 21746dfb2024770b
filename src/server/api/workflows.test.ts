import { expect, test } from 'vitest';
import { DefinitionError } from '../../base/errors.ts';
import { createApi } from './create-api.ts';
import { givenRun, givenSampleFlow, sampleDefinition, sampleFlow, sampleTrigger } from './sample-runs.case.ts';
import { sampleServices } from './sample-services.case.ts';

const path = `/api/v1/workflows/${sampleFlow}`;

async function givenApi() {
  const services = sampleServices();
  await givenSampleFlow(services.store, services.clock.now());
  return { services, api: await createApi(services) };
}

test('the list of flows has no definitions, one flow has its own letter by letter', async () => {
  const { api } = await givenApi();
  const list = (await api.inject('/api/v1/workflows')).json();
  expect(list.value).toEqual([
    {
      id: `/workflows/${sampleFlow}`,
      name: sampleFlow,
      type: 'Microsoft.Logic/workflows',
      properties: {
        state: 'Enabled',
        version: '1',
        createdTime: '2026-05-04T07:00:00.000Z',
        changedTime: '2026-05-04T07:00:00.000Z',
        provisioningState: 'Succeeded',
      },
    },
  ]);
  const { body } = await api.inject(path);
  expect(body).toContain(`"definition":${sampleDefinition}`);
});

test('a definition that is put is stored as it is spelt', async () => {
  const { api, services } = await givenApi();
  const definition = '{ "triggers": {}, "actions": { "A": { "type": "Compose", "inputs": 1.0 } } }';
  const response = await api.inject({
    method: 'PUT',
    url: '/api/v1/workflows/other',
    headers: { 'content-type': 'application/json' },
    payload: `{"properties":{"definition":${definition},"parameters":{"p":{"value":2.50}},"state":"Disabled"}}`,
  });
  expect(response.statusCode).toBe(201);
  expect(response.json().properties).toMatchObject({ state: 'Disabled', version: '1' });
  const stored = await services.store.flows.get('other');
  expect(stored?.version.definition).toBe(definition);
  expect(stored?.version.parameters).toBe('{"p":{"value":2.50}}');
});

test('an invalid definition is refused with every problem at its place', async () => {
  const problems = [
    {
      code: 'DEFINITION_UNSUPPORTED',
      pointer: '/actions/A/type',
      message: "The action type 'Swift' is not supported.",
    },
  ] as const;
  const fail = async () => {
    throw new DefinitionError(problems);
  };
  const api = await createApi(sampleServices({ flows: { check: fail, deploy: fail } }));
  const response = await api.inject({
    method: 'POST',
    url: '/api/v1/workflows/other/validate',
    payload: { properties: { definition: { triggers: {}, actions: {} } } },
  });
  expect(response.statusCode).toBe(400);
  expect(response.json().error).toMatchObject({
    code: 'InvalidTemplate',
    innererror: { code: 'DEFINITION_UNSUPPORTED' },
    problems,
  });
});

test('a body that is no workflow is refused, naming member, what was found and what was expected', async () => {
  const { api } = await givenApi();
  const response = await api.inject({
    method: 'PUT',
    url: path,
    payload: { properties: { definition: {}, state: 'On' } },
  });
  expect(response.statusCode).toBe(400);
  expect(response.json().error).toEqual({
    code: 'REQUEST_INVALID',
    message: "'properties.state' in the body is 'On'; expected one of 'Enabled', 'Disabled'.",
  });
});

test('disable and enable change the state, and a disabled trigger does not fire', async () => {
  const { api } = await givenApi();
  expect((await api.inject({ method: 'POST', url: `${path}/disable` })).json().properties.state).toBe('Disabled');
  const refused = await api.inject({ method: 'POST', url: `${path}/triggers/${sampleTrigger}/run` });
  expect(refused.statusCode).toBe(409);
  expect(refused.json().error.code).toBe('WorkflowTriggerIsNotEnabled');
  await api.inject({ method: 'POST', url: `${path}/enable` });
  expect((await api.inject({ method: 'POST', url: `${path}/triggers/${sampleTrigger}/run` })).statusCode).toBe(202);
});

test('an unknown flow and an unknown trigger are named', async () => {
  const { api } = await givenApi();
  const noFlow = await api.inject('/api/v1/workflows/none');
  expect(noFlow.statusCode).toBe(404);
  expect(noFlow.json().error).toEqual({
    code: 'WorkflowNotFound',
    message: "There is no flow 'none'.",
    innererror: { code: 'FLOW_UNKNOWN' },
  });
  const noTrigger = await api.inject(`${path}/triggers/When_a_record_is_creatd/histories`);
  expect(noTrigger.json().error.message).toBe(
    `The flow '${sampleFlow}' has no trigger 'When_a_record_is_creatd'. Did you mean '${sampleTrigger}'?`,
  );
  expect((await api.inject({ method: 'DELETE', url: '/api/v1/workflows/none' })).statusCode).toBe(404);
});

test('versions are listed newest first, in pages', async () => {
  const { api, services } = await givenApi();
  for (const inputs of [2, 3]) {
    const definition = JSON.stringify({ triggers: {}, actions: { A: { type: 'Compose', inputs } } });
    await services.flows.deploy({ name: sampleFlow, definition, parameters: '{}' });
  }
  const first = (await api.inject(`${path}/versions?$top=2`)).json();
  expect(first.value.map((version: { name: string }) => version.name)).toEqual(['3', '2']);
  const second = (await api.inject(first.nextLink)).json();
  expect(second.value.map((version: { name: string }) => version.name)).toEqual(['1']);
  expect(second.nextLink).toBeUndefined();
  expect((await api.inject(`${path}/versions/1`)).body).toContain(sampleDefinition);
  expect((await api.inject(`${path}/versions/9`)).json().error.message).toContain('its versions are 1 to 3');
});

test('a trigger shows its recurrence and its times, its histories the checks', async () => {
  const { api, services } = await givenApi();
  const now = services.clock.now();
  await givenRun(services.store, { id: 'run-1', startTime: now });
  const [trigger] = (await api.inject(`${path}/triggers`)).json().value;
  expect(trigger).toMatchObject({
    id: `/workflows/${sampleFlow}/triggers/${sampleTrigger}`,
    properties: {
      state: 'Enabled',
      recurrence: { frequency: 'Minute', interval: 3 },
      lastExecutionTime: '2026-05-04T06:59:59.960Z',
      nextExecutionTime: '2026-05-04T07:00:00.000Z',
    },
  });
  const histories = (await api.inject(`${path}/triggers/${sampleTrigger}/histories`)).json();
  expect(histories.value).toEqual([
    {
      id: `/workflows/${sampleFlow}/triggers/${sampleTrigger}/histories/check-run-1`,
      name: 'check-run-1',
      type: 'Microsoft.Logic/workflows/triggers/histories',
      properties: {
        startTime: '2026-05-04T06:59:59.960Z',
        endTime: '2026-05-04T07:00:00.000Z',
        status: 'Succeeded',
        code: 'OK',
        fired: true,
      },
    },
  ]);
});
