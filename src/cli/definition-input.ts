/** Files and folders that hold workflow definitions, as a command line names them. */

import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { RialtoError } from '../base/errors.ts';
import { checkLimit } from '../base/limits.ts';
import { type FolderSource, isDefinitionFile } from '../flow/definition/index.ts';
import { unreadable } from './text-file.ts';

/** Most files looked at in a folder, and deepest folder in it. */
const folderFilesMax = 10_000;
const folderDepthMax = 6;
/** Largest file that is read, in bytes. */
const fileBytesMax = 67_108_864;
/** What stands beside the folders of a Standard project's workflows. */
const projectFiles: readonly string[] = ['connections.json', 'parameters.json', 'local.settings.json'];

/**
 * The bytes of a file, or the files of a folder that definitions are made of. A `workflow.json`, and a folder that holds
 * one, come with what stands beside them in their project. Raises OPTION_INVALID and LIMIT_EXCEEDED.
 */
export async function readDefinitionInput(path: string): Promise<Uint8Array | FolderSource> {
  try {
    const isFolder = (await stat(path)).isDirectory();
    const workflow = isFolder ? join(path, 'workflow.json') : path;
    if (basename(workflow).toLowerCase() === 'workflow.json' && (await isFile(workflow))) {
      return { files: await workflowFiles(resolve(workflow)) };
    }
    return isFolder ? { files: await folderFiles(path) } : await bytesOf(path);
  } catch (cause) {
    if (cause instanceof RialtoError) throw cause;
    throw unreadable(path, cause);
  }
}

async function workflowFiles(workflow: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const folder = dirname(workflow);
  const files = new Map([[`${basename(folder) || 'workflow'}/workflow.json`, await bytesOf(workflow)]]);
  for (const name of projectFiles) {
    for (const beside of [join(dirname(folder), name), join(folder, name)]) {
      if (!files.has(name) && (await isFile(beside))) files.set(name, await bytesOf(beside));
    }
  }
  return files;
}

async function folderFiles(folder: string): Promise<ReadonlyMap<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  const open = [{ path: folder, depth: 1 }];
  let seen = 0;
  for (const { path, depth } of open) {
    for (const entry of await readdir(path, { withFileTypes: true })) {
      seen += 1;
      checkLimit('folderFilesMax', folderFilesMax, seen, `The number of files in '${folder}'`);
      const inside = join(path, entry.name);
      if (entry.isDirectory() && depth < folderDepthMax && !/^(?:\.|node_modules$)/.test(entry.name)) {
        open.push({ path: inside, depth: depth + 1 });
      }
      const name = relative(folder, inside).split(sep).join('/');
      if (entry.isFile() && isDefinitionFile(name)) files.set(name, await bytesOf(inside));
    }
  }
  return files;
}

async function bytesOf(path: string): Promise<Uint8Array> {
  checkLimit('fileBytesMax', fileBytesMax, (await stat(path)).size, `The size of '${path}'`);
  return await readFile(path);
}

async function isFile(path: string): Promise<boolean> {
  return await stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
