/** Connections in PostgreSQL. */

import type { ConnectionStore } from '../store.ts';
import type { Database } from './database.ts';
import { type ConnectionRow, connectionOf } from './stored-rows.ts';

const columns = 'name, connector, settings, created_time, changed_time';

const selectConnection = {
  name: 'rialto_select_connection',
  text: `select ${columns} from rialto.connections where name = $1`,
};

const selectConnections = {
  name: 'rialto_select_connections',
  text: `select ${columns} from rialto.connections order by name`,
};

const insertConnection = {
  name: 'rialto_insert_connection',
  text: `
    insert into rialto.connections (${columns}) values ($1, $2, $3, $4, $5) on conflict (name) do nothing
    returning name`,
};

const updateConnection = {
  name: 'rialto_update_connection',
  text: 'update rialto.connections set connector = $2, settings = $3, changed_time = $4 where name = $1 returning name',
};

const deleteConnection = {
  name: 'rialto_delete_connection',
  text: 'delete from rialto.connections where name = $1 returning name',
};

/** The connection store in a database. */
export function postgresConnections(database: Database): ConnectionStore {
  return {
    async get(name) {
      const [row] = await database.query<ConnectionRow>(selectConnection, [name]);
      return row === undefined ? undefined : connectionOf(row);
    },
    async list() {
      return (await database.query<ConnectionRow>(selectConnections, [])).map(connectionOf);
    },
    async create(record) {
      const { name, connector, settings, createdTime, changedTime } = record;
      return (await database.query(insertConnection, [name, connector, settings, createdTime, changedTime])).length > 0;
    },
    async update(record) {
      const { name, connector, settings, changedTime } = record;
      return (await database.query(updateConnection, [name, connector, settings, changedTime])).length > 0;
    },
    async delete(name) {
      return (await database.query(deleteConnection, [name])).length > 0;
    },
  };
}
