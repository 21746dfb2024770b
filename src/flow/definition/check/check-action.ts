/** Checks an action by its type: what the language asks of it, whether or not Rialto runs the type (reference 3). */

import { isObjectValue } from '../../expression/index.ts';
import type { ReadContext } from '../api-connection.ts';
import type { OutlineNode } from '../outline.ts';
import {
  checkApiManagement,
  checkFunction,
  checkHttp,
  checkHttpWebhook,
  checkOpenApiConnection,
  checkResponse,
  checkSendToBatch,
  checkServiceProvider,
  checkWorkflow,
} from './check-calls.ts';
import type { ActionCheck } from './check-context.ts';
import { checkForeach, checkOutsideLoops, checkSwitch, checkUntil, checkVariableAction } from './check-control.ts';
import {
  checkArrayOperation,
  checkCode,
  checkExpressionAction,
  checkParseJson,
  checkTable,
  checkTransformation,
  checkWait,
} from './check-data.ts';
import { checkSettings } from './check-settings.ts';

/** Types whose `inputs` are checked member by member. Those of the types that run are checked where they are read. */
const inputChecks: Readonly<Record<string, (check: ActionCheck) => void>> = {
  ApiManagement: checkApiManagement,
  AppendToArrayVariable: checkVariableAction,
  AppendToStringVariable: checkVariableAction,
  CSharpScriptCode: checkCode,
  DecrementVariable: checkVariableAction,
  Expression: checkExpressionAction,
  Function: checkFunction,
  Http: checkHttp,
  HttpWebhook: checkHttpWebhook,
  IncrementVariable: checkVariableAction,
  InvokeFunction: checkFunction,
  JavaScriptCode: checkCode,
  Join: checkArrayOperation,
  Liquid: checkTransformation,
  OpenApiConnection: checkOpenApiConnection,
  OpenApiConnectionNotification: checkOpenApiConnection,
  OpenApiConnectionWebhook: checkOpenApiConnection,
  ParseJson: checkParseJson,
  Query: checkArrayOperation,
  Response: checkResponse,
  Select: checkArrayOperation,
  SendToBatch: checkSendToBatch,
  ServiceProvider: checkServiceProvider,
  SetVariable: checkVariableAction,
  Table: checkTable,
  Wait: checkWait,
  Workflow: checkWorkflow,
  Xslt: checkTransformation,
};

/** Reports what is wrong with an action of any type. */
export function checkAction(node: OutlineNode, context: ReadContext): void {
  checkSettings(node, context);
  if (node.type === 'Terminate' || node.type === 'Response') checkOutsideLoops(node, context);
  if (node.type === 'Foreach') checkForeach(node, context);
  if (node.type === 'Until') checkUntil(node, context);
  if (node.type === 'Switch') checkSwitch(node, context);
  const checkInputs = inputChecks[node.type];
  if (checkInputs === undefined) return;
  const inputs = node.source.get('inputs');
  checkInputs({
    node,
    inputs: isObjectValue(inputs) ? inputs : new Map(),
    pointer: `${node.pointer}/inputs`,
    context,
  });
}
