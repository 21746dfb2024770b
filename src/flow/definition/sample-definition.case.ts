/** Definitions for tests: small ones, made of the parts that a test is about. */

import type { JsonObject, JsonValue } from '../../base/json.ts';

const host = { connection: { name: "@parameters('$connections')['crm']['connectionId']" } };

/** A call of the connection `crm`. */
export function apiCall(runAfter: JsonObject = {}, inputs: JsonObject = {}): JsonObject {
  return {
    type: 'ApiConnection',
    runAfter,
    inputs: { host, method: 'post', path: '/datasets/d/tables/tasks/items', ...inputs },
  };
}

/** A Compose of the value. */
export function compose(inputs: JsonValue, runAfter: JsonObject = {}): JsonObject {
  return { type: 'Compose', runAfter, inputs };
}

export interface SampleParts {
  readonly actions?: JsonObject;
  /** Members that replace those of the trigger. */
  readonly trigger?: JsonObject;
  /** Members that replace those of the definition. */
  readonly definition?: JsonObject;
  readonly parameters?: JsonObject;
}

/** A code view export with one trigger `New_lead` and the connection `crm`. */
export function sampleDefinition(parts: SampleParts = {}): JsonObject {
  return {
    definition: {
      parameters: { $connections: { type: 'Object', defaultValue: {} } },
      triggers: {
        New_lead: {
          type: 'ApiConnection',
          recurrence: { frequency: 'Minute', interval: 3 },
          splitOn: "@triggerBody()?['value']",
          inputs: { host, method: 'get', path: '/datasets/d/tables/leads/onnewitems' },
          ...parts.trigger,
        },
      },
      actions: parts.actions ?? {},
      ...parts.definition,
    },
    parameters: {
      $connections: { value: { crm: { id: '/managedApis/dynamicscrmonline', connectionId: '/connections/contoso' } } },
      ...parts.parameters,
    },
  };
}
