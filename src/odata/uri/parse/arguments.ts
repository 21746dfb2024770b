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
  const found: FunctionArgument[] = [];
  do {
    cursor.skipBlanks();
    cursor.countClause();
    const position = cursor.at(cursor.position);
    const name = takeArgumentName(cursor) ?? cursor.fail('name=value');
    const value = cursor.nested(cursor.rules.expression);
    found.push({ kind: 'functionArgument', name, value, position });
    cursor.skipBlanks();
  } while (cursor.take(','));
  cursor.expect(')', 'an operator, "," or ")"');
  return found;
}

/** `parameterName EQ`; undefined, and unmoved, when no name with an equals sign stands here. */
export function takeArgumentName(cursor: Cursor): string | undefined {
  const start = cursor.position;
  const name = cursor.identifier();
  if (name !== undefined) {
    cursor.skipBlanks();
    if (cursor.take('=')) {
      cursor.skipBlanks();
      return name;
    }
  }
  cursor.position = start;
  return undefined;
}

/** `simpleKey` or `compoundKey`; the cursor stands at the parenthesis. */
export function parseKeyParts(cursor: Cursor): KeyPredicate {
  const position = cursor.at(cursor.position);
  cursor.expect('(');
  const parts: KeyPart[] = [];
  do {
    cursor.skipBlanks();
    cursor.countClause();
    parts.push(parseKeyPart(cursor, parts));
    cursor.skipBlanks();
  } while (cursor.take(','));
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
  const isKey = value.type !== 'null' && value.type !== 'Edm.Binary' && !value.type.startsWith('Edm.Geo');
  return isKey ? value : cursor.fail('a value that may be a key', undefined, start);
}

/** `@name` alone; undefined for `@Namespace.Term` and `@Term#Qualifier`, which are annotations, and all else. */
export function takeBareAlias(cursor: Cursor): ParameterAlias | undefined {
  const start = cursor.position;
  const alias = takeAlias(cursor);
  if (alias !== undefined && !cursor.sees('.') && !cursor.sees('#')) return alias;
  cursor.position = start;
  return undefined;
}

/** `parameterAlias`; undefined when none stands here. */
export function takeAlias(cursor: Cursor): ParameterAlias | undefined {
  const position = cursor.at(cursor.position);
  if (!cursor.take('@')) return undefined;
  const name = cursor.identifier() ?? cursor.fail('the name of a parameter alias');
  return { kind: 'parameterAlias', name, position };
}
