/** Function calls → functions of a row. */

import type { JsonValue } from '../../../base/json.ts';
import { commonType, unknownType } from '../check/expression-type.ts';
import { qualifiedName } from '../check/operations.ts';
import { partOf, type TypedExpression } from '../check/typed-expression.ts';
import type { FunctionCall } from '../tree/filter-expression.ts';
import { collectionFunctions, concatenated, sliced } from './collection-functions.ts';
import { type CompileContext, type Frame, fold, type Getter, notEvaluated } from './compile-context.ts';
import { domainOf, itemEquality, numbers } from './domain.ts';
import { geoDistance, geoIntersects, geoLength } from './geo.ts';
import { type Numeric, rounded } from './numeric.ts';
import { patternTest } from './pattern/match-pattern.ts';
import {
  dateOf,
  earliestInstant,
  fractionalSeconds,
  latestInstant,
  offsetMinutes,
  temporalPart,
  timeOfDay,
  totalSeconds,
} from './temporal-part.ts';
import { textFunctions } from './text-functions.ts';

/** A canonical function, of null always null (OData 4.01 URL 5.1.1.4), or a function of the service. */
export function compileCall(tree: FunctionCall, typed: TypedExpression, context: CompileContext): Getter {
  const { name, position } = tree;
  if (tree.source !== undefined) return compileServiceCall(tree, typed, context);
  switch (name) {
    case 'now': {
      const { now } = context.options;
      if (now === undefined) throw notEvaluated(name, position);
      return () => now();
    }
    case 'mindatetime':
      return () => earliestInstant;
    case 'maxdatetime':
      return () => latestInstant;
    case 'contains':
    case 'startswith':
    case 'endswith':
    case 'indexof':
      return compileMatch(name, typed, context);
    case 'hassubset':
    case 'hassubsequence':
      return compileCollectionMatch(name, typed, context);
    case 'matchesPattern':
      return compilePattern(typed, context);
    default:
      return compileSimple(tree, typed, context);
  }
}

/** What takes values and gives a value, without regard to how they compare. */
type Apply = (first: unknown, second: unknown, third: unknown, frame: Frame) => unknown;

const simpleFunctions: ReadonlyMap<string, Apply> = new Map<string, Apply>([
  ['concat', (first, second, _third, frame) => concatenated(first, second, frame)],
  ['substring', sliced],
  ['length', (value) => (typeof value === 'string' || Array.isArray(value) ? value.length : null)],
  ['tolower', ofText((text) => text.toLowerCase())],
  ['toupper', ofText((text) => text.toUpperCase())],
  ['trim', ofText((text) => text.trim())],
  ...(['year', 'month', 'day', 'hour', 'minute', 'second'] as const).map(
    (part) => [part, ofText((text) => temporalPart(part, text))] as const,
  ),
  ['fractionalseconds', ofText(fractionalSeconds)],
  ['totalseconds', ofText(totalSeconds)],
  ['totaloffsetminutes', ofText((text) => offsetMinutes(text) ?? null)],
  ['date', ofText(dateOf)],
  ['time', ofText(timeOfDay)],
  ...(['round', 'floor', 'ceiling'] as const).map((name) => [name, ofNumber((value) => rounded(name, value))] as const),
  ['geo.distance', geoDistance],
  ['geo.intersects', geoIntersects],
  ['geo.length', geoLength],
]);

function compileSimple(tree: FunctionCall, typed: TypedExpression, context: CompileContext): Getter {
  const apply = simpleFunctions.get(tree.name);
  if (apply === undefined) return compileServiceCall(tree, typed, context);
  const [first, second, third] = typed.parts.map(context.value);
  if (first === undefined) throw notEvaluated(tree.name, tree.position);
  return (row, frame) => {
    const a = first(row, frame);
    const b = second?.(row, frame);
    const c = third?.(row, frame);
    return a === null || b === null || c === null ? null : apply(a, b, c, frame);
  };
}

