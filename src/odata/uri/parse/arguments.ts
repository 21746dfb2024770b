/** What stands in the parentheses behind a name: a key predicate or the arguments of a function. */

import type { Literal } from '../../literal/literal.ts';
import type { FunctionArgument } from '../tree/filter-expression.ts';
import type { KeyPart, KeyPredicate } from '../tree/key-predicate.ts';
import type { ParameterAlias } from '../tree/parameter-alias.ts';
import type { Cursor } from './cursor.ts';

/** `functionExprParameters` without the opening parenthesis: `Name=a,Other=b)`. */
export function parseNamedArguments(cursor: Cursor): readonly FunctionArgument[] {
  cursor.skipBlanks();
  if (cursor.take(')')) return [];
  const found = cursor.list(parseNamedArgument);
  cursor.skipBlanks();
  cursor.expect(')', 'an operator, "," or ")"');
  return found;
}

/** `functionExprParameter`. */
function parseNamedArgument(cursor: Cursor): FunctionArgument {
  const position = cursor.at(cursor.position);
  const name = takeArgumentName(cursor) ?? cursor.fail('name=value');
  return { kind: 'functionArgument', name, value: cursor.nested(cursor.rules.expression), position };
}

/** `parameterName EQ`; undefined, and unmoved, when no name with an equals sign stands here. */
export function takeArgumentName(cursor: Cursor): string | undefined {
  const start = cursor.position;
  const name = cursor.identifier();
  if (name !== undefined && cursor.take('=')) return name;
  cursor.position = start;
  return undefined;
}

/**
 * True when `name=value` pairs that may be a key are all that stands in the parentheses: literals or aliases. The cursor
 * stands behind the opening one, and stays there.
 */
export function seesNamedKey(cursor: Cursor): boolean {
  const start = cursor.position;
  let isKey: boolean;
  do {
    cursor.skipBlanks();
    const value = takeArgumentName(cursor) === undefined ? undefined : (takeBareAlias(cursor) ?? cursor.literal());
    isKey = value !== undefined && (value.kind === 'parameterAlias' || isKeyType(value.type));
    cursor.skipBlanks();
  } while (isKey && cursor.take(','));
  isKey &&= cursor.sees(')');
  cursor.position = start;
  return isKey;
}

/** `simpleKey` or `compoundKey`; the cursor stands at the parenthesis. */
export function parseKeyParts(cursor: Cursor): KeyPredicate {
  const position = cursor.at(cursor.position);
  cursor.expect('(');
  const parts: KeyPart[] = [];
  cursor.list((inner) => parts.push(parseKeyPart(inner, parts)));
  cursor.expect(')', '"," or ")"');
  return { kind: 'keyPredicate', parts, position };
}

/** `keyValuePair`; only a single value has no name. */
function parseKeyPart(cursor: Cursor, before: readonly KeyPart[]): KeyPart {
  const start = cursor.position;
  const name = takeArgumentName(cursor);
  if (before.length > 0 && (name === undefined || before.some((part) => part.name === undefined))) {
    cursor.fail('name=value', 'In a key of several values each has its name.', start);
  }
  if (before.some((part) => part.name === name)) cursor.fail(`${name} once`, undefined, start);
  return { name, value: parseKeyValue(cursor), position: cursor.at(start) };
}

/** `keyPropertyValue` or `parameterAlias`: null, binary and geo values are no keys. */
function parseKeyValue(cursor: Cursor): Literal | ParameterAlias {
  const start = cursor.position;
  const alias = takeAlias(cursor);
  if (alias !== undefined) return alias;
  const value = cursor.literal() ?? cursor.fail('a literal', "A text stands in single quotes: 'x'.");
  return isKeyType(value.type) ? value : cursor.fail('a value that may be a key', undefined, start);
}

function isKeyType(type: Literal['type']): boolean {
  return type !== 'null' && type !== 'Edm.Binary' && !type.startsWith('Edm.Geo');
}

/** `@name` alone; undefined for `@Namespace.Term` and `@Term#Qualifier`, which are annotations, and all else. */
export function takeBareAlias(cursor: Cursor): ParameterAlias | undefined {
  const start = cursor.position;
  const alias = takeAlias(cursor);
  if (alias !== undefined && !cursor.sees('.') && !cursor.sees('#')) return alias;
  cursor.position = start;
  return undefined;
}

/** `annotationInQuery`: `@Namespace.Term#Qualifier`, as it is written; undefined when no `@` stands here. */
export function takeAnnotation(cursor: Cursor): string | undefined {
  const start = cursor.position;
  if (!cursor.take('@')) return undefined;
  cursor.requireVersion401('An annotation in a path', start);
  if (cursor.qualifiedName() === undefined) cursor.fail('the name of a term');
  if (cursor.take('#') && cursor.identifier() === undefined) cursor.fail('a qualifier');
  return cursor.source.slice(start, cursor.position);
}

/** `parameterAlias`; undefined when none stands here. */
export function takeAlias(cursor: Cursor): ParameterAlias | undefined {
  const position = cursor.at(cursor.position);
  if (!cursor.take('@')) return undefined;
  const name = cursor.identifier() ?? cursor.fail('the name of a parameter alias');
  return { kind: 'parameterAlias', name, position };
}
