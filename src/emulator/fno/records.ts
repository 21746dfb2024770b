/** Creates, updates and deletes rows with the checks of X++. Synchronous: check and change are one. */

import type { Clock } from '../../base/clock.ts';
import { RialtoError } from '../../base/errors.ts';
import type { Ids } from '../../base/ids.ts';
import type { JsonValue } from '../../base/json.ts';
import type { FnoSettings } from '../options.ts';
import type { RowChange, StoredRow, TableStore } from '../store/table-store.ts';
import { refusal } from '../wire/refusal.ts';
import { Counters, firstRecordId, recordIdCounter, sequenceCounter } from './counters.ts';
import { fillDefaults } from './create-defaults.ts';
import { type EntityRules, entityRules, labelOf } from './entity-rules.ts';
import { type EntitySchema, type FnoSchema, recordIdMember, recordVersionMember, rowKeyOf } from './entity-schema.ts';
import { writeException, writeFailure } from './failures.ts';

export interface FnoRecordContext {
  readonly schema: FnoSchema;
  readonly store: TableStore;
  readonly settings: FnoSettings;
  readonly clock: Clock;
  readonly ids: Ids;
}

type Members = Record<string, JsonValue>;

/** Numbers of a sequence that may be taken by hand before the sequence gives up. */
const sequenceSkipsMax = 10_000;
const recordVersionMax = 2_147_483_647;

/** Creates a row from the fields that the body set. Raises SERVICE_ERROR with the infolog of the check that fails. */
export function createRow(given: Readonly<Members>, entity: EntitySchema, context: FnoRecordContext): StoredRow {
  const { store, settings } = context;
  const rules = rulesOf(entity);
  const counters = new Counters(store);
  const row: Members = { ...given };
  const company = settleCompany(row, entity, context);
  fillDefaults(row, entity.name, { store, clock: context.clock, counters, company });
  if (row[rules.keyField] === undefined) {
    const number = nextKey(entity, rules, company, counters, store);
    if (number !== undefined) row[rules.keyField] = number;
  }
  checkMandatory(row, entity, rules, settings);
  checkReferences(row, row, entity, rules, company, context);
  const key = rowKeyOf(entity.data.key.map((name) => row[name]));
  if (store.table(entity.name).get(key) !== undefined) throw duplicate(row, entity, rules, settings);
  row[recordIdMember] = counters.next(recordIdCounter(entity.name), firstRecordId - 1);
  row[recordVersionMember] = 1;
  const stored = store.makeRow(entity.name, row);
  store.commit([{ table: entity.name, key, row: stored }, ...counters.changes]);
  return stored;
}

/** Changes fields of a row. Keys identify the row and cannot be changed. */
export function updateRow(
  row: StoredRow,
  given: Readonly<Members>,
  entity: EntitySchema,
  context: FnoRecordContext,
): StoredRow {
  const rules = rulesOf(entity);
  for (const name of entity.data.key) {
    if (given[name] !== undefined && rowKeyOf([given[name]]) !== rowKeyOf([row[name]])) {
      throw writeFailure(`Error: update not allowed for field '${labelOf(name, rules)}'`, entity, context.settings);
    }
  }
  const keys = Object.fromEntries(entity.data.key.map((name) => [name, row[name] ?? '']));
  const own: Members = { ...row, ...given, ...keys };
  checkMandatory(own, entity, rules, context.settings);
  checkReferences(given, own, entity, rules, String(row.dataAreaId ?? ''), context);
  own[recordVersionMember] = 1 + Math.floor(context.ids.random() * (recordVersionMax - 1));
  const stored = context.store.makeRow(entity.name, own);
  context.store.commit([{ table: entity.name, key: keyOfRow(row, entity), row: stored }]);
  return stored;
}

/** Deletes a row, and with it what depends on it; restricted delete actions refuse. */
export function deleteRow(row: StoredRow, entity: EntitySchema, context: FnoRecordContext): void {
  const rules = rulesOf(entity);
  const changes: RowChange[] = [{ table: entity.name, key: keyOfRow(row, entity), row: undefined }];
  for (const dependent of rules.dependents) {
    const other = context.schema.entity(dependent.entitySet);
    const value = row[rules.keyField];
    const rows = (context.store.table(other.name).groups(dependent.field).get(value) ?? []).filter(
      (candidate) => !entity.isCompanyScoped || candidate.dataAreaId === row.dataAreaId,
    );
    if (rows.length > 0 && dependent.onDelete === 'restrict') {
      throw writeFailure(
        `Error: ${rules.tableLabel} ${value} cannot be deleted while dependent ${dependent.label} exist. Delete dependent ${dependent.label} and try again.`,
        entity,
        context.settings,
      );
    }
    for (const child of rows) changes.push({ table: other.name, key: keyOfRow(child, other), row: undefined });
  }
  context.store.commit(changes);
}

