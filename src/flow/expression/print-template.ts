/** Trees back to template strings: `parse(print(tree))` is the same tree. */

import type { Expression, Template } from './syntax.ts';
import type { Value } from './value.ts';

/** The JSON value, as it stands in a definition, that a template was read from. */
export function printTemplate(template: Template): Value {
  switch (template.kind) {
    case 'literal':
      return escapeLiteral(template.value);
    case 'expression':
      return `@${printExpression(template.expression)}`;
    case 'interpolation':
      return template.parts
        .map((part) => (typeof part === 'string' ? part.replaceAll('@{', '@@{') : `@{${printExpression(part)}}`))
        .join('');
    case 'array':
      return template.items.map(printTemplate);
    case 'object':
      return new Map(
        template.members.map((member) => [String(printTemplate(member.name)), printTemplate(member.value)]),
      );
  }
}

/** The text of an expression, without `@`. */
export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'literal':
      return printLiteral(expression.value);
    case 'call':
      return `${expression.name}(${expression.arguments.map(printExpression).join(', ')})`;
    case 'member':
      return `${printExpression(expression.object)}${expression.isOptional ? '?' : ''}[${printExpression(expression.index)}]`;
  }
}

function printLiteral(value: null | boolean | string | bigint | number): string {
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`;
  // A point or an exponent is what makes a float one.
  if (typeof value === 'number') return printFloat(value);
  return String(value);
}

function printFloat(value: number): string {
  // A literal beyond the range of doubles is infinite; the grammar has no word for that.
  if (!Number.isFinite(value)) return value < 0 ? '-1e999' : '1e999';
  const text = Object.is(value, -0) ? '-0' : String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

function escapeLiteral(value: Value): Value {
  if (typeof value !== 'string' || value === '@') return value;
  return value.startsWith('@') ? `@${value}` : value.replaceAll('@{', '@@{');
}
