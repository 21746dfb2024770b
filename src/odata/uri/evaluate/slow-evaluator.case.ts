/**
 * A slow, obvious evaluator of expressions for property tests: it looks everything up anew, and computes numbers as
 * fractions and times in milliseconds. It knows the nodes and functions that `arbitrary-filters.case.ts` makes.
 */

import type { Row } from '../../row.ts';
import type { FilterExpression, FunctionCall } from '../tree/filter-expression.ts';

interface Fraction {
  readonly top: bigint;
  readonly bottom: bigint;
}

/** A point in time or a length of time, in milliseconds. */
interface Time {
  readonly kind: 'instant' | 'duration';
  readonly ms: number;
}

export type Slow = Fraction | Time | string | boolean | null | readonly Slow[] | { readonly row: Row };

/** What the names of a filter stand for. */
export interface SlowScope {
  readonly current: Slow;
  readonly it: Slow;
  readonly variables: Readonly<Record<string, Slow>>;
}

/** Whether a filter holds for a row. */
export function slowHolds(tree: FilterExpression, row: Row): boolean {
  return slowValue(tree, { current: { row }, it: { row }, variables: {} }) === true;
}

/** The value of an expression. */
export function slowValue(tree: FilterExpression, scope: SlowScope): Slow {
  const of = (part: FilterExpression) => slowValue(part, scope);
  switch (tree.kind) {
    case 'literal':
      return literal(tree.type, tree.text);
    case 'propertyPath':
      return path(tree.path, scope);
    case 'not':
      return negateTruth(of(tree.operand));
    case 'negate': {
      const value = of(tree.operand);
      if (isFraction(value)) return { ...value, top: -value.top };
      return isTime(value) ? { ...value, ms: -value.ms } : null;
    }
    case 'logical': {
      const both = [of(tree.left), of(tree.right)];
      const decisive = tree.operator === 'or';
      if (both.includes(decisive)) return decisive;
      return both.includes(null) ? null : !decisive;
    }
    case 'comparison':
      return compare(tree.operator, of(tree.left), of(tree.right));
    case 'arithmetic':
      return arithmetic(tree.operator, of(tree.left), of(tree.right));
    case 'inList':
      return tree.items.some((item) => areSame(of(tree.operand), of(item)));
    case 'inCollection':
      return items(of(tree.collection)).some((item) => areSame(of(tree.operand), item));
    case 'array':
      return tree.items.map(of);
    case 'lambda': {
      const holds = items(of(tree.collection)).map((item) => {
        if (tree.predicate === undefined) return true;
        const variables = { ...scope.variables, [tree.variable ?? '']: item };
        return slowValue(tree.predicate, { ...scope, variables }) === true;
      });
      return tree.operator === 'any' ? holds.includes(true) : !holds.includes(false);
    }
    case 'filteredCollection':
      return items(of(tree.source)).filter((item) => slowValue(tree.predicate, { ...scope, current: item }) === true);
    case 'countOf': {
      const { filter } = tree;
      const all = of(tree.source);
      const counts = (item: Slow) => filter === undefined || slowValue(filter, { ...scope, current: item }) === true;
      return Array.isArray(all) ? whole(all.filter(counts).length) : null;
    }
    case 'case': {
      const found = tree.branches.find(({ condition }) => of(condition) === true);
      return found === undefined ? null : of(found.value);
    }
    case 'functionCall':
      return call(
        tree,
        tree.arguments.map(({ value }) => of(value)),
      );
    default:
      throw new Error(`The slow evaluator does not know ${tree.kind}.`);
  }
}

function literal(type: string, text: string): Slow {
  if (type === 'null') return null;
  if (type === 'Edm.Boolean') return text === 'true';
  if (type === 'Edm.String') return text;
  return type === 'Edm.DateTimeOffset' || type === 'Edm.Duration' ? time(text) : fraction(text);
}

function path(names: readonly string[], scope: SlowScope): Slow {
  const [first = '', ...behind] = names;
  const variable = scope.variables[first];
  if (variable !== undefined) return follow(variable, behind);
  return first === '$it' ? follow(scope.it, behind) : follow(scope.current, names);
}

function follow(value: Slow, names: readonly string[]): Slow {
  const [name, ...behind] = names;
  if (name === undefined) return value;
  if (name === '$count') return Array.isArray(value) ? whole(value.length) : null;
  if (value === null || typeof value !== 'object' || !('row' in value)) return null;
  return follow(fromJson(value.row[name]), behind);
}

function fromJson(value: unknown): Slow {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number' || typeof value === 'bigint') return fraction(String(value));
  if (Array.isArray(value)) return value.map(fromJson);
  if (typeof value === 'object') return { row: value as Row };
  const text = String(value);
  if (/^\d{4}-\d\d-\d\dT|^-?P[\dT]/.test(text)) return time(text);
  return text;
}

