/** Lists of records: query options as the definitions write them, and reading all pages within a limit. */

import { LimitError } from '../base/errors.ts';
import type { JsonObject } from '../base/json.ts';
import type { ListOptions } from '../client/client.ts';
import {
  checkExpand,
  checkFilter,
  checkOrderBy,
  checkSelect,
  parseExpand,
  parseFilter,
  parseOrderBy,
  parseSelect,
} from '../odata/index.ts';
import type { EntityTable } from './entity-table.ts';
import { readInputAt } from './input-error.ts';

/** Most records that one list operation answers, as with the pagination of Logic Apps. */
export const listTopMax = 100_000;

/**
 * The client's options for the query options among the parameters, checked against the table.
 * Raises OPERATION_INPUT_INVALID at the option that is wrong.
 */
export function listOptionsOf(parameters: JsonObject, table: EntityTable): ListOptions {
  const { entityType, model } = table;
  const filter = readOption(parameters, '$filter', (text) => {
    const tree = parseFilter(text);
    checkFilter(tree, entityType, model);
    return tree;
  });
  const orderby = readOption(parameters, '$orderby', (text) => {
    const items = parseOrderBy(text);
    checkOrderBy(items, entityType, model);
    return items;
  });
  const select = readOption(parameters, '$select', (text) => {
    const items = parseSelect(text);
    checkSelect(items, entityType, model);
    const names = items.map((item) => item.path.join('/'));
    // A star asks for all columns, as no $select does.
    return names.includes('*') ? undefined : names;
  });
  const expand = readOption(parameters, '$expand', (text) => {
    const items = parseExpand(text);
    checkExpand(items, entityType, model);
    return items;
  });
  return {
    ...(filter === undefined ? {} : { filter }),
    ...(orderby === undefined ? {} : { orderby }),
    ...(select === undefined ? {} : { select }),
    ...(expand === undefined ? {} : { expand }),
    ...(typeof parameters.$top === 'number' ? { top: parameters.$top } : {}),
    ...(typeof parameters.$skip === 'number' ? { skip: parameters.$skip } : {}),
  };
}

/**
 * All records of a list, over all pages. Never a silent part of them: more than the limit raises LIMIT_EXCEEDED, which
 * names `$top`.
 */
export async function readAllRecords(records: AsyncIterable<JsonObject>, what: string): Promise<readonly JsonObject[]> {
  const read: JsonObject[] = [];
  for await (const record of records) {
    if (read.length === listTopMax) {
      const message = `${what} has more than the limit listTopMax of ${listTopMax} records; narrow $filter or give $top.`;
      throw new LimitError('listTopMax', listTopMax, message);
    }
    read.push(record);
  }
  return read;
}

function readOption<Value>(parameters: JsonObject, name: string, read: (text: string) => Value): Value | undefined {
  const text = parameters[name];
  return typeof text === 'string' ? readInputAt(`/${name}`, () => read(text)) : undefined;
}
