/** Actions that talk to the outside: Http, webhooks, Response, child workflows, connectors by operation id (reference 3.3 to 3.6, 11.3). */

import { isObjectValue, memberAt, type Value } from '../../expression/index.ts';
import { type ActionCheck, failsWhenRun, isEvaluated, needsMember, needsObject, needsWord } from './check-context.ts';

const methods: readonly string[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'TRACE'];

/** Http: method and absolute URI (reference 3.4). */
export function checkHttp(check: ActionCheck): void {
  checkRequest(check, []);
  needsObject(check, ['headers']);
  needsObject(check, ['queries']);
}

/** HttpWebhook: a request that subscribes, and maybe one that unsubscribes (reference 3.4). */
export function checkHttpWebhook(check: ActionCheck): void {
  needsMember(check, ['subscribe'], 'the request that hands over the callback');
  if (isObjectValue(check.inputs.get('subscribe'))) checkRequest(check, ['subscribe']);
  if (isObjectValue(check.inputs.get('unsubscribe'))) checkRequest(check, ['unsubscribe']);
}

function checkRequest(check: ActionCheck, path: readonly string[]): void {
  needsMember(check, [...path, 'method'], 'such as GET');
  needsWord(check, [...path, 'method'], methods);
  const uriPath = [...path, 'uri'];
  needsMember(check, uriPath, 'an absolute address');
  const uri = memberAt(check.inputs, uriPath);
  if (typeof uri === 'string' && uri !== '' && !isEvaluated(uri) && !/^https?:\/\/[^/]/i.test(uri)) {
    check.context.problems.invalid(
      `${check.pointer}/${uriPath.join('/')}`,
      'The uri is no absolute http or https address.',
    );
  }
}

/** Response: a status of 2xx, 4xx or 5xx, answered once to a Request trigger (reference 3.5). */
export function checkResponse(check: ActionCheck): void {
  const { context, pointer, node, inputs } = check;
  needsMember(check, ['statusCode'], 'such as 200');
  const status: Value | undefined = inputs.get('statusCode');
  if (status !== undefined && status !== '' && !isEvaluated(status) && !isResponseStatus(status)) {
    context.problems.invalid(`${pointer}/statusCode`, 'The status code of a Response is 2xx, 4xx or 5xx.');
  }
  if (context.triggerType === 'Request' && context.isSplit) {
    context.problems.doubtful(
      node.pointer,
      `'${node.name}' is always skipped: the trigger has splitOn, and its caller is answered before any run starts.`,
    );
  }
  if (context.triggerType !== '' && context.triggerType !== 'Request') {
    context.problems.invalid(
      node.pointer,
      `'${node.name}' answers a caller, and the trigger is of type ${context.triggerType}; a Response needs a Request trigger.`,
    );
  }
}

function isResponseStatus(status: Value): boolean {
  return /^[245]\d\d$/.test(typeof status === 'string' || typeof status === 'bigint' ? String(status) : '');
}

/** Workflow: the child by id, or by reference name in Power Automate (reference 3.6, 11.3). */
export function checkWorkflow(check: ActionCheck): void {
  if (memberAt(check.inputs, ['host', 'workflowReferenceName']) === undefined) {
    needsMember(check, ['host', 'workflow', 'id'], 'the child workflow');
  }
}

/** Function and InvokeFunction (reference 3.6). */
export function checkFunction(check: ActionCheck): void {
  if (check.node.type === 'InvokeFunction') needsMember(check, ['functionName'], 'a local function');
  else if (memberAt(check.inputs, ['function', 'connectionName']) === undefined) {
    needsMember(check, ['function', 'id'], 'the function to call');
  }
}

/** ApiManagement (reference 2.2, 3.6). */
export function checkApiManagement(check: ActionCheck): void {
  needsMember(check, ['api', 'id'], 'the API to call');
  needsMember(check, ['method'], 'such as post');
  needsWord(check, ['method'], methods);
  if (memberAt(check.inputs, ['path']) === undefined) needsMember(check, ['pathTemplate', 'template'], 'a path');
}

/** SendToBatch (reference 3.6). */
export function checkSendToBatch(check: ActionCheck): void {
  needsMember(check, ['batchName'], 'the batch');
  needsMember(check, ['host', 'workflow', 'id'], 'the workflow that receives it');
}

/** ServiceProvider (reference 3.6). */
export function checkServiceProvider(check: ActionCheck): void {
  for (const name of ['connectionName', 'operationId', 'serviceProviderId']) {
    needsMember(check, ['serviceProviderConfiguration', name], 'as the designer writes it');
  }
  checkConnectionName(check, ['serviceProviderConfiguration', 'connectionName']);
}

/** OpenApiConnection and its webhook form: connection and operation by name (reference 11.3). */
export function checkOpenApiConnection(check: ActionCheck): void {
  for (const name of ['connectionName', 'operationId', 'apiId']) {
    // Newer exports name the connection by its reference.
    const isReference = name === 'connectionName' && memberAt(check.inputs, ['host', 'connectionReferenceName']);
    if (!isReference && !(name === 'apiId' && check.context.connections.size > 0)) {
      needsMember(check, ['host', name], 'as the designer writes it');
    }
  }
  needsObject(check, ['parameters']);
  checkConnectionName(check, ['host', 'connectionName']);
  const authentication = check.inputs.get('authentication');
  if (authentication !== undefined && !isObjectValue(authentication) && !isEvaluated(authentication)) {
    failsWhenRun(check, `${check.pointer}/authentication`, "The authentication is not @parameters('$authentication').");
  }
}

/** A connection that the container does not list; without a list there is nothing to compare with. */
function checkConnectionName({ inputs, pointer, context }: ActionCheck, path: readonly string[]): void {
  const name = memberAt(inputs, path);
  if (typeof name !== 'string' || name === '' || isEvaluated(name) || context.connections.size === 0) return;
  if (context.connections.has(name)) return;
  context.problems.missing(
    `${pointer}/${path.join('/')}`,
    `The container lists no connection '${name}'.${context.problems.hint(name, context.connections.keys())}`,
  );
}
