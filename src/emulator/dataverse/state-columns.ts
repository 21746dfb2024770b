/** State and status: defaults, and which pairs belong together. */

import type { JsonValue } from '../../base/json.ts';
import { refusal } from '../wire/refusal.ts';
import type { TableSchema } from './table-schema.ts';

type Members = Record<string, JsonValue>;

/**
 * Completes the pair in `row` (changed in place) from what was written: a state alone takes its default status, a
 * status alone must be one of the state the row has.
 * Raises SERVICE_ERROR 0x80048408 for a pair that does not belong together.
 */
export function settleState(row: Members, written: Readonly<Members>, table: TableSchema): void {
  const states = table.columns.get('statecode')?.options;
  const statuses = table.columns.get('statuscode')?.options;
  if (states === undefined || statuses === undefined) return;
  row.statecode ??= states[0]?.value ?? 0;
  const writesState = written.statecode !== undefined && written.statecode !== null;
  const writesStatus = written.statuscode !== undefined && written.statuscode !== null;
  if ((writesState && !writesStatus) || row.statuscode === undefined || row.statuscode === null) {
    row.statuscode = states.find((option) => option.value === row.statecode)?.status ?? null;
  }
  const status = statuses.find((option) => option.value === row.statuscode);
  if (status?.state === row.statecode) return;
  throw refusal(
    400,
    '0x80048408',
    `${row.statuscode} is not a valid status code for state code ${table.entityType.name}State.${stateName(states, row.statecode)} on ${table.name} with Id ${row[table.data.primaryId]}.`,
  );
}

function stateName(
  states: readonly { readonly value: number; readonly label: string }[],
  value: JsonValue | undefined,
): string {
  return states.find((option) => option.value === value)?.label ?? String(value);
}
