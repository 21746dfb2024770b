/** formatNumber() (reference 8.1). */

import { formatNumber } from '../format-number.ts';
import type { Value } from '../value.ts';
import {
  callError,
  type ExpressionFunction,
  eager,
  type FunctionCall,
  numberArgument,
  optionalText,
  textArgument,
} from './function.ts';

export const numberFormatFunctions: readonly ExpressionFunction[] = [
  eager('formatNumber(number, format, locale?)', format),
];

function format(call: FunctionCall): Value {
  const result = formatNumber(numberArgument(call, 0), textArgument(call, 1), optionalText(call, 2, 'en-us'));
  if ('complaint' in result) throw callError(call, `expected ${result.complaint}`);
  return result.text;
}
