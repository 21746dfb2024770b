/** Which connector a call means, and whether Rialto has it (reference 1.3, 3.3, 11.3). */

import { isRialtoError } from '../../../base/errors.ts';
import { evaluateTemplate, memberAt, type ObjectValue, parseTemplate, type Value } from '../../expression/index.ts';
import type { ReadContext } from '../api-connection.ts';
import { parameterScope } from '../parameter-scope.ts';

/** What there is to call. */
export interface ConnectorCatalog {
  /** API names of the connectors: `dynamicsax`. */
  readonly names: readonly string[];
  /** What is wrong with an address of a connector, in a sentence; undefined when something stands there. */
  complaint?(call: {
    readonly connector: string;
    readonly as: 'trigger' | 'operation';
    readonly method: string;
    readonly path: string;
  }): string | undefined;
}

/** Reports an ApiConnection whose connector or operation Rialto does not have. */
export function checkConnector(
  inputs: ObjectValue,
  pointer: string,
  as: 'trigger' | 'operation',
  context: ReadContext,
): void {
  const { connectors, connections } = context;
  if (connectors === undefined) return;
  const written = memberAt(inputs, ['host', 'connection', 'name']);
  const reference = memberAt(inputs, ['host', 'connection', 'referenceName']);
  const key = typeof reference === 'string' ? reference : connectionKey(written);
  if (key === undefined) return;
  // Without a value the key is all there is: designers name it for the connector, with a number behind.
  const connector = connections.get(key)?.connector ?? key.replace(/[_-]\d+$/, '');
  if (!connectors.names.includes(connector.toLowerCase())) {
    const isGuess = connections.get(key)?.connector === undefined;
    reportForeign(connector, `${pointer}/host/connection`, context, isGuess);
    return;
  }
  const [method, path] = [known(inputs.get('method'), context), known(inputs.get('path'), context)];
  if (method === undefined || path === undefined) return;
  const complaint = connectors.complaint?.({
    connector: connector.toLowerCase(),
    as,
    method: method.toLowerCase(),
    path,
  });
  if (complaint !== undefined) context.problems.unsupported(`${pointer}/path`, complaint);
}

/** Reports the connector of an OpenApiConnection, named by its API id, that Rialto does not have. */
export function checkApi(inputs: ObjectValue, pointer: string, context: ReadContext): void {
  const { connectors, connections } = context;
  if (connectors === undefined) return;
  const apiId = memberAt(inputs, ['host', 'apiId']);
  const name = memberAt(inputs, ['host', 'connectionName']);
  const id =
    typeof apiId === 'string'
      ? apiId
      : typeof name === 'string'
        ? (connections.get(name)?.connector ?? name)
        : undefined;
  if (id === undefined || id === '') return;
  const connector = id.slice(id.lastIndexOf('/') + 1).replace(/^shared_/i, '');
  if (!connectors.names.includes(connector.toLowerCase())) reportForeign(connector, `${pointer}/host/apiId`, context);
}

function reportForeign(
  connector: string,
  pointer: string,
  { problems, connectors }: ReadContext,
  isGuess = false,
): void {
  const guessed = isGuess ? ' If the key stands for another connector, give its connection an id that says so.' : '';
  problems.unsupported(
    pointer,
    `The connector '${connector.slice(0, 80)}' is none that Rialto has.`,
    `Replace it by one of ${connectors?.names.join(', ')}, or leave this flow in the cloud.${guessed}`,
  );
}

/** The key in `@parameters('$connections')['key']['connectionId']`. */
function connectionKey(name: Value | undefined): string | undefined {
  if (typeof name !== 'string') return undefined;
  const match = /^@\{?\s*parameters\(\s*'\$connections'\s*\)\s*\??\[\s*'((?:[^']|'')+)'\s*\]/i.exec(name);
  return match?.[1]?.replaceAll("''", "'");
}

/** Text that needs nothing of a run; undefined when it does. */
function known(value: Value | undefined, { parameterValues }: ReadContext): string | undefined {
  if (typeof value !== 'string') return undefined;
  try {
    const result = evaluateTemplate(parseTemplate(value), parameterScope(parameterValues));
    return typeof result === 'string' ? result : undefined;
  } catch (error) {
    if (isRialtoError(error)) return undefined;
    throw error;
  }
}
