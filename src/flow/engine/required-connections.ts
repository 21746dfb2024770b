/** Which connections a definition uses, for checks when it is deployed. */

import { isRialtoError } from '../../base/errors.ts';
import { type Definition, parameterScope } from '../definition/index.ts';
import { evaluateTemplate, type Template, type Value } from '../expression/index.ts';

export interface RequiredConnection {
  /** Of the trigger or action. */
  readonly name: string;
  readonly as: 'trigger' | 'operation';
  /** JSON pointer of the trigger or action in the document that was parsed. */
  readonly pointer: string;
  /** The evaluated `host.connection.name`. */
  readonly connectionId: string;
  /** Name of the local connection: last segment of the connection id. */
  readonly connection: string;
  /** Lower case. Undefined when only a run can tell. */
  readonly method?: string;
  /** Undefined when only a run can tell. */
  readonly path?: string;
}

/** Every connection that the trigger and the actions use, with the operation as far as it is known without a run. */
export function requiredConnections(
  definition: Definition,
  parameters: ReadonlyMap<string, Value>,
): readonly RequiredConnection[] {
  const { trigger } = definition;
  const users = [
    { name: trigger.name, as: 'trigger' as const, pointer: trigger.pointer, inputs: trigger.inputs },
    ...[...definition.actionsByName.values()].flatMap((action) =>
      action.kind === 'ApiConnection'
        ? [{ name: action.name, as: 'operation' as const, pointer: action.pointer, inputs: action.inputs }]
        : [],
    ),
  ];
  return users.map(({ inputs, ...user }) => {
    const connectionId = textAt(inputs, ['host', 'connection', 'name'], parameters) ?? '';
    const method = textAt(inputs, ['method'], parameters);
    const path = textAt(inputs, ['path'], parameters);
    return {
      ...user,
      connectionId,
      connection: connectionName(connectionId),
      ...(method === undefined ? {} : { method: method.toLowerCase() }),
      ...(path === undefined ? {} : { path }),
    };
  });
}

/** The name of the local connection that a connection id means: its last segment. */
export function connectionName(connectionId: string): string {
  return connectionId.slice(connectionId.lastIndexOf('/') + 1);
}

/** A member of inputs that is text and needs nothing of a run; undefined when it does. */
function textAt(inputs: Template, path: readonly string[], parameters: ReadonlyMap<string, Value>): string | undefined {
  const template = memberTemplate(inputs, path);
  if (template === undefined) return undefined;
  try {
    const value = evaluateTemplate(template, parameterScope(parameters));
    return typeof value === 'string' ? value : undefined;
  } catch (error) {
    // Anything but parameters is known in a run only; what is wrong beyond that, the run will say.
    if (isRialtoError(error)) return undefined;
    throw error;
  }
}

function memberTemplate(template: Template, path: readonly string[]): Template | undefined {
  let current: Template | undefined = template;
  for (const name of path) {
    if (current?.kind === 'literal' && current.value instanceof Map) {
      const value: Value | undefined = (current.value as ReadonlyMap<string, Value>).get(name);
      current = value === undefined ? undefined : { kind: 'literal', value };
    } else if (current?.kind === 'object') {
      current = current.members.find((member) => member.name.kind === 'literal' && member.name.value === name)?.value;
    } else return undefined;
  }
  return current;
}
