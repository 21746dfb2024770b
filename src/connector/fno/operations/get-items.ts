/** Fin & Ops Apps: *Lists items present in table*. */

import { objectSchema } from '../../column-schema.ts';
import { defineOperation } from '../../define-operation.ts';
import { listOptionsOf, readAllRecords } from '../../list-records.ts';
import { jsonAnswer } from '../../operation-answer.ts';
import { datasetParameter, queryParameters, rowsOutput, tableParameter } from '../../parameter-schemas.ts';
import { tableAddresses, tableOf } from '../../table-call.ts';
import { shownRow } from '../record.ts';

/** Reads all records, over all pages; `$top` limits their number. */
export const getItems = defineOperation({
  id: 'GetItems',
  summary: 'Lists items present in table',
  effect: 'read',
  addresses: tableAddresses('get', 'items'),
  refused: {
    $apply: '$apply is not supported.',
    $expand: '$expand is not offered by this connector.',
    $count: '$count is not offered by this connector.',
  },
  parameters: async () => parameters,
  output: rowsOutput,
  async run(connection, given, context) {
    const table = await tableOf(connection, given, context.signal);
    const records = connection.client.entitySet(table.name).list({
      ...listOptionsOf(given, table),
      ...(given['cross-company'] === true ? { crossCompany: true } : {}),
      ...(context.signal === undefined ? {} : { signal: context.signal }),
    });
    const rows = await readAllRecords(records, `Table '${table.name}'`);
    return jsonAnswer(200, { value: rows.map(shownRow) });
  },
});

const { $filter, $orderby, $select, $top, $skip } = queryParameters;

const parameters = objectSchema(
  {
    dataset: datasetParameter,
    table: tableParameter,
    $filter,
    $orderby,
    $select,
    $top,
    $skip,
    'cross-company': { type: 'boolean', 'x-ms-summary': 'Cross Company' },
  },
  { required: ['table'] },
);
