/** The first tables. Released: never to be changed. */

/** Text is compared by code unit, so that order and paging do not depend on the database's locale. */
export const statements: readonly string[] = [
  `create table rialto.flows (
    name text collate "C" primary key,
    state text not null,
    version integer not null,
    created_time bigint not null,
    changed_time bigint not null
  )`,
  `create table rialto.flow_versions (
    flow text collate "C" not null,
    version integer not null,
    definition text not null,
    parameters text not null,
    created_time bigint not null,
    primary key (flow, version)
  )`,
  `create table rialto.triggers (
    flow text collate "C" not null,
    trigger text collate "C" not null,
    position text,
    position_version bigint not null default 0,
    next_check_time bigint not null,
    lease_worker text collate "C",
    lease_until bigint,
    primary key (flow, trigger)
  )`,
  `create table rialto.trigger_histories (
    id text collate "C" primary key,
    flow text collate "C" not null,
    trigger text collate "C" not null,
    start_time bigint not null,
    end_time bigint not null,
    status text not null,
    code text not null,
    error text,
    fired boolean not null
  )`,
  'create index trigger_histories_newest on rialto.trigger_histories (flow, trigger, start_time desc, id desc)',
  // Kept for ever: an event whose key is here never makes a run again.
  `create table rialto.events (
    flow text collate "C" not null,
    trigger text collate "C" not null,
    key text collate "C" not null,
    run_id text collate "C" not null,
    primary key (flow, trigger, key)
  )`,
  `create table rialto.runs (
    id text collate "C" primary key,
    flow text collate "C" not null,
    flow_version integer not null,
    status text not null,
    code text,
    error text,
    start_time bigint not null,
    end_time bigint,
    wake_time bigint,
    trigger_name text not null,
    trigger text not null,
    outputs text,
    segment integer not null,
    orderly_segment integer not null default 1,
    owner text collate "C"
  )`,
  'create index runs_newest on rialto.runs (start_time desc, id desc)',
  'create index runs_newest_of_flow on rialto.runs (flow, start_time desc, id desc)',
  'create index runs_owned on rialto.runs (owner) where owner is not null',
  // `sequence` keeps the order in which rows were first written.
  `create table rialto.actions (
    run_id text collate "C" not null,
    action text collate "C" not null,
    repetition text collate "C" not null,
    attempt integer not null,
    sequence bigint not null generated always as identity,
    status text not null,
    code text not null,
    start_time bigint not null,
    end_time bigint not null,
    retry_time bigint,
    inputs text,
    outputs text,
    error text,
    primary key (run_id, action, repetition, attempt)
  )`,
  `create table rialto.workers (
    id text collate "C" primary key,
    place text collate "C" not null,
    last_beat timestamptz not null
  )`,
  `create table rialto.connections (
    name text collate "C" primary key,
    connector text not null,
    settings text not null,
    created_time bigint not null,
    changed_time bigint not null
  )`,
];
