/** `rialto entities`: entity sets, and the schema of one. */

import { Command } from 'commander';
import { RialtoError } from '../../base/errors.ts';
import { apiPath } from '../../server/api/paging.ts';
import type { EntitySchemaAnswer, EntitySetAnswer, ListAnswer } from '../../server/wire.ts';
import type { CliContext } from '../cli-context.ts';
import { chooseConnection } from '../connection-choice.ts';
import type { Output } from '../output.ts';
import { counted } from '../record-table.ts';
import { onRun } from '../run-command.ts';

interface EntitiesOptions {
  readonly connection?: string;
  readonly search?: string;
}

const membersShownMax = 6;

/** Lists entity sets, or shows the key and the properties of one. */
export function entitiesCommand(context: CliContext): Command {
  const command = new Command('entities')
    .description('list entity sets, or show the properties of one')
    .argument('[set]', 'entity set to show')
    .option('--connection <name>', 'connection; may be left out when there is only one')
    .option('--search <word>', 'only entity sets whose name holds this');
  const example = 'rialto entities --connection contoso-fno --search customer';
  return onRun<EntitiesOptions>(command, context, example, async ({ api, output, options, args }) => {
    const [entitySet] = args;
    if (entitySet !== undefined && options.search !== undefined) {
      throw new RialtoError('OPTION_INVALID', 'Give an entity set or --search, not both.');
    }
    const connection = await chooseConnection(api, { connection: options.connection, entitySet });
    const path = apiPath('connections', connection, 'entities');
    if (entitySet !== undefined) {
      const schema = await api<EntitySchemaAnswer>({ path: `${path}/${encodeURIComponent(entitySet)}` });
      output.result(schema, () => printSchema(output, schema));
      return 0;
    }
    const answer = await api<ListAnswer<EntitySetAnswer>>({ path, query: { search: options.search } });
    output.result(answer, () => {
      for (const { name } of answer.value) output.line(name);
    });
    output.note(`${counted(answer.value.length, 'entity set', 'entity sets')} in '${connection}'.`);
    return 0;
  });
}

function printSchema(output: Output, schema: EntitySchemaAnswer): void {
  const rows = schema.properties.map((property) => {
    const members = property.members?.map((member) => member.name) ?? [];
    const more = members.length > membersShownMax ? ` and ${members.length - membersShownMax} more` : '';
    return [
      property.name,
      property.isCollection ? `Collection(${property.type})` : property.type,
      property.isKey ? 'key' : property.isNullable ? '' : 'required',
      members.slice(0, membersShownMax).join(' | ') + more,
    ];
  });
  output.table(['Property', 'Type', '', 'Values'], rows);
  output.note(`Key of ${schema.name}: ${schema.key.join(', ')}.`);
}
