/** `rialto get`: one record. */

import { Command } from 'commander';
import type { JsonObject } from '../../base/json.ts';
import type { CliContext } from '../cli-context.ts';
import { type RecordOptions, recordOptions, recordsPlace } from '../record-command.ts';
import { printRecord } from '../record-table.ts';
import { onRun } from '../run-command.ts';

interface GetOptions extends RecordOptions {
  readonly select?: string;
  readonly expand?: string;
}

/** Reads one record by its key. */
export function getCommand(context: CliContext): Command {
  const command = recordOptions(new Command('get').description('read one record'), { hasKey: true })
    .option('--select <names>', 'properties, separated by commas')
    .option('--expand <items>', 'OData $expand');
  const example = 'rialto get CustomersV3 --key dataAreaId=usmf --key CustomerAccount=US-001';
  return onRun<GetOptions>(command, context, example, async (call) => {
    const { key, select, expand } = call.options;
    const { path } = await recordsPlace(call);
    const record = await call.api<JsonObject>({ path, query: { ...key, $select: select, $expand: expand } });
    call.output.result(record, () => printRecord(call.output, record));
    return 0;
  });
}
