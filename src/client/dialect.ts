/** What differs between the services that speak OData: a dialect is one service's way. */

import type { ErrorCode } from '../base/error-codes.ts';
import type { JsonObject } from '../base/json.ts';
import type { HttpHeaders } from '../http/index.ts';
import type { EntityType, KeyPredicate, QueryOptions } from '../odata/index.ts';
import type { Capabilities } from './capabilities.ts';
import type { KeyInput, ListOptions } from './client.ts';

/** A list, or a count, before it is sent. */
export interface ListCall {
  readonly kind: 'list' | 'count';
  /** As the caller gave them, validated. */
  readonly options: ListOptions;
  /** The options as trees. */
  readonly query: QueryOptions;
  /** Known when the client checks against metadata. */
  readonly entityType: EntityType | undefined;
}

/** How a list is asked for. */
export interface ListPlan {
  /** Of the first page. */
  readonly query: QueryOptions;
  /** Of every page. */
  readonly headers: HttpHeaders;
  /** Set when the client itself asks page by page with `$top` and `$skip`. */
  readonly offsetPageSize?: number;
}

/** A request for one record, or of an action. */
export interface RecordCall {
  readonly kind: 'get' | 'create' | 'update' | 'delete' | 'execute';
  readonly key?: KeyPredicate;
  /** What is sent by create and update. */
  readonly record?: JsonObject;
  readonly crossCompany?: boolean;
  readonly annotations?: string;
  readonly ifMatch?: string;
  readonly returnRecord?: boolean;
}

/** What a dialect adds to a request: headers, and query options without `$`. */
export interface RecordPlan {
  readonly headers: HttpHeaders;
  readonly custom: Readonly<Record<string, string>>;
}

/** An answer that is no success. */
export interface Refusal {
  readonly status: number;
  readonly headers: HttpHeaders;
  readonly text: string;
}

/** How a dialect reads a refusal. */
export interface RefusalReading {
  /** What the service's own code or words say; undefined leaves it to the status. */
  readonly code?: ErrorCode;
  readonly serviceCode: string;
  /** The service's own words; empty when it gave none. */
  readonly serviceMessage: string;
  readonly target?: string;
  readonly requestId?: string;
  /** Whether the service itself says that it failed in passing. False when it explained a lasting refusal. */
  readonly isPassing?: boolean;
  /** What a person can do about it. */
  readonly hint?: string;
}

/** One service's way of speaking OData. Both dialects implement it in files of the same names. */
export interface Dialect {
  /** For messages: `Finance & Operations`. */
  readonly name: string;
  readonly capabilities: Capabilities;
  /** Sent with the request for `$metadata`, besides the usual headers. */
  readonly metadataHeaders: HttpHeaders;
  /** Root of the OData service of an environment, with a final slash. Raises OPTION_INVALID. */
  serviceRoot(environmentUrl: string): string;
  /** The key as this service writes it. Raises ODATA_KEY_INVALID and ODATA_LITERAL_INVALID. */
  keyPredicate(key: KeyInput, entityType: EntityType | undefined): KeyPredicate;
  /** Paging, companies, annotations of a list. Raises OPTION_INVALID. */
  planList(call: ListCall): ListPlan;
  /** Companies, preferences and preconditions of a request for one record. */
  planRecord(call: RecordCall): RecordPlan;
  /** What the service meant when it refused. */
  readRefusal(refusal: Refusal): RefusalReading;
}