/** The key of a row in the store. */
export function keyOfRow(row: StoredRow, entity: EntitySchema): string {
  return rowKeyOf(entity.data.key.map((name) => row[name]));
}

/** The refusal of a row that changed since it was read. */
export function staleRow(row: StoredRow, entity: EntitySchema): Error {
  const rules = rulesOf(entity);
  return refusal(
    412,
    writeException,
    `Write failed for table row of type '${entity.data.aotName}'. Infolog: Error: Cannot edit a record in ${rules.tableLabel} (${rules.table}). ${describe(row, rules)}.\nAn update conflict occurred due to another user process deleting the record or changing one or more fields in the record..`,
  );
}

function rulesOf(entity: EntitySchema): EntityRules {
  const rules = entityRules[entity.name];
  if (rules === undefined || entity.data.isReadOnly) {
    throw refusal(405, '', `The entity set '${entity.name}' is read-only.`);
  }
  return rules;
}

/** The company of the row: from the body, else the caller's; it must exist. */
function settleCompany(row: Members, entity: EntitySchema, context: FnoRecordContext): string {
  if (!entity.isCompanyScoped) return '';
  row.dataAreaId ??= context.settings.defaultCompany;
  const company = String(row.dataAreaId);
  if (context.store.table('LegalEntities').get(rowKeyOf([company])) !== undefined) return company;
  throw writeFailure(
    `Warning: The value '${company}' in field 'Company' is not found in the related table 'Legal entities'.`,
    entity,
    context.settings,
  );
}

function nextKey(
  entity: EntitySchema,
  rules: EntityRules,
  company: string,
  counters: Counters,
  store: TableStore,
): string | undefined {
  if (rules.numberSequence === undefined) return undefined;
  const prefix = rules.numberSequence.prefixes[company] ?? `${company.toUpperCase()}-`;
  for (let skipped = 0; skipped < sequenceSkipsMax; skipped += 1) {
    const number = counters.next(sequenceCounter(entity.name, company));
    const key = prefix + String(number).padStart(rules.numberSequence.digits, '0');
    if (store.table(entity.name).get(rowKeyOf([company, key])) === undefined) return key;
  }
  throw new RialtoError('INTERNAL', `The number sequence of ${entity.name} in ${company} finds no free number.`);
}

function checkMandatory(row: Members, entity: EntitySchema, rules: EntityRules, settings: FnoSettings): void {
  for (const name of new Set([...entity.data.key, ...entity.data.mandatory, ...rules.mandatory])) {
    if (row[name] !== undefined && row[name] !== '') continue;
    throw writeFailure(
      `Warning: Field '${labelOf(name, rules)}' must be filled in.; Warning: validateWrite failed on data source '${rules.table} (${rules.table})'`,
      entity,
      settings,
    );
  }
}

/** Checks the references among the fields that were given. */
function checkReferences(
  given: Readonly<Members>,
  row: Readonly<Members>,
  entity: EntitySchema,
  rules: EntityRules,
  company: string,
  context: FnoRecordContext,
): void {
  for (const { field, entitySet, label } of rules.references) {
    const value = given[field];
    if (value === undefined || value === '') continue;
    const other = context.schema.entity(entitySet);
    const key = rowKeyOf(other.isCompanyScoped ? [company, value] : [value]);
    const isItself = entitySet === entity.name && value === row[rules.keyField];
    if (isItself || context.store.table(entitySet).get(key) !== undefined) continue;
    throw writeFailure(
      `Warning: The value '${value}' in field '${labelOf(field, rules)}' is not found in the related table '${label}'.; Warning: validateWrite failed on data source '${rules.table} (${rules.table})'`,
      entity,
      context.settings,
    );
  }
}

function duplicate(row: Members, entity: EntitySchema, rules: EntityRules, settings: FnoSettings): Error {
  return writeFailure(
    `Info: Cannot create a record in ${rules.tableLabel} (${rules.table}). ${describe(row, rules)}.\nThe record already exists.`,
    entity,
    settings,
  );
}

function describe(row: StoredRow, rules: EntityRules): string {
  const name = rules.nameField === undefined ? '' : String(row[rules.nameField] ?? '');
  return `${rules.keyLabel}: ${row[rules.keyField]}${name === '' ? '' : `, ${name}`}`;
}
