/** All action types of the language (reference 3.2), and where those that hold actions hold them. */

import { isObjectValue, memberAt, type ObjectValue, type Value } from '../expression/index.ts';

export interface ActionType {
  readonly name: string;
  /** The maps of actions inside an action of this type, with their paths. */
  groups(source: ObjectValue): readonly { readonly path: readonly string[]; readonly actions: Value }[];
}

const plainTypes: readonly string[] = [
  'ApiConnection',
  'ApiConnectionWebhook',
  'ApiConnectionNotification',
  'ApiManagement',
  'AppendToArrayVariable',
  'AppendToStringVariable',
  'Batch',
  'Compose',
  'CSharpScriptCode',
  'DecrementVariable',
  'Expression',
  'FlatFileDecoding',
  'FlatFileEncoding',
  'Function',
  'Http',
  'HttpWebhook',
  'IncrementVariable',
  'InitializeVariable',
  'IntegrationAccountArtifactLookup',
  'InvokeFunction',
  'JavaScriptCode',
  'Join',
  'Liquid',
  'OpenApiConnection',
  'OpenApiConnectionNotification',
  'OpenApiConnectionWebhook',
  'ParseJson',
  'Query',
  'Response',
  'Select',
  'SendToBatch',
  'ServiceProvider',
  'SetVariable',
  'Table',
  'Terminate',
  'Wait',
  'Workflow',
  'XmlParse',
  'XmlValidation',
  'Xslt',
];

const types: readonly ActionType[] = [
  ...plainTypes.map((name) => ({ name, groups: () => [] })),
  { name: 'Scope', groups: (source) => at(source, ['actions']) },
  { name: 'Foreach', groups: (source) => at(source, ['actions']) },
  { name: 'Until', groups: (source) => at(source, ['actions']) },
  { name: 'If', groups: (source) => [...at(source, ['actions']), ...at(source, ['else', 'actions'])] },
  {
    name: 'Switch',
    groups(source) {
      const cases = source.get('cases');
      const names = isObjectValue(cases) ? [...cases.keys()] : [];
      return [
        ...names.flatMap((name) => at(source, ['cases', name, 'actions'])),
        ...at(source, ['default', 'actions']),
      ];
    },
  },
];

const byLowerName: ReadonlyMap<string, ActionType> = new Map(types.map((type) => [type.name.toLowerCase(), type]));

/** The action type of a name, whatever its letter case; undefined when the language has none. */
export function findActionType(name: string): ActionType | undefined {
  return byLowerName.get(name.toLowerCase());
}

/** The names of all action types of the language. */
export function actionTypeNames(): readonly string[] {
  return types.map((type) => type.name);
}

function at(source: ObjectValue, path: readonly string[]): readonly { path: readonly string[]; actions: Value }[] {
  const actions = memberAt(source, path);
  return actions === undefined ? [] : [{ path, actions }];
}
