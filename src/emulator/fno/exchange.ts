/** One request to the F&O OData service, with what the handlers need. */

import { type KeyPredicate, keyLiteral, literalValue, type RequestUri } from '../../odata/index.ts';
import type { FnoSettings } from '../options.ts';
import type { PathTarget } from '../routing/path-target.ts';
import type { StoredRow, TableStore } from '../store/table-store.ts';
import type { Incoming } from '../wire/incoming.ts';
import { notImplemented } from '../wire/refusal.ts';
import { type EntitySchema, type FnoSchema, rowKeyOf } from './entity-schema.ts';
import { requestFailure } from './failures.ts';
import { unknownField } from './filter-rules.ts';
import type { FnoRecordContext } from './records.ts';

export interface FnoExchange {
  readonly request: Incoming;
  /** `http://127.0.0.1:8366/data/`. */
  readonly serviceRoot: string;
  readonly uri: RequestUri;
  readonly target: PathTarget;
  readonly schema: FnoSchema;
  readonly store: TableStore;
  readonly settings: FnoSettings;
  readonly record: FnoRecordContext;
}

/** Headers of every JSON answer. */
export const jsonHeaders = {
  'content-type': 'application/json; odata.metadata=minimal',
  'odata-version': '4.0',
} as const;

/** The entity whose set the path names. */
export function entityOf(exchange: FnoExchange): EntitySchema {
  return exchange.schema.entity(exchange.target.entitySet?.name ?? '');
}

/** Whether the request sees all companies. */
export function isCrossCompany(exchange: FnoExchange): boolean {
  return exchange.uri.options.custom['cross-company']?.toLowerCase() === 'true';
}

/** The rows that the request may see: of all companies, or of the caller's default company. */
export function visibleRows(entity: EntitySchema, exchange: FnoExchange): readonly StoredRow[] {
  const table = exchange.store.table(entity.name);
  if (!entity.isCompanyScoped || isCrossCompany(exchange)) return table.rows();
  return table.groups('dataAreaId').get(exchange.settings.defaultCompany) ?? [];
}

/** The row that the path addresses; undefined when it is not there or belongs to a company that is out of sight. */
export function addressedRow(exchange: FnoExchange): StoredRow | undefined {
  const entity = entityOf(exchange);
  if (exchange.target.key === undefined) throw notImplemented('Path', 'this path');
  const row = exchange.store.table(entity.name).get(readKey(exchange.target.key, entity));
  if (row === undefined || !entity.isCompanyScoped || isCrossCompany(exchange)) return row;
  return row.dataAreaId === exchange.settings.defaultCompany ? row : undefined;
}

function readKey(predicate: KeyPredicate, entity: EntitySchema): string {
  const { key } = entity.data;
  // The short form names no field; it stands for the first one.
  const values = new Map(predicate.parts.map((part) => [part.name ?? key[0] ?? '', keyLiteral(part)]));
  for (const name of values.keys()) if (!key.includes(name)) throw unknownField(name, entity.entityType);
  const given = key.filter((name) => values.has(name)).length;
  if (given < key.length) {
    throw requestFailure(`Only ${given} of ${key.length} keys provided for lookup, provide keys for ${key.join(',')}.`);
  }
  return rowKeyOf(
    key.map((name) => {
      const literal = values.get(name);
      const isText = entity.fields.get(name)?.type === undefined;
      if (literal === undefined || isText !== (literal.type === 'Edm.String')) {
        throw requestFailure(`The key value of '${name}' is not a literal of its type.`);
      }
      return literalValue(literal);
    }),
  );
}
