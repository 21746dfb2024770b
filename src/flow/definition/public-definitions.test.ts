/**
 * Definitions that people published (test/fixtures/flow/definitions): each loads, and is reported as a reader of it would
 * report it. What is expected was written from reading the definitions.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compatibilityReport, type Runs } from './compatibility-report.ts';
import { writeDefinition, writeDocument } from './container/found-definition.ts';
import { readDefinitions } from './container/read-definitions.ts';
import { actionTypesRun, triggerTypesRun } from './supported.ts';

interface Expected {
  readonly container: string;
  readonly pointer: string;
  readonly runs: Runs;
  readonly trigger: string;
  /** All types of actions in it; those that do not run must be reported, and no others. */
  readonly actions: readonly string[];
  /** Connectors that Rialto does not have. */
  readonly foreign?: readonly string[];
  /** Other findings, by pointer below the definition; the code without `DEFINITION_`. */
  readonly others?: readonly (readonly [code: string, pointer: string, message: string])[];
}

const noRead = 'waits for';
const lost = 'Tracked properties are not evaluated';

const expected: Readonly<Record<string, Expected>> = {
  'all-scope-nodes.json': {
    container: 'standard-workflow',
    pointer: '/definition',
    runs: 'no',
    trigger: 'Recurrence',
    actions: [
      'Compose',
      'Foreach',
      'If',
      'IncrementVariable',
      'InitializeVariable',
      'Scope',
      'Switch',
      'Terminate',
      'Until',
    ],
    others: [
      [
        'DOUBTFUL',
        '/actions/Switch/cases/Conditional_Case/actions/Condition/actions/Increment_variable_4/runAfter',
        noRead,
      ],
      ['DIFFERS', '/actions/Switch/cases/ForEach_Case/actions/ForEach/trackedProperties', lost],
      ...[
        'Conditional_Case/actions/Condition/actions/Increment_variable_4',
        'ForEach_Case/actions/ForEach/actions/ForEach_Action_1',
        'ForEach_Case/actions/ForEach/actions/ForEach_nested/actions/ForEach_Action_2',
        'ForEach_Case/actions/ForEach/actions/ForEach_nested/actions/ForEach_Action_3',
        'Scope_Case/actions/Scope/actions/Scope_Action_1',
        'Scope_Case/actions/Scope/actions/Scope_Action_2',
        'Scope_Case/actions/Scope/actions/Scope_nested/actions/Scope_Action_3',
        'DoUntil_Case/actions/Until/actions/Until_Action_1',
        'DoUntil_Case/actions/Until/actions/Until_Action_2',
        'DoUntil_Case/actions/Until/actions/Until_Nested/actions/Until_Action_3',
      ].map((path) => ['DIFFERS', `/actions/Switch/cases/${path}/inputs/name`, "the variable 'var1'"] as const),
    ],
  },
  'complex-switch-apim.json': {
    container: 'resource',
    pointer: '/properties/definition',
    runs: 'no',
    trigger: 'Request',
    actions: ['ApiManagement', 'Foreach', 'If', 'Response', 'Switch'],
  },
  'condition-case-insensitive.json': {
    container: 'standard-workflow',
    pointer: '/definition',
    runs: 'no',
    trigger: 'Request',
    actions: ['Compose', 'If', 'Response'],
  },
  'csv-to-json-logicapp.json': {
    container: 'definition',
    pointer: '',
    runs: 'no',
    trigger: 'Request',
    actions: [
      'AppendToArrayVariable',
      'Compose',
      'Foreach',
      'IncrementVariable',
      'InitializeVariable',
      'Response',
      'SetVariable',
    ],
  },
  'd365-ax-get-fundings.json': {
    container: 'resource',
    pointer: '/properties/definition',
    runs: 'no',
    trigger: 'Recurrence',
    actions: ['ApiConnection', 'Compose', 'Foreach', 'ParseJson'],
    foreign: ['sql'],
  },
  'dataverse-sink-upsert-flow.json': {
    container: 'definition',
    pointer: '',
    runs: 'no',
    trigger: 'Request',
    actions: ['Foreach', 'If', 'OpenApiConnection', 'Response'],
    foreign: ['commondataserviceforapps'],
  },
  'dataverse-sink-upsert-logicapp.json': {
    container: 'definition',
    pointer: '',
    runs: 'no',
    trigger: 'Request',
    actions: ['ApiConnection', 'Foreach', 'Response', 'Select'],
    others: [
      ['DOUBTFUL', '/parameters/organization_url/defaultValue', 'ARM template'],
      ['VALUE_MISSING', '/actions/For_each_item/actions/Ingest_record/inputs/host/connection/name', 'no value'],
    ],
  },
  'dynamicscrm-to-cdm-contacts.json': {
    container: 'resource',
    pointer: '/properties/definition',
    runs: 'no',
    trigger: 'ApiConnection',
    actions: ['ApiConnection'],
    foreign: ['runtimeservice'],
    others: [
      ['VALUE_MISSING', '/triggers/When_a_record_is_created/inputs/host/connection/name', 'no value'],
      ['VALUE_MISSING', '/actions/Create_a_new_record/inputs/host/connection/name', 'no value'],
    ],
  },
  'failure-propagation.json': {
    container: 'standard-workflow',
    pointer: '/definition',
    runs: 'no',
    trigger: 'Request',
    actions: ['Compose', 'JavaScriptCode', 'Scope'],
  },
  'flow-invoice-processor-cds.json': {
    container: 'power-automate-flow',
    pointer: '/properties/definition',
    runs: 'no',
    trigger: 'OpenApiConnectionWebhook',
    actions: ['If', 'OpenApiConnection'],
    foreign: ['commondataserviceforapps'],
  },
  'flow-scheduled-quote-email.json': {
    container: 'power-automate-flow',
    pointer: '/properties/definition',
    runs: 'no',
    trigger: 'Recurrence',
    actions: ['Compose', 'Expression', 'OpenApiConnection', 'Table'],
    foreign: ['commondataserviceforapps', 'office365'],
  },
  'flow-set-dataverse-lookups.json': {
    container: 'power-automate-flow',
    pointer: '/properties/definition',
    runs: 'no',
    trigger: 'Request',
    actions: ['OpenApiConnection', 'Scope', 'Terminate'],
    foreign: ['commondataserviceforapps'],
  },
  'flow-until-exception-handling.json': {
    container: 'power-automate-flow',
    pointer: '/properties/definition',
    runs: 'no',
    trigger: 'Request',
    actions: ['Compose', 'If', 'InitializeVariable', 'Scope', 'SetVariable', 'Terminate', 'Until'],
  },
  'flow-validate-customer.json': {
    container: 'power-automate-flow',
    pointer: '/properties/definition',
    runs: 'no',
    trigger: 'Request',
    actions: ['If', 'InitializeVariable', 'OpenApiConnection', 'Response', 'SetVariable'],
    foreign: ['commondataserviceforapps'],
    others: [['DOUBTFUL', '/description', '463 characters']],
  },
  'http-async-workflow.json': {
    container: 'standard-workflow',
    pointer: '/definition',
    runs: 'no',
    trigger: 'Request',
    actions: ['Http', 'If', 'ParseJson', 'Response'],
    others: [
      ['DIFFERS', '/actions/Get_Customer_Details_from_Service_One/trackedProperties', lost],
      ['VALUE_MISSING', '/actions/Get_Customer_Details_from_Service_One/inputs/uri', 'ServiceOne-Url'],
      [
        'VALUE_MISSING',
        '/actions/Get_Customer_Details_from_Service_One/inputs/headers/x-api-key',
        'ServiceOne-Authentication-APIKey',
      ],
      [
        'VALUE_MISSING',
        '/actions/Get_Customer_Details_Success/actions/Update_Customer_Details_in_Service_Two/inputs/uri',
        'ServiceTwo-Url',
      ],
      [
        'VALUE_MISSING',
        '/actions/Get_Customer_Details_Success/actions/Update_Customer_Details_in_Service_Two/inputs/headers/x-api-key',
        'ServiceTwo-Authentication-APIKey',
      ],
    ],
  },
  'loop-workflow.json': {
    container: 'standard-workflow',
    pointer: '/definition',
    runs: 'no',
    trigger: 'Request',
    actions: [
      'AppendToArrayVariable',
      'Foreach',
      'Http',
      'IncrementVariable',
      'InitializeVariable',
      'Response',
      'Until',
    ],
    others: [
      ['VALUE_MISSING', '/actions/Until_Loop/actions/Call_Service_One/inputs/uri', 'ServiceOne-Url'],
      ['VALUE_MISSING', '/actions/For_Each_Loop/actions/Call_Service_Two/inputs/uri', 'ServiceTwo-Url'],
    ],
  },
  'managed-api-connector-workflow.json': {
    container: 'standard-workflow',
    pointer: '/definition',
    runs: 'no',
    trigger: 'Request',
    actions: ['ApiConnection', 'ParseJson', 'Response', 'Scope'],
    foreign: ['outlook', 'salesforce'],
  },
  'multiple-run-afters.json': {
    container: 'standard-workflow',
    pointer: '/definition',
    runs: 'no',
    trigger: 'Request',
    actions: ['IncrementVariable'],
    others: [
      // The first two increment a variable that nothing initializes; the other 98 name none at all.
      ...Array.from({ length: 100 }, (_, index) => {
        const message = index < 2 ? "the variable 't'" : 'needs name';
        return ['DIFFERS', `/actions/action_${index}/inputs/name`, message] as const;
      }),
    ],
  },
  'scheduler-run-once-http.json': {
    container: 'resource',
    pointer: '/properties/definition',
    runs: 'no',
    trigger: 'Request',
    actions: ['Http', 'Scope', 'Wait'],
    others: [
      ['DIFFERS', '/actions/Error_actions/actions/Call_HTTP_on_Error/inputs/method', 'needs method'],
      ['DIFFERS', '/actions/Error_actions/actions/Call_HTTP_on_Error/inputs/uri', 'needs uri'],
      ['DIFFERS', '/actions/Primary_actions/actions/Call_HTTP/inputs/method', 'needs method'],
      ['DIFFERS', '/actions/Primary_actions/actions/Call_HTTP/inputs/uri', 'needs uri'],
    ],
  },
  'service-bus-sessions.json': {
    container: 'resource',
    pointer: '/properties/definition',
    runs: 'no',
    trigger: 'ApiConnection',
    actions: [
      'ApiConnection',
      'Foreach',
      'If',
      'InitializeVariable',
      'Query',
      'Scope',
      'Select',
      'SetVariable',
      'Terminate',
      'Until',
      'Wait',
    ],
    foreign: ['servicebus'],
    others: [
      // Its author meant concat(…, '-topic') inside.
      ['INVALID', '/actions/Try/actions/Send_initial_message_to_topic/inputs/path', '2 arguments'],
      [
        'INVALID',
        '/actions/Try/actions/While_there_are_more_messages_for_the_session_in_the_queue/actions/Process_messages_if_we_got_any/else/actions/For_each_additional_message_received/actions/Send_message_to_topic/inputs/path',
        '2 arguments',
      ],
      [
        'VALUE_MISSING',
        '/triggers/When_a_message_is_received_in_a_queue_(peek-lock)/inputs/host/connection/name',
        'no value',
      ],
      ...[
        'Catch/actions/Close_the_session_in_the_queue_and_fail',
        'Try/actions/Abandon_initial_message_from_the_queue',
        'Try/actions/Close_a_session_in_a_queue_and_succeed',
        'Try/actions/Complete_initial_message_in_queue',
        'Try/actions/Renew_session_lock_until_cancelled/actions/Condition/actions/Renew_lock_on_the_session_in_a_queue',
        'Try/actions/Send_initial_message_to_topic',
        ...[
          'Get_additional_messages_from_session',
          ...['Abandon_the_message_in_a_queue', 'Complete_the_message_in_a_queue', 'Send_message_to_topic'].map(
            (name) =>
              `Process_messages_if_we_got_any/else/actions/For_each_additional_message_received/actions/${name}`,
          ),
        ].map((path) => `Try/actions/While_there_are_more_messages_for_the_session_in_the_queue/actions/${path}`),
      ].map((path) => ['VALUE_MISSING', `/actions/${path}/inputs/host/connection/name`, 'no value'] as const),
    ],
  },
  'skipping.json': {
    container: 'standard-workflow',
    pointer: '/definition',
    runs: 'no',
    trigger: 'Request',
    actions: ['Compose', 'If', 'InitializeVariable', 'JavaScriptCode'],
    others: [
      // They wait for the first action of a branch to be skipped, which it is only when they are too.
      ['DOUBTFUL', '/actions/Condition/actions/Compose_2/runAfter', noRead],
      ['DOUBTFUL', '/actions/Condition/else/actions/Compose_3/runAfter', noRead],
    ],
  },
  'until-loop-pager.json': {
    container: 'standard-workflow',
    pointer: '/definition',
    runs: 'no',
    trigger: 'Request',
    actions: ['IncrementVariable', 'InitializeVariable', 'Until'],
  },
};

