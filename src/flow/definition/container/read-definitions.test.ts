/** Every container in which definitions arrive: what is found, and what stands beside it. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRialtoError } from '../../../base/errors.ts';
import type { JsonObject, JsonValue } from '../../../base/json.ts';
import { memberAt, printValue } from '../../expression/index.ts';
import { compatibilityReport } from '../compatibility-report.ts';
import { parseDefinition } from '../parse-definition.ts';
import { sampleDefinition } from '../sample-definition.case.ts';
import { zipOf } from './archive.case.ts';
import { writeCodeView } from './code-view.ts';
import { type FoundDefinition, writeDefinition, writeDocument, writeParameters } from './found-definition.ts';
import { readDefinitionDocument, readDefinitions } from './read-definitions.ts';

const { definition: bare, parameters } = sampleDefinition() as { definition: JsonObject; parameters: JsonObject };
const flow: JsonObject = {
  parameters: { $connections: { type: 'Object', defaultValue: {} }, $authentication: { type: 'SecureObject' } },
  triggers: { manual: { type: 'Request', kind: 'Button' } },
  actions: {},
};

async function sole(source: Parameters<typeof readDefinitions>[0]): Promise<FoundDefinition> {
  const found = await readDefinitions(source);
  expect(found).toHaveLength(1);
  return found[0] as FoundDefinition;
}

describe('one document', () => {
  test.each<readonly [string, JsonObject, string, string, string]>([
    ['a bare definition', bare, 'definition', '', 'LogicApps'],
    ['a bare flow of Power Automate', flow, 'definition', '', 'PowerAutomate'],
    ['the code view', { definition: bare, parameters }, 'code-view', '/definition', 'LogicApps'],
    [
      'a Standard workflow',
      { definition: bare, kind: 'Stateful' },
      'standard-workflow',
      '/definition',
      'LogicAppsStandard',
    ],
    [
      'a workflow resource',
      { name: 'orders', type: 'Microsoft.Logic/workflows', properties: { definition: bare, parameters } },
      'resource',
      '/properties/definition',
      'LogicApps',
    ],
    [
      'a gallery template',
      {
        type: 'Microsoft.Logic/galleries/templates',
        properties: { definition: bare, connectionReferences: { crm: { api: { id: '/managedApis/dynamicsax' } } } },
      },
      'resource',
      '/properties/definition',
      'LogicApps',
    ],
    [
      'a flow of a solution',
      {
        properties: {
          definition: flow,
          connectionReferences: {
            shared_x: { api: { name: 'shared_x' }, connection: { connectionReferenceLogicalName: 'new_x' } },
          },
        },
        schemaVersion: '1.0.0.0',
      },
      'power-automate-flow',
      '/properties/definition',
      'PowerAutomate',
    ],
  ])('%s', async (_what, document, container, pointer, platform) => {
    const text = JSON.stringify(document);
    for (const source of [text, document, new TextEncoder().encode(`\ufeff${text}`)]) {
      const found = await sole(source);
      expect(found).toMatchObject({ container, pointer, platform, file: '' });
      expect(writeDocument(found)).toBe(text);
    }
  });

  test('values and connections come along, by the name of each', async () => {
    const found = await sole({ definition: bare, parameters });
    expect(writeParameters(found)).toBe(JSON.stringify(parameters));
    expect(found.connections.get('crm')).toEqual({
      name: 'crm',
      connector: 'dynamicscrmonline',
      connection: '/connections/contoso',
    });
  });

  test.each<readonly [string, string, string]>([
    ['JSON of no shape we know', '{"name":"x"}', 'it is no workflow definition'],
    ['an array', '[]', 'is a JSON object'],
    ['a definition that is none', '{"properties":{"definition":5}}', 'The definition is a JSON object'],
    ['a template without workflows', '{"resources":[{"type":"Microsoft.Web/sites"}]}', 'no resource of the type'],
    ['the connections of a project', '{"managedApiConnections":{}}', 'connections.json'],
  ])('%s is refused', async (_what, text, message) => {
    await expect(readDefinitions(text)).rejects.toThrow(
      expect.objectContaining({ code: 'DEFINITION_INVALID', message: expect.stringContaining(message) }),
    );
  });

  test('text that is no JSON, and bytes that are no text', async () => {
    await expect(readDefinitions('{')).rejects.toThrow(expect.objectContaining({ code: 'JSON_INVALID' }));
    await expect(readDefinitions(Uint8Array.of(0x7b, 0xff))).rejects.toThrow(
      expect.objectContaining({ code: 'JSON_INVALID' }),
    );
  });

  test('parseDefinition takes what the reader found, and every container of one definition', async () => {
    const resource = { properties: { definition: bare, parameters } };
    expect(parseDefinition(await sole(resource)).trigger.pointer).toBe('/properties/definition/triggers/New_lead');
    expect(parseDefinition(resource).trigger.name).toBe('New_lead');
  });

  test('names that stand twice are reported: an action is lost, other data is as it was', () => {
    const text =
      '{"triggers":{},"actions":{"A":{"type":"Compose","inputs":1},"A":{"type":"Compose","inputs":{"x":1,"x":2}}}}';
    const { definitions } = compatibilityReport(readDefinitionDocument(text));
    const findings = definitions.flatMap((one) => one.findings).filter(({ message }) => message.includes('twice'));
    expect(findings.map(({ code, pointer }) => [code, pointer])).toEqual([
      ['DEFINITION_INVALID', '/actions/A'],
      ['DEFINITION_DOUBTFUL', '/actions/A/inputs/x'],
    ]);
  });
});

test('a definition is written as it was spelt, whatever stands in it', () => {
  const json = fc.json({ maxDepth: 4 }).filter((text) => text.startsWith('{'));
  const space = fc.constantFrom('', ' ', '\n  ');
  fc.assert(
    fc.property(json, space, fc.constantFrom('1.50', '1e3', '-0', '12345678901234567890'), (inner, blank, number) => {
      const spelt = `{${blank}"triggers":${blank}{},"unknown":${inner},"n":${blank}${number}${blank}}`;
      for (const [before, after] of [
        ['', ''],
        ['{"kind":"Stateful","definition":', '}'],
        ['{"name":"a]}\\"","properties":{"x":[1,{}],"definition":', ',"state":"Enabled"}}'],
        ['{"resources":[{},{"type":"Microsoft.Logic/workflows","properties":{"definition":', '}}]}'],
      ] as const) {
        const text = `${before}${spelt}${after}`;
        const [found] = readDefinitionDocument(text);
        expect(found === undefined ? '' : writeDefinition(found)).toBe(spelt);
        expect(found === undefined ? '' : writeDocument(found)).toBe(text);
      }
    }),
  );
});

describe('ARM templates', () => {
  function template(resources: JsonValue, more: JsonObject = {}): JsonObject {
    return {
      $schema: 'https://schema.management.azure.com/schemas/2015-01-01/deploymentTemplate.json#',
      resources,
      ...more,
    };
  }
  function workflow(name: string, properties: JsonObject): JsonObject {
    return { type: 'Microsoft.Logic/workflows', name, properties: { definition: bare, ...properties } };
  }

  test('every workflow is found, by number and by symbolic name, inside resources and nested templates', async () => {
    const nested = { type: 'Microsoft.Resources/deployments', properties: { template: template([workflow('c', {})]) } };
    const parent = { type: 'Microsoft.Web/sites', resources: [workflow('b', {})] };
    const found = await readDefinitions(template([workflow('a', {}), parent, nested]));
    expect(found.map(({ name, pointer }) => [name, pointer])).toEqual([
      ['a', '/resources/0/properties/definition'],
      ['b', '/resources/1/resources/0/properties/definition'],
      ['c', '/resources/2/properties/template/resources/0/properties/definition'],
    ]);
    const [byName] = await readDefinitions(template({ flow: workflow('d', {}) }));
    expect(byName?.pointer).toBe('/resources/flow/properties/definition');
    expect(() => parseDefinition(template([workflow('a', {}), workflow('b', {})]))).toThrow('holds 2 definitions');
  });

  test('expressions of parameters, variables and places become values; ids keep their last segment', async () => {
    const value = {
      crm: {
        connectionId: "[resourceId('Microsoft.Web/connections', parameters('connection'))]",
        connectionName: "[parameters('connection')]",
        id: "[concat(subscription().id, '/providers/Microsoft.Web/locations/', resourceGroup().location, '/managedApis/dynamicscrmonline')]",
      },
    };
    const found = await sole(
      template([workflow("[toLower(variables('title'))]", { parameters: { $connections: { value } } })], {
        parameters: { connection: { type: 'string', defaultValue: 'contoso' } },
        variables: { title: "[concat('Leads of ', parameters('connection'))]" },
      }),
    );
    expect(found.name).toBe('leads of contoso');
    expect(found.problems).toEqual([]);
    expect(found.connections.get('crm')).toMatchObject({
      connector: 'dynamicscrmonline',
      connection: expect.stringMatching(/\/Microsoft\.Web\/connections\/contoso$/),
    });
    expect(parseDefinition(found).trigger.name).toBe('New_lead');
  });

  test('[[ stands for [, and text that only looks like an expression stays', async () => {
    const found = await sole(template([workflow('a', { state: '[[x]', tag: '[x' })]));
    const actions = { A: { type: 'Compose', inputs: ['[[1]', '[1', "[parameters('p')]"] } };
    const other = await sole(template([{ ...workflow('a', {}), properties: { definition: { ...bare, actions } } }]));
    expect(found.problems).toEqual([]);
    expect(printValue(memberAt(other.definition, ['actions', 'A', 'inputs']) ?? null)).toBe(
      '["[1]","[1","[parameters(\'p\')]"]',
    );
    expect(other.problems).toMatchObject([
      {
        code: 'DEFINITION_VALUE_MISSING',
        pointer: '/resources/0/properties/definition/actions/A/inputs/2',
        message: expect.stringContaining("[parameters('p')]"),
      },
    ]);
  });

  test('a parameter whose value comes with the deployment has none here, whatever its type', async () => {
    const found = await sole(
      template([
        workflow('a', {
          definition: { ...bare, parameters: { ...(bare.parameters as JsonObject), rows: { type: 'Int' } } },
          parameters: { ...parameters, rows: { value: "[parameters('rows')]" } },
        }),
      ]),
    );
    const [report] = compatibilityReport([found]).definitions;
    expect(report?.runs).toBe('as-is');
    expect(report?.findings.map(({ code, pointer }) => [code, pointer])).toEqual([
      ['DEFINITION_VALUE_MISSING', '/resources/0/properties/parameters/rows/value'],
      ['DEFINITION_VALUE_MISSING', '/resources/0/properties/definition/parameters/rows'],
    ]);
  });

  test('a nested template sees its own parameters when it says so, else those around it', async () => {
    const inner = template([workflow("[parameters('who')]", {})], {
      parameters: { who: { type: 'string', defaultValue: 'inside' } },
    });
    const outer = (scope?: string) =>
      template(
        [
          {
            type: 'Microsoft.Resources/deployments',
            properties: { template: inner, ...(scope ? { expressionEvaluationOptions: { scope } } : {}) },
          },
        ],
        { parameters: { who: { type: 'string', defaultValue: 'outside' } } },
      );
    expect((await sole(outer())).name).toBe('outside');
    expect((await sole(outer('inner'))).name).toBe('inside');
  });

  test.each<readonly [string, JsonObject]>([
    [
      'a variable that holds itself',
      { variables: { a: { b: "[variables('a')]" } }, resources: [workflow('w', { parameters: "[variables('a')]" })] },
    ],
    [
      'a variable that doubles at each level',
      {
        variables: Object.fromEntries(
          Array.from({ length: 40 }, (_, index) => [
            `v${index}`,
            Array.from({ length: 2 }, () => `[variables('v${index + 1}')]`),
          ]),
        ),
        resources: [workflow('w', { parameters: { x: "[variables('v0')]" } })],
      },
    ],
  ])('%s ends in a typed error', async (_what, document) => {
    await expect(readDefinitions(document)).rejects.toThrow(expect.objectContaining({ code: 'LIMIT_EXCEEDED' }));
  });

  test('text that grows without end is left as it is', async () => {
    const long = 'x'.repeat(100_000);
    const calls = Array.from({ length: 1000 }, () => "parameters('p')").join(',');
    const document = template([workflow('w', { tag: `[concat(${calls})]` })], {
      parameters: { p: { type: 'string', defaultValue: long } },
    });
    expect((await sole(document)).problems).toHaveLength(1);
  });
});

describe('folders and archives', () => {
  const text = (value: JsonValue) => JSON.stringify(value);
  const flowFile = text({
    name: '0000',
    properties: {
      displayName: 'New lead',
      definition: flow,
      connectionReferences: { shared_x: { connectionName: 'x-1', id: '/providers/Microsoft.PowerApps/apis/shared_x' } },
    },
  });
  const packageFiles = {
    'manifest.json': text({ schema: '1.0', resources: {} }),
    'Microsoft.Flow/flows/manifest.json': text({ flowAssets: { assetPaths: ['0000'] } }),
    'Microsoft.Flow/flows/0000/definition.json': flowFile,
    'Microsoft.Flow/flows/0000/apisMap.json': '{}',
  };
  const solutionFiles = {
    'solution.xml': '<ImportExportXml/>',
    'customizations.xml': '<ImportExportXml/>',
    'Workflows/NewLead-00000000-1111-2222-3333-444444444444.json': flowFile,
    'Workflows/Other-00000000-1111-2222-3333-444444444445.json': text({ properties: { steps: [] } }),
    'Workflows/Old-00000000-1111-2222-3333-444444444446.xaml': '<Activity/>',
    '__MACOSX/Workflows/._NewLead.json': '\u0000\u0005',
    'Workflows/._NewLead.json': '\u0000\u0005',
  };
  const projectFiles = {
    'host.json': '{}',
    'connections.json': text({
      managedApiConnections: {
        crm: { api: { id: '/managedApis/commondataservice' }, connection: { id: '/connections/crm-1' } },
      },
      serviceProviderConnections: { sb: { serviceProvider: { id: '/serviceProviders/serviceBus' } } },
    }),
    'parameters.json': text({
      Url: { type: 'String', value: "https://@{appsetting('HOST')}/x" },
      Key: { type: 'String', value: "@appsetting('KEY')" },
    }),
    'local.settings.json': text({ Values: { HOST: 'contoso.com' } }),
    'orders/workflow.json': text({ definition: bare, kind: 'Stateful' }),
    'leads/workflow.json': text({ definition: flow, kind: 'Stateless' }),
  };
  const zipped = (files: Readonly<Record<string, string>>) =>
    zipOf(Object.entries(files).map(([path, content]) => ({ path, content })));

  test.each([
    ['package', packageFiles, [['power-automate-package', 'New lead', 'Microsoft.Flow/flows/0000/definition.json']]],
    [
      'solution',
      solutionFiles,
      [['power-automate-solution', 'NewLead', 'Workflows/NewLead-00000000-1111-2222-3333-444444444444.json']],
    ],
    [
      'project',
      projectFiles,
      [
        ['standard-project', 'orders', 'orders/workflow.json'],
        ['standard-project', 'leads', 'leads/workflow.json'],
      ],
    ],
  ])('a %s, zipped and as a folder', async (_what, files, expected) => {
    for (const source of [zipped(files), { files: new Map(Object.entries(files)) }]) {
      const found = await readDefinitions(source);
      expect(found.map(({ container, name, file }) => [container, name, file])).toEqual(expected);
    }
  });

  test('a project in a folder of its own, with what stands beside its workflows', async () => {
    const files = new Map(Object.entries(projectFiles).map(([path, content]) => [`app/${path}`, content]));
    const [found] = await readDefinitions({ files });
    expect(found?.connections.get('crm')).toEqual({
      name: 'crm',
      connector: 'commondataservice',
      connection: '/connections/crm-1',
    });
    expect(found?.connections.get('sb')?.connector).toBe('serviceBus');
    expect(printValue(memberAt(found?.parameters, ['Url', 'value']) ?? null)).toBe('"https://contoso.com/x"');
    expect(printValue(memberAt(found?.parameters, ['Key', 'value']) ?? null)).toBe('"@appsetting(\'KEY\')"');
    expect(found?.parametersPointer).toBe('app/parameters.json#');
  });

  test('one workflow and its two files as texts', async () => {
    const files = new Map([
      ['workflow.json', projectFiles['orders/workflow.json']],
      ['connections.json', projectFiles['connections.json']],
      ['parameters.json', projectFiles['parameters.json']],
    ]);
    const found = await sole({ files });
    expect(found).toMatchObject({ container: 'standard-project', name: '', parametersPointer: 'parameters.json#' });
    expect([...found.connections.keys()]).toEqual(['crm', 'sb']);
  });

  test('a workflow of a project is written so that it needs the project no more', async () => {
    const trigger = { inputs: { host: { connection: { name: 'c' } }, method: 'get', path: "/@{parameters('url')}" } };
    const { definition } = sampleDefinition({ trigger, definition: { parameters: { own: { type: 'Int' } } } });
    const files = new Map([
      ['a/workflow.json', text({ definition: definition ?? null, kind: 'Stateful' })],
      [
        'parameters.json',
        text({
          Url: { type: 'String', value: 'x' },
          other: { type: 'String', value: 'y' },
          own: { type: 'Int', value: 1 },
        }),
      ],
    ]);
    const written = writeCodeView(await sole({ files }));
    expect(written.parameters).toBe('{"Url":{"value":"x"},"own":{"value":1}}');
    expect(parseDefinition(written.definition, { parameters: written.parameters }).parameterValues).toEqual(
      new Map<string, unknown>([
        ['own', 1n],
        ['Url', 'x'],
      ]),
    );
  });

  test('the flows of a package say which connector a name means', async () => {
    const found = await sole(zipped(packageFiles));
    expect(found.connections.get('shared_x')).toEqual({ name: 'shared_x', connector: 'shared_x', connection: 'x-1' });
    expect(found.platform).toBe('PowerAutomate');
  });

  test('definitions at the top of a folder, and what is none passed over', async () => {
    const files = new Map([
      ['a.json', text(bare)],
      ['package.json', '{"name":"x"}'],
      ['b.json', text({ definition: bare })],
    ]);
    expect((await readDefinitions({ files })).map(({ file }) => file)).toEqual(['a.json', 'b.json']);
  });

  test.each<readonly [string, Readonly<Record<string, string>>, string, string]>([
    ['an empty archive', {}, 'DEFINITION_INVALID', 'holds no workflow definition'],
    ['an archive of other things', { 'a.txt': 'x' }, 'DEFINITION_INVALID', 'holds no workflow definition'],
    ['a flow that is no JSON', { 'Workflows/a.json': '{' }, 'JSON_INVALID', "'Workflows/a.json'"],
    ['a broken workflow', { 'a/workflow.json': '{"kind":"Stateful"}' }, 'DEFINITION_INVALID', 'a/workflow.json'],
    ['a path that leads out', { '../a.json': '{}' }, 'ARCHIVE_INVALID', '../a.json'],
  ])('%s is refused', async (_what, files, code, message) => {
    await expect(readDefinitions(zipped(files))).rejects.toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(message) }),
    );
  });

  test('a folder is held to the same paths', async () => {
    const files = new Map([['/etc/a.json', '{}']]);
    await expect(readDefinitions({ files })).rejects.toThrow(expect.objectContaining({ code: 'ARCHIVE_INVALID' }));
  });
});

test('any JSON in place of any part of any container is reported or refused, and nothing else', async () => {
  const any = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<JsonValue>;
  const some = fc.oneof(any, fc.constant<JsonValue>(bare), fc.constant<JsonValue>(parameters));
  const arm = fc.oneof(any, fc.constantFrom("[parameters('p')]", "[concat('a', variables('v'))]", '[[', '[', '[x(]'));
  const container = fc.oneof(
    fc.record({ definition: some, parameters: some, kind: any, connectionReferences: any }, { requiredKeys: [] }),
    fc.record({
      type: any,
      name: any,
      properties: fc.record({ definition: some, parameters: some, connectionReferences: any }),
    }),
    fc.record({
      parameters: fc.oneof(any, fc.record({ p: fc.record({ defaultValue: arm }) })),
      variables: fc.oneof(any, fc.record({ v: arm })),
      resources: fc.oneof(
        any,
        fc.array(
          fc.record({
            type: fc.constantFrom('Microsoft.Logic/workflows', 'Microsoft.Resources/deployments', 'x'),
            name: arm,
            properties: fc.oneof(
              arm,
              fc.record({ definition: fc.oneof(some, arm), parameters: fc.oneof(some, arm), template: any }),
            ),
            resources: any,
          }),
        ),
      ),
    }),
  );
  const project = fc.record({
    'a/workflow.json': container,
    'parameters.json': some,
    'connections.json': any,
    'local.settings.json': any,
  });
  const outcome = async (source: Parameters<typeof readDefinitions>[0]) => {
    try {
      return compatibilityReport(await readDefinitions(source)).definitions.map(({ runs }) => runs);
    } catch (error) {
      return isRialtoError(error) ? error.code : error;
    }
  };
  const known = expect.toSatisfy((result: unknown) =>
    Array.isArray(result)
      ? result.length > 0
      : /^(?:DEFINITION_INVALID|JSON_INVALID|LIMIT_EXCEEDED)$/.test(String(result)),
  );
  await fc.assert(
    fc.asyncProperty(container, project, async (document, files) => {
      expect(await outcome(JSON.stringify(document))).toEqual(known);
      const texts = new Map(Object.entries(files).map(([path, value]) => [path, JSON.stringify(value)]));
      expect(await outcome({ files: texts })).toEqual(known);
    }),
    { numRuns: 300 },
  );
});
