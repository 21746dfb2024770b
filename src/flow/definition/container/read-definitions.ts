/** The reader: every container in which definitions arrive, to the definitions in it (reference 1.5, 11). */

import { DefinitionError } from '../../../base/errors.ts';
import type { JsonObject } from '../../../base/json.ts';
import type { ObjectValue } from '../../expression/index.ts';
import { isArchive, readArchive } from './archive.ts';
import { type DefinitionFiles, definitionFiles, isDefinitionFile } from './definition-files.ts';
import type { FoundDefinition } from './found-definition.ts';
import { readJsonDocument } from './json-document.ts';
import { packageFlows, readPackage, readSolution, solutionFlows } from './power-automate.ts';
import { holdsDefinition, readDocument } from './read-document.ts';
import { projectWorkflows, readProject } from './standard-project.ts';

/** The files of a folder by their paths in it: a Standard project, or a package or solution that was unzipped. */
export interface FolderSource {
  readonly files: ReadonlyMap<string, string | Uint8Array>;
}

/** A document as text, UTF-8 bytes or data; a ZIP archive; a folder. */
export type ContainerSource = string | Uint8Array | JsonObject | ObjectValue | FolderSource;

/**
 * The definitions in a container, at least one, with the values and connections that stand beside them. Nothing of the
 * definitions is checked yet: `parseDefinition` and `compatibilityReport` take what this returns.
 *
 *     const [found] = await readDefinitions(await readFile('solution.zip'));
 *
 * Raises DEFINITION_INVALID when there is no definition, JSON_INVALID, ARCHIVE_INVALID and LIMIT_EXCEEDED.
 */
export async function readDefinitions(source: ContainerSource): Promise<readonly FoundDefinition[]> {
  if (source instanceof Uint8Array && isArchive(source)) {
    return readFiles(definitionFiles(await readArchive(source, isDefinitionFile)), 'The archive');
  }
  if (isFolderSource(source)) return readFiles(definitionFiles(source.files), 'The folder');
  return readDefinitionDocument(source);
}

/** As `readDefinitions`, of one document, at once. */
export function readDefinitionDocument(
  source: string | Uint8Array | JsonObject | ObjectValue,
  file = '',
): readonly FoundDefinition[] {
  return readDocument(readJsonDocument(source, file));
}

function isFolderSource(source: ContainerSource): source is FolderSource {
  return typeof source === 'object' && 'files' in source && source.files instanceof Map;
}

function readFiles(files: DefinitionFiles, what: string): readonly FoundDefinition[] {
  const found = readKnownLayout(files);
  if (found.length > 0) return found;
  throw new DefinitionError([
    {
      code: 'DEFINITION_INVALID',
      pointer: '',
      message: `${what} holds no workflow definition; expected Microsoft.Flow/flows/*/definition.json, Workflows/*.json, */workflow.json, or definitions at its top.`,
    },
  ]);
}

function readKnownLayout(files: DefinitionFiles): readonly FoundDefinition[] {
  if (packageFlows(files).length > 0) return readPackage(files);
  if (solutionFlows(files).length > 0) return readSolution(files);
  if (projectWorkflows(files).length > 0) return readProject(files);
  return files.paths
    .filter((path) => /^[^/]+\.json$/i.test(path) && holdsDefinition(files.json(path).value))
    .flatMap((path) => readDocument(files.json(path)));
}
