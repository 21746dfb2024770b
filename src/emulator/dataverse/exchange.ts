/** One request to the Dataverse Web API, with what the handlers need. */

import type { RequestUri } from '../../odata/index.ts';
import type { DataverseSettings } from '../options.ts';
import type { PathTarget } from '../routing/path-target.ts';
import type { TableStore } from '../store/table-store.ts';
import type { Incoming } from '../wire/incoming.ts';
import type { Preferences } from './preferences.ts';
import type { PrintContext } from './print-row.ts';
import type { RecordContext } from './records.ts';
import type { DataverseSchema, TableSchema } from './table-schema.ts';

export interface DataverseExchange {
  readonly request: Incoming;
  /** `http://127.0.0.1:8367/api/data/v9.2/`. */
  readonly serviceRoot: string;
  readonly uri: RequestUri;
  readonly target: PathTarget;
  readonly schema: DataverseSchema;
  readonly store: TableStore;
  readonly settings: DataverseSettings;
  readonly preferences: Preferences;
  readonly origins: ReadonlySet<string>;
  readonly record: RecordContext;
  readonly organizationId: string;
}

/** The table whose entity set the path names. */
export function tableOf(exchange: DataverseExchange): TableSchema {
  return exchange.schema.table(exchange.target.entityType?.name ?? '');
}

/** How rows are printed for this request. */
export function printContext(exchange: DataverseExchange): PrintContext {
  const { schema, store, preferences } = exchange;
  return { schema, store, includesAnnotation: preferences.includesAnnotation };
}

/** Headers of every JSON answer. */
export function jsonHeaders(exchange: DataverseExchange): Readonly<Record<string, string>> {
  return {
    'content-type': 'application/json; odata.metadata=minimal',
    'odata-version': '4.0',
    ...preferenceApplied(exchange),
  };
}

/** `Preference-Applied`, when a preference was. */
export function preferenceApplied(exchange: DataverseExchange): Readonly<Record<string, string>> {
  const { applied } = exchange.preferences;
  return applied === undefined ? {} : { 'preference-applied': applied };
}
