/** Fin & Ops Apps: *Get list of entities*. */

import { objectSchema } from '../../column-schema.ts';
import { checkDataset } from '../../dataset.ts';
import { defineOperation } from '../../define-operation.ts';
import { jsonAnswer } from '../../operation-answer.ts';
import { datasetParameter } from '../../parameter-schemas.ts';

/** Lists the entity sets of the environment. */
export const getTables = defineOperation({
  id: 'GetTables',
  summary: 'Get list of entities',
  effect: 'read',
  addresses: [{ method: 'get', path: '/datasets/{dataset}/tables' }],
  parameters: async () => parameters,
  output: async () => output,
  async run(connection, given, context) {
    if (typeof given.dataset === 'string') checkDataset(connection, given.dataset);
    const names = await connection.client.entitySets(context.signal);
    return jsonAnswer(200, {
      value: names.map((name) => ({ Name: name, DisplayName: name, DynamicProperties: {} })),
    });
  },
});

const parameters = objectSchema({ dataset: datasetParameter });

const output = objectSchema({
  value: {
    type: 'array',
    items: objectSchema({
      Name: { type: 'string' },
      DisplayName: { type: 'string' },
      DynamicProperties: { type: 'object' },
    }),
  },
});
