/** Expressions of ARM templates, `[concat('a', parameters('b'))]`: the small part that workflow exports use (reference 1.5). */

import { isObjectValue, memberOf, type ObjectValue, type Value } from '../../expression/index.ts';

/** What the expressions of a template can refer to. */
export interface ArmScope {
  readonly parameters: ReadonlyMap<string, Value>;
  readonly variables: ObjectValue;
  /** Characters that expressions of the template may still make: a short template must not become a huge one. */
  readonly budget: { charactersLeft: number };
}

/** Longest expression, in characters, and deepest nesting of its calls. */
const expressionLengthMax = 24_576;
const depthMax = 32;

/** Raised inside this file and by scopes for what only Azure knows, or what is not plain. */
export class ArmUnresolved extends Error {}

/** True for a string that ARM would evaluate. */
export function isArmExpression(text: string): boolean {
  return text.startsWith('[') && !text.startsWith('[[') && text.endsWith(']');
}

/**
 * The value of a string of a template: that of its expression, or the text, `[[` standing for `[`. Undefined for an
 * expression that needs what only a deployment knows, or a function that is not among the plain ones.
 */
export function armValue(text: string, scope: ArmScope): Value | undefined {
  if (text.startsWith('[[')) return text.slice(1);
  if (!isArmExpression(text)) return text;
  if (text.length > expressionLengthMax) return undefined;
  const reader: Reader = { text: text.slice(1, -1), position: 0, scope };
  try {
    const value = readExpression(reader, 0);
    skipBlanks(reader);
    return reader.position === reader.text.length ? value : undefined;
  } catch (error) {
    if (error instanceof ArmUnresolved) return undefined;
    throw error;
  }
}

interface Reader {
  readonly text: string;
  readonly scope: ArmScope;
  position: number;
}

/** A call with the members read from it, a string, or a number. */
function readExpression(reader: Reader, depth: number): Value {
  if (depth > depthMax) throw new ArmUnresolved();
  skipBlanks(reader);
  let value = readOperand(reader, depth);
  for (;;) {
    const member = match(reader, /\.([A-Za-z_$][\w$]*)/y) ?? match(reader, /\[\s*'((?:[^']|'')*)'\s*\]/y);
    if (member === undefined) return value;
    const next = isObjectValue(value) ? memberOf(value, member.replaceAll("''", "'")) : undefined;
    if (next === undefined) throw new ArmUnresolved();
    value = next;
  }
}

function readOperand(reader: Reader, depth: number): Value {
  const text = match(reader, /'((?:[^']|'')*)'/y);
  if (text !== undefined) return text.replaceAll("''", "'");
  const number = match(reader, /(-?\d{1,15})/y);
  if (number !== undefined) return BigInt(number);
  const name = match(reader, /([A-Za-z][\w.]*)\s*\(/y);
  if (name === undefined) throw new ArmUnresolved();
  const args: Value[] = [];
  skipBlanks(reader);
  while (match(reader, /(\))/y) === undefined) {
    if (args.length > 0 && match(reader, /(,)/y) === undefined) throw new ArmUnresolved();
    args.push(readExpression(reader, depth + 1));
    skipBlanks(reader);
  }
  return call(name.toLowerCase(), args, reader.scope);
}

function call(name: string, args: readonly Value[], scope: ArmScope): Value {
  const [first] = args;
  switch (name) {
    case 'parameters':
      return known(typeof first === 'string' ? memberOf(scope.parameters, first) : undefined);
    case 'variables':
      return resolvedVariable(known(typeof first === 'string' ? memberOf(scope.variables, first) : undefined), scope);
    case 'concat':
      return spent(args.map(armText), scope);
    case 'tolower':
      return armText(first).toLowerCase();
    case 'toupper':
      return armText(first).toUpperCase();
    case 'string':
      return armText(first);
    case 'format':
      return formatted(armText(first), args, scope);
    case 'resourceid':
      return resourceId(args.map(armText));
    // Where it will live is not known; the names in braces say what stands there.
    case 'subscription':
      return new Map([
        ['id', '/subscriptions/{subscription}'],
        ['subscriptionId', '{subscription}'],
      ]);
    case 'resourcegroup':
      return new Map([
        ['id', '/subscriptions/{subscription}/resourceGroups/{resourceGroup}'],
        ['name', '{resourceGroup}'],
        ['location', '{location}'],
      ]);
    default:
      throw new ArmUnresolved();
  }
}

/** `resourceId([subscription, [group,]] type, names…)`, where the number of names is that of slashes in the type. */
function resourceId(args: readonly string[]): string {
  const at = args.findIndex((text) => /^[A-Za-z.]+\//.test(text));
  const types = (args[at] ?? '').split('/');
  const names = args.slice(at + 1);
  if (at < 0 || at > 2 || names.length !== types.length - 1) throw new ArmUnresolved();
  const group = at > 0 ? args[at - 1] : '{resourceGroup}';
  const subscription = at > 1 ? args[0] : '{subscription}';
  const tail = names.map((name, index) => `/${types[index + 1]}/${name}`).join('');
  return `/subscriptions/${subscription}/resourceGroups/${group}/providers/${types[0]}${tail}`;
}

function resolvedVariable(value: Value, scope: ArmScope): Value {
  // One that is an expression itself may use parameters alone: variables that lead to each other must end.
  if (typeof value !== 'string') return value;
  return known(armValue(value, { ...scope, variables: new Map() }));
}

function formatted(pattern: string, args: readonly Value[], scope: ArmScope): string {
  return spent(
    pattern.split(/(\{\d\})/).map((piece) => (/^\{\d\}$/.test(piece) ? armText(args[Number(piece[1]) + 1]) : piece)),
    scope,
  );
}

function spent(pieces: readonly string[], { budget }: ArmScope): string {
  for (const piece of pieces) budget.charactersLeft -= piece.length;
  if (budget.charactersLeft < 0) throw new ArmUnresolved();
  return pieces.join('');
}

function armText(value: Value | undefined): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  throw new ArmUnresolved();
}

function known(value: Value | undefined): Value {
  if (value === undefined) throw new ArmUnresolved();
  return value;
}

function skipBlanks(reader: Reader): void {
  match(reader, /(\s*)/y);
}

/** The first group of a pattern at the position, which moves behind it. */
function match(reader: Reader, pattern: RegExp): string | undefined {
  pattern.lastIndex = reader.position;
  const found = pattern.exec(reader.text);
  if (found === null) return undefined;
  reader.position = pattern.lastIndex;
  return found[1] ?? '';
}
