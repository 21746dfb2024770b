/** Dynamics 365, Dataverse (legacy): *List records*. */

import { objectSchema } from '../../column-schema.ts';
import { defineOperation } from '../../define-operation.ts';
import { listOptionsOf, readAllRecords } from '../../list-records.ts';
import { jsonAnswer } from '../../operation-answer.ts';
import { datasetParameter, queryParameters, rowsOutput, tableParameter } from '../../parameter-schemas.ts';
import { tableAddresses, tableOf } from '../../table-call.ts';
import { editionPrefixes } from '../editions.ts';
import { rowAnnotations, tableRow } from '../table-row.ts';

/** Reads all records, over all pages; `$top` limits their number. */
export const listRecords = defineOperation({
  id: 'GetItems_V2',
  summary: 'List records',
  effect: 'read',
  addresses: tableAddresses('get', 'items', editionPrefixes),
  refused: {
    $skip: 'Dataverse has no $skip; it pages by next link only. Use $filter with $orderby.',
    $apply: '$apply is not supported.',
  },
  parameters: async () => parameters,
  output: rowsOutput,
  async run(connection, given, context) {
    const table = await tableOf(connection, given, context.signal);
    const records = connection.client.entitySet(table.name).list({
      ...listOptionsOf(given, table),
      annotations: rowAnnotations,
      ...(context.signal === undefined ? {} : { signal: context.signal }),
    });
    const rows = await readAllRecords(records, `Table '${table.name}'`);
    return jsonAnswer(200, { value: rows.map((row) => tableRow(connection, table, row)) });
  },
});

const { $filter, $orderby, $select, $expand, $top } = queryParameters;

const parameters = objectSchema(
  { dataset: datasetParameter, table: tableParameter, $filter, $orderby, $select, $expand, $top },
  { required: ['table'] },
);
