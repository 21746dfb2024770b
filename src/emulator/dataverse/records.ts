/** Creates, updates and deletes rows, with everything the platform sets itself. Synchronous: check and change are one. */

import type { Clock } from '../../base/clock.ts';
import type { Ids } from '../../base/ids.ts';
import type { JsonValue } from '../../base/json.ts';
import type { RowChange, StoredRow, TableStore } from '../store/table-store.ts';
import { refusal } from '../wire/refusal.ts';
import { wholeSeconds } from './column-value.ts';
import { computeColumns } from './computed-columns.ts';
import { propertyName } from './model/table-data.ts';
import { checkAlternateKeys } from './row-key.ts';
import { settleState } from './state-columns.ts';
import { type DataverseSchema, type TableSchema, targetMember } from './table-schema.ts';

export interface RecordContext {
  readonly schema: DataverseSchema;
  readonly store: TableStore;
  readonly clock: Clock;
  readonly ids: Ids;
  /** The systemuser that the calling application is. */
  readonly userId: string;
  readonly businessUnitId: string;
  readonly currencyId: string;
}

type Members = Record<string, JsonValue>;

/** The table of counters: the version number is handed out from it and never goes back. */
export const countersTable = '#counters';
const versionCounter = 'version';

/** Creates a row from column values. Raises SERVICE_ERROR 412 when the key exists. */
export function createRecord(values: Members, table: TableSchema, context: RecordContext): StoredRow {
  const { store } = context;
  const { primaryId, edmKey } = table.data;
  const given = values[primaryId];
  const id = typeof given === 'string' ? given : context.ids.uuid();
  const rows = store.table(table.name);
  if (rows.get(id) !== undefined) throw duplicate();
  const now = wholeSeconds(context.clock.now());
  const own: Members = { ...columnDefaults(table, context), ...values, [primaryId]: id };
  if (edmKey !== primaryId) own[edmKey] = id;
  setIfColumn(own, table, 'createdon', values.overriddencreatedon ?? now);
  setIfColumn(own, table, 'modifiedon', now);
  setLookup(own, table, 'createdby', 'systemuser', context.userId);
  setLookup(own, table, 'modifiedby', 'systemuser', context.userId);
  if (table.data.isUserOwned && own._ownerid_value === undefined) {
    setLookup(own, table, 'ownerid', 'systemuser', context.userId);
  }
  settleOwner(own, table, context);
  settleCurrency(own, table, context);
  settleState(own, values, table);
  computeColumns(own, table);
  checkAlternateKeys(own, id, table, rows);
  return save(own, id, table, store);
}

/** Changes columns of a row. */
export function updateRecord(row: StoredRow, values: Members, table: TableSchema, context: RecordContext): StoredRow {
  const { store } = context;
  const id = String(row[table.data.primaryId]);
  const { [table.data.primaryId]: givenId, overriddencreatedon: _created, ...changed } = values;
  if (givenId !== undefined && givenId !== id) {
    throw refusal(400, '0x80040203', `The primary key of a ${table.name} cannot be changed.`);
  }
  const own: Members = { ...row, ...changed };
  setIfColumn(own, table, 'modifiedon', wholeSeconds(context.clock.now()));
  setLookup(own, table, 'modifiedby', 'systemuser', context.userId);
  settleOwner(own, table, context);
  settleCurrency(own, table, context);
  settleState(own, changed, table);
  computeColumns(own, table);
  checkAlternateKeys(own, id, table, store.table(table.name));
  return save(own, id, table, store);
}

/**
 * Deletes a row; lookups of other rows that point to it are emptied, activities regarding it go with it.
 * Raises SERVICE_ERROR for users, which can only be disabled.
 */
export function deleteRecord(row: StoredRow, table: TableSchema, context: RecordContext): void {
  if (['systemuser', 'businessunit', 'transactioncurrency'].includes(table.name)) {
    throw refusal(405, '0x80040227', `The ${table.name} cannot be deleted because it is referenced.`);
  }
  const changes = new Map<string, RowChange>();
  collectDeletes(row, table, context, changes);
  context.store.commit(stampUnlinked([...changes.values()], context));
}

/** The refusal of a key that exists. */
export function duplicate(): Error {
  return refusal(412, '0x80040237', 'A record with matching key values already exists.');
}

function currentVersion(store: TableStore): number {
  const value = store.table(countersTable).get(versionCounter)?.value;
  return typeof value === 'number' ? value : 0;
}

function versionChange(version: number, store: TableStore): RowChange {
  return { table: countersTable, key: versionCounter, row: store.makeRow(countersTable, { value: version }) };
}

