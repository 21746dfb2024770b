/** The compatibility report: the verdict, the findings, and what is there to do about each. */

import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../base/json.ts';
import { type CompatibilityOptions, checkDefinitions, type DefinitionReport } from './compatibility-report.ts';
import { apiCall, compose, type SampleParts, sampleDefinition } from './sample-definition.case.ts';

async function reportOf(document: JsonObject | string, options?: CompatibilityOptions): Promise<DefinitionReport> {
  const { definitions } = await checkDefinitions(document, options);
  expect(definitions).toHaveLength(1);
  return definitions[0] as DefinitionReport;
}

const codesOf = ({ findings }: DefinitionReport) => findings.map(({ severity, code }) => [severity, code]);

describe('the verdict', () => {
  test('as-is: nothing to say', async () => {
    expect(await reportOf(sampleDefinition())).toEqual({
      pointer: '/definition',
      runs: 'as-is',
      findings: [],
      name: '',
      container: 'code-view',
      file: '',
    });
  });

  test('as-is also when a value is still to be given, which is information', async () => {
    const host = { connection: { name: "@parameters('$connections')['commondataservice_2']['connectionId']" } };
    const trigger = { inputs: { host, method: 'get', path: '/x' } };
    const report = await reportOf(sampleDefinition({ trigger, parameters: { $connections: { value: {} } } }));
    expect(report).toMatchObject({
      runs: 'as-is',
      findings: [
        {
          severity: 'information',
          code: 'DEFINITION_VALUE_MISSING',
          pointer: '/definition/triggers/New_lead/inputs/host/connection/name',
          remedy: expect.stringContaining('$connections'),
        },
      ],
    });
  });

  test('with-differences: it runs, and does something else', async () => {
    const report = await reportOf(
      sampleDefinition({
        trigger: { correlation: { clientTrackingId: '@guid()' } },
        actions: { A: { ...apiCall(), trackedProperties: { id: "@action()['name']" } } },
      }),
    );
    expect(report).toMatchObject({
      runs: 'with-differences',
      findings: [
        { severity: 'warning', pointer: '/definition/triggers/New_lead/correlation' },
        { severity: 'warning', pointer: '/definition/actions/A/trackedProperties' },
      ],
    });
  });

  test('no: errors come first', async () => {
    const report = await reportOf(
      sampleDefinition({
        actions: {
          A: { ...compose(1), trackedProperties: { id: 1 } },
          B: { type: 'Http', inputs: { method: 'GET', uri: 'https://contoso.com/' } },
          C: compose('@nope('),
        },
      }),
    );
    expect(report.runs).toBe('no');
    expect(codesOf(report)).toEqual([
      ['error', 'DEFINITION_UNSUPPORTED'],
      ['error', 'EXPRESSION_SYNTAX'],
      ['warning', 'DEFINITION_DIFFERS'],
    ]);
    for (const { remedy } of report.findings) expect(remedy).not.toBe('');
  });
});

