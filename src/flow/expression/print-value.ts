/** Values to JSON text without loss (reference 7.6, 7.7). */

import { LimitError } from '../../base/errors.ts';
import { Decimal } from './decimal.ts';
import { floatJson } from './float-text.ts';
import { valueDepthMax, valueTextMax } from './limits.ts';
import { isArrayValue, type Value } from './value.ts';

/**
 * Compact JSON: no blanks, members in order, `5.0` for a float, non-ASCII kept. `parseValue` reads back the same value,
 * except that a decimal becomes a float.
 * Raises LIMIT_EXCEEDED for a value nested too deeply or too long.
 */
export function printValue(value: Value, lengthMax: number = valueTextMax): string {
  const printer = { text: '', lengthMax };
  print(printer, value, 0);
  return printer.text;
}

interface Printer {
  text: string;
  readonly lengthMax: number;
}

function print(printer: Printer, value: Value, depth: number): void {
  switch (typeof value) {
    case 'string':
      append(printer, JSON.stringify(value));
      return;
    case 'boolean':
      append(printer, value ? 'true' : 'false');
      return;
    case 'bigint':
      append(printer, value.toString());
      return;
    case 'number':
      append(printer, floatJson(value));
      return;
    default:
  }
  if (value === null) append(printer, 'null');
  else if (value instanceof Decimal) append(printer, decimalJson(value));
  else if (depth >= valueDepthMax) {
    throw new LimitError('valueDepthMax', valueDepthMax, `A value is nested more than ${valueDepthMax} levels deep.`);
  } else if (isArrayValue(value)) {
    append(printer, '[');
    value.forEach((item, index) => {
      if (index > 0) append(printer, ',');
      print(printer, item, depth + 1);
    });
    append(printer, ']');
  } else {
    let separator = '{';
    for (const [name, member] of value) {
      append(printer, `${separator}${JSON.stringify(name)}:`);
      print(printer, member, depth + 1);
      separator = ',';
    }
    append(printer, value.size === 0 ? '{}' : '}');
  }
}

function append(printer: Printer, piece: string): void {
  printer.text += piece;
  if (printer.text.length > printer.lengthMax) {
    throw new LimitError(
      'valueTextMax',
      printer.lengthMax,
      `The text of a value is longer than the limit valueTextMax of ${printer.lengthMax} characters.`,
    );
  }
}

function decimalJson(value: Decimal): string {
  const text = value.toString();
  return value.scale === 0 ? `${text}.0` : text;
}
