/** Evaluated `inputs` of an ApiConnection trigger or action to the call that they describe (reference 3.3). */

import { describeValue, isObjectValue, memberAt, memberOf, type ObjectValue, type Value } from '../expression/index.ts';
import type { InvokeCommand } from './command.ts';

export type ApiCall = InvokeCommand['call'];

/** The call that evaluated inputs describe, or a sentence about what is wrong with them. */
export function apiCallOf(inputs: Value): ApiCall | { readonly complaint: string } {
  if (!isObjectValue(inputs)) return { complaint: `The inputs are ${describeValue(inputs)}; expected an object.` };
  const connectionId = memberAt(inputs, ['host', 'connection', 'name']);
  const method = memberOf(inputs, 'method');
  const path = memberOf(inputs, 'path');
  if (typeof connectionId !== 'string' || connectionId === '') {
    return { complaint: `host.connection.name is ${describeValue(connectionId ?? null)}; expected a connection id.` };
  }
  if (typeof method !== 'string')
    return { complaint: `method is ${describeValue(method ?? null)}; expected a string.` };
  if (typeof path !== 'string' || !path.startsWith('/')) {
    return { complaint: `path is ${describeValue(path ?? null)}; expected a string that begins with '/'.` };
  }
  const queries = membersOf(inputs, 'queries');
  const headers = membersOf(inputs, 'headers');
  if (queries === undefined || headers === undefined) return { complaint: 'queries and headers are objects.' };
  const body = memberOf(inputs, 'body');
  return {
    connectionId,
    method: method.toLowerCase(),
    path,
    queries,
    headers,
    ...(body === undefined ? {} : { body }),
  };
}

/** Members that are null are left out: the request then has no such entry. */
function membersOf(inputs: ObjectValue, name: string): ReadonlyMap<string, Value> | undefined {
  const members = memberOf(inputs, name) ?? null;
  if (members === null) return new Map();
  return isObjectValue(members) ? new Map([...members].filter(([, value]) => value !== null)) : undefined;
}
