/** Outputs of a definition (reference 1.4). */

import { jsonPointer } from '../../base/json.ts';
import { describeValue, isObjectValue, type Value } from '../expression/index.ts';
import type { ReadContext } from './api-connection.ts';
import type { OutputDeclaration } from './definition.ts';
import { outputsMax } from './limits.ts';
import { findParameterType, parameterTypeNames } from './parameter.ts';
import { readTemplate } from './read-template.ts';

/** Reads the member `outputs`; those that are wrong are reported and left out. */
export function readOutputs(
  source: Value | undefined,
  pointer: string,
  context: ReadContext,
): ReadonlyMap<string, OutputDeclaration> {
  const outputs = new Map<string, OutputDeclaration>();
  if (source === undefined || source === null) return outputs;
  if (!isObjectValue(source)) {
    context.problems.invalid(pointer, `The outputs are ${describeValue(source)}; expected an object.`);
    return outputs;
  }
  if (source.size > outputsMax) {
    context.problems.invalid(pointer, `There are ${source.size} outputs; at most ${outputsMax} are allowed.`);
  }
  for (const [name, output] of source) {
    const at = pointer + jsonPointer([name]);
    const value = isObjectValue(output) ? output.get('value') : undefined;
    const type = isObjectValue(output) ? output.get('type') : undefined;
    if (value === undefined || typeof type !== 'string' || findParameterType(type) === undefined) {
      context.problems.invalid(at, `The output '${name}' needs a value and a type: ${parameterTypeNames.join(', ')}.`);
      continue;
    }
    outputs.set(name, { name, type, value: readTemplate(value, `${at}/value`, { kind: 'outputs' }, context) });
  }
  return outputs;
}
