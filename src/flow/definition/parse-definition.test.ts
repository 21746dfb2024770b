/** Reading and checking definitions: every problem with its pointer, in one pass. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DefinitionProblem } from '../../base/errors.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import { printValue } from '../expression/index.ts';
import { parseDefinition, supportReport } from './parse-definition.ts';
import { apiCall, compose, sampleDefinition } from './sample-definition.case.ts';

describe('parseDefinition', () => {
  test('reads a code view export: trigger, actions of all depths, parameters', () => {
    const definition = parseDefinition(
      sampleDefinition({
        actions: {
          Scope: { type: 'scope', actions: { Inner: compose('x') } },
          If: {
            type: 'If',
            expression: '@true',
            actions: { Yes: apiCall() },
            else: { actions: { No: compose(1) } },
            runAfter: { scope: ['succeeded', 'FAILED'] },
          },
        },
        definition: { outputs: { out: { type: 'String', value: "@outputs('Inner')" } } },
      }),
    );
    expect([...definition.actionsByName.keys()]).toEqual(['Scope', 'Inner', 'If', 'Yes', 'No']);
    expect(definition.actionsByName.get('If')?.runAfter).toEqual(new Map([['Scope', ['Succeeded', 'Failed']]]));
    expect(definition.actions.leaves.map((action) => action.name)).toEqual(['If']);
    expect(definition.trigger).toMatchObject({ name: 'New_lead', recurrence: { frequency: 'Minute', interval: 3 } });
    expect(printValue(definition.parameterValues.get('$connections') ?? null)).toContain('/connections/contoso');
  });

  test('reads a bare definition, and takes the values that a deployment gives', () => {
    const { definition, parameters } = sampleDefinition() as { definition: JsonObject; parameters: JsonObject };
    expect(parseDefinition(definition, { parameters }).trigger.pointer).toBe('/triggers/New_lead');
  });

  test('keeps everything that it was given, spelling and order included', () => {
    const text =
      '{"actions":{"C":{"type":"compose","inputs":5.0,"designer":{"x":1}}},"triggers":{"T":{"type":"ApiConnection",' +
      '"recurrence":{"frequency":"minute","interval":"3"},"inputs":{"host":{"connection":{"name":"c"}},"method":"GET",' +
      '"path":"/a"}}},"unknown":[1.50]}';
    expect(printValue(parseDefinition(text).source)).toBe(text.replace('1.50', '1.5'));
  });

  test('orders siblings by runAfter, wherever they stand', () => {
    const definition = parseDefinition(
      sampleDefinition({
        actions: { C: compose(3, { B: ['Succeeded'] }), B: compose(2, { A: ['Succeeded'] }), A: compose(1) },
      }),
    );
    expect(definition.actions.ordered.map((action) => action.name)).toEqual(['A', 'B', 'C']);
  });

  test('evaluates a recurrence of parameters', () => {
    const definition = parseDefinition(
      sampleDefinition({
        trigger: { recurrence: { frequency: "@parameters('unit')", interval: 2, startTime: '2026-01-01T00:00:00Z' } },
        definition: {
          parameters: { $connections: { type: 'Object' }, unit: { type: 'String', defaultValue: 'hour' } },
        },
      }),
    );
    expect(definition.trigger.recurrence).toEqual({ frequency: 'Hour', interval: 2, startTime: 1_767_225_600_000 });
  });

  test('throws one error with all problems', () => {
    const source = sampleDefinition({ actions: { A: { type: 'Compsoe' }, B: { type: 'Http', inputs: {} } } });
    expect(() => parseDefinition(source)).toThrow(
      expect.objectContaining({
        code: 'DEFINITION_INVALID',
        problems: expect.objectContaining({ length: 2 }),
        message: expect.stringContaining(
          "/definition/actions/A/type: The type of the action 'A' is 'Compsoe', which is none. Did you mean 'Compose'?",
        ),
      }),
    );
    const unsupported = sampleDefinition({ actions: { B: { type: 'Http', inputs: {} } } });
    expect(() => parseDefinition(unsupported)).toThrow(expect.objectContaining({ code: 'DEFINITION_UNSUPPORTED' }));
  });
});

describe('what is wrong is reported with its pointer', () => {
  test.each<readonly [string, JsonObject, string, string]>([
    [
      'an unknown sibling',
      { A: compose(1), B: compose(1, { X: ['Succeeded'] }) },
      '/B/runAfter/X',
      'is no action beside it',
    ],
    [
      'an action of another scope',
      { S: { type: 'Scope', actions: { A: compose(1) } }, B: compose(1, { A: ['Succeeded'] }) },
      '/B/runAfter/A',
      'is no action beside it',
    ],
    ['itself', { A: compose(1, { A: ['Succeeded'] }) }, '/A/runAfter/A', 'is the action itself'],
    [
      'a cycle',
      { A: compose(1, { B: ['Succeeded'] }), B: compose(1, { A: ['Succeeded'] }) },
      '/A/runAfter',
      "in a cycle: 'A' after 'B' after 'A'.",
    ],
    [
      'a wrong status',
      { A: compose(1), B: compose(1, { A: ['Succeded'] }) },
      '/B/runAfter/A/0',
      "'Succeded' is no status",
    ],
    ['an empty status list', { A: compose(1), B: compose(1, { A: [] }) }, '/B/runAfter/A', 'at least one status'],
    [
      'a name used twice',
      { A: compose(1), S: { type: 'Scope', actions: { a: compose(1) } } },
      '/S/actions/a',
      "There is another action 'A'",
    ],
    ['a long name', { ['x'.repeat(81)]: compose(1) }, `/${'x'.repeat(81)}`, 'has 81 characters'],
    [
      'a reference to no action',
      { Get: compose(1), B: compose("@body('Gett')", { Get: ['Succeeded'] }) },
      '/B/inputs',
      "There is no action 'Gett' for body(). Did you mean 'Get'?",
    ],
    [
      'a reference to a parallel action',
      { A: compose(1), B: compose("@outputs('A')") },
      '/B/inputs',
      "does not run after 'A'",
    ],
    ['a reference to itself', { A: compose("@outputs('A')") }, '/A/inputs', "does not run after 'A'"],
    ['an unknown parameter', { A: compose("@parameters('p')") }, '/A/inputs', "declares no parameter 'p'"],
    [
      'an unknown function',
      { A: compose({ 'a/b': ['x @{cocnat(1)}'] }) },
      '/A/inputs/a~1b/0',
      "There is no function 'cocnat'. Did you mean 'concat'?",
    ],
    [
      'a wrong argument count',
      { A: compose('@not(true, false)') },
      '/A/inputs',
      'not() is called with 2 arguments; expected 1.',
    ],
    ['a syntax error', { A: compose({ x: '@concat(' }) }, '/A/inputs/x', 'at position 8'],
    ['item outside a loop', { A: compose('@item()') }, '/A/inputs', 'outside of any loop'],
    ['items outside that loop', { A: compose("@items('L')") }, '/A/inputs', 'outside of a Foreach of that name'],
    ['action()', { A: compose('@action()') }, '/A/inputs', "action() is not available in 'A'"],
    ['no inputs', { A: { type: 'Compose' } }, '/A/inputs', 'has no inputs'],
    ['a wrong path', { A: apiCall({}, { path: 5 }) }, '/A/inputs/path', 'path is the integer 5; expected a string'],
    ['a wrong method', { A: apiCall({}, { method: 'fetch' }) }, '/A/inputs/method', "The method is 'fetch'"],
    [
      'an unknown connection',
      { A: apiCall({}, { host: { connection: { name: "@parameters('$connections')['crmm']['connectionId']" } } }) },
      '/A/inputs/host/connection/name',
      "Did you mean 'crm'?",
    ],
    [
      'no connection',
      { A: apiCall({}, { host: {} }) },
      '/A/inputs/host/connection/name',
      'host.connection.name is missing',
    ],
    [
      'a wrong retry policy',
      { A: apiCall({}, { retryPolicy: { type: 'fixed', count: 100, interval: 'PT10S' } }) },
      '/A/inputs/retryPolicy',
      'expected an integer from 1 to 90',
    ],
    [
      'a short interval',
      { A: apiCall({}, { retryPolicy: { type: 'fixed', count: 1, interval: 'PT1S' } }) },
      '/A/inputs/retryPolicy',
      'from PT5S to P1D',
    ],
    [
      'a condition of two members',
      { A: { type: 'If', expression: { and: [], or: [] }, actions: {} } },
      '/A/expression',
      'one member that names a function',
    ],
    [
      'an unknown function in a condition',
      { A: { type: 'If', expression: { and: [{ eqals: [1, 1] }, { not: { isnull: 1 } }] }, actions: {} } },
      '/A/expression/and/0/eqals',
      "There is no function 'eqals'. Did you mean 'equals'?",
    ],
    [
      'a wrong end of the run',
      { A: { type: 'Terminate', inputs: { runStatus: 'Done' } } },
      '/A/inputs/runStatus',
      'Succeeded, Failed or Cancelled',
    ],
    ['actions that are none', { A: { type: 'Scope', actions: [] } }, '/A/actions', 'The actions are an array'],
    [
      'a member in another spelling',
      { A: compose(1), B: { type: 'Compose', inputs: 1, runafter: { A: ['Failed'] } } },
      '/B/runafter',
      "'runafter' has no effect here. Did you mean 'runAfter'?",
    ],
    [
      'a misspelt branch',
      { A: { type: 'If', expression: '@true', actions: {}, else: { action: {} } } },
      '/A/else/action',
      "Did you mean 'actions'?",
    ],
    [
      'a condition that is text',
      { A: { type: 'If', expression: 'true', actions: {} } },
      '/A/expression',
      'This is text',
    ],
    [
      'a condition that gives text',
      { A: { type: 'If', expression: '@{true}', actions: {} } },
      '/A/expression',
      '@{…} always gives text',
    ],
    [
      'an input that an ApiConnection has not',
      { A: apiCall({}, { querys: {} }) },
      '/A/inputs/querys',
      "has no input 'querys'. Did you mean 'queries'?",
    ],
    ['a path without a slash', { A: apiCall({}, { path: 'items' }) }, '/A/inputs/path', "begins with '/'"],
    ['a name that cannot be stored', { 'A\u0000': compose(1) }, '/A\u0000', 'a control character'],
    ['half a character in a name', { 'A\ud800': compose(1) }, '/A\ud800', 'half of a surrogate pair'],
  ])('%s', (_what, actions, pointer, message) => {
    const problems = supportReport(sampleDefinition({ actions }));
    expect(problems.map((problem) => problem.pointer)).toContain(`/definition/actions${pointer}`);
    const problem = problems.find((one) => one.pointer === `/definition/actions${pointer}`);
    expect(problem?.message).toContain(message);
    expect(problem?.code).toBe(message.startsWith('at position') ? 'EXPRESSION_SYNTAX' : 'DEFINITION_INVALID');
  });

  test.each<readonly [string, JsonObject, string, string]>([
    ['no trigger', { definition: { triggers: {} } }, '/definition/triggers', 'has no trigger'],
    [
      'no recurrence',
      { trigger: { recurrence: null } },
      '/definition/triggers/New_lead/recurrence',
      'a polling trigger needs one',
    ],
    [
      'a wrong interval',
      { trigger: { recurrence: { frequency: 'Day', interval: 501 } } },
      '/definition/triggers/New_lead/recurrence/interval',
      'from 1 to 500',
    ],
    [
      'a wrong frequency',
      { trigger: { recurrence: { frequency: 'Fortnight', interval: 1 } } },
      '/definition/triggers/New_lead/recurrence/frequency',
      "'Fortnight'",
    ],
    [
      'splitOn that is text',
      { trigger: { splitOn: 'value' } },
      '/definition/triggers/New_lead/splitOn',
      'This is text',
    ],
    [
      'a trigger condition that gives text',
      { trigger: { conditions: [{ expression: '@{true}' }] } },
      '/definition/triggers/New_lead/conditions/0/expression',
      '@{…} always gives text',
    ],
    [
      'a misspelt member of a recurrence',
      { trigger: { recurrence: { frequency: 'Day', interval: 1, startime: '2026-01-01T00:00:00Z' } } },
      '/definition/triggers/New_lead/recurrence/startime',
      "Did you mean 'startTime'?",
    ],
    [
      'an output of no type',
      { definition: { outputs: { o: { type: 'Text', value: 1 } } } },
      '/definition/outputs/o',
      'needs a value and a type: String,',
    ],
    [
      'an action in a trigger',
      { trigger: { splitOn: "@body('A')" } },
      '/definition/triggers/New_lead/splitOn',
      'body() is not available in a trigger',
    ],
    [
      'a parameter without type',
      { definition: { parameters: { $connections: { type: 'Object' }, p: {} } } },
      '/definition/parameters/p/type',
      'needs a type',
    ],
    [
      'a value of another type',
      {
        definition: { parameters: { $connections: { type: 'Object' }, p: { type: 'Int' } } },
        parameters: { p: { value: 1.5 } },
      },
      '/parameters/p/value',
      'of type Int is the float 1.5',
    ],
    [
      'a value that is not allowed',
      {
        definition: { parameters: { $connections: { type: 'Object' }, p: { type: 'Int', allowedValues: [1, 2] } } },
        parameters: { p: { value: 3 } },
      },
      '/parameters/p/value',
      'not one of its 2 allowed values',
    ],
    [
      'a value for no parameter',
      { parameters: { $conections: { value: {} } } },
      '/parameters/$conections',
      "Did you mean '$connections'?",
    ],
    [
      'an output without value',
      { definition: { outputs: { o: { type: 'String' } } } },
      '/definition/outputs/o',
      'needs a value and a type',
    ],
    [
      'another schema',
      { definition: { $schema: 'https://example.org/schema.json' } },
      '/definition/$schema',
      'not that of a workflow definition',
    ],
  ])('%s', (_what, parts, pointer, message) => {
    const problem = supportReport(sampleDefinition(parts)).find((one) => one.pointer === pointer);
    expect(problem).toMatchObject({ code: 'DEFINITION_INVALID', message: expect.stringContaining(message) });
  });

  test.each<readonly [string, string]>([
    ['[]', 'A workflow definition is a JSON object.'],
    ['{"definition":1}', 'The definition is a JSON object.'],
    ['{"name":"x"}', 'it is no workflow definition'],
  ])('%s is no definition', (text, message) => {
    expect(() => parseDefinition(text)).toThrow(
      expect.objectContaining({ code: 'DEFINITION_INVALID', message: expect.stringContaining(message) }),
    );
  });

  test('nested deeper than the limit', () => {
    let actions: JsonObject = { Leaf: compose(1) };
    for (let depth = 0; depth < 8; depth += 1) actions = { [`S${depth}`]: { type: 'Scope', actions } };
    expect(supportReport(sampleDefinition({ actions }))[0]?.message).toBe('Actions are nested deeper than 8 levels.');
  });

  test('more actions than the limit', () => {
    const actions = Object.fromEntries(Array.from({ length: 501 }, (_, index) => [`A${index}`, compose(index)]));
    expect(supportReport(sampleDefinition({ actions }))[0]?.message).toBe(
      'There are 501 actions; at most 500 are allowed.',
    );
  });
});

describe('what Rialto does not run is reported by name', () => {
  test.each<readonly [string, JsonObject, string, string]>([
    [
      'an action type',
      { A: { type: 'foreach', foreach: '@createArray(1)', actions: { B: compose("@items('A')") } } },
      '/A/type',
      'Actions of type Foreach are not supported yet.',
    ],
    [
      'a function',
      { A: compose('@listCallbackUrl()') },
      '/A/inputs',
      'The function listCallbackUrl() is not supported yet.',
    ],
    ['variables', { A: compose("@variables('x')") }, '/A/inputs', 'Variables are not supported yet.'],
    [
      'operation options',
      { A: { ...apiCall(), operationOptions: 'DisableAsyncPattern' } },
      '/A/operationOptions',
      'operationOptions is not supported yet.',
    ],
    [
      'a limit',
      { A: { ...apiCall(), limit: { timeout: 'PT1M' } } },
      '/A/limit/timeout',
      'limit.timeout is not supported yet.',
    ],
    [
      'secured data',
      { A: { ...apiCall(), runtimeConfiguration: { secureData: { properties: ['inputs'] } } } },
      '/A/runtimeConfiguration/secureData/properties',
      'runtimeConfiguration.secureData.properties is not supported yet.',
    ],
    [
      'a static result',
      { A: { ...apiCall(), runtimeConfiguration: { staticResult: { name: 'A0' } } } },
      '/A/runtimeConfiguration/staticResult/name',
      'runtimeConfiguration.staticResult.name is not supported yet.',
    ],
    [
      'pagination',
      { A: { ...apiCall(), runtimeConfiguration: { paginationPolicy: { minimumItemCount: 5 } } } },
      '/A/runtimeConfiguration/paginationPolicy/minimumItemCount',
      'is not supported yet',
    ],
    [
      'a named connection',
      { A: apiCall({}, { host: { connection: { referenceName: 'crm' } } }) },
      '/A/inputs/host/connection/referenceName',
      'host.connection.referenceName is not supported yet.',
    ],
    [
      'authentication',
      { A: apiCall({}, { authentication: { type: 'Raw', value: 'x' } }) },
      '/A/inputs/authentication/type',
      'authentication.type is not supported yet.',
    ],
  ])('%s', (_what, actions, pointer, message) => {
    const definition = { staticResults: { A0: { status: 'Succeeded' } } };
    const problems = supportReport(sampleDefinition({ actions, definition }));
    expect(problems.find((one) => one.pointer === `/definition/actions${pointer}`)).toMatchObject({
      code: 'DEFINITION_UNSUPPORTED',
      message: expect.stringContaining(message),
    });
    expect(problems.every((problem) => problem.code === 'DEFINITION_UNSUPPORTED')).toBe(true);
  });

  test.each<readonly [string, JsonObject, string]>([
    ['a trigger type', { type: 'Request', inputs: {} }, '/type'],
    ['a frequency', { recurrence: { frequency: 'Month', interval: 1 } }, '/recurrence/frequency'],
    [
      'a schedule',
      { recurrence: { frequency: 'Day', interval: 1, schedule: { hours: [9] } } },
      '/recurrence/schedule/hours',
    ],
    [
      'a time zone',
      { recurrence: { frequency: 'Day', interval: 1, timeZone: 'Pacific Standard Time' } },
      '/recurrence/timeZone',
    ],
    ['concurrency', { runtimeConfiguration: { concurrency: { runs: 1 } } }, '/runtimeConfiguration/concurrency/runs'],
    ['single instance', { operationOptions: 'SingleInstance' }, '/operationOptions'],
    [
      'the previous execution',
      { inputs: { host: { connection: { name: 'c' } }, method: 'get', path: '/@{triggerBody()}' } },
      '/inputs/path',
    ],
    [
      'a retry policy of its own',
      {
        inputs: {
          host: { connection: { name: 'c' } },
          method: 'get',
          path: '/leads',
          retryPolicy: { type: 'fixed', count: 2, interval: 'PT5S' },
        },
      },
      '/inputs/retryPolicy',
    ],
    [
      'a condition of another trigger',
      { conditions: [{ expression: '@true', dependsOn: 'T' }] },
      '/conditions/0/dependsOn',
    ],
  ])('%s', (_what, trigger, pointer) => {
    const problems = supportReport(sampleDefinition({ trigger }));
    expect(problems.map((one) => one.pointer)).toContain(`/definition/triggers/New_lead${pointer}`);
    expect(problems.every((problem) => problem.code === 'DEFINITION_UNSUPPORTED')).toBe(true);
  });

  test('a workflow that keeps no history', () => {
    expect(supportReport({ ...sampleDefinition(), kind: 'Stateless' })).toMatchObject([
      { code: 'DEFINITION_UNSUPPORTED', pointer: '/kind', message: expect.stringContaining("the kind 'Stateless'") },
    ]);
  });

  test('the use of a secure parameter, which a history would show; its declaration is no matter', () => {
    const definition = {
      parameters: { $connections: { type: 'Object' }, Secret: { type: 'securestring', defaultValue: 'x' } },
    };
    expect(supportReport(sampleDefinition({ definition }))).toEqual([]);
    const problems = supportReport(sampleDefinition({ definition, actions: { A: compose("@parameters('secret')") } }));
    expect(problems).toMatchObject([{ code: 'DEFINITION_UNSUPPORTED', pointer: '/definition/actions/A/inputs' }]);
  });

  test('an application setting in the value of a parameter', () => {
    const definition = { parameters: { $connections: { type: 'Object' }, p: { type: 'Object' } } };
    const parameters = { p: { value: { urls: ["@appsetting('URL')", 'https://@{appsetting("HOST")}', '@ home'] } } };
    const problems = supportReport(sampleDefinition({ definition, parameters }));
    expect(problems.map((problem) => problem.pointer)).toEqual([
      '/parameters/p/value/urls/0',
      '/parameters/p/value/urls/1',
    ]);
  });

  test('the kind of a workflow in any letter case, and parameters that are null', () => {
    expect(supportReport({ ...sampleDefinition(), kind: 'stateful' })).toEqual([]);
    const trigger = { inputs: { host: { connection: { name: 'c' } }, method: 'get', path: '/leads' } };
    const { definition } = sampleDefinition({ trigger, definition: { parameters: null } });
    expect(supportReport({ definition: definition ?? null })).toEqual([]);
  });

  test('empty members and the authentication of Power Automate are no matter', () => {
    const action = {
      ...apiCall({}, { authentication: "@parameters('$authentication')" }),
      runtimeConfiguration: {},
      limit: {},
    };
    const definition = {
      parameters: { $connections: { type: 'Object' }, $authentication: { type: 'SecureObject', defaultValue: {} } },
    };
    expect(supportReport(sampleDefinition({ actions: { A: action }, definition }))).toEqual([]);
  });
});

describe('values that a deployment gives are missing', () => {
  test.each<readonly [string, JsonObject, string]>([
    [
      'a parameter without value',
      { definition: { parameters: { $connections: { type: 'Object' }, p: { type: 'Int' } } } },
      '/definition/parameters/p',
    ],
    [
      'connections without value',
      {
        definition: { parameters: { $connections: { type: 'Object', defaultValue: {} } } },
        parameters: { $connections: { value: {} } },
      },
      '/definition/triggers/New_lead/inputs/host/connection/name',
    ],
  ])('%s', (_what, parts, pointer) => {
    expect(supportReport(sampleDefinition(parts))).toMatchObject([{ code: 'DEFINITION_VALUE_MISSING', pointer }]);
    expect(() => parseDefinition(sampleDefinition(parts))).toThrow(
      expect.objectContaining({ code: 'DEFINITION_INVALID' }),
    );
  });
});

describe('hostile definitions end in typed errors', () => {
  test('nesting of 10,000 levels', () => {
    const deep = `${'{"actions":'.repeat(10_000)}1${'}'.repeat(10_000)}`;
    expect(() => parseDefinition(deep)).toThrow(expect.objectContaining({ code: 'LIMIT_EXCEEDED' }));
  });

  test('a cycle of 10,000 actions', () => {
    const count = 10_000;
    const actions = Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        `A${index}`,
        compose(1, { [`A${(index + 1) % count}`]: ['Succeeded'] }),
      ]),
    );
    const problems: readonly DefinitionProblem[] = supportReport(sampleDefinition({ actions }));
    expect(problems.map((problem) => problem.message).join()).toContain('in a cycle');
  });

  test('any JSON in place of any part of a definition', () => {
    const names = ['actions', 'triggers', 'parameters', 'outputs', '$schema', 'description'];
    const members = [
      'type',
      'inputs',
      'runAfter',
      'actions',
      'else',
      'expression',
      'recurrence',
      'splitOn',
      'conditions',
    ];
    const part = fc.dictionary(fc.constantFrom(...members), fc.jsonValue() as fc.Arbitrary<JsonValue>);
    const action = fc.record({
      type: fc.constantFrom('If', 'Scope', 'Compose', 'ApiConnection', 'Terminate', 'Switch'),
    });
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...names), fc.jsonValue() as fc.Arbitrary<JsonValue>),
        fc.tuple(action, part, part),
        (definition, [typed, inner, trigger]) => {
          const actions = { A: { ...inner, ...typed } };
          for (const document of [sampleDefinition({ definition }), sampleDefinition({ actions, trigger })]) {
            expect(Array.isArray(supportReport(document))).toBe(true);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test('problems without end are cut off', () => {
    const inputs = Array.from({ length: 1000 }, (_, index) => `@nope${index}()`);
    const problems = supportReport(sampleDefinition({ actions: { A: compose(inputs) } }));
    expect(problems).toHaveLength(201);
    expect(problems.at(-1)?.message).toContain('the rest is not listed');
  });
});

test('the example is a definition that runs as it is', () => {
  const path = join(import.meta.dirname, '../../../examples/lead-to-task/definition.json');
  expect(supportReport(readFileSync(path, 'utf8'))).toEqual([]);
});
