/** Accepts the checks of triggers, with the events and runs that they lead to: any number of them in one statement. */

import type { NewEvent, TriggerAcceptance } from '../../store.ts';
import type { Parameter, Statement } from '../database.ts';

/**
 * One row per acceptance that was written, without a run, and one per run that it made. No row: nothing was written, because the position
 * was another, or because the worker that was to own runs is dead.
 */
export interface AcceptedRow {
  /** Of the acceptance, counted from 1. */
  readonly place: number;
  readonly run_id: string | null;
  readonly event_key: string | null;
  readonly is_owned: boolean | null;
}

/**
 * `alive` and `taken` lock, workers before triggers as everywhere, and see what is there after the lock. Only events
 * that the table takes (their key is new) make runs; of those the first `owned_max` belong to the worker.
 *
 * Events carry what they need of their acceptance, and `in (…) is true` keeps the planner from making joins: it cannot
 * know how many rows the arrays hold, and would pair all events with all acceptances.
 */
export const acceptTriggers: Statement = {
  name: 'rialto_accept_triggers',
  text: `
    with acceptance as materialized (
      select * from unnest($1::text[], $2::int[], $3::text[], $4::bigint[], $5::text[], $6::bigint[], $7::text[],
        $8::int[], $9::text[], $10::bigint[], $11::bigint[], $12::text[], $13::text[], $14::text[], $15::boolean[])
        with ordinality
        as acceptance (flow, flow_version, trigger, position_version, position, next_check_time, worker, owned_max,
          history_id, start_time, end_time, status, code, error, fired, place)
    ),
    alive as materialized (
      select id from rialto.workers where id = any ($7::text[]) order by id for key share
    ),
    taken as materialized (
      select acceptance.* from acceptance
      join rialto.triggers on triggers.flow = acceptance.flow and triggers.trigger = acceptance.trigger
        and triggers.position_version = acceptance.position_version
      where acceptance.owned_max = 0 or acceptance.worker in (select id from alive)
      order by acceptance.flow, acceptance.trigger for no key update of triggers
    ),
    event as materialized (
      select * from unnest($16::bigint[], $17::text[], $18::text[], $19::text[], $20::text[], $21::text[], $22::int[],
        $23::bigint[], $24::text[], $25::int[]) with ordinality
        as event (place, key, run_id, trigger_object, flow, trigger, flow_version, start_time, worker, owned_max, rank)
      where (place in (select place from taken)) is true
    ),
    fresh as (
      insert into rialto.events (flow, trigger, key, run_id)
      select flow, trigger, key, run_id from event order by rank
      on conflict do nothing
      returning run_id
    ),
    newborn as materialized (
      select event.*, row_number() over (partition by place order by rank) <= owned_max as is_owned
      from event where (run_id in (select run_id from fresh)) is true
    ),
    born as (
      insert into rialto.runs (id, flow, flow_version, status, start_time, trigger_name, trigger, segment, owner)
      select run_id, flow, flow_version, case when is_owned then 'Running' else 'Waiting' end, start_time, trigger,
        trigger_object, 1, case when is_owned then worker end
      from newborn order by rank
    ),
    moved as (
      update rialto.triggers set
        position = coalesce(taken.position, triggers.position), position_version = triggers.position_version + 1,
        next_check_time = taken.next_check_time, lease_worker = null, lease_until = null
      from taken where triggers.flow = taken.flow and triggers.trigger = taken.trigger
    ),
    logged as (
      insert into rialto.trigger_histories (id, flow, trigger, start_time, end_time, status, code, error, fired)
      select history_id, flow, trigger, start_time, end_time, status, code, error, fired from taken
    )
    select place, null as run_id, null as event_key, null::boolean as is_owned, 0 as rank from taken
    union all
    select place, run_id, key, is_owned, rank from newborn
    order by place, rank`,
};

/** The parameters of `acceptTriggers`. No trigger may occur twice. */
export function acceptTriggersParameters(acceptances: readonly TriggerAcceptance[]): readonly Parameter[] {
  const events = acceptances.flatMap((acceptance, index) =>
    distinctEvents(acceptance.events).map((event) => ({ event, acceptance, place: index + 1 })),
  );
  return [
    acceptances.map((acceptance) => acceptance.flow),
    acceptances.map((acceptance) => acceptance.flowVersion),
    acceptances.map((acceptance) => acceptance.trigger),
    acceptances.map((acceptance) => acceptance.positionVersion),
    acceptances.map((acceptance) => acceptance.position ?? null),
    acceptances.map((acceptance) => acceptance.nextCheckTime),
    acceptances.map((acceptance) => acceptance.worker),
    acceptances.map((acceptance) => acceptance.ownedMax),
    acceptances.map(({ history }) => history.id),
    acceptances.map(({ history }) => history.startTime),
    acceptances.map(({ history }) => history.endTime),
    acceptances.map(({ history }) => history.status),
    acceptances.map(({ history }) => history.code),
    acceptances.map(({ history }) => (history.error === undefined ? null : JSON.stringify(history.error))),
    acceptances.map(({ history }) => history.fired),
    events.map(({ place }) => place),
    events.map(({ event }) => event.key),
    events.map(({ event }) => event.runId),
    events.map(({ event }) => event.trigger),
    events.map(({ acceptance }) => acceptance.flow),
    events.map(({ acceptance }) => acceptance.trigger),
    events.map(({ acceptance }) => acceptance.flowVersion),
    events.map(({ acceptance }) => acceptance.history.endTime),
    events.map(({ acceptance }) => acceptance.worker),
    events.map(({ acceptance }) => acceptance.ownedMax),
  ];
}

/** The first event of each key. */
function distinctEvents(events: readonly NewEvent[]): readonly NewEvent[] {
  const byKey = new Map<string, NewEvent>();
  for (const event of events) if (!byKey.has(event.key)) byKey.set(event.key, event);
  return [...byKey.values()];
}
