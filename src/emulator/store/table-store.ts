/** The table store of one environment: rows in memory by key and insertion order, every change through one journal. */

import type { JsonObject, JsonValue } from '../../base/json.ts';

/** A row; columns that were never set are inherited from the table's defaults. Never changed once stored. */
export type StoredRow = JsonObject;

/** A row to store under a key, or undefined to remove it. */
export interface RowChange {
  readonly table: string;
  readonly key: string;
  readonly row: StoredRow | undefined;
}

/** Reads of one table. */
export interface Table {
  readonly name: string;
  /** Grows with every change; what was derived from the rows is stale when it differs. */
  readonly revision: number;
  get(key: string): StoredRow | undefined;
  /** All rows in insertion order. */
  rows(): readonly StoredRow[];
  /** The rows by the value of one column, in insertion order; kept until the table changes. */
  groups(column: string): ReadonlyMap<JsonValue | undefined, readonly StoredRow[]>;
  /** What `make` returns, kept under this name until the table changes. */
  derived<Value>(name: string, make: () => Value): Value;
}

/** The tables of one environment. */
export interface TableStore {
  /** Raises INTERNAL when there is no such table. */
  table(name: string): Table;
  /** Applies all changes at once, and hands them to the journal as one entry. */
  commit(changes: readonly RowChange[]): void;
  /** Resolves when every change applied so far would survive a crash. */
  durable(): Promise<void>;
  /** A row of this table from its own members. */
  makeRow(table: string, own: JsonObject): StoredRow;
}

/** Where committed changes go before they are acknowledged. */
export interface ChangeJournal {
  append(changes: readonly RowChange[]): void;
  flushed(): Promise<void>;
  close(): Promise<void>;
}

/** A journal that keeps nothing. */
export const noJournal: ChangeJournal = Object.freeze({
  append: () => {},
  flushed: () => Promise.resolve(),
  close: () => Promise.resolve(),
});
