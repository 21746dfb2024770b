/** Which EDM types may stand on the two sides of a comparison, and how the OData library words it when they may not. */

import type { ComparisonOperator } from '../../odata/index.ts';

const numbers: ReadonlySet<string> = new Set([
  'Edm.Int16',
  'Edm.Int32',
  'Edm.Int64',
  'Edm.Byte',
  'Edm.SByte',
  'Edm.Decimal',
  'Edm.Double',
  'Edm.Single',
]);
const dates: ReadonlySet<string> = new Set(['Edm.Date', 'Edm.DateTimeOffset']);

const operatorKinds: Readonly<Record<ComparisonOperator, string>> = {
  eq: 'Equal',
  ne: 'NotEqual',
  gt: 'GreaterThan',
  ge: 'GreaterThanOrEqual',
  lt: 'LessThan',
  le: 'LessThanOrEqual',
  has: 'Has',
};

/** True when values of the two types can be compared (OData 4.01 URL 5.1.1.10). */
export function areComparable(left: string, right: string): boolean {
  return left === right || (isNumber(left) && isNumber(right)) || (dates.has(left) && dates.has(right));
}

/** True for the numeric EDM types. */
export function isNumber(type: string): boolean {
  return numbers.has(type);
}

/** The text of the OData library for operands that do not go together. */
export function incompatibleTypes(left: string, right: string, operator: ComparisonOperator): string {
  return `A binary operator with incompatible types was detected. Found operand types '${left}' and '${right}' for operator kind '${operatorKinds[operator]}'.`;
}
