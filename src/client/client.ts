/** The OData client as its users see it. `createClient` in `create-client.ts` makes one. */

import type { JsonObject, JsonValue } from '../base/json.ts';
import type { ExpandItem, FilterExpression, KeyPredicate, KeyValue, OrderByItem } from '../odata/index.ts';
import type { Metadata } from './metadata.ts';

/** A key: a single value, the values by name, or a key predicate tree. */
export type KeyInput = KeyValue | Readonly<Record<string, KeyValue>> | KeyPredicate;

/** Texts are parsed and checked; trees are taken as they are. */
export interface ListOptions {
  readonly filter?: string | FilterExpression;
  readonly select?: readonly string[];
  readonly orderby?: string | readonly OrderByItem[];
  readonly expand?: string | readonly ExpandItem[];
  /** At most this many records in all, over all pages. */
  readonly top?: number;
  readonly skip?: number;
  readonly count?: boolean;
  /** Records per page that the service is asked for, where it honours that. */
  readonly pageSize?: number;
  /** F&O: all companies the user may see (`cross-company=true`) in place of the default company. */
  readonly crossCompany?: boolean;
  /** F&O: these companies only; implies `crossCompany`. */
  readonly companies?: readonly string[];
  /** Dataverse: which annotations to add, `*` for all. */
  readonly annotations?: string;
  readonly signal?: AbortSignal;
}

export interface RecordOptions {
  readonly select?: readonly string[];
  readonly expand?: string | readonly ExpandItem[];
  /** F&O: address a record outside the default company. Defaults to true when the key names a company. */
  readonly crossCompany?: boolean;
  readonly annotations?: string;
  readonly signal?: AbortSignal;
}

export interface WriteOptions {
  /** Update and delete: sent as `If-Match`. */
  readonly ifMatch?: string;
  /** Create and update: ask for the record as it is stored. Default true for create, false for update. */
  readonly returnRecord?: boolean;
  readonly crossCompany?: boolean;
  readonly signal?: AbortSignal;
}

export interface Page {
  readonly records: readonly JsonObject[];
  /** Total count, when asked for. */
  readonly count?: number;
  readonly hasMore: boolean;
}

/** What a create or update answered. `record` is undefined when the service sent none. */
export interface WriteResult {
  readonly record?: JsonObject;
  readonly etag?: string;
  /** The canonical address of the record, when the service named it (`OData-EntityId`, `Location`). */
  readonly entityId?: string;
}

export interface EntitySetClient {
  readonly name: string;
  /** Records of all pages, one by one; the next page is on its way while this one is consumed. */
  list(options?: ListOptions): AsyncIterable<JsonObject>;
  pages(options?: ListOptions): AsyncIterable<Page>;
  /** Raises RECORD_NOT_FOUND. The ETag is the member `@odata.etag`. */
  get(key: KeyInput, options?: RecordOptions): Promise<JsonObject>;
  count(options?: Pick<ListOptions, 'filter' | 'crossCompany' | 'companies' | 'signal'>): Promise<number>;
  create(record: JsonObject, options?: WriteOptions): Promise<WriteResult>;
  /** Changes the members given; never creates. Raises RECORD_NOT_FOUND, RECORD_CONFLICT. */
  update(key: KeyInput, changes: JsonObject, options?: WriteOptions): Promise<WriteResult>;
  delete(key: KeyInput, options?: WriteOptions): Promise<void>;
}

export interface ExecuteOptions {
  /** Name with or without its namespace. */
  readonly action: string;
  /** Bound to this entity set, or to the record of it that `key` names; unbound without. */
  readonly entitySet?: string;
  readonly key?: KeyInput;
  readonly parameters?: JsonObject;
  readonly crossCompany?: boolean;
  readonly signal?: AbortSignal;
}

/** One environment through its OData service. */
export interface Client extends Metadata {
  /** Root of the service with a final slash: `https://contoso.operations.dynamics.com/data/`. */
  readonly serviceRoot: string;
  entitySet(name: string): EntitySetClient;
  /** Calls an action; undefined when it answers 204. Raises ODATA_ACTION_UNKNOWN. */
  execute(options: ExecuteOptions): Promise<JsonValue | undefined>;
  /** Names of the entity sets, from the service document. */
  entitySets(signal?: AbortSignal): Promise<readonly string[]>;
}
