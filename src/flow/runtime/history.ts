/** The rows of the store and the records of the engine: the same history, as text and as values. */

import type { ActionRecord } from '../engine/index.ts';
import { parseValue, printValue } from '../expression/index.ts';
import type { ActionRow } from '../store/store.ts';

/** The row of a record. Raises LIMIT_EXCEEDED for inputs or outputs that are too long or nested too deeply. */
export function rowOfRecord(record: ActionRecord): ActionRow {
  const { inputs, outputs, ...rest } = record;
  return {
    ...rest,
    ...(inputs === undefined ? {} : { inputs: printValue(inputs) }),
    ...(outputs === undefined ? {} : { outputs: printValue(outputs) }),
  };
}

/** The record of a row. Raises JSON_INVALID for a row that Rialto did not write. */
export function recordOfRow(row: ActionRow): ActionRecord {
  const { inputs, outputs, ...rest } = row;
  const place = `action '${row.action}' in the history`;
  return {
    ...rest,
    ...(inputs === undefined ? {} : { inputs: parseValue(inputs, `the inputs of ${place}`) }),
    ...(outputs === undefined ? {} : { outputs: parseValue(outputs, `the outputs of ${place}`) }),
  };
}
