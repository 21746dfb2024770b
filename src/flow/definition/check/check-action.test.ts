/** What the language asks of actions, triggers and their settings, whether or not Rialto runs the type. */

import { describe, expect, test } from 'vitest';
import type { DefinitionProblem } from '../../../base/errors.ts';
import type { JsonObject } from '../../../base/json.ts';
import { readDefinitionDocument } from '../container/read-definitions.ts';
import { readFoundDefinition } from '../read-found-definition.ts';
import { apiCall, compose, type SampleParts, sampleDefinition } from '../sample-definition.case.ts';

function problemsOf(parts: SampleParts): readonly DefinitionProblem[] {
  return readDefinitionDocument(sampleDefinition(parts)).flatMap((found) => readFoundDefinition(found).problems);
}

/** All problems but that a type does not run. */
function otherProblems(parts: SampleParts): readonly DefinitionProblem[] {
  return problemsOf(parts).filter(({ message }) => !message.includes('not supported yet'));
}

const request = { type: 'Request', kind: 'Http', recurrence: null, splitOn: null, inputs: {} };
const loop = (actions: JsonObject): JsonObject => ({ L: { type: 'Foreach', foreach: '@createArray(1)', actions } });
const until = (members: JsonObject): JsonObject => ({
  U: { type: 'Until', expression: '@true', actions: {}, ...members },
});
const init = (name: string, type: string, more: JsonObject = {}): JsonObject => ({
  type: 'InitializeVariable',
  inputs: { variables: [{ name, type }] },
  ...more,
});
const of = (type: string, inputs: JsonObject, more: JsonObject = {}): JsonObject => ({ A: { type, inputs, ...more } });

