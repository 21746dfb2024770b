/** Triggers in PostgreSQL: leases, positions, histories. */

import { checkLimit } from '../../../base/limits.ts';
import type { TriggerLease, TriggerState, TriggerStore } from '../store.ts';
import type { Database } from './database.ts';
import type { Journal } from './postgres-journal.ts';
import { type TriggerHistoryRow, triggerHistoryOf } from './stored-rows.ts';

interface LeasedRow {
  readonly flow: string;
  readonly flow_version: number;
  readonly trigger: string;
  readonly position: string | null;
  readonly position_version: number;
}

interface TriggerRow {
  readonly flow: string;
  readonly trigger: string;
  readonly position: string | null;
  readonly next_check_time: number;
}

/** An index entry of PostgreSQL holds at most some 2,700 bytes. */
const eventKeyLengthMax = 512;
const historiesMax = 10_000;

const leaseDue = {
  name: 'rialto_lease_due_triggers',
  text: `
    with due as (
      select triggers.flow, triggers.trigger, flows.version from rialto.triggers
      join rialto.flows on flows.name = triggers.flow
      where flows.state = 'Enabled' and next_check_time <= $2 and (lease_until is null or lease_until <= $2)
      order by next_check_time, triggers.flow, triggers.trigger limit $4
      for no key update of triggers skip locked
    )
    update rialto.triggers set lease_worker = $1, lease_until = $2::bigint + $3::bigint
    from due where triggers.flow = due.flow and triggers.trigger = due.trigger
    returning triggers.flow, due.version as flow_version, triggers.trigger, position, position_version`,
};

const selectNextCheckTime = {
  name: 'rialto_next_check_time',
  text: `
    select min(greatest(next_check_time, lease_until)) as time from rialto.triggers
    join rialto.flows on flows.name = triggers.flow where flows.state = 'Enabled'`,
};

const checkNow = {
  name: 'rialto_check_now',
  text: `
    update rialto.triggers set next_check_time = least(next_check_time, $3) where flow = $1 and trigger = $2
    returning flow`,
};

const selectTriggers = {
  name: 'rialto_select_triggers',
  text: `
    select flow, trigger, position, next_check_time from rialto.triggers
    where $1::text is null or flow = $1 order by flow, trigger`,
};

const selectHistories = {
  name: 'rialto_select_trigger_histories',
  text: `
    select id, flow, trigger, start_time, end_time, status, code, error, fired from rialto.trigger_histories
    where flow = $1 and trigger = $2 order by start_time desc, id desc limit $3`,
};

/** The trigger store in a database. */
export function postgresTriggers(database: Database, journal: Journal): TriggerStore {
  return {
    async leaseDue({ worker, now, leaseMs, max }) {
      return (await database.query<LeasedRow>(leaseDue, [worker, now, leaseMs, max])).map(leaseOf);
    },
    async accept(acceptance) {
      for (const { key } of acceptance.events) {
        checkLimit(
          'eventKeyLengthMax',
          eventKeyLengthMax,
          key.length,
          `An event key of trigger '${acceptance.trigger}'`,
        );
      }
      return await journal.accept(acceptance);
    },
    async nextCheckTime() {
      const [row] = await database.query<{ time: number | null }>(selectNextCheckTime, []);
      return row?.time ?? undefined;
    },
    async checkNow(flow, trigger, now) {
      return (await database.query(checkNow, [flow, trigger, now])).length > 0;
    },
    async list(flow) {
      return (await database.query<TriggerRow>(selectTriggers, [flow ?? null])).map(stateOf);
    },
    async histories({ flow, trigger, max }) {
      checkLimit('triggerHistoriesMax', historiesMax, max, 'A page of trigger histories');
      return (await database.query<TriggerHistoryRow>(selectHistories, [flow, trigger, max])).map(triggerHistoryOf);
    },
  };
}

function leaseOf(row: LeasedRow): TriggerLease {
  return {
    flow: row.flow,
    flowVersion: row.flow_version,
    trigger: row.trigger,
    position: row.position ?? undefined,
    positionVersion: row.position_version,
  };
}

function stateOf(row: TriggerRow): TriggerState {
  return {
    flow: row.flow,
    trigger: row.trigger,
    position: row.position ?? undefined,
    nextCheckTime: row.next_check_time,
  };
}
