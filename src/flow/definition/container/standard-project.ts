/** Logic Apps Standard projects: a folder per workflow, connections and parameters beside them (reference 1.5). */

import { isArrayValue, isObjectValue, memberAt, type ObjectValue, type Value } from '../../expression/index.ts';
import { connectionsByName, connectionsOfProject } from './connection-references.ts';
import type { DefinitionFiles } from './definition-files.ts';
import type { FoundDefinition } from './found-definition.ts';
import { readDocument } from './read-document.ts';

/** Paths of the workflows of a project. */
export function projectWorkflows(files: DefinitionFiles): readonly string[] {
  return files.paths.filter((path) => /(^|\/)workflow\.json$/i.test(path));
}

/** The workflows of a project, with the values and connections that stand beside them. */
export function readProject(files: DefinitionFiles): readonly FoundDefinition[] {
  return projectWorkflows(files).flatMap((path) => {
    const folder = folderOf(path);
    const beside = (name: string): string | undefined =>
      files.find(joined(folderOf(folder), name)) ?? files.find(joined(folder, name));
    const [parametersFile, connectionsFile] = [beside('parameters.json'), beside('connections.json')];
    const settings = appSettings(files, beside('local.settings.json'));
    const connections = connectionsFile === undefined ? undefined : files.json(connectionsFile).value;
    const values = parametersFile === undefined ? undefined : files.json(parametersFile).value;
    return readDocument(files.json(path)).map((definition): FoundDefinition => {
      const shared = isObjectValue(values) ? withSettings(values, settings) : undefined;
      return {
        ...definition,
        name: folder.slice(folder.lastIndexOf('/') + 1),
        container: 'standard-project',
        platform: 'LogicAppsStandard',
        ...(isObjectValue(shared)
          ? { parameters: shared, parametersPointer: `${parametersFile}#`, parametersPath: undefined }
          : {}),
        connections: connectionsByName(connectionsOfProject(connections), [...definition.connections.values()]),
      };
    });
  });
}

function appSettings(files: DefinitionFiles, path: string | undefined): ObjectValue {
  const values = path === undefined ? undefined : memberAt(files.json(path).value, ['Values']);
  return isObjectValue(values) ? values : new Map();
}

/** Values of parameters may call appsetting() and nothing else; what no setting answers stays as it is written. */
function withSettings(value: Value, settings: ObjectValue): Value {
  if (isArrayValue(value)) return value.map((item) => withSettings(item, settings));
  if (isObjectValue(value)) return new Map([...value].map(([name, member]) => [name, withSettings(member, settings)]));
  if (typeof value !== 'string') return value;
  const whole = /^@\s*appsetting\s*\(\s*'([^']*)'\s*\)$/i.exec(value);
  if (whole !== null) return settings.get(whole[1] ?? '') ?? value;
  return value.replace(/@\{\s*appsetting\s*\(\s*'([^']*)'\s*\)\s*\}/gi, (written, name: string) => {
    const setting = settings.get(name);
    return typeof setting === 'string' ? setting : written;
  });
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function joined(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