describe('connectors', () => {
  const host = (name: string) => ({ connection: { name: `@parameters('$connections')['${name}']['connectionId']` } });
  const call = (name: string) => apiCall({}, { host: host(name) });
  const connections = (value: JsonObject) => ({ $connections: { value } });

  test.each<readonly [string, SampleParts, string | undefined]>([
    [
      'by the id of the connection, whatever its key',
      {
        actions: { A: call('office365') },
        parameters: connections({
          crm: { id: '/managedApis/dynamicscrmonline', connectionId: '/c/1' },
          office365: { id: '/managedApis/dynamicsax', connectionId: '/c/2' },
        }),
      },
      undefined,
    ],
    [
      'by the id when Rialto has no such connector',
      {
        parameters: connections({ crm: { id: '/managedApis/office365', connectionId: '/c/1' } }),
      },
      "The connector 'office365' is none that Rialto has.",
    ],
    [
      'by the key, without its number, where there is no value',
      {
        trigger: { inputs: { host: host('commondataservice_1'), method: 'get', path: '/x' } },
        parameters: connections({}),
      },
      undefined,
    ],
    [
      'by a key of no connector',
      { trigger: { inputs: { host: host('twitter-2'), method: 'get', path: '/x' } }, parameters: connections({}) },
      "The connector 'twitter' is none that Rialto has.",
    ],
  ])('%s', async (_what, parts, message) => {
    const { findings } = await reportOf(sampleDefinition(parts));
    const foreign = findings.filter(({ code }) => code === 'DEFINITION_UNSUPPORTED');
    expect(foreign.map((one) => one.message)).toEqual(message === undefined ? [] : [message]);
  });

  test('what stands at an address is asked of a catalog, when it needs no run to be known', async () => {
    const asked: unknown[] = [];
    const options: CompatibilityOptions = {
      connectors: {
        names: ['dynamicscrmonline'],
        complaint(question) {
          asked.push(question);
          return question.as === 'operation' ? 'Nothing stands there.' : undefined;
        },
      },
    };
    const actions = { A: apiCall(), B: apiCall({}, { path: "/@{triggerBody()?['x']}" }) };
    const report = await reportOf(sampleDefinition({ actions }), options);
    expect(asked).toEqual([
      { connector: 'dynamicscrmonline', as: 'trigger', method: 'get', path: '/datasets/d/tables/leads/onnewitems' },
      { connector: 'dynamicscrmonline', as: 'operation', method: 'post', path: '/datasets/d/tables/tasks/items' },
    ]);
    expect(report.findings).toMatchObject([
      { pointer: '/definition/actions/A/inputs/path', message: 'Nothing stands there.' },
    ]);
  });
});

describe('where platforms part', () => {
  const actions = { A: apiCall() };

  test('Power Automate retries otherwise where no policy is written', async () => {
    const { definition, parameters } = sampleDefinition({ actions }) as Record<string, JsonObject>;
    const properties = { definition: definition ?? {}, parameters: parameters ?? {}, connectionReferences: {} };
    const report = await reportOf({ properties, schemaVersion: '1.0.0.0' });
    expect(report).toMatchObject({
      runs: 'with-differences',
      findings: [{ code: 'DEFINITION_DIFFERS', pointer: '/properties/definition' }],
    });
    expect((await reportOf(sampleDefinition({ actions }))).runs).toBe('as-is');
  });

  test('the authentication of Power Automate needs no declaration, and elsewhere does', async () => {
    const definition =
      sampleDefinition({ actions: { A: compose("@parameters('$authentication')") } }).definition ?? null;
    const [flow, app] = [{ connectionReferences: {} }, {}].map((more) => ({ properties: { definition, ...more } }));
    const invalid = async (document: JsonObject) =>
      (await reportOf(document)).findings.filter(({ code }) => code === 'DEFINITION_INVALID');
    expect(await invalid(flow ?? {})).toEqual([]);
    expect(await invalid(app ?? {})).toMatchObject([{ message: expect.stringContaining("'$authentication'") }]);
  });

  test('Power Automate and Standard allow one trigger', async () => {
    const { definition } = sampleDefinition() as { definition: JsonObject };
    const triggers = definition.triggers as JsonObject;
    const two = { ...definition, triggers: { ...triggers, Second: triggers.New_lead ?? null } };
    const report = await reportOf({ definition: two, kind: 'Stateful' });
    expect(report.findings.map(({ message }) => message)).toContain(
      'There are 2 triggers; Logic Apps Standard allows 1.',
    );
  });

  test('parameters of a Standard project are declared by its values', async () => {
    const workflow = {
      definition: { ...(sampleDefinition().definition as JsonObject), parameters: {} },
      kind: 'Stateful',
    };
    const trigger = { inputs: { host: { connection: { name: 'c' } }, method: 'get', path: "/@{parameters('Url')}" } };
    const text = JSON.stringify({
      ...workflow,
      definition: { ...(sampleDefinition({ trigger }).definition as JsonObject), parameters: {} },
    });
    const values = (url: JsonObject) =>
      new Map([
        ['a/workflow.json', text],
        ['parameters.json', JSON.stringify(url)],
      ]);
    const findingsOf = async (files: ReadonlyMap<string, string>) =>
      (await checkDefinitions({ files })).definitions.flatMap(({ findings }) =>
        findings.map(({ code, pointer }) => `${code} ${pointer}`),
      );
    expect(await findingsOf(values({ Url: { type: 'String', value: 'x' } }))).toEqual([]);
    expect(await findingsOf(values({ Url: { type: 'String', value: 5 } }))).toEqual([
      'DEFINITION_INVALID parameters.json#/Url/value',
    ]);
    expect(await findingsOf(values({}))).toEqual(['DEFINITION_INVALID /definition/triggers/New_lead/inputs/path']);
    expect(await findingsOf(new Map([['a/workflow.json', text]]))).toEqual([
      'DEFINITION_VALUE_MISSING /definition/triggers/New_lead/inputs/path',
    ]);
  });
});

