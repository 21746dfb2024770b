/** The files of a folder or an archive: by path, read as JSON when they are asked for. */

import { RialtoError } from '../../../base/errors.ts';
import { checkLimit } from '../../../base/limits.ts';
import { checkArchivePath } from './archive-path.ts';
import { type JsonDocument, readJsonDocument } from './json-document.ts';

/** Most files in a folder that is read. */
export const folderFilesMax = 10_000;

export interface DefinitionFiles {
  /** All paths, with forward slashes, in their order. */
  readonly paths: readonly string[];
  /** The path as the folder spells it; undefined when there is none, whatever the letter case. */
  find(path: string): string | undefined;
  /** The file as JSON. Raises JSON_INVALID and LIMIT_EXCEEDED. */
  json(path: string): JsonDocument;
}

/** Files that definitions are made of: the others in a folder or an archive are not looked at. */
export function isDefinitionFile(path: string): boolean {
  return !isForeign(path) && definitionPaths.some((pattern) => pattern.test(path));
}

const definitionPaths: readonly RegExp[] = [
  /(?:^|\/)(?:definition|workflow|connections|parameters|local\.settings|manifest)\.json$/i,
  /(?:^|\/)Workflows\/[^/]+\.json$/i,
  /^[^/]+\.json$/i,
];

/** What macOS puts beside each file in an archive. */
function isForeign(path: string): boolean {
  return /(?:^|\/)(?:__MACOSX\/|\._[^/]*$)/.test(path);
}

/** Wraps files by path. Raises ARCHIVE_INVALID for a path that leads out, or is there twice; LIMIT_EXCEEDED. */
export function definitionFiles(files: ReadonlyMap<string, string | Uint8Array>): DefinitionFiles {
  checkLimit('folderFilesMax', folderFilesMax, files.size, 'The number of files');
  const contents = new Map<string, string | Uint8Array>();
  const spelt = new Map<string, string>();
  for (const [written, content] of files) {
    const path = checkArchivePath(written);
    if (isForeign(path)) continue;
    if (spelt.has(path.toLowerCase())) {
      throw new RialtoError('ARCHIVE_INVALID', `The file '${path.slice(0, 100)}' is there twice.`);
    }
    spelt.set(path.toLowerCase(), path);
    contents.set(path, content);
  }
  const read = new Map<string, JsonDocument>();
  return {
    paths: [...contents.keys()],
    find: (path) => spelt.get(path.toLowerCase()),
    json(path) {
      const document = read.get(path) ?? readJsonDocument(contents.get(path) ?? '', path);
      read.set(path, document);
      return document;
    },
  };
}
