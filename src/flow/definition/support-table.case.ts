/** What the tables of docs/reference/definition.md show: an example of each part of the language, checked as it stands. */

import type { JsonObject, JsonValue } from '../../base/json.ts';
import { actionTypeNames } from './action-types.ts';
import { apiCall, compose, type SampleParts, sampleDefinition } from './sample-definition.case.ts';
import { triggerTypes } from './trigger.ts';

export interface SupportRow {
  readonly name: string;
  /** The clause of the reference. */
  readonly clause: string;
  readonly document: JsonObject;
  /** Pointer of the part that the row is about; findings at it and below count. */
  readonly pointer: string;
}

export interface SupportSection {
  readonly heading: string;
  readonly column: string;
  readonly rows: readonly SupportRow[];
}

const action = (name: string, clause: string, source: JsonObject, at = '', parts: SampleParts = {}): SupportRow => ({
  name,
  clause,
  document: sampleDefinition({ ...parts, actions: { A: source } }),
  pointer: `/definition/actions/A${at}`,
});

const trigger = (name: string, clause: string, source: JsonObject, at = ''): SupportRow => ({
  name,
  clause,
  document: sampleDefinition({ trigger: source }),
  pointer: `/definition/triggers/New_lead${at}`,
});

/** Clauses of action types, where it is not 3.3. */
const actionClauses: Readonly<Record<string, string>> = {
  Http: '3.4',
  HttpWebhook: '3.4',
  Response: '3.5',
  ApiManagement: '3.6',
  Batch: '2.2',
  Function: '3.6',
  InvokeFunction: '3.6',
  SendToBatch: '3.6',
  ServiceProvider: '3.6',
  Workflow: '3.6',
  Compose: '3.7',
  Join: '3.7',
  ParseJson: '3.7',
  Query: '3.7',
  Select: '3.7',
  Table: '3.7',
  Expression: '3.8',
  If: '3.10',
  Switch: '3.10',
  Foreach: '3.10',
  Until: '3.10',
  Scope: '3.10',
  Terminate: '3.11',
  Wait: '3.12',
  JavaScriptCode: '3.13',
  CSharpScriptCode: '3.13',
  Liquid: '3.14',
  Xslt: '3.14',
};

/** Inputs that make an action of a type valid, where an empty one is not. */
const actionSources: Readonly<Record<string, JsonObject>> = {
  ApiConnection: apiCall(),
  Compose: compose(1),
  If: { type: 'If', expression: '@true', actions: {} },
  Scope: { type: 'Scope', actions: {} },
  Terminate: { type: 'Terminate', inputs: { runStatus: 'Succeeded' } },
};

function clauseOf(type: string): string {
  if (type.startsWith('OpenApiConnection')) return '11.3';
  if (type.endsWith('Variable')) return '3.9';
  return actionClauses[type] ?? (/^(?:Xml|FlatFile|Integration)/.test(type) ? '3.14' : '3.3');
}

const actionRows = [...actionTypeNames()]
  .sort()
  .map((type) => action(`\`${type}\``, clauseOf(type), actionSources[type] ?? { type, inputs: {} }, ''));

const triggerRows = [...triggerTypes]
  .sort()
  .map((type) =>
    trigger(
      `\`${type}\``,
      type.startsWith('OpenApi') ? '11.3' : '2.2',
      { type },
      type === 'ApiConnection' ? '' : '/type',
    ),
  );

const withTimeout = { ...apiCall(), limit: { timeout: 'PT1M' } };
const configured = (configuration: JsonObject) => ({ ...apiCall(), runtimeConfiguration: configuration });
const everyDay = (more: Record<string, JsonValue>) => ({ recurrence: { frequency: 'Day', interval: 1, ...more } });