describe('hostile definitions end in a bounded report', () => {
  test('10,000 actions that wait for names nobody has', async () => {
    const actions = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, index) => [
        `Action${index}`,
        compose(1, { [`Acton${index}`]: ['Succeeded'] }),
      ]),
    );
    const report = await reportOf(sampleDefinition({ actions }));
    expect(report.runs).toBe('no');
    expect(report.findings).toHaveLength(201);
  });

  test('10,000 actions in one row, which is too many and no cycle', async () => {
    const actions = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, index) => [
        `A${index}`,
        compose(`@outputs('A${index - 1}')`, index === 0 ? {} : { [`a${index - 1}`]: ['Succeeded'] }),
      ]),
    );
    expect((await reportOf(sampleDefinition({ actions }))).findings).toMatchObject([
      { message: 'There are 10000 actions; at most 500 are allowed.' },
    ]);
  });

  test('100,000 references between 500 actions', async () => {
    const actions = Object.fromEntries(
      Array.from({ length: 500 }, (_, index) => [
        `A${index}`,
        compose(
          Array.from({ length: 200 }, (_item, at) => `@outputs('a${Math.min(at, index - 1)}')`),
          index === 0 ? {} : { [`A${index - 1}`]: ['Succeeded'] },
        ),
      ]),
    );
    const report = await reportOf(sampleDefinition({ actions: { ...actions, A0: compose(1) } }));
    expect(report.runs).toBe('as-is');
  });

  test('a string of many megabytes', async () => {
    const report = await reportOf(sampleDefinition({ actions: { A: compose('x'.repeat(10_000_000)) } }));
    expect(report.runs).toBe('as-is');
    const expression = await reportOf(sampleDefinition({ actions: { A: compose(`@{'${'x'.repeat(1_000_000)}'}`) } }));
    expect(expression.runs).toBe('no');
    await expect(checkDefinitions(`{"triggers":"${'x'.repeat(20_000_000)}"}`)).rejects.toThrow(
      expect.objectContaining({ code: 'LIMIT_EXCEEDED', limit: 'documentTextMax' }),
    );
  });

  test('remarks beyond number do not hide an error', async () => {
    const actions = Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [`A${index}`, { ...compose(1), trackedProperties: { id: 1 } }]),
    );
    const report = await reportOf(sampleDefinition({ actions: { ...actions, Z: { type: 'Nope' } } }));
    expect(report.runs).toBe('no');
    expect(report.findings).toHaveLength(102);
  });

  test('names of the prototype are names', async () => {
    const text =
      '{"triggers":{"__proto__":{"type":"Request"}},"actions":{"constructor":{"type":"Compose","inputs":1}},"parameters":{"__proto__":{"type":"Int"}}}';
    const report = await reportOf(text);
    expect(report.findings.map(({ pointer }) => pointer)).toEqual([
      '/triggers/__proto__/type',
      '/parameters/__proto__',
    ]);
  });
});
