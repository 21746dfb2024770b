/** `rialto query`: records of an entity set. */

import { Command } from 'commander';
import { apiPath } from '../../server/api/paging.ts';
import type { QueryAnswer } from '../../server/wire.ts';
import { ApiError } from '../api-error.ts';
import type { CliContext } from '../cli-context.ts';
import { chooseConnection } from '../connection-choice.ts';
import { collect, nameList, numberOption } from '../option-values.ts';
import { counted, printRecords } from '../record-table.ts';
import { onRun } from '../run-command.ts';

interface QueryCommandOptions {
  readonly connection?: string;
  readonly filter?: string;
  readonly select?: readonly string[];
  readonly orderby?: string;
  readonly expand?: string;
  readonly top?: number;
  readonly skip?: number;
  readonly pageSize?: number;
  readonly count?: boolean;
  readonly company?: readonly string[];
  readonly allCompanies?: boolean;
}

/** Reads records under OData's own query options. */
export function queryCommand(context: CliContext): Command {
  const wholeNumber = numberOption({ min: 0, isWhole: true });
  const command = new Command('query')
    .description('read records of an entity set')
    .argument('<set>', 'entity set, such as CustomersV3')
    .option('--connection <name>', 'connection; may be left out when only one has the entity set')
    .option('--filter <expression>', 'OData $filter')
    .option('--select <names>', 'properties, separated by commas', nameList)
    .option('--orderby <items>', 'OData $orderby')
    .option('--expand <items>', 'OData $expand')
    .option('--top <number>', 'at most this many records', wholeNumber)
    .option('--skip <number>', 'leave out this many first', wholeNumber)
    .option(
      '--page-size <number>',
      'records per page, where the service honours it',
      numberOption({ min: 1, isWhole: true }),
    )
    .option('--count', 'also say how many records match in all')
    .option('--company <name>', 'records of this company; may be repeated', collect)
    .option('--all-companies', 'records of all companies');
  const example = `rialto query CustomersV3 --filter "CreditLimit gt 1000" --select dataAreaId,CustomerAccount --company usmf --company dat`;
  return onRun<QueryCommandOptions>(command, context, example, async ({ api, output, options, args }) => {
    const [entitySet = ''] = args;
    const connection = await chooseConnection(api, { connection: options.connection, entitySet });
    const answer = await api<QueryAnswer>({
      method: 'POST',
      path: apiPath('connections', connection, 'entities', entitySet, 'query'),
      body: queryBody(options),
    });
    output.result(answer, () => printRecords(output, answer.value));
    const rows = counted(answer.value.length, 'record', 'records');
    const total = answer.count === undefined ? '' : ` of ${answer.count} that match`;
    output.note(`${rows}${total}, in ${counted(answer.pages, 'page', 'pages')}.`);
    if (answer.error === undefined) return 0;
    // The rows so far are printed; under --json the document holds the error as well.
    const error = new ApiError(answer.error);
    return output.failure(error);
  });
}

function queryBody(options: QueryCommandOptions) {
  const { filter, select, orderby, expand, top, skip, pageSize, count, company, allCompanies } = options;
  return {
    ...(filter === undefined ? {} : { filter }),
    ...(select === undefined ? {} : { select }),
    ...(orderby === undefined ? {} : { orderby }),
    ...(expand === undefined ? {} : { expand }),
    ...(top === undefined ? {} : { top }),
    ...(skip === undefined ? {} : { skip }),
    ...(pageSize === undefined ? {} : { pageSize }),
    ...(count === undefined ? {} : { count }),
    ...(company === undefined ? {} : { companies: company }),
    ...(allCompanies === undefined ? {} : { crossCompany: allCompanies }),
  };
}
