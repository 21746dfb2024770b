/** Variables of a definition: where they are declared, and who uses them (reference 3.9). */

import { describeValue, isArrayValue, isObjectValue, type Value } from '../expression/index.ts';
import { variablesMax } from './limits.ts';
import type { Outline, OutlineNode } from './outline.ts';
import type { Problems } from './problems.ts';

export type VariableType = 'Boolean' | 'Integer' | 'Float' | 'String' | 'Object' | 'Array';

export interface VariableDeclaration {
  readonly name: string;
  readonly type: VariableType;
  /** The action that initializes it. */
  readonly node: OutlineNode;
}

/** By the lower case of their names. */
export type Variables = ReadonlyMap<string, VariableDeclaration>;

const variableTypes: readonly VariableType[] = ['Boolean', 'Integer', 'Float', 'String', 'Object', 'Array'];

/** The variables that the actions declare; reports declarations that are wrong, double or not at the top. */
export function readVariables(outline: Outline, problems: Problems): Variables {
  const variables = new Map<string, VariableDeclaration>();
  for (const node of outline.byName.values()) {
    if (node.type !== 'InitializeVariable') continue;
    if (node.parent !== undefined) {
      const at = `inside '${node.parent}'`;
      problems.invalid(node.pointer, `'${node.name}' is ${at}; variables are initialized at the top of a definition.`);
    }
    readDeclarations(node, variables, problems);
  }
  if (variables.size > variablesMax) {
    problems.invalid('', `There are ${variables.size} variables; at most ${variablesMax} are allowed.`);
  }
  return variables;
}

function readDeclarations(node: OutlineNode, variables: Map<string, VariableDeclaration>, problems: Problems): void {
  const inputs = node.source.get('inputs');
  const list = isObjectValue(inputs) ? inputs.get('variables') : undefined;
  const pointer = `${node.pointer}/inputs/variables`;
  if (!isArrayValue(list) || list.length === 0) {
    problems.invalid(pointer, `'${node.name}' initializes nothing; expected an array of { name, type, value }.`);
    return;
  }
  for (const [index, entry] of list.entries()) {
    const name = isObjectValue(entry) ? entry.get('name') : undefined;
    if (!isObjectValue(entry) || typeof name !== 'string' || name === '') {
      problems.invalid(`${pointer}/${index}`, 'A variable is an object with name, type and value.');
      continue;
    }
    const written = entry.get('type');
    const type = variableTypes.find(
      (one) => typeof written === 'string' && one.toLowerCase() === written.toLowerCase(),
    );
    if (type === undefined) {
      problems.invalid(
        `${pointer}/${index}/type`,
        `The type of the variable '${name}' is ${typeof written === 'string' ? `'${written}'` : describeValue(written ?? null)}; expected ${variableTypes.join(', ')}.`,
      );
      continue;
    }
    checkValue(name, type, entry.get('value'), `${pointer}/${index}/value`, problems);
    if (variables.has(name.toLowerCase())) {
      problems.invalid(
        `${pointer}/${index}/name`,
        `The variable '${name}' is initialized twice; names ignore letter case.`,
      );
    } else variables.set(name.toLowerCase(), { name, type, node });
  }
}

/** Reports a value that is written out and does not fit; expressions are left to the run. */
function checkValue(
  name: string,
  type: VariableType,
  value: Value | undefined,
  pointer: string,
  problems: Problems,
): void {
  if (value === undefined || value === null || (typeof value === 'string' && value.includes('@'))) return;
  if (fits(type, value)) return;
  problems.differs(
    pointer,
    `The variable '${name}' of type ${type} is initialized with ${describeValue(value)}; the action fails when it runs.`,
  );
}

function fits(type: VariableType, value: Value): boolean {
  switch (type) {
    case 'Boolean':
      return typeof value === 'boolean';
    case 'Integer':
      return typeof value === 'bigint';
    case 'Float':
      return typeof value === 'bigint' || typeof value === 'number';
    case 'String':
      return typeof value === 'string';
    case 'Object':
      return isObjectValue(value);
    case 'Array':
      return isArrayValue(value);
  }
}