describe('wrong at its place', () => {
  test.each<readonly [string, JsonObject, string, string]>([
    ['a method that is none', of('Http', { method: 'FETCH', uri: 'https://a/' }), '/A/inputs/method', "'FETCH'"],
    ['a relative uri', of('Http', { method: 'GET', uri: '/a' }), '/A/inputs/uri', 'no absolute'],
    [
      'a webhook with a wrong method',
      of('HttpWebhook', { subscribe: { method: 'CALL', uri: 'https://a/' } }),
      '/A/inputs/subscribe/method',
      "'CALL'",
    ],
    ['a Response without a caller', of('Response', { statusCode: 200 }), '/A', 'needs a Request trigger'],
    ['a Response in a loop', loop(of('Response', { statusCode: 200 })), '/L/actions/A', "inside the loop 'L'"],
    ['a redirect as Response', of('Response', { statusCode: 302 }), '/A/inputs/statusCode', '2xx, 4xx or 5xx'],
    ['a Terminate in a loop', loop(of('Terminate', { runStatus: 'Failed' })), '/L/actions/A', "inside the loop 'L'"],
    [
      'code that depends on nothing',
      of('JavaScriptCode', { code: 'return 1', explicitDependencies: { actions: ['B'] } }),
      '/A/inputs/explicitDependencies/actions/0',
      "'B', which is no action",
    ],
    [
      'the result of an action that holds none',
      { A: compose(1), B: compose("@result('A')", { A: ['Succeeded'] }) },
      '/B/inputs',
      "'A' is of type Compose",
    ],
    ['a format that is none', of('Table', { from: '@createArray(1)', format: 'PDF' }), '/A/inputs/format', "'PDF'"],
    [
      'columns that are none',
      of('Table', { from: '@createArray(1)', format: 'CSV', columns: {} }),
      '/A/inputs/columns',
      'an array',
    ],
    ['a kind of date that is none', of('Expression', {}, { kind: 'Now' }), '/A/kind', 'CurrentTime'],
    ['a unit that is none', of('Wait', { interval: { count: 1, unit: 'Moon' } }), '/A/inputs/interval/unit', "'Moon'"],
    ['a wait of no number', of('Wait', { interval: { count: -1, unit: 'Day' } }), '/A/inputs/interval/count', 'from 0'],
    ['a loop over no array', { A: { type: 'Foreach', foreach: 5, actions: {} } }, '/A/foreach', 'gives an array'],
    ['an Until without end', until({ expression: null }), '/U/expression', 'A condition is an expression'],
    ['an Until of too many turns', until({ limit: { count: 5001 } }), '/U/limit/count', 'from 1 to 5000'],
    ['a timeout that is none', until({ limit: { timeout: '1h' } }), '/U/limit/timeout', 'ISO 8601 duration'],
    [
      'a case twice',
      { A: { type: 'Switch', expression: '@1', cases: { x: { case: 'a' }, y: { case: 'a' } } } },
      '/A/cases/y/case',
      "'x' and 'y' have the same value",
    ],
    [
      'a case that is no constant',
      { A: { type: 'Switch', expression: '@1', cases: { x: { case: true } } } },
      '/A/cases/x/case',
      'text or an integer',
    ],
    [
      'more cases than the limit',
      {
        A: {
          type: 'Switch',
          expression: '@1',
          cases: Object.fromEntries(Array.from({ length: 26 }, (_, index) => [`c${index}`, { case: index }])),
        },
      },
      '/A/cases',
      'at most 25',
    ],
    [
      'a variable in a scope',
      { S: { type: 'Scope', actions: { V: init('v', 'String') } } },
      '/S/actions/V',
      'at the top',
    ],
    ['a variable twice', { V: init('v', 'String'), W: init('V', 'Array') }, '/W/inputs/variables/0/name', 'twice'],
    ['a variable of no type', { V: init('v', 'Date') }, '/V/inputs/variables/0/type', "'Date'"],
    ['no variable at all', { V: { type: 'InitializeVariable', inputs: {} } }, '/V/inputs/variables', 'nothing'],
    [
      'an increment of text',
      {
        V: init('v', 'String'),
        A: { type: 'IncrementVariable', inputs: { name: 'v' }, runAfter: { V: ['Succeeded'] } },
      },
      '/A/inputs/name',
      'Integer or Float',
    ],
    [
      'a variable that is set by itself',
      {
        V: init('v', 'Integer'),
        A: {
          type: 'SetVariable',
          inputs: { name: 'V', value: "@add(variables('v'), 1)" },
          runAfter: { V: ['Succeeded'] },
        },
      },
      '/A/inputs/value',
      'and reads it',
    ],
    [
      'an option that is none',
      { A: { ...apiCall(), operationOptions: 'Sequental' } },
      '/A/operationOptions',
      "'Sequential'",
    ],
    [
      'too many at once',
      {
        A: {
          type: 'Foreach',
          foreach: '@createArray(1)',
          actions: {},
          runtimeConfiguration: { concurrency: { repetitions: 51 } },
        },
      },
      '/A/runtimeConfiguration/concurrency/repetitions',
      'from 1 to 50',
    ],
    [
      'one after the other, and five at once',
      {
        A: {
          type: 'Foreach',
          foreach: '@createArray(1)',
          actions: {},
          operationOptions: 'sequential',
          runtimeConfiguration: { concurrency: { repetitions: 5 } },
        },
      },
      '/A/runtimeConfiguration/concurrency/repetitions',
      'exclude each other',
    ],
    [
      'a static result that is not there',
      { A: { ...apiCall(), runtimeConfiguration: { staticResult: { name: 'A0', staticResultOptions: 'On' } } } },
      '/A/runtimeConfiguration/staticResult/name',
      "no static result 'A0'",
    ],
    [
      'pages beyond the limit',
      { A: { ...apiCall(), runtimeConfiguration: { paginationPolicy: { minimumItemCount: 100_001 } } } },
      '/A/runtimeConfiguration/paginationPolicy/minimumItemCount',
      'from 1 to 100000',
    ],
    [
      'a secured property that is none',
      { A: { ...apiCall(), runtimeConfiguration: { secureData: { properties: ['input'] } } } },
      '/A/runtimeConfiguration/secureData/properties/0',
      "'inputs' or 'outputs'",
    ],
    [
      'tracked properties that are too long',
      { A: { ...compose(1), trackedProperties: { x: 'x'.repeat(16_000) } } },
      '/A/trackedProperties',
      '16000 are allowed',
    ],
    [
      'a wrong retry policy of a request',
      of('Http', { method: 'GET', uri: 'https://a/', retryPolicy: { type: 'fixed', count: 0, interval: 'PT5S' } }),
      '/A/inputs/retryPolicy',
      'from 1 to 90',
    ],
    [
      'an action of another scope',
      { S: { type: 'Scope', actions: { A: compose(1) } }, B: compose(1, { A: ['Succeeded'] }) },
      '/B/runAfter/A',
      "it stands inside 'S'. Run this action after 'S'.",
    ],
    [
      'an action at the top, from inside',
      { A: compose(1), S: { type: 'Scope', actions: { B: compose(1, { a: ['Succeeded'] }) } } },
      '/S/actions/B/runAfter/a',
      'at the top of the definition',
    ],
  ])('%s', (_what, actions, pointer, message) => {
    expect(otherProblems({ actions })).toContainEqual(
      expect.objectContaining({
        code: 'DEFINITION_INVALID',
        pointer: `/definition/actions${pointer}`,
        message: expect.stringContaining(message),
      }),
    );
  });

  test.each<readonly [string, SampleParts, string, string]>([
    [
      'two triggers of one name',
      { definition: { triggers: { T: request, t: request } } },
      '/triggers',
      'the same name',
    ],
    [
      'a path without method',
      { trigger: { ...request, inputs: { relativePath: '/a' } } },
      '/triggers/New_lead/inputs/method',
      'needs a method',
    ],
    [
      'runs beyond the limit',
      { trigger: { runtimeConfiguration: { concurrency: { runs: 101 } } } },
      '/triggers/New_lead/runtimeConfiguration/concurrency/runs',
      'from 1 to 100',
    ],
    [
      'a single instance of five',
      { trigger: { operationOptions: 'SingleInstance', runtimeConfiguration: { concurrency: { runs: 5 } } } },
      '/triggers/New_lead/runtimeConfiguration/concurrency/runs',
      'exclude each other',
    ],
    [
      'a recurrence trigger without recurrence',
      { definition: { triggers: { R: { type: 'Recurrence' } } } },
      '/triggers/R/recurrence',
      'needs a recurrence',
    ],
    [
      'an hour that is none',
      { trigger: { recurrence: { frequency: 'Day', interval: 1, schedule: { hours: [9, '24'] } } } },
      '/triggers/New_lead/recurrence/schedule/hours',
      'from 0 to 23',
    ],
    [
      'a day of no week',
      { trigger: { recurrence: { frequency: 'Week', interval: 1, schedule: { weekDays: 'Funday' } } } },
      '/triggers/New_lead/recurrence/schedule/weekDays',
      "'Funday'",
    ],
    [
      'day zero of a month',
      { trigger: { recurrence: { frequency: 'Month', interval: 1, schedule: { monthDays: [0] } } } },
      '/triggers/New_lead/recurrence/schedule/monthDays',
      'but not 0',
    ],
    [
      'too many months',
      { trigger: { recurrence: { frequency: 'Month', interval: 17 } } },
      '/triggers/New_lead/recurrence/interval',
      'from 1 to 16',
    ],
    [
      'a static result of no status',
      { definition: { staticResults: { A0: { status: 'Done' } } } },
      '/staticResults/A0',
      'Succeeded, Failed',
    ],
  ])('%s', (_what, parts, pointer, message) => {
    const problem = otherProblems(parts).find((one) => one.pointer === `/definition${pointer}`);
    expect(problem).toMatchObject({ code: 'DEFINITION_INVALID', message: expect.stringContaining(message) });
  });

  test('more variables than the limit', () => {
    const variables = Array.from({ length: 251 }, (_, index) => ({ name: `v${index}`, type: 'String' }));
    const actions = { V: { type: 'InitializeVariable', inputs: { variables } } };
    expect(otherProblems({ actions }).map(({ message }) => message)).toContain(
      'There are 251 variables; at most 250 are allowed.',
    );
  });
});