function fraction(text: string): Fraction {
  const [digits = '', behind = ''] = text.split('.');
  return { top: BigInt(digits + behind), bottom: 10n ** BigInt(behind.length) };
}

function whole(value: number): Fraction {
  return { top: BigInt(value), bottom: 1n };
}

function time(text: string): Time {
  const parts = /^(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/.exec(text);
  if (parts === null) return { kind: 'instant', ms: Date.parse(text) };
  const [, sign, ...lengths] = parts;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = lengths.map((part) => Number(part ?? 0));
  const ms = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
  return { kind: 'duration', ms: sign === '-' ? -ms : ms };
}

function negateTruth(value: Slow): Slow {
  return value === null ? null : value !== true;
}

function compare(operator: string, left: Slow, right: Slow): boolean {
  if (operator === 'eq') return areSame(left, right);
  if (operator === 'ne') return !areSame(left, right);
  if (left === null || right === null) return left === right && (operator === 'ge' || operator === 'le');
  const order = orderOf(left, right);
  if (operator === 'gt') return order > 0;
  if (operator === 'ge') return order >= 0;
  return operator === 'lt' ? order < 0 : order <= 0;
}

function areSame(left: Slow, right: Slow): boolean {
  if (left === null || right === null) return left === right;
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => areSame(item, right[index] ?? null));
  }
  return orderOf(left, right) === 0;
}

function orderOf(left: Slow, right: Slow): number {
  if (isFraction(left) && isFraction(right)) return Number(left.top * right.bottom - right.top * left.bottom);
  if (isTime(left) && isTime(right)) return left.ms - right.ms;
  if (typeof left === 'boolean') return Number(left) - Number(right);
  return String(left) < String(right) ? -1 : left === right ? 0 : 1;
}

function arithmetic(operator: string, left: Slow, right: Slow): Slow {
  if (isTime(left) && isTime(right)) {
    const ms = operator === 'add' ? left.ms + right.ms : left.ms - right.ms;
    return { kind: left.kind === 'instant' && right.kind === 'duration' ? 'instant' : 'duration', ms };
  }
  if (isTime(left) && isFraction(right)) return { ...left, ms: (left.ms * Number(right.top)) / Number(right.bottom) };
  if (!isFraction(left) || !isFraction(right)) return null;
  const bottom = left.bottom * right.bottom;
  if (operator === 'mul') return { top: left.top * right.top, bottom };
  if (operator === 'add') return { top: left.top * right.bottom + right.top * left.bottom, bottom };
  if (operator === 'sub') return { top: left.top * right.bottom - right.top * left.bottom, bottom };
  if (operator === 'divby') return { top: left.top * right.bottom, bottom: left.bottom * right.top };
  throw new Error(`The slow evaluator does not know ${operator}.`);
}

function call({ name }: FunctionCall, values: readonly Slow[]): Slow {
  if (values.includes(null)) return null;
  const [first = null, second = null, third] = values;
  if (name === 'hassubset') {
    const left = [...items(first)];
    return items(second).every((item) => {
      const index = left.findIndex((candidate) => areSame(candidate, item));
      if (index >= 0) left.splice(index, 1);
      return index >= 0;
    });
  }
  if (name === 'length') return whole(Array.isArray(first) ? first.length : String(first).length);
  if (name === 'year' && isTime(first)) return whole(new Date(first.ms).getUTCFullYear());
  if (name === 'totalseconds' && isTime(first)) return { top: BigInt(first.ms), bottom: 1000n };
  const text = String(first);
  if (name === 'tolower') return text.toLowerCase();
  if (name === 'trim') return text.replace(/^\s+|\s+$/g, '');
  if (name === 'concat') return text + String(second);
  if (name === 'startswith') return text.indexOf(String(second)) === 0;
  if (name === 'contains') return text.split(String(second)).length > 1 || second === '';
  if (name === 'substring' && isFraction(second)) {
    const from = Number(second.top / second.bottom);
    return [...text]
      .slice(from, isFraction(third ?? null) ? from + Number((third as Fraction).top) : undefined)
      .join('');
  }
  if (name === 'indexof') {
    for (let at = 0; at <= text.length; at += 1) if (text.slice(at).indexOf(String(second)) === 0) return whole(at);
    return whole(-1);
  }
  throw new Error(`The slow evaluator does not know ${name}.`);
}

function items(value: Slow): readonly Slow[] {
  return Array.isArray(value) ? value : [];
}

function isFraction(value: Slow): value is Fraction {
  return typeof value === 'object' && value !== null && 'top' in value;
}

function isTime(value: Slow): value is Time {
  return typeof value === 'object' && value !== null && 'ms' in value;
}
