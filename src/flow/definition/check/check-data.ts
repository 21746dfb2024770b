/** Data operations, dates, waiting and code (reference 3.7, 3.8, 3.12 to 3.14). */

import { isArrayValue, isObjectValue, memberAt } from '../../expression/index.ts';
import { findNode } from '../outline.ts';
import { type ActionCheck, checkInteger, failsWhenRun, isEvaluated, needsMember, needsWord } from './check-context.ts';

/** ParseJson: content and schema (reference 3.7). */
export function checkParseJson(check: ActionCheck): void {
  needsMember(check, ['content'], 'what is to be parsed');
  needsMember(check, ['schema'], 'a JSON schema, {} for any');
}

/** Query, Select and Join: an array and what is done with it (reference 3.7). */
export function checkArrayOperation(check: ActionCheck): void {
  needsMember(check, ['from'], 'an array');
  if (check.node.type === 'Query') needsMember(check, ['where'], 'a condition on item()');
  if (check.node.type === 'Select') needsMember(check, ['select'], 'what becomes of item()');
  if (check.node.type === 'Join' && memberAt(check.inputs, ['joinWith']) === undefined) {
    failsWhenRun(check, `${check.pointer}/joinWith`, 'Join needs joinWith, the text between the items.');
  }
}

/** Table: CSV or HTML, with or without columns (reference 3.7). */
export function checkTable(check: ActionCheck): void {
  needsMember(check, ['from'], 'an array');
  needsMember(check, ['format'], 'CSV or HTML');
  needsWord(check, ['format'], ['CSV', 'HTML']);
  const columns = check.inputs.get('columns');
  if (columns === undefined || columns === null || isEvaluated(columns)) return;
  if (!isArrayValue(columns)) {
    check.context.problems.invalid(`${check.pointer}/columns`, 'The columns are an array of { header, value }.');
    return;
  }
  for (const [index, column] of columns.entries()) {
    if (isObjectValue(column) && column.has('value')) continue;
    check.context.problems.invalid(`${check.pointer}/columns/${index}`, 'A column is { header, value }.');
  }
}

const timeUnits: readonly string[] = ['Second', 'Minute', 'Hour', 'Day', 'Week', 'Month', 'Year'];

/** The members that each kind of Expression action takes (reference 3.8). */
const expressionKinds: Readonly<Record<string, readonly string[]>> = {
  CurrentTime: [],
  AddToTime: ['baseTime', 'interval', 'timeUnit'],
  SubtractFromTime: ['baseTime', 'interval', 'timeUnit'],
  GetFutureTime: ['interval', 'timeUnit'],
  GetPastTime: ['interval', 'timeUnit'],
  ConvertTimeZone: ['baseTime', 'sourceTimeZone', 'destinationTimeZone'],
};

/** Expression: a date action of one of six kinds (reference 3.8). */
export function checkExpressionAction(check: ActionCheck): void {
  const kind = check.node.source.get('kind');
  const known = Object.keys(expressionKinds).find(
    (name) => typeof kind === 'string' && name.toLowerCase() === kind.toLowerCase(),
  );
  if (known === undefined) {
    const message = `The kind of '${check.node.name}' is none of ${Object.keys(expressionKinds).join(', ')}.`;
    check.context.problems.invalid(`${check.node.pointer}/kind`, message);
    return;
  }
  for (const name of expressionKinds[known] ?? []) needsMember(check, [name], `as ${known} takes it`);
  needsWord(check, ['timeUnit'], timeUnits);
}

/** Wait: for a time, or until one (reference 3.12). */
export function checkWait(check: ActionCheck): void {
  const { inputs, pointer, context } = check;
  if (memberAt(inputs, ['until']) !== undefined) {
    needsMember(check, ['until', 'timestamp'], 'the time to wait for');
    return;
  }
  if (memberAt(inputs, ['interval']) === undefined) {
    failsWhenRun(check, pointer, 'Wait needs interval or until.');
    return;
  }
  needsMember(check, ['interval', 'count'], 'how long');
  needsMember(check, ['interval', 'unit'], 'such as Minute');
  needsWord(check, ['interval', 'unit'], timeUnits);
  checkInteger(
    memberAt(inputs, ['interval', 'count']),
    { min: 0, max: 999_999_999, what: 'The count of the wait', pointer: `${pointer}/interval/count` },
    context,
  );
}

/** JavaScriptCode and CSharpScriptCode (reference 3.13). */
export function checkCode(check: ActionCheck): void {
  const name = check.node.type === 'CSharpScriptCode' && check.inputs.has('CodeFile') ? 'CodeFile' : 'code';
  needsMember(check, [name], 'the code to run');
  const actions = memberAt(check.inputs, ['explicitDependencies', 'actions']);
  if (!isArrayValue(actions)) return;
  const { outline, problems } = check.context;
  for (const [index, action] of actions.entries()) {
    if (typeof action !== 'string' || isEvaluated(action) || findNode(outline, action) !== undefined) continue;
    const hint = problems.hint(action, outline.byName.keys());
    const pointer = `${check.pointer}/explicitDependencies/actions/${index}`;
    problems.invalid(pointer, `The code depends on '${action.slice(0, 80)}', which is no action.${hint}`);
  }
}

/** Liquid and Xslt: what is transformed, and by which map (reference 3.14). */
export function checkTransformation(check: ActionCheck): void {
  needsMember(check, ['content'], 'what is transformed');
}
