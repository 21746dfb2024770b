/** `rialto update`: changes to a record. */

import { Command } from 'commander';
import type { WriteAnswer } from '../../server/wire.ts';
import type { CliContext } from '../cli-context.ts';
import { contentOptions, type RecordOptions, recordContent, recordOptions, recordsPlace } from '../record-command.ts';
import { onRun } from '../run-command.ts';

/** Changes the properties given; never creates a record. */
export function updateCommand(context: CliContext): Command {
  const keyed = recordOptions(new Command('update').description('change a record'), { hasKey: true });
  const command = contentOptions(keyed).option('--if-match <etag>', 'only when the record still has this ETag');
  const example = 'rialto update CustomersV3 --key dataAreaId=usmf --key CustomerAccount=US-001 --set CreditLimit=2500';
  return onRun<RecordOptions>(command, context, example, async (call) => {
    const { key, ifMatch } = call.options;
    const place = await recordsPlace(call);
    const changes = await recordContent(call, place);
    const body = { changes };
    const answer = await call.api<WriteAnswer>({ method: 'PATCH', path: place.path, query: { ...key }, body, ifMatch });
    call.output.result(answer ?? {}, () => {
      if (answer?.etag !== undefined) call.output.line(answer.etag);
    });
    call.output.note(`Changed a record of ${place.entitySet}.`);
    return 0;
  });
}