const memberRows: readonly SupportRow[] = [
  action('`runAfter`, any letter case', '4.2', { ...compose(1), runAfter: {} }),
  action('`description`, `metadata`', '3.1', { ...compose(1), description: 'x', metadata: { x: 1 } }),
  action('`inputs.retryPolicy` of an ApiConnection', '5.1', apiCall({}, { retryPolicy: { type: 'none' } })),
  action('`limit.timeout`', '5.3', withTimeout, '/limit'),
  action('`trackedProperties`', '5.7', { ...compose(1), trackedProperties: { id: 1 } }, '/trackedProperties'),
  action('`correlation`', '2.9', { ...compose(1), correlation: { clientTrackingId: '@guid()' } }, '/correlation'),
  action('`operationOptions`', '5.8', { ...apiCall(), operationOptions: 'DisableAsyncPattern' }, '/operationOptions'),
  action(
    '`runtimeConfiguration.paginationPolicy`',
    '5.4',
    configured({ paginationPolicy: { minimumItemCount: 5000 } }),
    '/runtimeConfiguration',
  ),
  action(
    '`runtimeConfiguration.contentTransfer`',
    '5.5',
    configured({ contentTransfer: { transferMode: 'Chunked' } }),
    '/runtimeConfiguration',
  ),
  action(
    '`runtimeConfiguration.secureData`',
    '5.7',
    configured({ secureData: { properties: ['inputs'] } }),
    '/runtimeConfiguration',
  ),
  action(
    '`runtimeConfiguration.staticResult`',
    '5.9',
    configured({ staticResult: { name: 'A0', staticResultOptions: 'Enabled' } }),
    '/runtimeConfiguration',
    { definition: { staticResults: { A0: { status: 'Succeeded' } } } },
  ),
  action('`host.connection.referenceName`', '1.5', apiCall({}, { host: { connection: { referenceName: 'crm' } } })),
  action(
    "`authentication` of Power Automate, `@parameters('$authentication')`",
    '11.3',
    apiCall({}, { authentication: "@parameters('$authentication')" }),
    '',
    {
      definition: {
        parameters: { $connections: { type: 'Object' }, $authentication: { type: 'SecureObject', defaultValue: {} } },
      },
    },
  ),
  action('`authentication`, any other', '3.4', apiCall({}, { authentication: { type: 'None' } })),
  action('a secure parameter that is read', '1.2', compose("@parameters('secret')"), '', {
    definition: {
      parameters: { $connections: { type: 'Object' }, secret: { type: 'SecureString', defaultValue: 'x' } },
    },
  }),
  trigger('`recurrence`: second, minute, hour, day, week', '2.2', everyDay({ startTime: '2026-01-01T00:00:00Z' })),
  trigger('`recurrence`: month', '2.2', everyDay({ frequency: 'Month' })),
  trigger('`recurrence.timeZone` other than UTC', '2.2', everyDay({ timeZone: 'Pacific Standard Time' })),
  trigger('`recurrence.schedule`', '2.2', everyDay({ schedule: { hours: [9] } })),
  trigger('`recurrence.endTime`, `recurrence.count`', '2.2', everyDay({ endTime: '2030-01-01T00:00:00Z', count: 5 })),
  trigger('`splitOn`', '2.4', { splitOn: '@triggerBody()' }),
  trigger('`conditions`', '2.3', { conditions: [{ expression: '@true' }] }),
  trigger('`conditions.dependsOn`', '2.3', { conditions: [{ expression: '@true', dependsOn: 'T' }] }),
  trigger('`splitOnConfiguration`', '2.4', { splitOnConfiguration: { correlation: { clientTrackingId: '@guid()' } } }),
  trigger('`correlation`', '2.9', { correlation: { clientTrackingId: '@guid()' } }, '/correlation'),
  trigger('`runtimeConfiguration.concurrency`', '2.7', { runtimeConfiguration: { concurrency: { runs: 1 } } }),
  trigger('`operationOptions`', '5.8', { operationOptions: 'SingleInstance' }),
];

/** Every section, in the order of the page. */
export const supportSections: readonly SupportSection[] = [
  { heading: 'Action types', column: 'Type', rows: actionRows },
  { heading: 'Trigger types', column: 'Type', rows: triggerRows },
  { heading: 'Members', column: 'Member', rows: memberRows },
];
