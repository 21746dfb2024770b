/** The table store in memory. */

import { RialtoError } from '../../base/errors.ts';
import type { JsonObject, JsonValue } from '../../base/json.ts';
import type { ChangeJournal, RowChange, StoredRow, Table, TableStore } from './table-store.ts';

export interface MemoryStoreOptions {
  /** Table name to the values of columns that a row does not set. */
  readonly tables: Readonly<Record<string, JsonObject>>;
  readonly journal: ChangeJournal;
}

/** Tables as maps, with a journal in front of every acknowledgement. */
export class MemoryStore implements TableStore {
  readonly #tables: ReadonlyMap<string, MemoryTable>;
  readonly #journal: ChangeJournal;

  constructor(options: MemoryStoreOptions) {
    this.#tables = new Map(
      Object.entries(options.tables).map(([name, defaults]) => [name, new MemoryTable(name, defaults)]),
    );
    this.#journal = options.journal;
  }

  table(name: string): Table {
    return this.#table(name);
  }

  makeRow(table: string, own: JsonObject): StoredRow {
    return this.#table(table).makeRow(own);
  }

  commit(changes: readonly RowChange[]): void {
    this.#journal.append(changes);
    this.apply(changes);
  }

  /** Applies changes without a journal entry: sample data, and what the journal itself replays. */
  apply(changes: Iterable<RowChange>): void {
    for (const change of changes) this.#table(change.table).put(change.key, change.row);
  }

  durable(): Promise<void> {
    return this.#journal.flushed();
  }

  #table(name: string): MemoryTable {
    const table = this.#tables.get(name);
    if (table === undefined) throw new RialtoError('INTERNAL', `The emulator has no table '${name}'.`);
    return table;
  }
}

/** How many derived values a table keeps: orders and filters of recent lists, groups by column. */
const derivedMax = 24;

class MemoryTable implements Table {
  readonly name: string;
  revision = 0;
  readonly #defaults: JsonObject;
  readonly #rows = new Map<string, StoredRow>();
  readonly #derived = new Map<string, unknown>();

  constructor(name: string, defaults: JsonObject) {
    this.name = name;
    this.#defaults = Object.freeze({ ...defaults });
  }

  makeRow(own: JsonObject): StoredRow {
    // Unset columns live once, in the prototype: a table of 300 columns costs what its rows really hold.
    return Object.setPrototypeOf(own, this.#defaults) as StoredRow;
  }

  get(key: string): StoredRow | undefined {
    return this.#rows.get(key);
  }

  put(key: string, row: StoredRow | undefined): void {
    if (row === undefined) this.#rows.delete(key);
    else this.#rows.set(key, row);
    this.revision += 1;
    if (this.#derived.size > 0) this.#derived.clear();
  }

  rows(): readonly StoredRow[] {
    return this.derived('rows', () => [...this.#rows.values()]);
  }

  groups(column: string): ReadonlyMap<JsonValue | undefined, readonly StoredRow[]> {
    return this.derived(`groups ${column}`, () => {
      const groups = new Map<JsonValue | undefined, StoredRow[]>();
      for (const row of this.#rows.values()) {
        const group = groups.get(row[column]);
        if (group === undefined) groups.set(row[column], [row]);
        else group.push(row);
      }
      return groups;
    });
  }

  derived<Value>(name: string, make: () => Value): Value {
    if (this.#derived.has(name)) return this.#derived.get(name) as Value;
    const value = make();
    if (this.#derived.size >= derivedMax) {
      const oldest = this.#derived.keys().next().value;
      if (oldest !== undefined) this.#derived.delete(oldest);
    }
    this.#derived.set(name, value);
    return value;
  }
}
