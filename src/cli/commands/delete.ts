/** `rialto delete`: removes a record. */

import { Command } from 'commander';
import type { CliContext } from '../cli-context.ts';
import { type RecordOptions, recordOptions, recordsPlace } from '../record-command.ts';
import { onRun } from '../run-command.ts';

/** Deletes one record by its key. */
export function deleteCommand(context: CliContext): Command {
  const command = recordOptions(new Command('delete').description('delete a record'), { hasKey: true }).option(
    '--if-match <etag>',
    'only when the record still has this ETag',
  );
  const example = 'rialto delete CustomersV3 --key dataAreaId=usmf --key CustomerAccount=US-001';
  return onRun<RecordOptions>(command, context, example, async (call) => {
    const { key, ifMatch } = call.options;
    const place = await recordsPlace(call);
    await call.api({ method: 'DELETE', path: place.path, query: { ...key }, ifMatch });
    call.output.result({ deleted: true }, () => undefined);
    call.output.note(`Deleted a record of ${place.entitySet}.`);
    return 0;
  });
}
