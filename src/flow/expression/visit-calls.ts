/** Finds every function call in a template, for checks before a run. */

import type { CallExpression, Expression, Template } from './syntax.ts';

export type CallVisitor = (call: CallExpression, path: readonly (string | number)[]) => void;

/** Calls `visit` for each call in the template, with the path of the string that holds it. */
export function visitCalls(template: Template, visit: CallVisitor, path: readonly (string | number)[] = []): void {
  switch (template.kind) {
    case 'literal':
      return;
    case 'expression':
      visitExpression(template.expression, visit, path);
      return;
    case 'interpolation':
      for (const part of template.parts) if (typeof part !== 'string') visitExpression(part, visit, path);
      return;
    case 'array':
      template.items.forEach((item, index) => {
        visitCalls(item, visit, [...path, index]);
      });
      return;
    case 'object':
      for (const { name, value } of template.members) {
        const at = [...path, name.kind === 'literal' ? String(name.value) : name.source];
        visitCalls(name, visit, at);
        visitCalls(value, visit, at);
      }
  }
}

function visitExpression(expression: Expression, visit: CallVisitor, path: readonly (string | number)[]): void {
  if (expression.kind === 'call') {
    visit(expression, path);
    for (const argument of expression.arguments) visitExpression(argument, visit, path);
  } else if (expression.kind === 'member') {
    visitExpression(expression.object, visit, path);
    visitExpression(expression.index, visit, path);
  }
}
