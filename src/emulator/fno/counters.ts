/** Counters of the F&O environment: record ids, number sequences. Kept as rows, so that they survive a restart. */

import type { RowChange, TableStore } from '../store/table-store.ts';

/** The table that holds the counters. */
export const countersTable = '#counters';

/** The first record id of every table: hexadecimal 150000000. */
export const firstRecordId = 5_637_144_576;

/** Hands out numbers; `changes` collects what keeps them. */
export class Counters {
  readonly changes: RowChange[] = [];
  readonly #store: TableStore;

  constructor(store: TableStore) {
    this.#store = store;
  }

  /** The next number of a counter, starting after `start`. */
  next(name: string, start = 0): number {
    const pending = this.changes.findLast((change) => change.key === name)?.row?.value;
    const current = pending ?? this.#store.table(countersTable).get(name)?.value;
    const value = (typeof current === 'number' ? current : start) + 1;
    this.changes.push({ table: countersTable, key: name, row: this.#store.makeRow(countersTable, { value }) });
    return value;
  }
}

/** The counter of the record ids of an entity. */
export function recordIdCounter(entitySet: string): string {
  return `recId ${entitySet}`;
}

/** The counter of a number sequence: one per entity and company. */
export function sequenceCounter(entitySet: string, company: string): string {
  return `sequence ${entitySet} ${company}`;
}

/** The counter of party numbers, which all companies share. */
export const partyCounter = 'party';