test('a setting that nobody knows is not passed over in silence', () => {
  const actions = {
    A: { ...apiCall(), operationOptions: 'TurnUpsideDown', runtimeConfiguration: { speed: { max: 5 } } },
  };
  expect(problemsOf({ actions }).map(({ code, pointer }) => [code, pointer])).toEqual([
    ['DEFINITION_UNSUPPORTED', '/definition/actions/A/operationOptions'],
    ['DEFINITION_UNSUPPORTED', '/definition/actions/A/runtimeConfiguration/speed/max'],
    ['DEFINITION_DIFFERS', '/definition/actions/A/operationOptions'],
  ]);
});

test('a type of the schema of 2015 is reported with what it is called now', () => {
  expect(problemsOf({ actions: { A: { type: 'condition' } } })).toMatchObject([
    { code: 'DEFINITION_UNSUPPORTED', pointer: '/definition/actions/A/type', remedy: expect.stringContaining('If') },
  ]);
});

describe('what fails one action when it runs is a difference: the cloud would not save it', () => {
  test.each<readonly [string, JsonObject, string]>([
    ['a request without address', of('Http', { method: '', uri: '' }), '/A/inputs/uri'],
    ['a webhook that does not subscribe', of('HttpWebhook', {}), '/A/inputs/subscribe'],
    ['ParseJson without content', of('ParseJson', { schema: {} }), '/A/inputs/content'],
    ['Query without condition', of('Query', { from: '@createArray(1)' }), '/A/inputs/where'],
    ['Select without result', of('Select', { from: '@createArray(1)' }), '/A/inputs/select'],
    ['Join without text', of('Join', { from: '@createArray(1)' }), '/A/inputs/joinWith'],
    ['a date without unit', of('Expression', { interval: 1 }, { kind: 'getfuturetime' }), '/A/inputs/timeUnit'],
    ['a wait for nothing', of('Wait', {}), '/A/inputs'],
    ['code that is not there', of('JavaScriptCode', {}), '/A/inputs/code'],
    ['a child that is not named', of('Workflow', { host: {} }), '/A/inputs/host/workflow/id'],
    ['a function that is not named', of('Function', {}), '/A/inputs/function/id'],
    ['an operation that is not named', of('OpenApiConnection', { host: {} }), '/A/inputs/host/operationId'],
    ['a variable that nothing initializes', of('SetVariable', { name: 'v', value: 1 }), '/A/inputs/name'],
    ['a variable of that name read', { A: compose("@variables('v')") }, '/A/inputs'],
    [
      'a variable read beside its initialization',
      { V: init('v', 'String'), A: compose("@variables('v')") },
      '/A/inputs',
    ],
    [
      'a value of another type',
      { V: { type: 'InitializeVariable', inputs: { variables: [{ name: 'v', type: 'Integer', value: 'x' }] } } },
      '/V/inputs/variables/0/value',
    ],
  ])('%s', (_what, actions, pointer) => {
    const problems = otherProblems({ actions });
    expect(problems.filter(({ code }) => code !== 'DEFINITION_DIFFERS')).toEqual([]);
    expect(problems.map((one) => one.pointer)).toContain(`/definition/actions${pointer}`);
  });
});