const folder = join(import.meta.dirname, '../../../test/fixtures/flow/definitions');
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

test('every definition is expected to be something', () => {
  expect(files.sort()).toEqual(Object.keys(expected).sort());
});

describe.each(Object.entries(expected))('%s', (file, what) => {
  const text = readFileSync(join(folder, file), 'utf8');

  test('is found in its container, and nothing of it is lost', async () => {
    const found = await readDefinitions(new TextEncoder().encode(text));
    expect(found).toMatchObject([{ container: what.container, pointer: what.pointer }]);
    for (const one of found) {
      expect(writeDocument(one)).toBe(text);
      expect(text).toContain(writeDefinition(one));
    }
  });

  test('is reported as it reads', async () => {
    const { definitions } = compatibilityReport(await readDefinitions(text));
    expect(definitions).toHaveLength(1);
    const findings = definitions[0]?.findings ?? [];
    expect(definitions[0]?.runs).toBe(what.runs);
    const unsupported = findings.filter(({ code }) => code === 'DEFINITION_UNSUPPORTED').map(({ message }) => message);
    expect(matches(unsupported, /^Actions of type (\w+) are/)).toEqual(
      what.actions.filter((type) => !actionTypesRun.has(type)),
    );
    expect(matches(unsupported, /^Triggers of type (\w+) are/)).toEqual(
      [what.trigger].filter((type) => !triggerTypesRun.has(type)),
    );
    expect(matches(unsupported, /^The connector '(\w+)' is none/)).toEqual(what.foreign ?? []);
    const others = findings.filter(({ code }) => code !== 'DEFINITION_UNSUPPORTED');
    expect(others.map(({ code, pointer }) => `${code} ${pointer}`).sort()).toEqual(
      (what.others ?? []).map(([code, pointer]) => `DEFINITION_${code} ${what.pointer}${pointer}`).sort(),
    );
    for (const [code, pointer, message] of what.others ?? []) {
      expect(
        others.find((one) => one.code === `DEFINITION_${code}` && one.pointer === what.pointer + pointer)?.message,
      ).toContain(message);
    }
  });
});

/** The first groups of the matches, each once, sorted. */
function matches(texts: readonly string[], pattern: RegExp): readonly string[] {
  return [...new Set(texts.flatMap((text) => pattern.exec(text)?.[1] ?? []))].sort();
}
