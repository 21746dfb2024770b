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
