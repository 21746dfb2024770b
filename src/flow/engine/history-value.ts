/** Values as a history keeps them. */

import { LimitError } from '../../base/errors.ts';
import { Decimal, isArrayValue, type Value, valueDepthMax, valueTextMax } from '../expression/index.ts';

/**
 * The value that comes back from a history, where it is JSON text: a decimal has become a float, NaN and Infinity their
 * names. Recorded values are turned at once, so that a run goes on alike with a history in memory and one that was read.
 * Raises LIMIT_EXCEEDED for a value whose text would pass `valueTextMax`, or that is nested too deeply: expressions can
 * share parts of a value many times over, so that its text is far longer than its memory; the count stops there.
 */
export function historyValue(value: Value): Value {
  return convert(value, 0, { left: valueTextMax });
}

function convert(value: Value, depth: number, budget: { left: number }): Value {
  budget.left -= 1 + (typeof value === 'string' ? value.length : 0);
  if (budget.left < 0) {
    const message = `The text of a value passes the limit valueTextMax of ${valueTextMax} characters.`;
    throw new LimitError('valueTextMax', valueTextMax, message);
  }
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Decimal) return Number(value.toString());
  if (depth >= valueDepthMax) {
    throw new LimitError('valueDepthMax', valueDepthMax, `A value is nested more than ${valueDepthMax} levels deep.`);
  }
  if (isArrayValue(value)) {
    let converted: Value[] | undefined;
    value.forEach((item, index) => {
      const kept = convert(item, depth + 1, budget);
      // Almost always nothing changes, and nothing is copied.
      if (kept !== item) {
        converted ??= [...value];
        converted[index] = kept;
      }
    });
    return converted ?? value;
  }
  let members: Map<string, Value> | undefined;
  for (const [name, member] of value) {
    budget.left -= name.length;
    const kept = convert(member, depth + 1, budget);
    if (kept !== member) {
      members ??= new Map(value);
      members.set(name, kept);
    }
  }
  return members ?? value;
}