describe('nothing is wrong with', () => {
  test.each<readonly [string, SampleParts]>([
    [
      'variables in any letter case, initialized before they are used',
      {
        actions: {
          V: init('Count', 'integer'),
          L: {
            type: 'foreach',
            foreach: '@createArray(1)',
            runAfter: { V: ['succeeded'] },
            actions: { A: { type: 'incrementVariable', inputs: { name: 'count' } }, B: compose("@variables('COUNT')") },
          },
        },
      },
    ],
    [
      'a Response in a branch',
      {
        trigger: request,
        actions: { If: { type: 'If', expression: '@true', actions: of('Response', { statusCode: '@200' }) } },
      },
    ],
    [
      'an Until of its children, with a structured condition',
      {
        actions: until({
          expression: { equals: ["@outputs('Inner')", 1] },
          limit: { count: 60, timeout: 'PT1H' },
          actions: { Inner: compose(1) },
        }),
      },
    ],
    [
      'a filter with a structured condition',
      { actions: of('Query', { from: '@createArray(1)', where: { greater: ['@item()', 0] } }) },
    ],
    [
      'a table, a date, a wait, a switch',
      {
        actions: {
          T: {
            type: 'Table',
            inputs: { from: '@createArray(1)', format: 'html', columns: [{ header: '', value: '@item()' }] },
          },
          D: { type: 'Expression', kind: 'CurrentTime', inputs: {} },
          W: { type: 'Wait', inputs: { until: { timestamp: '2026-01-01T00:00:00Z' } } },
          S: { type: 'Switch', expression: 'x', cases: { a: { case: 'x', actions: {} }, b: { case: 1, actions: {} } } },
        },
      },
    ],
    [
      'a static result that is turned off',
      {
        definition: { staticResults: { A0: { status: 'Succeeded' } } },
        actions: {
          A: { ...apiCall(), runtimeConfiguration: { staticResult: { name: 'A0', staticResultOptions: 'Disabled' } } },
        },
      },
    ],
    [
      'options with blanks between, in any letter case',
      { actions: { A: { ...apiCall(), operationOptions: 'disableasyncpattern, SuppressWorkflowHeaders' } } },
    ],
  ])('%s', (_what, parts) => {
    expect(otherProblems(parts)).toEqual([]);
  });
});

