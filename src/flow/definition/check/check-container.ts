/** What the container and the platform of a definition give reason to say, and its schema (reference 1.1, 1.5, 11.3). */

import { memberAt, type Value } from '../../expression/index.ts';
import type { ReadContext } from '../api-connection.ts';
import type { FoundDefinition } from '../container/found-definition.ts';
import type { Problems } from '../problems.ts';

const namedPart = /\/(?:actions|triggers|parameters|outputs|cases|staticResults|runAfter)\/[^/]*$/;

/** What the container gives reason to say: its own problems, names that stand twice, the kind of a Standard workflow. */
export function checkContainer(found: FoundDefinition, problems: Problems): void {
  for (const { pointer, message } of found.problems) problems.missing(pointer, message);
  for (const pointer of found.document.repeated) {
    const message = 'This name stands twice in its object; only the last one counts.';
    // Of a definition's own names one would be lost; in other data it is as the cloud has it.
    if (namedPart.test(pointer)) problems.invalid(pointer, message);
    else problems.doubtful(pointer, message);
  }
  if (found.workflowKind === undefined || found.workflowKind.toLowerCase() === 'stateful') return;
  problems.unsupported(
    '/kind',
    `Workflows of the kind '${found.workflowKind.slice(0, 80)}' are not supported; 'Stateful' is.`,
    "Write 'Stateful': the runs are kept, and nothing else changes.",
  );
}

/** Where the rules of the platform part from those that runs follow here. */
export function checkPlatform(found: FoundDefinition, { outline, platform, problems }: ReadContext): void {
  if (found.platform !== 'PowerAutomate') return;
  const calls = [...outline.byName.values()].filter(({ type }) => type === 'ApiConnection');
  if (calls.every(({ source }) => memberAt(source, ['inputs', 'retryPolicy']) !== undefined)) return;
  problems.differs(
    found.pointer,
    `Where an action has no retry policy, ${platform.title} makes ${platform.retryDefault}; here it is 4, 5 to 45 s apart.`,
    'Write a retry policy where it matters.',
  );
}

/** Reports a schema that is none of workflow definitions, or of a version that is not read. */
export function checkSchema(schema: Value | undefined, pointer: string, problems: Problems): void {
  if (schema === undefined) return;
  const version =
    typeof schema === 'string' ? /\/schemas\/([^/]+)\/workflowdefinition\.json#?$/i.exec(schema)?.[1] : '';
  if (version === '2016-06-01') return;
  if (version === '2014-12-01-preview' || version === '2015-08-01-preview') {
    problems.unsupported(pointer, `The schema version ${version} is not supported; 2016-06-01 is.`);
  } else {
    problems.invalid(
      pointer,
      'The $schema is not that of a workflow definition: https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#.',
    );
  }
}
