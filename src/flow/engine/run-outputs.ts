/** The outputs of a run (reference 1.4). */

import { isRialtoError } from '../../base/errors.ts';
import { evaluateTemplate, objectValue, type Value } from '../expression/index.ts';
import { type Decision, decisionScope, type Evaluated, invalidTemplate } from './decision.ts';
import { historyValue } from './history-value.ts';
import { trackedMoment } from './moment.ts';

/** `{ "<name>": { "type", "value" } }`; undefined when the definition has none. */
export function runOutputs(decision: Decision): Evaluated<Value | undefined> {
  const { definition, history, now } = decision;
  if (definition.outputs.size === 0) return { kind: 'value', value: undefined, isVolatile: false };
  const moment = trackedMoment(`${history.run.id}\n(outputs)`, now);
  const scope = decisionScope(decision, moment);
  const outputs = new Map<string, Value>();
  for (const { name, type, value } of definition.outputs.values()) {
    try {
      outputs.set(name, objectValue({ type, value: historyValue(evaluateTemplate(value, scope), decision.known) }));
    } catch (error) {
      if (!isRialtoError(error)) throw error;
      const message = `The output '${name}' cannot be evaluated: ${error.message}`;
      return { kind: 'failed', error: invalidTemplate(message), isVolatile: moment.wasUsed() };
    }
  }
  return { kind: 'value', value: outputs, isVolatile: moment.wasUsed() };
}
