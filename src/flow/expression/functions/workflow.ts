/** Functions that read the run: trigger, actions, parameters, loops (reference 8.8). */

import { isArrayValue, isObjectValue, memberAt, type ObjectValue, type Value } from '../value.ts';
import {
  callError,
  countArgument,
  type ExpressionFunction,
  eager,
  type FunctionCall,
  textArgument,
} from './function.ts';

export const workflowFunctions: readonly ExpressionFunction[] = [
  eager('trigger()', (call) => triggerOf(call)),
  eager('triggerOutputs()', (call) => triggerOf(call).get('outputs') ?? null),
  eager('triggerBody()', (call) => bodyOf(triggerOf(call))),
  eager('triggerFormDataValue(key)', (call) => formValue(call, bodyOf(triggerOf(call)), textArgument(call, 0))),
  eager('triggerFormDataMultiValues(key)', (call) => formValues(bodyOf(triggerOf(call)), textArgument(call, 0))),
  eager('triggerMultipartBody(index)', (call) => multipartBody(call, bodyOf(triggerOf(call)), 0)),
  eager('actions(actionName)', (call) => actionOf(call)),
  eager('outputs(actionName)', (call) => outputsOf(call)),
  eager('actionOutputs(actionName)', (call) => outputsOf(call)),
  eager('body(actionName)', (call) => actionBody(call)),
  eager('actionBody(actionName)', (call) => actionBody(call)),
  eager('formDataValue(actionName, key)', (call) => formValue(call, actionBody(call), textArgument(call, 1))),
  eager('formDataMultiValues(actionName, key)', (call) => formValues(actionBody(call), textArgument(call, 1))),
  eager('multipartBody(actionName, index)', (call) => multipartBody(call, actionBody(call), 1)),
  eager('action()', (call) => found(call, call.scope.currentAction(), 'there is no current action at this place')),
  eager('result(scopeName)', (call) =>
    found(call, call.scope.result(textArgument(call, 0)), `the scope '${textArgument(call, 0)}' has not ended`),
  ),
  eager('parameters(parameterName)', (call) =>
    found(call, call.scope.parameter(textArgument(call, 0)), `there is no parameter '${textArgument(call, 0)}'`),
  ),
  eager('variables(variableName)', (call) =>
    found(call, call.scope.variable(textArgument(call, 0)), `there is no variable '${textArgument(call, 0)}'`),
  ),
  eager('item()', (call) => found(call, call.scope.item(), 'there is no loop at this place')),
  eager('items(loopName)', (call) =>
    found(call, call.scope.items(textArgument(call, 0)), `there is no loop '${textArgument(call, 0)}' at this place`),
  ),
  eager('iterationIndexes(loopName)', (call) => {
    const name = textArgument(call, 0);
    return BigInt(found(call, call.scope.iterationIndex(name), `there is no loop '${name}' at this place`));
  }),
  eager('workflow()', (call) => found(call, call.scope.workflow(), 'there is no workflow at this place')),
];

function found<T>(call: FunctionCall, value: T | undefined, complaint: string): T {
  if (value === undefined) throw callError(call, complaint);
  return value;
}

function triggerOf(call: FunctionCall): ObjectValue {
  return found(call, call.scope.trigger(), 'there is no trigger at this place');
}

function actionOf(call: FunctionCall): ObjectValue {
  const name = textArgument(call, 0);
  return found(call, call.scope.action(name), `the action '${name}' has not ended`);
}

function outputsOf(call: FunctionCall): Value {
  const name = textArgument(call, 0);
  return found(call, call.scope.outputs(name), `the action '${name}' has not ended`);
}

function actionBody(call: FunctionCall): Value {
  return memberAt(outputsOf(call), ['body']) ?? null;
}

function bodyOf(record: ObjectValue): Value {
  return memberAt(record, ['outputs', 'body']) ?? null;
}

function formValues(body: Value, key: string): Value {
  const fields = memberAt(body, ['$formdata']);
  if (!isArrayValue(fields)) return [];
  return fields.flatMap((field) =>
    isObjectValue(field) && field.get('key') === key ? [field.get('value') ?? null] : [],
  );
}

function formValue(call: FunctionCall, body: Value, key: string): Value {
  const values = formValues(body, key);
  if (!isArrayValue(values) || values.length === 0) return null;
  if (values.length > 1) throw callError(call, `the form has ${values.length} fields '${key}', expected one`);
  return values[0] ?? null;
}

function multipartBody(call: FunctionCall, body: Value, argument: number): Value {
  const parts = memberAt(body, ['$multipart']);
  const index = countArgument(call, argument);
  const part = isArrayValue(parts) ? parts[index] : undefined;
  if (part === undefined) throw callError(call, `the body has no part ${index}`);
  return memberAt(part, ['body']) ?? null;
}
