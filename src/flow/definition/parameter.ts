/** Parameters of a definition: declarations and values (reference 1.2). */

import { jsonPointer } from '../../base/json.ts';
import {
  Decimal,
  describeValue,
  isArrayValue,
  isObjectValue,
  type ObjectValue,
  type Value,
  valuesEqual,
} from '../expression/index.ts';
import { isArmExpression } from './container/arm-expression.ts';
import type { ParameterDeclaration, ParameterType } from './definition.ts';
import { parametersMax } from './limits.ts';
import type { PlatformRules } from './platform.ts';
import type { Problems } from './problems.ts';

export interface ReadParametersOptions {
  /** The member `parameters` of the definition. */
  readonly declared: Value | undefined;
  readonly declaredPointer: string;
  /** `{ "<name>": { "value": … } }`. */
  readonly given: ObjectValue;
  readonly givenPointer: string;
  readonly platform: PlatformRules;
  readonly problems: Problems;
}

export interface ReadParameters {
  readonly declarations: ReadonlyMap<string, ParameterDeclaration>;
  /** The value given, else the default. */
  readonly values: ReadonlyMap<string, Value>;
}

/** Reads declarations and values, and checks each value against its declaration. */
export function readParameters(options: ReadParametersOptions): ReadParameters {
  const { declared, declaredPointer, given, givenPointer, platform, problems } = options;
  const declarations = new Map<string, ParameterDeclaration>();
  const values = new Map<string, Value>();
  if (declared !== undefined && declared !== null && !isObjectValue(declared)) {
    problems.invalid(declaredPointer, `The parameters are ${describeValue(declared)}; expected an object.`);
  } else {
    for (const [name, source] of declared ?? []) {
      const declaration = readDeclaration(name, source, declaredPointer + jsonPointer([name]), problems);
      if (declaration !== undefined) declarations.set(name, declaration);
    }
  }
  // Newer exports leave it out, and their actions still name it (reference 11.3).
  if (platform.reservedParameters.includes('$authentication') && !declarations.has('$authentication')) {
    declarations.set('$authentication', { name: '$authentication', type: 'SecureObject', defaultValue: new Map() });
  }
  if (platform.hasSharedParameters) declareShared(declarations, options);
  else if (declarations.size > parametersMax) {
    problems.invalid(
      declaredPointer,
      `There are ${declarations.size} parameters; at most ${parametersMax} are allowed.`,
    );
  }
  for (const [name, entry] of given) {
    reportAppSetting(
      isObjectValue(entry) ? entry.get('value') : undefined,
      `${givenPointer}${jsonPointer([name])}/value`,
      problems,
    );
    if (isObjectValue(declared) && !declared.has(name) && !platform.hasSharedParameters) {
      problems.invalid(
        givenPointer + jsonPointer([name]),
        `The definition declares no parameter '${name}'.${problems.hint(name, declared.keys())}`,
      );
    }
  }
  for (const declaration of declarations.values()) {
    const value = readGivenValue(declaration, options);
    if (value !== undefined) values.set(declaration.name, value);
  }
  return { declarations, values };
}

/** In a Standard project the file of the values declares the parameters too, for all its workflows (reference 1.5). */
function declareShared(declarations: Map<string, ParameterDeclaration>, options: ReadParametersOptions): void {
  for (const [name, entry] of options.given) {
    if (declarations.has(name) || !isObjectValue(entry) || !entry.has('type')) continue;
    const declaration = readDeclaration(name, entry, options.givenPointer + jsonPointer([name]), options.problems);
    if (declaration !== undefined) declarations.set(name, declaration);
  }
}

/** The types of parameters and outputs. */
export const parameterTypeNames: readonly ParameterType[] = [
  'String',
  'SecureString',
  'Int',
  'Float',
  'Bool',
  'Array',
  'Object',
  'SecureObject',
];

/** The type of a name, whatever its letter case; undefined when there is none. */
export function findParameterType(name: string): ParameterType | undefined {
  const lowered = name.toLowerCase();
  return parameterTypeNames.find((type) => type.toLowerCase() === lowered);
}

