/** URI functions (reference 8.9). */

import { argumentError, type ExpressionFunction, eager, type FunctionCall, textArgument } from './function.ts';

export const uriFunctions: readonly ExpressionFunction[] = [
  eager('uriScheme(uri)', (call) => absoluteUri(call).protocol.slice(0, -1)),
  eager('uriHost(uri)', (call) => absoluteUri(call).hostname),
  eager('uriPort(uri)', (call) => port(absoluteUri(call))),
  eager('uriPath(uri)', (call) => absoluteUri(call).pathname || '/'),
  eager('uriQuery(uri)', (call) => absoluteUri(call).search),
  eager('uriPathAndQuery(uri)', (call) => {
    const uri = absoluteUri(call);
    return (uri.pathname || '/') + uri.search;
  }),
];

const defaultPorts: ReadonlyMap<string, bigint> = new Map([
  ['http:', 80n],
  ['https:', 443n],
  ['ftp:', 21n],
]);

function absoluteUri(call: FunctionCall): URL {
  const text = textArgument(call, 0);
  if (!URL.canParse(text)) throw argumentError(call, 0, text, 'an absolute URI such as https://contoso.com/a');
  return new URL(text);
}

function port(uri: URL): bigint {
  return uri.port === '' ? (defaultPorts.get(uri.protocol) ?? -1n) : BigInt(uri.port);
}