function save(own: Members, id: string, table: TableSchema, store: TableStore): StoredRow {
  const version = currentVersion(store) + 1;
  own.versionnumber = version;
  const row = store.makeRow(table.name, own);
  store.commit([{ table: table.name, key: id, row }, versionChange(version, store)]);
  return row;
}

function collectDeletes(
  row: StoredRow,
  table: TableSchema,
  context: RecordContext,
  changes: Map<string, RowChange>,
): void {
  const id = String(row[table.data.primaryId]);
  changes.set(`${table.name} ${id}`, { table: table.name, key: id, row: undefined });
  for (const collection of table.collections.values()) {
    const other = context.schema.table(collection.table);
    const column = other.columns.get(collection.column);
    if (column === undefined) continue;
    const referencing = context.store.table(other.name).groups(propertyName(column)).get(id) ?? [];
    for (const child of referencing) {
      const childKey = `${other.name} ${child[other.data.primaryId]}`;
      const pending = changes.get(childKey);
      if (pending !== undefined && pending.row === undefined) continue;
      if (collection.column === 'regardingobjectid') {
        collectDeletes(child, other, context, changes);
        continue;
      }
      const own: Members = { ...(pending?.row ?? child), [propertyName(column)]: null, [targetMember(column)]: null };
      changes.set(childKey, {
        table: other.name,
        key: String(child[other.data.primaryId]),
        row: context.store.makeRow(other.name, own),
      });
    }
  }
}

/** A row that lost a lookup is a changed row: it has a new version, and what repeats the lookup is empty too. */
function stampUnlinked(changes: readonly RowChange[], context: RecordContext): readonly RowChange[] {
  const { store } = context;
  const now = wholeSeconds(context.clock.now());
  let latest = currentVersion(store);
  const stamped = changes.map((change) => {
    if (change.row === undefined) return change;
    const table = context.schema.table(change.table);
    latest += 1;
    const own: Members = { ...change.row, versionnumber: latest };
    setIfColumn(own, table, 'modifiedon', now);
    setLookup(own, table, 'modifiedby', 'systemuser', context.userId);
    computeColumns(own, table);
    return { ...change, row: store.makeRow(table.name, own) };
  });
  return [...stamped, versionChange(latest, store)];
}

function columnDefaults(table: TableSchema, context: RecordContext): Members {
  const defaults: Members = {};
  for (const column of table.data.columns) {
    if (column.default !== undefined) defaults[column.name] = column.default;
    if (/^address[123]_addressid$/.test(column.name)) defaults[column.name] = context.ids.uuid();
  }
  if (table.data.baseType === 'activitypointer') {
    defaults.activitytypecode = table.name;
    defaults.isregularactivity = true;
  }
  return defaults;
}

function setIfColumn(own: Members, table: TableSchema, name: string, value: JsonValue): void {
  if (table.columns.has(name)) own[name] = value;
}

function setLookup(own: Members, table: TableSchema, name: string, target: string, id: string | null): void {
  const column = table.columns.get(name);
  if (column === undefined) return;
  own[propertyName(column)] = id;
  if ((column.targets?.length ?? 0) > 1) own[targetMember(column)] = id === null ? null : target;
}

/** Owning user, team and business unit follow the owner. */
function settleOwner(own: Members, table: TableSchema, context: RecordContext): void {
  if (!table.data.isUserOwned) return;
  const ownerId = own._ownerid_value;
  if (typeof ownerId !== 'string') throw refusal(400, '0x80040203', `The owner of a ${table.name} cannot be empty.`);
  const kind = own['#ownerid'] === 'team' ? 'team' : 'systemuser';
  setLookup(own, table, 'owninguser', 'systemuser', kind === 'systemuser' ? ownerId : null);
  setLookup(own, table, 'owningteam', 'team', kind === 'team' ? ownerId : null);
  const unit = context.store.table(kind).get(ownerId)?._businessunitid_value;
  setLookup(own, table, 'owningbusinessunit', 'businessunit', typeof unit === 'string' ? unit : context.businessUnitId);
}

/** A row with money has a currency, the organization's unless another was bound, and its exchange rate. */
function settleCurrency(own: Members, table: TableSchema, context: RecordContext): void {
  const hasMoney = table.data.columns.some((column) => column.type === 'Money' && typeof own[column.name] === 'number');
  if (hasMoney && typeof own._transactioncurrencyid_value !== 'string') {
    setLookup(own, table, 'transactioncurrencyid', 'transactioncurrency', context.currencyId);
  }
  if (table.name === 'transactioncurrency' || typeof own._transactioncurrencyid_value !== 'string') return;
  const rate = context.store.table('transactioncurrency').get(own._transactioncurrencyid_value)?.exchangerate;
  setIfColumn(own, table, 'exchangerate', typeof rate === 'number' ? rate : 1);
}
