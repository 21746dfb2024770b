/** guid() (reference 8.1). */

import type { Value } from '../value.ts';
import {
  argumentError,
  type ExpressionFunction,
  type FunctionCall,
  optionalText,
  volatileFunction,
} from './function.ts';

export const identifierFunctions: readonly ExpressionFunction[] = [volatileFunction('guid(format?)', guid)];

function guid(call: FunctionCall): Value {
  const format = optionalText(call, 0, 'D');
  const uuid = call.scope.moment.uuid();
  const digits = uuid.replaceAll('-', '');
  switch (format.toUpperCase()) {
    case '':
    case 'D':
      return uuid;
    case 'N':
      return digits;
    case 'B':
      return `{${uuid}}`;
    case 'P':
      return `(${uuid})`;
    case 'X': {
      const tail = digits.slice(16).match(/../g) ?? [];
      return `{0x${digits.slice(0, 8)},0x${digits.slice(8, 12)},0x${digits.slice(12, 16)},{${tail.map((byte) => `0x${byte}`).join()}}}`;
    }
    default:
      throw argumentError(call, 0, format, 'one of N, D, B, P, X');
  }
}
