/** Fin & Ops Apps: *Execute action*. */

import { isJsonObject, type JsonObject } from '../../../base/json.ts';
import { columnSchema, objectSchema } from '../../column-schema.ts';
import type { JsonSchema } from '../../contract.ts';
import { checkDataset } from '../../dataset.ts';
import { defineOperation } from '../../define-operation.ts';
import { inputError } from '../../input-error.ts';
import type { OpenConnection } from '../../open-connection.ts';
import { jsonAnswer } from '../../operation-answer.ts';
import { datasetParameter, textParameter } from '../../parameter-schemas.ts';
import { refuseUnsafeRepeat } from '../../unsafe-repeat.ts';
import { findProcedure, type Procedure } from '../procedure.ts';

/**
 * Calls an OData action of an entity set, of one record, or of none; at most once, since nothing says what an action
 * does: a possible repeat is refused.
 */
export const executeProcedure = defineOperation({
  id: 'ExecuteProcedure',
  summary: 'Execute action',
  effect: 'write',
  addresses: [{ method: 'post', path: '/datasets/{dataset}/procedures/{procedure}' }],
  async parameters(connection, given, signal) {
    if (given.procedure === undefined) return parametersSchema(undefined);
    return (await describe(connection, given, signal)).schema;
  },
  output: async () => objectSchema({ value: {} }),
  async run(connection, given, context) {
    if (typeof given.dataset === 'string') checkDataset(connection, given.dataset);
    const { procedure } = await describe(connection, given, context.signal);
    refuseUnsafeRepeat(
      context,
      `Action '${given.procedure}'`,
      'Look in the environment whether the action took effect; if it did not, run the flow again.',
    );
    const value = await connection.client.execute({
      action: procedure.action.qualifiedName,
      ...(procedure.entitySet === undefined ? {} : { entitySet: procedure.entitySet }),
      ...(procedure.key === undefined ? {} : { key: procedure.key, crossCompany: procedure.isCompanyScoped }),
      parameters: isJsonObject(given.body) ? given.body : {},
      ...(context.signal === undefined ? {} : { signal: context.signal }),
    });
    return jsonAnswer(200, value === undefined ? {} : { value: value });
  },
});

async function describe(
  connection: OpenConnection,
  given: JsonObject,
  signal: AbortSignal | undefined,
): Promise<{ readonly procedure: Procedure; readonly schema: JsonSchema }> {
  const name = textParameter(given, 'procedure');
  if (name === '') throw inputError('/procedure', `'procedure' is missing.`);
  const model = await connection.client.model(signal);
  const procedure = findProcedure(name, model, connection.name);
  const { action } = procedure;
  const schema = connection.memo.get(model, `ExecuteProcedure ${action.qualifiedName} ${action.isBound}`, () => {
    const parameters = action.isBound ? action.parameters.slice(1) : action.parameters;
    return parametersSchema(
      objectSchema(Object.fromEntries(parameters.map((item) => [item.name, columnSchema(item, model)]))),
    );
  });
  return { procedure, schema };
}

function parametersSchema(body: JsonSchema | undefined): JsonSchema {
  return objectSchema(
    {
      dataset: datasetParameter,
      procedure: { type: 'string', minLength: 1, 'x-ms-summary': 'Action' },
      body: body ?? { type: 'object' },
    },
    { required: ['procedure'] },
  );
}
