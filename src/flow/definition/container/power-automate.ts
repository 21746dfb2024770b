/** Exports of Power Automate: the package of "My flows" and the solution (reference 11.1, 11.2). */

import type { DefinitionFiles } from './definition-files.ts';
import type { ContainerKind, FoundDefinition } from './found-definition.ts';
import { holdsDefinition, readDocument } from './read-document.ts';

/** Paths of the flows in a package. */
export function packageFlows(files: DefinitionFiles): readonly string[] {
  return files.paths.filter((path) => /(?:^|\/)Microsoft\.Flow\/flows\/[^/]+\/definition\.json$/i.test(path));
}

/** Paths of the files of a solution that may hold a flow. */
export function solutionFlows(files: DefinitionFiles): readonly string[] {
  return files.paths.filter((path) => /(?:^|\/)Workflows\/[^/]+\.json$/i.test(path));
}

/** The flows of a package. */
export function readPackage(files: DefinitionFiles): readonly FoundDefinition[] {
  return packageFlows(files).flatMap((path) =>
    readDocument(files.json(path)).map((found) => asFlow(found, 'power-automate-package', found.name)),
  );
}

/** The flows of a solution; other processes that are kept as JSON beside them are passed over. */
export function readSolution(files: DefinitionFiles): readonly FoundDefinition[] {
  return solutionFlows(files)
    .filter((path) => holdsDefinition(files.json(path).value))
    .flatMap((path) =>
      readDocument(files.json(path)).map((found) => asFlow(found, 'power-automate-solution', nameOf(path))),
    );
}

function asFlow(found: FoundDefinition, container: ContainerKind, name: string): FoundDefinition {
  return { ...found, container, platform: 'PowerAutomate', name };
}

/** `Workflows/Name-0000…-….json` is the flow `Name`. */
function nameOf(path: string): string {
  const file = path.slice(path.lastIndexOf('/') + 1).replace(/\.json$/i, '');
  return file.replace(/-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i, '');
}