function readDeclaration(
  name: string,
  source: Value,
  pointer: string,
  problems: Problems,
): ParameterDeclaration | undefined {
  const written = isObjectValue(source) ? source.get('type') : undefined;
  const type = typeof written === 'string' ? findParameterType(written) : undefined;
  if (!isObjectValue(source) || type === undefined) {
    problems.invalid(
      `${pointer}/type`,
      `The parameter '${name}' needs a type, one of ${parameterTypeNames.join(', ')}.`,
    );
    return undefined;
  }
  const defaultValue = source.get('defaultValue');
  if (defaultValue !== undefined) checkType(name, type, defaultValue, `${pointer}/defaultValue`, problems);
  if (typeof defaultValue === 'string' && isArmExpression(defaultValue) && defaultValue.includes('(')) {
    problems.doubtful(
      `${pointer}/defaultValue`,
      `The default value of '${name}' is an expression of an ARM template, and the definition stands in none: it is taken as text.`,
    );
  }
  const allowedValues = source.get('allowedValues');
  if (allowedValues !== undefined && !isArrayValue(allowedValues)) {
    problems.invalid(`${pointer}/allowedValues`, `The allowed values of '${name}' are an array.`);
  }
  return {
    name,
    type,
    ...(defaultValue === undefined ? {} : { defaultValue }),
    ...(isArrayValue(allowedValues) ? { allowedValues } : {}),
  };
}

function readGivenValue(declaration: ParameterDeclaration, options: ReadParametersOptions): Value | undefined {
  const { name, type, defaultValue, allowedValues } = declaration;
  const entry = options.given.get(name);
  const pointer = `${options.givenPointer}${jsonPointer([name])}/value`;
  const value = isObjectValue(entry) ? entry.get('value') : undefined;
  if (entry !== undefined && value === undefined) {
    options.problems.invalid(pointer, `The parameter '${name}' is given without a 'value'.`);
    return undefined;
  }
  if (value === undefined) {
    if (defaultValue === undefined && !options.platform.reservedParameters.includes(name)) {
      options.problems.missing(
        options.declaredPointer + jsonPointer([name]),
        `The parameter '${name}' has no default value and is given none.`,
        'Give the value when the flow is deployed.',
      );
    }
    return defaultValue;
  }
  checkType(name, type, value, pointer, options.problems);
  if (allowedValues !== undefined && !allowedValues.some((allowed) => valuesEqual(allowed, value))) {
    options.problems.invalid(
      pointer,
      `The value of '${name}' is not one of its ${allowedValues.length} allowed values.`,
    );
  }
  return value;
}

/** Values of a Logic Apps Standard project may call appsetting(); taken as text they would do harm unseen. */
function reportAppSetting(value: Value | undefined, pointer: string, problems: Problems): void {
  if (typeof value === 'string') {
    if (/^@\s*appsetting\s*\(|@\{\s*appsetting\s*\(/i.test(value)) {
      problems.unsupported(
        pointer,
        'appsetting() in the value of a parameter is not supported yet; write the value.',
        'Write the value, or check a folder whose local.settings.json has it.',
      );
    }
  } else if (isArrayValue(value)) {
    for (const [index, item] of value.entries()) reportAppSetting(item, `${pointer}/${index}`, problems);
  } else if (isObjectValue(value)) {
    for (const [name, member] of value) reportAppSetting(member, pointer + jsonPointer([name]), problems);
  }
}

function checkType(name: string, type: ParameterType, value: Value, pointer: string, problems: Problems): void {
  if (fits(type, value)) return;
  problems.invalid(pointer, `The parameter '${name}' of type ${type} is ${describeValue(value)}.`);
}

function fits(type: ParameterType, value: Value): boolean {
  switch (type) {
    case 'String':
    case 'SecureString':
      return typeof value === 'string';
    case 'Int':
      return typeof value === 'bigint';
    case 'Float':
      return typeof value === 'number' || typeof value === 'bigint' || value instanceof Decimal;
    case 'Bool':
      return typeof value === 'boolean';
    case 'Array':
      return isArrayValue(value);
    case 'Object':
    case 'SecureObject':
      return isObjectValue(value);
  }
}
