/** Flows and their versions in PostgreSQL. */

import type { PoolClient } from 'pg';
import { RialtoError } from '../../../base/errors.ts';
import type { Flow, FlowStore } from '../store.ts';
import { type Database, runStatement } from './database.ts';
import { type FlowRow, type FlowVersionRow, flowOf, flowVersionOf } from './stored-rows.ts';

type Deployment = Parameters<FlowStore['deploy']>[0];

const flowColumns = `name, state, flows.created_time, changed_time, flow_versions.version, definition, parameters,
  flow_versions.created_time as version_created_time`;
const withVersion =
  'join rialto.flow_versions on flow_versions.flow = flows.name and flow_versions.version = flows.version';

const selectFlow = {
  name: 'rialto_select_flow',
  text: `select ${flowColumns} from rialto.flows ${withVersion} where name = $1`,
};

const selectFlows = {
  name: 'rialto_select_flows',
  text: `select ${flowColumns} from rialto.flows ${withVersion} order by name`,
};

const selectVersion = {
  name: 'rialto_select_flow_version',
  text: `
    select flow, version, definition, parameters, created_time from rialto.flow_versions
    where flow = $1 and version = $2`,
};

/** Deployments of one flow go one after the other. */
const lockFlow = {
  name: 'rialto_lock_flow',
  text: `select pg_advisory_xact_lock(hashtext('rialto.flows'), hashtext($1))`,
};

const insertVersion = {
  name: 'rialto_insert_flow_version',
  text: `
    insert into rialto.flow_versions (flow, version, definition, parameters, created_time)
    select $1, coalesce(max(version), 0) + 1, $2, $3, $4 from rialto.flow_versions where flow = $1
    returning version`,
};

const upsertFlow = {
  name: 'rialto_upsert_flow',
  text: `
    insert into rialto.flows (name, state, version, created_time, changed_time) values ($1, 'Enabled', $2, $3, $3)
    on conflict (name) do update set version = excluded.version, changed_time = excluded.changed_time`,
};

const deleteOtherTriggers = {
  name: 'rialto_delete_other_triggers',
  text: 'delete from rialto.triggers where flow = $1 and trigger <> all ($2::text[])',
};

/** `$4`: whether the flow changed. A check under way then comes to nothing: it was made as the version before says. */
const upsertTriggers = {
  name: 'rialto_upsert_triggers',
  text: `
    insert into rialto.triggers (flow, trigger, next_check_time)
    select $1, name, next_check_time from unnest($2::text[], $3::bigint[]) as trigger (name, next_check_time)
    on conflict (flow, trigger) do update set next_check_time = excluded.next_check_time,
      position_version = triggers.position_version + 1, lease_worker = null, lease_until = null where $4`,
};

const updateState = {
  name: 'rialto_update_flow_state',
  text: 'update rialto.flows set state = $2, changed_time = $3 where name = $1',
};

const deleteFlow = {
  name: 'rialto_delete_flow',
  text: `
    with gone as (delete from rialto.triggers where flow = $1)
    delete from rialto.flows where name = $1 returning name`,
};

/** The flow store in a database. */
export function postgresFlows(database: Database): FlowStore {
  async function get(name: string): Promise<Flow | undefined> {
    const [row] = await database.query<FlowRow>(selectFlow, [name]);
    return row === undefined ? undefined : flowOf(row);
  }
  return {
    deploy: (deployment) => database.transaction((client) => deploy(client, deployment)),
    get,
    async getVersion(name, version) {
      const [row] = await database.query<FlowVersionRow>(selectVersion, [name, version]);
      return row === undefined ? undefined : flowVersionOf(row);
    },
    async list() {
      return (await database.query<FlowRow>(selectFlows, [])).map(flowOf);
    },
    async setState(name, state, now) {
      await database.query(updateState, [name, state, now]);
      return await get(name);
    },
    async delete(name) {
      return (await database.query(deleteFlow, [name])).length > 0;
    },
  };
}

async function deploy(client: PoolClient, deployment: Deployment): Promise<Flow> {
  const { name, definition, parameters, triggers, now } = deployment;
  await runStatement(client, lockFlow, [name]);
  const [before] = await runStatement<FlowRow>(client, selectFlow, [name]);
  const isSame = before?.definition === definition && before.parameters === parameters;
  if (!isSame) {
    const [added] = await runStatement<{ version: number }>(client, insertVersion, [name, definition, parameters, now]);
    await runStatement(client, upsertFlow, [name, added?.version ?? null, now]);
  }
  await runStatement(client, deleteOtherTriggers, [name, triggers.map((trigger) => trigger.name)]);
  await runStatement(client, upsertTriggers, [
    name,
    triggers.map((trigger) => trigger.name),
    triggers.map((trigger) => trigger.nextCheckTime),
    !isSame,
  ]);
  const [after] = await runStatement<FlowRow>(client, selectFlow, [name]);
  if (after === undefined) throw new RialtoError('INTERNAL', `Flow '${name}' is gone right after it was stored.`);
  return flowOf(after);
}