test('a Response behind splitOn is doubtful: nobody waits for it', () => {
  const actions = of('Response', { statusCode: 200 });
  const split = otherProblems({ trigger: { ...request, splitOn: '@triggerBody()' }, actions });
  expect(split).toMatchObject([{ code: 'DEFINITION_DOUBTFUL', pointer: '/definition/actions/A' }]);
});

describe('actions that never run are doubtful', () => {
  test.each<readonly [string, JsonObject, readonly string[]]>([
    [
      'after the end of the run',
      { T: { type: 'Terminate', inputs: { runStatus: 'Failed' } }, A: compose(1, { T: ['Succeeded'] }) },
      ['A'],
    ],
    ['after an action that nothing can skip', { A: compose(1), B: compose(1, { A: ['Skipped'] }) }, ['B']],
    ['after a status that does not come', { A: compose(1), B: compose(1, { A: ['Aborted'] }) }, ['B']],
    [
      'after one that never runs, unless it waits for that',
      {
        A: compose(1),
        B: compose(1, { A: ['Skipped'] }),
        C: compose(1, { B: ['Succeeded'] }),
        D: compose(1, { B: ['Skipped'] }),
      },
      ['B', 'C'],
    ],
    [
      'but not after one that may be skipped',
      { A: compose(1), B: compose(1, { A: ['Failed'] }), C: compose(1, { B: ['Skipped'] }) },
      [],
    ],
  ])('%s', (_what, actions, names) => {
    const doubtful = problemsOf({ actions }).filter(({ code }) => code === 'DEFINITION_DOUBTFUL');
    expect(doubtful.map(({ pointer }) => pointer)).toEqual(names.map((name) => `/definition/actions/${name}/runAfter`));
  });
});
