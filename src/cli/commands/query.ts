/** `rialto query`: records of an entity set. */

import { Command, Option } from 'commander';
import { RialtoError } from '../../base/errors.ts';
import { parseJson } from '../../base/json.ts';
import { apiPath } from '../../server/api/paging.ts';
import type { QueryAnswer } from '../../server/wire.ts';
import type { ApiCall } from '../api-client.ts';
import { ApiError } from '../api-error.ts';
import type { CliContext } from '../cli-context.ts';
import { chooseConnection } from '../connection-choice.ts';
import { collect, nameList, numberOption } from '../option-values.ts';
import { counted, printRecords, tableRowsMax } from '../record-table.ts';
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
    .addOption(new Option('--all-companies', 'records of all companies').conflicts('company'));
  const example = `rialto query CustomersV3 --filter "CreditLimit gt 1000" --select dataAreaId,CustomerAccount --company usmf --company dat`;
  return onRun<QueryCommandOptions>(command, context, example, async ({ api, stream, output, options, args }) => {
    const [entitySet = ''] = args;
    const connection = await chooseConnection(api, { connection: options.connection, entitySet });
    const call: ApiCall = {
      method: 'POST',
      path: apiPath('connections', connection, 'entities', entitySet, 'query'),
      body: queryBody(options, output.isJson),
    };
    const answer = output.isJson ? await passOn(await stream(call), context) : await api<QueryAnswer>(call);
    if (answer.value !== undefined) printRecords(output, answer.value);
    output.note(summary(answer));
    // The rows so far are printed; under --json the document holds the error as well.
    return answer.error === undefined ? 0 : output.failure(new ApiError(answer.error));
  });
}

/** What stands behind the rows of an answer. */
type QueryEnd = Omit<QueryAnswer, 'value'> & Partial<Pick<QueryAnswer, 'value'>>;

/** Room for what stands behind the rows: numbers, or an error with its message. */
const endLengthMax = 65_536;

/** Passes the document on as it arrives, and reads only its end: an answer may be larger than memory. */
async function passOn(body: AsyncIterable<Uint8Array>, context: CliContext): Promise<QueryEnd> {
  const decoder = new TextDecoder();
  let end = '';
  for await (const chunk of body) {
    const text = decoder.decode(chunk, { stream: true });
    context.stdout.write(text);
    end = (end + text).slice(-endLengthMax);
  }
  context.stdout.write('\n');
  // Inside of a row's texts the quotes would be escaped, so this can only be the document's own member.
  const start = end.lastIndexOf('],"pages":');
  if (start < 0) throw new RialtoError('HTTP_RESPONSE_INVALID', 'The answer broke off before its end.');
  return parseJson(`{${end.slice(start + 2)}`, { what: 'the end of the answer' }) as unknown as QueryEnd;
}

function summary(answer: QueryEnd): string {
  const pages = counted(answer.pages, 'page', 'pages');
  const matching = answer.count === undefined ? '' : `${counted(answer.count, 'record matches', 'records match')}; `;
  const read = answer.value === undefined ? '' : `${counted(answer.value.length, 'record', 'records')} in `;
  return `${matching}${read}${pages} read.`;
}

/** A table on the screen asks for no more rows than it shows, and one to know that there are more. */
function queryBody(options: QueryCommandOptions, isJson: boolean) {
  const { filter, select, orderby, expand, skip, pageSize, count, company, allCompanies } = options;
  const top = options.top ?? (isJson ? undefined : tableRowsMax + 1);
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
