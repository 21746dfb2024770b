/** Reads a part of a definition as a template and checks what it calls. */

import { parseTemplate, type Template, type Value } from '../expression/index.ts';
import { type CheckContext, checkTemplate, type TemplatePlace } from './check-expressions.ts';

/** The template of a value at a pointer; whatever is wrong with it is reported. */
export function readTemplate(value: Value, pointer: string, place: TemplatePlace, context: CheckContext): Template {
  const template = parseTemplate(value, {
    onError: (error, path) => context.problems.syntax(pointer, path, error),
  });
  checkTemplate(template, pointer, place, context);
  return template;
}

/** As `readTemplate`, of a string that must be one expression: as text, `true` or `@{…}`, it could never work. */
export function readExpressionTemplate(
  value: string,
  pointer: string,
  place: TemplatePlace,
  context: CheckContext,
): Template {
  const before = context.problems.list.length;
  const template = readTemplate(value, pointer, place, context);
  if (template.kind !== 'expression' && context.problems.list.length === before) {
    const found = template.kind === 'literal' ? 'This is text' : '@{…} always gives text';
    context.problems.invalid(pointer, `${found}; expected one expression, which begins with '@' and no brace.`);
  }
  return template;
}