/** Two texts or two collections (OData 4.01 URL 5.1.1.5). */
function compileMatch(name: keyof typeof textFunctions, typed: TypedExpression, context: CompileContext): Getter {
  const apply = textFunctions[name];
  const [left, right] = [partOf(typed, 0), partOf(typed, 1)];
  if (left.type.kind === 'collection' || right.type.kind === 'collection') {
    return compileCollectionMatch(name, typed, context);
  }
  const a = context.value(left);
  if (right.expression.kind === 'literal' && right.expression.type === 'Edm.String') {
    const part = fold(right.expression.text, context);
    return (row, frame) => {
      const text = a(row, frame);
      return typeof text === 'string' ? apply(fold(text, context), part) : null;
    };
  }
  const b = context.value(right);
  const ofCollections = compileCollectionMatch(name, typed, context);
  return (row, frame) => {
    const text = a(row, frame);
    const part = b(row, frame);
    if (Array.isArray(text)) return ofCollections(row, frame);
    return typeof text === 'string' && typeof part === 'string'
      ? apply(fold(text, context), fold(part, context))
      : null;
  };
}

function compileCollectionMatch(
  name: keyof typeof collectionFunctions,
  typed: TypedExpression,
  context: CompileContext,
): Getter {
  const [left, right] = [partOf(typed, 0), partOf(typed, 1)];
  const [a, b] = [context.value(left), context.value(right)];
  const common = commonType(left.type, right.type, context.model);
  const item = common.kind === 'collection' ? common.item : unknownType;
  const areEqual = itemEquality(domainOf(item, context));
  const apply = collectionFunctions[name];
  return (row, frame) => {
    const all = a(row, frame);
    const part = b(row, frame);
    return Array.isArray(all) && Array.isArray(part)
      ? apply(all, part, (one, other) => areEqual(one, other, 0), frame)
      : null;
  };
}

/** `matchesPattern` (OData 4.01 URL 5.1.1.7.1); a pattern that is a literal is read once. */
function compilePattern(typed: TypedExpression, context: CompileContext): Getter {
  const [text, pattern, flags] = typed.parts.map(context.value);
  const [, given, givenFlags] = typed.parts;
  const isConstant = given?.expression.kind === 'literal' && (givenFlags?.expression.kind ?? 'literal') === 'literal';
  const make = (source: unknown, flag: unknown) =>
    typeof source === 'string' && typeof flag === 'string' ? patternTest(source, flag) : undefined;
  const frame = { it: undefined, these: undefined, slots: [], visited: 0 };
  const constant = isConstant ? make(pattern?.({}, frame), flags?.({}, frame) ?? '') : undefined;
  return (row, at) => {
    const value = text?.(row, at);
    const test = isConstant ? constant : make(pattern?.(row, at), flags === undefined ? '' : flags(row, at));
    return typeof value === 'string' && test !== undefined ? test(value) : null;
  };
}

/** What the caller gives for a function of the service; without it the call is refused by name. */
function compileServiceCall(tree: FunctionCall, typed: TypedExpression, context: CompileContext): Getter {
  const { functions = {} } = context.options;
  const name = typed.operation?.qualifiedName ?? qualifiedName(tree.name, context.model);
  const evaluate = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (evaluate === undefined) throw notEvaluated(tree.name, tree.position);
  const names = tree.arguments.map((argument, index) => argument.name ?? String(index));
  const values = typed.parts.map(context.value);
  const source = tree.source === undefined ? undefined : values[names.length];
  return (row, frame) => {
    const given = names.map(
      (argument, index) => [argument, (values[index]?.(row, frame) ?? null) as JsonValue] as const,
    );
    const bound = source?.(row, frame) as JsonValue | undefined;
    return bound === undefined ? evaluate(Object.fromEntries(given)) : evaluate(Object.fromEntries(given), bound);
  };
}

function ofText(change: (text: string) => unknown): Apply {
  return (value) => (typeof value === 'string' ? change(value) : null);
}

function ofNumber(change: (value: Numeric) => unknown): Apply {
  return (value) => {
    const number = numbers.read(value);
    return number === null ? null : change(number as Numeric);
  };
}
