/** Template strings, and whole JSON values that hold them, to trees (reference 7.2). */

import { isRialtoError } from '../../base/errors.ts';
import { checkLimit } from '../../base/limits.ts';
import { expressionLengthMax, valueDepthMax } from './limits.ts';
import { parseExpression, syntaxError } from './parse-expression.ts';
import type { Expression, StringTemplate, Template } from './syntax.ts';
import { isArrayValue, isObjectValue, type Value } from './value.ts';

export interface ParseTemplateOptions {
  /**
   * Receives each error with the path of the string that has it; the string is then taken as plain text. Without it the
   * first error is thrown.
   */
  readonly onError?: (error: Error, path: readonly (string | number)[]) => void;
}

/**
 * The template of a JSON value: every string and every member name in it, at all depths.
 * Raises EXPRESSION_SYNTAX and LIMIT_EXCEEDED, unless `onError` takes them.
 */
export function parseTemplate(value: Value, options: ParseTemplateOptions = {}): Template {
  return parseAt(value, [], options);
}

/** The template of one string. Raises EXPRESSION_SYNTAX with the position, and LIMIT_EXCEEDED. */
export function parseTemplateString(source: string): StringTemplate {
  if (!source.includes('@') || source === '@') return { kind: 'literal', value: source };
  if (source.startsWith('@@')) return { kind: 'literal', value: source.slice(1) };
  if (source.startsWith('@') && source[1] !== '{') {
    const { expression, end } = parseExpression(source, 1);
    if (end < source.length) throw syntaxError(source, end, 'the end of the expression');
    checkLimit('expressionLengthMax', expressionLengthMax, source.length, 'The length of an expression');
    return { kind: 'expression', expression, source };
  }
  return parseInterpolation(source);
}

function parseInterpolation(source: string): StringTemplate {
  const parts: (string | Expression)[] = [];
  let text = '';
  let position = 0;
  let hasExpression = false;
  while (position < source.length) {
    if (source.startsWith('@@{', position)) {
      text += '@{';
      position += 3;
    } else if (source.startsWith('@{', position)) {
      const { expression, end } = parseExpression(source, position + 2);
      if (source[end] !== '}') throw syntaxError(source, end, "'}'");
      if (text !== '') parts.push(text);
      parts.push(expression);
      text = '';
      hasExpression = true;
      position = end + 1;
    } else {
      const next = source.indexOf('@', position + 1);
      const until = next < 0 ? source.length : next;
      text += source.slice(position, until);
      position = until;
    }
  }
  if (!hasExpression) return { kind: 'literal', value: text };
  if (text !== '') parts.push(text);
  return { kind: 'interpolation', parts, source };
}

function parseAt(value: Value, path: readonly (string | number)[], options: ParseTemplateOptions): Template {
  if (typeof value === 'string') return parseStringAt(value, path, options);
  if (isArrayValue(value)) {
    checkLimit('valueDepthMax', valueDepthMax, path.length + 1, 'The nesting of a template');
    const items = value.map((item, index) => parseAt(item, [...path, index], options));
    return items.every(isUnchangedLiteral(value)) ? { kind: 'literal', value } : { kind: 'array', items };
  }
  if (isObjectValue(value)) {
    checkLimit('valueDepthMax', valueDepthMax, path.length + 1, 'The nesting of a template');
    const members = [...value].map(([name, member]) => ({
      name: parseStringAt(name, [...path, name], options),
      value: parseAt(member, [...path, name], options),
    }));
    const originals = [...value];
    const isLiteral = members.every(
      (member, index) =>
        isUnchangedLiteral([originals[index]?.[0] ?? ''])(member.name, 0) &&
        isUnchangedLiteral([originals[index]?.[1] ?? null])(member.value, 0),
    );
    return isLiteral ? { kind: 'literal', value } : { kind: 'object', members };
  }
  return { kind: 'literal', value };
}

function isUnchangedLiteral(originals: readonly Value[]): (template: Template, index: number) => boolean {
  return (template, index) => template.kind === 'literal' && template.value === originals[index];
}

function parseStringAt(
  source: string,
  path: readonly (string | number)[],
  options: ParseTemplateOptions,
): StringTemplate {
  try {
    return parseTemplateString(source);
  } catch (error) {
    if (options.onError === undefined || !isRialtoError(error)) throw error;
    options.onError(error, path);
    return { kind: 'literal', value: source };
  }
}
