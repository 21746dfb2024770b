/** A definition as it was found in its container, with what stands beside it (reference 1.5, 11). */

import type { DefinitionProblem } from '../../../base/errors.ts';
import { isObjectValue, type ObjectValue, printValue, type Value } from '../../expression/index.ts';
import type { PlatformName } from '../platform.ts';
import { documentText, type JsonDocument } from './json-document.ts';

/** The containers in which definitions arrive. */
export type ContainerKind =
  | 'definition'
  | 'code-view'
  | 'resource'
  | 'arm-template'
  | 'standard-workflow'
  | 'standard-project'
  | 'power-automate-flow'
  | 'power-automate-package'
  | 'power-automate-solution';

/** What a container says of a connection that a definition names. */
export interface ConnectionReference {
  /** The key in `$connections`, the reference name, or the connection name of Power Automate. */
  readonly name: string;
  /** API name of the connector: `dynamicscrmonline`; undefined when the container does not say. */
  readonly connector?: string;
  /** Where the connection lives: a connection id, or the logical name of a connection reference. */
  readonly connection?: string;
}

export interface FoundDefinition {
  /** Of the workflow, as far as the container says; else empty. */
  readonly name: string;
  readonly container: ContainerKind;
  readonly platform: PlatformName;
  /** Path of the file in its folder or archive; empty for a document on its own. */
  readonly file: string;
  /** JSON pointer of the definition in that file: `/properties/definition`. */
  readonly pointer: string;
  /** `Stateful`, `Stateless`, or as written; undefined where the container has no such member. */
  readonly workflowKind: string | undefined;
  /** The definition as the language has it: ARM template expressions are resolved. */
  readonly definition: ObjectValue;
  /** Values from beside the definition: `{ "<name>": { "value": … } }`. */
  readonly parameters: ObjectValue;
  /** JSON pointer of those values; with the name of the file and `#` in front when they are in another file. */
  readonly parametersPointer: string;
  readonly connections: ReadonlyMap<string, ConnectionReference>;
  /** What the container itself gives reason to say. */
  readonly problems: readonly DefinitionProblem[];
  /** The whole file, nothing lost. */
  readonly document: JsonDocument;
  /** Member names and indexes that lead to the definition in the file. */
  readonly path: readonly (string | number)[];
  /** The same of its parameter values; undefined when they are in another file or nowhere. */
  readonly parametersPath: readonly (string | number)[] | undefined;
}

/** True for what the reader returned, as against JSON data. */
export function isFoundDefinition(source: unknown): source is FoundDefinition {
  return typeof source === 'object' && source !== null && 'definition' in source && source.definition instanceof Map;
}

/** The definition as JSON text, spelt as it was given: member order, spelling of numbers, members nobody knows. */
export function writeDefinition(found: FoundDefinition): string {
  return documentText(found.document, found.path, valueAt(found.document.value, found.path));
}

/** The parameter values as JSON text, `{ "<name>": { "value": … } }`; spelt as they were given where they can be. */
export function writeParameters(found: FoundDefinition): string {
  const { container, document, parameters, parametersPath } = found;
  return container === 'arm-template' || parametersPath === undefined
    ? printValue(parameters)
    : documentText(document, parametersPath, parameters);
}

/** The whole file that the definition stands in, spelt as it was given. */
export function writeDocument(found: FoundDefinition): string {
  return found.document.text ?? printValue(found.document.value);
}

/** The value at a path of member names and indexes; null when there is none. */
export function valueAt(value: Value, path: readonly (string | number)[]): Value {
  let current: Value | undefined = value;
  for (const step of path) {
    if (isObjectValue(current)) current = current.get(String(step));
    else current = Array.isArray(current) ? (current as readonly Value[])[Number(step)] : undefined;
  }
  return current ?? null;
}
