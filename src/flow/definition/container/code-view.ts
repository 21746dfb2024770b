/** Definitions of any container in the one form that is deployed and stored: the definition, and values beside it. */

import { isObjectValue, type ObjectValue, printValue, type Value } from '../../expression/index.ts';
import { type FoundDefinition, writeDefinition, writeParameters } from './found-definition.ts';

/** JSON texts of a definition and its parameter values, which need nothing else of the container. */
export interface CodeView {
  readonly definition: string;
  readonly parameters: string;
}

/**
 * The definition and its values as the code view has them, each spelt as it was given. Where the container holds a part of
 * the meaning it is written into the definition: resolved expressions of an ARM template, and the declarations of
 * parameters in a Standard project.
 */
export function writeCodeView(found: FoundDefinition): CodeView {
  if (found.container === 'arm-template') {
    return { definition: printValue(found.definition), parameters: printValue(found.parameters) };
  }
  if (found.platform === 'LogicAppsStandard' && found.parameters.size > 0) return withDeclarations(found);
  return { definition: writeDefinition(found), parameters: writeParameters(found) };
}

/** The parameters that all workflows of a project share, as far as this one names them. */
function withDeclarations({ definition, parameters }: FoundDefinition): CodeView {
  const text = printValue(definition).toLowerCase();
  const written = definition.get('parameters');
  const declared: ObjectValue = isObjectValue(written) ? written : new Map();
  const declarations = new Map<string, Value>(declared);
  const values = new Map<string, Value>();
  for (const [name, entry] of parameters) {
    const isDeclared = declared.has(name);
    if (!isDeclared && !text.includes(`'${name.toLowerCase().replaceAll("'", "''")}'`)) continue;
    if (!isObjectValue(entry)) continue;
    if (!isDeclared) declarations.set(name, new Map([...entry].filter(([member]) => member !== 'value')));
    values.set(name, new Map([...entry].filter(([member]) => member === 'value')));
  }
  return {
    definition: printValue(new Map([...definition, ['parameters', declarations]])),
    parameters: printValue(values),
  };
}
