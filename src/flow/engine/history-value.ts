/** Values as a history keeps them. */

import { checkLimit } from '../../base/limits.ts';
import { Decimal, isArrayValue, type Value, valueDepthMax, valueTextMax } from '../expression/index.ts';

/** What is known of arrays and objects that were looked through before. */
export type KnownValues = Map<object, Kept>;

interface Kept {
  readonly value: Value;
  /** About the length of its JSON text. */
  readonly size: number;
  /** Levels of arrays and objects. */
  readonly depth: number;
}

/**
 * The value that comes back from a history, where it is JSON text: a decimal has become a float, NaN and Infinity their
 * names. Recorded values are turned at once, so that a run goes on alike with a history in memory and one that was read.
 * Expressions can share a part many times over, so that the text is far longer than the memory: each part is looked
 * through once for all uses of the same `known`.
 * Raises LIMIT_EXCEEDED for a value whose text would pass `valueTextMax`, or that is nested too deeply.
 */
export function historyValue(value: Value, known: KnownValues): Value {
  return keep(value, known, 0).value;
}

function keep(value: Value, known: KnownValues, level: number): Kept {
  if (typeof value === 'string') return { value, size: value.length + 2, depth: 0 };
  if (typeof value === 'number' && !Number.isFinite(value)) return { value: String(value), size: 8, depth: 0 };
  if (typeof value !== 'object' || value === null) return { value, size: 4, depth: 0 };
  if (value instanceof Decimal) return { value: Number(value.toString()), size: 4, depth: 0 };
  checkLimit('valueDepthMax', valueDepthMax, level + 1, 'The nesting of a value');
  const before = known.get(value);
  const kept = before ?? (isArrayValue(value) ? keepArray(value, known, level) : keepObject(value, known, level));
  if (before === undefined) known.set(value, kept);
  checkLimit('valueDepthMax', valueDepthMax, level + kept.depth, 'The nesting of a value');
  checkLimit('valueTextMax', valueTextMax, kept.size, 'The length of the text of a value');
  return kept;
}

function keepArray(array: readonly Value[], known: KnownValues, level: number): Kept {
  let size = 2;
  let depth = 1;
  let converted: Value[] | undefined;
  array.forEach((item, index) => {
    const kept = keep(item, known, level + 1);
    size += kept.size + 1;
    depth = Math.max(depth, kept.depth + 1);
    // Almost always nothing changes, and nothing is copied.
    if (kept.value !== item) {
      converted ??= [...array];
      converted[index] = kept.value;
    }
  });
  return { value: converted ?? array, size, depth };
}

function keepObject(object: ReadonlyMap<string, Value>, known: KnownValues, level: number): Kept {
  let size = 2;
  let depth = 1;
  let converted: Map<string, Value> | undefined;
  for (const [name, member] of object) {
    const kept = keep(member, known, level + 1);
    size += name.length + kept.size + 4;
    depth = Math.max(depth, kept.depth + 1);
    if (kept.value !== member) {
      converted ??= new Map(object);
      converted.set(name, kept.value);
    }
  }
  return { value: converted ?? object, size, depth };
}
