/**
 * What the rest of Rialto knows of a connector: operations and triggers as values (design decision D5), and the host
 * that calls them. Imports nothing but base, so that the flow runtime knows what to call and not how it is done.
 */

import type { JsonObject, JsonValue } from '../base/json.ts';
import type { Log } from '../base/log.ts';

/** A JSON Schema (draft 2020-12 subset) with the OpenAPI extensions of connectors (`x-ms-summary` …). */
export type JsonSchema = JsonObject;

/** Whether calling it can change the environment: a read is repeated freely, a write only when that is safe (D8). */
export type OperationEffect = 'read' | 'write';

export interface CallContext {
  readonly signal?: AbortSignal;
  readonly log: Log;
  /** Same for every attempt of the same flow action; empty for calls by a person. */
  readonly idempotencyKey: string;
  /** Whether an earlier attempt under this key may have reached the service. */
  readonly mayBeRepeat: boolean;
}

/** What an operation or a Logic Apps connector answers: `outputs` of the action. */
export interface OperationResult {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Left out when the answer has no body. */
  readonly body?: JsonValue;
}

/** How definitions address an operation: `post` `/datasets/{dataset}/tables/{table}/items`. */
export interface OperationAddress {
  readonly method: 'get' | 'post' | 'patch' | 'put' | 'delete';
  /** Path template; each `{name}` is one segment, URL-encoded twice by the definition. */
  readonly path: string;
}

/** Types of parameters or output: fixed, or computed from the connection's metadata and the parameters given so far. */
export type SchemaSource<Connection> =
  | JsonSchema
  | ((connection: Connection, parameters: JsonObject, signal?: AbortSignal) => Promise<JsonSchema>);

/** An action that a connector offers. */
export interface ConnectorOperation<Connection> {
  /** Microsoft's own operation id: `PostItem_V2`. */
  readonly id: string;
  /** Microsoft's own title: `Create a new record`. */
  readonly summary: string;
  readonly effect: OperationEffect;
  /** Every way in which definitions of the different editions address it. */
  readonly addresses: readonly OperationAddress[];
  /** Schema of one object with all parameters: path, query, and `body`. */
  readonly parameters: SchemaSource<Connection>;
  readonly output: SchemaSource<Connection>;
  invoke(connection: Connection, parameters: JsonObject, context: CallContext): Promise<OperationResult>;
}

export interface PollResult {
  /** New records, oldest first. */
  readonly records: readonly JsonObject[];
  /** Position after these records; plain data, handed back at the next poll. */
  readonly state: JsonValue;
  /** When set, poll again after this many milliseconds, in place of the recurrence. */
  readonly pollAgainAfterMs?: number;
}

/** A polling trigger that a connector offers. */
export interface ConnectorTrigger<Connection> {
  /** Microsoft's own operation id: `GetOnNewItems_V2`. */
  readonly id: string;
  readonly summary: string;
  readonly addresses: readonly OperationAddress[];
  readonly parameters: SchemaSource<Connection>;
  readonly output: SchemaSource<Connection>;
  /**
   * Asks for what is new since `state`. Without a state nothing old is returned: the answer is the position to start
   * from. Must return every new record at least once; a record may come again, its event key tells.
   */
  poll(
    connection: Connection,
    parameters: JsonObject,
    state: JsonValue | undefined,
    context: CallContext,
  ): Promise<PollResult>;
  /** The unique key of one event of this trigger, from its record alone: the same record gives the same key for ever. */
  eventKey(parameters: JsonObject, record: JsonObject): string;
}

/** A call as a definition makes it: `inputs` of an `ApiConnection` trigger or action after evaluation. */
export interface ConnectorCall {
  /** Name of the local connection: last segment of the connection id. */
  readonly connection: string;
  /** Lower case. */
  readonly method: string;
  /** Relative to the connector's root; variable segments still encoded as the definition encoded them. */
  readonly path: string;
  readonly queries: Readonly<Record<string, JsonValue>>;
  readonly headers: Readonly<Record<string, JsonValue>>;
  readonly body?: JsonValue;
}

/** Calls connectors for the flow runtime and the server. */
export interface ConnectorHost {
  /**
   * Makes the call of an action. An answer of the service, also a refusal, is a result with its status code; what never
   * got an answer raises HOST_UNREACHABLE or TIMEOUT.
   */
  invoke(call: ConnectorCall, context: CallContext): Promise<OperationResult>;
  /** Polls the trigger that the call addresses. */
  poll(call: ConnectorCall, state: JsonValue | undefined, context: CallContext): Promise<PollResult>;
  /** The event key of a record that `poll` of the same call returned. */
  eventKey(call: ConnectorCall, record: JsonObject): string;
  /**
   * Checks, without calling the environment, that the connection exists and offers an operation (or trigger) at this
   * address. Raises CONNECTION_UNKNOWN or OPERATION_UNKNOWN.
   */
  check(call: Pick<ConnectorCall, 'connection' | 'method' | 'path'>, as: 'operation' | 'trigger'): Promise<void>;
}
