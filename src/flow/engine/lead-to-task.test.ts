/** The example flow, decided: every new lead becomes one task. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { JsonObject } from '../../base/json.ts';
import { parseDefinition } from '../definition/index.ts';
import { fromJson, toJson } from '../expression/index.ts';
import type { InvokeCommand } from './command.ts';
import { requiredConnections } from './required-connections.ts';
import { answer, play, statusesOf } from './sample-run.case.ts';
import { splitTrigger, triggerCall } from './trigger-check.ts';

const path = join(import.meta.dirname, '../../../examples/lead-to-task/definition.json');
const definition = parseDefinition(readFileSync(path, 'utf8'));

function created(lead: JsonObject): { readonly statuses: unknown; readonly body: unknown; readonly outputs: unknown } {
  const bodies: unknown[] = [];
  const outcome = (command: InvokeCommand) => {
    bodies.push(toJson(command.call.body ?? null));
    return answer(201, { activityid: 'task-1' });
  };
  const played = play(definition, { body: lead, outcome });
  return { statuses: statusesOf(played), body: bodies.length === 1 ? bodies[0] : bodies, outputs: played.end.outputs };
}

test('asks for new leads and creates tasks, through one connection', () => {
  expect(
    requiredConnections(definition, definition.parameterValues).map(({ connection, method, path: of }) => [
      connection,
      method,
      of,
    ]),
  ).toEqual([
    ['contoso-dataverse', 'get', '/datasets/contoso-dataverse/tables/leads/onnewitems'],
    ['contoso-dataverse', 'post', '/datasets/contoso-dataverse/tables/tasks/items'],
  ]);
  expect(triggerCall(definition, definition.parameterValues, 0).call.queries.size).toBe(0);
});

test('starts one run per lead', () => {
  const outputs = fromJson({ statusCode: 200, headers: {}, body: { value: [{ leadid: 'a' }, { leadid: 'b' }] } });
  const { items } = splitTrigger(definition, definition.parameterValues, outputs, 0);
  expect(items.map((item) => toJson(item.outputs))).toMatchObject([
    { body: { leadid: 'a' } },
    { body: { leadid: 'b' } },
  ]);
});

test('names the task after last name and topic', () => {
  expect(created({ leadid: 'a', lastname: 'Grimaldi', subject: 'New plant' })).toEqual({
    statuses: {
      Check_name_and_topic: 'Succeeded',
      Compose_subject: 'Succeeded',
      Compose_fallback_subject: 'Skipped',
      Create_a_new_record: 'Succeeded',
    },
    body: { subject: 'Grimaldi: New plant', 'regardingobjectid_lead_task@odata.bind': '/leads(a)' },
    outputs: fromJson({ taskId: { type: 'String', value: 'task-1' } }),
  });
});

test('falls back when one of them is missing', () => {
  expect(created({ leadid: 'a', lastname: null, subject: 'New plant' })).toMatchObject({
    statuses: { Compose_subject: 'Skipped', Compose_fallback_subject: 'Succeeded', Create_a_new_record: 'Succeeded' },
    body: { subject: 'New lead: New plant' },
  });
  expect(created({ leadid: 'a' })).toMatchObject({ body: { subject: 'New lead: name unknown' } });
});
