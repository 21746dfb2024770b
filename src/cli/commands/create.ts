/** `rialto create`: a new record. */

import { Command } from 'commander';
import type { WriteAnswer } from '../../server/wire.ts';
import type { CliContext } from '../cli-context.ts';
import { contentOptions, type RecordOptions, recordContent, recordOptions, recordsPlace } from '../record-command.ts';
import { printRecord } from '../record-table.ts';
import { onRun } from '../run-command.ts';

/** Creates a record. */
export function createCommand(context: CliContext): Command {
  const command = contentOptions(
    recordOptions(new Command('create').description('create a record'), { hasKey: false }),
  );
  const example = `rialto create leads --connection contoso-dataverse --set lastname=Bauer --set "subject=Coffee for 12"`;
  return onRun<RecordOptions>(command, context, example, async (call) => {
    const place = await recordsPlace(call);
    const record = await recordContent(call, place);
    const answer = await call.api<WriteAnswer>({ method: 'POST', path: place.path, body: { record } });
    call.output.result(answer.record ?? answer, () => {
      if (answer.record !== undefined) printRecord(call.output, answer.record);
      else if (answer.entityId !== undefined) call.output.line(answer.entityId);
    });
    call.output.note(`Created a record of ${place.entitySet}.`);
    return 0;
  });
}
