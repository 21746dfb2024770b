/** A slow, obvious evaluator of filters for property tests. It knows texts, numbers, booleans, dates with time, null. */

import type { Row } from '../../row.ts';
import type { FilterExpression } from '../tree/filter-expression.ts';

type Slow = string | number | boolean | null;

/** The value of an expression, looked up and computed anew each time. */
export function slowValue(tree: FilterExpression, row: Row): Slow {
  switch (tree.kind) {
    case 'literal':
      if (tree.type === 'null') return null;
      if (tree.type === 'Edm.Boolean') return tree.text === 'true';
      return tree.type === 'Edm.Int32' || tree.type === 'Edm.Decimal' ? Number(tree.text) : tree.text;
    case 'propertyPath':
      return (row[tree.path[0] ?? ''] ?? null) as Slow;
    case 'not':
      return negate(slowValue(tree.operand, row));
    case 'logical': {
      const both = [slowValue(tree.left, row), slowValue(tree.right, row)];
      const decisive = tree.operator === 'or';
      if (both.includes(decisive)) return decisive;
      return both.includes(null) ? null : !decisive;
    }
    case 'comparison':
      return slowCompare(tree.operator, slowValue(tree.left, row), slowValue(tree.right, row));
    case 'inList':
      return tree.items.some((item) => slowCompare('eq', slowValue(tree.operand, row), slowValue(item, row)) === true);
    case 'functionCall':
      return slowCall(
        tree.name,
        tree.arguments.map(({ value }) => slowValue(value, row)),
      );
    default:
      throw new Error(`The slow evaluator does not know ${tree.kind}.`);
  }
}

function negate(value: Slow): Slow {
  return value === null ? null : !value;
}

function slowCompare(operator: string, left: Slow, right: Slow): boolean {
  if (operator === 'eq') return comparable(left) === comparable(right);
  if (operator === 'ne') return comparable(left) !== comparable(right);
  if (left === null || right === null) return false;
  const a = comparable(left) as string | number;
  const b = comparable(right) as string | number;
  if (operator === 'gt') return a > b;
  if (operator === 'ge') return a >= b;
  return operator === 'lt' ? a < b : a <= b;
}

/** Dates with time by their milliseconds. */
function comparable(value: Slow): Slow {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : value;
}

function slowCall(name: string, values: readonly Slow[]): Slow {
  if (values.includes(null)) return null;
  const [first, second] = values.map(String);
  if (first === undefined) throw new Error(`${name} has no argument.`);
  if (name === 'length') return first.length;
  if (name === 'tolower') return first.toLowerCase();
  if (name === 'year') return Number(first.slice(0, 4));
  if (name === 'startswith') return first.indexOf(String(second)) === 0;
  if (name === 'contains') return first.split(String(second)).length > 1 || second === '';
  throw new Error(`The slow evaluator does not know ${name}.`);
}
