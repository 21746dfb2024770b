/** What containers say about the connections of a definition, in its four forms (reference 1.3, 1.5, 11.1, 11.2). */

import { isObjectValue, memberAt, type Value } from '../../expression/index.ts';
import type { ConnectionReference } from './found-definition.ts';

/** Those of the value of `$connections`: `{ "<key>": { "id", "connectionId" } }`. */
export function connectionsOfParameter(value: Value | undefined): readonly ConnectionReference[] {
  return entriesOf(value).map(([name, entry]) =>
    reference(name, textAt(entry, ['id']), textAt(entry, ['connectionId']) ?? textAt(entry, ['connectionName'])),
  );
}

/** Those of `connectionReferences`, as packages, solutions, galleries and the designer write them. */
export function connectionReferences(value: Value | undefined): readonly ConnectionReference[] {
  return entriesOf(value).map(([name, entry]) =>
    reference(
      name,
      textAt(entry, ['api', 'name']) ?? textAt(entry, ['api', 'id']) ?? textAt(entry, ['id']),
      textAt(entry, ['connection', 'connectionReferenceLogicalName']) ??
        textAt(entry, ['connection', 'id']) ??
        textAt(entry, ['connectionName']),
    ),
  );
}

/** Those of the `connections.json` of a Standard project. */
export function connectionsOfProject(document: Value | undefined): readonly ConnectionReference[] {
  const managed = entriesOf(memberAt(document, ['managedApiConnections'])).map(([name, entry]) =>
    reference(name, textAt(entry, ['api', 'id']), textAt(entry, ['connection', 'id'])),
  );
  const providers = entriesOf(memberAt(document, ['serviceProviderConnections'])).map(([name, entry]) =>
    reference(name, textAt(entry, ['serviceProvider', 'id']), undefined),
  );
  const functions = entriesOf(memberAt(document, ['functionConnections'])).map(([name, entry]) =>
    reference(name, undefined, textAt(entry, ['function', 'id'])),
  );
  return [...managed, ...providers, ...functions];
}

/** References by name; of the same name the first counts. */
export function connectionsByName(...lists: readonly (readonly ConnectionReference[])[]) {
  const byName = new Map<string, ConnectionReference>();
  for (const one of lists.flat()) if (!byName.has(one.name)) byName.set(one.name, one);
  return byName as ReadonlyMap<string, ConnectionReference>;
}

/** The API name in an id: its last segment. */
export function connectorOfId(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}

function reference(name: string, id: string | undefined, connection: string | undefined): ConnectionReference {
  return {
    name,
    ...(id === undefined ? {} : { connector: connectorOfId(id) }),
    ...(connection === undefined ? {} : { connection }),
  };
}

function entriesOf(value: Value | undefined): readonly (readonly [string, Value])[] {
  return isObjectValue(value) ? [...value] : [];
}

function textAt(value: Value, path: readonly string[]): string | undefined {
  const member = memberAt(value, path);
  return typeof member === 'string' && member !== '' ? member : undefined;
}
