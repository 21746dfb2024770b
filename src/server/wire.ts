/** Types of the answers of the HTTP API under `/api/v1`: all that web pages and the command line know of the server. */

import type { JsonObject, JsonValue } from '../base/json.ts';

/** A list, newest or first by name on top; `nextLink` is relative and leads to the rest. */
export interface ListAnswer<Item> {
  readonly value: readonly Item[];
  readonly nextLink?: string;
}

/** Every answer with a status of 400 or above. */
export interface ErrorAnswer {
  readonly error: {
    /** A code of Rialto, or of Microsoft.Logic for workflows, runs and triggers: `WorkflowRunNotFound`. */
    readonly code: string;
    readonly message: string;
    /** The code of Rialto where `code` is one of Microsoft.Logic. */
    readonly innererror?: { readonly code: string };
    readonly position?: number;
    readonly problems?: readonly { readonly code: string; readonly pointer: string; readonly message: string }[];
    readonly details?: JsonObject;
    /** Of an internal fault: look for it in the server's log. */
    readonly faultId?: string;
  };
}

export interface HealthAnswer {
  readonly status: 'ok';
  readonly version: string;
  readonly time: string;
}

// --- Microsoft.Logic shapes (workflow definition language, REST surface) ---------------------------------------------

export interface StatusErrorAnswer {
  readonly code: string;
  readonly message: string;
}

/** Where inputs or outputs are; they are never part of a list. */
export interface ContentLink {
  /** Relative to the server. */
  readonly uri: string;
  /** Bytes. */
  readonly contentSize: number;
}

export interface ResourceReference {
  readonly id: string;
  readonly name: string;
  readonly type: string;
}

export interface WorkflowAnswer extends ResourceReference {
  readonly properties: {
    readonly state: 'Enabled' | 'Disabled';
    readonly version: string;
    readonly createdTime: string;
    readonly changedTime: string;
    readonly provisioningState: 'Succeeded';
    /** Absent in lists. */
    readonly definition?: JsonValue;
    /** Absent in lists. */
    readonly parameters?: JsonValue;
  };
}

export interface WorkflowVersionAnswer extends ResourceReference {
  readonly properties: {
    readonly version: string;
    readonly createdTime: string;
    /** Absent in lists. */
    readonly definition?: JsonValue;
    /** Absent in lists. */
    readonly parameters?: JsonValue;
  };
}

export interface TriggerAnswer extends ResourceReference {
  readonly properties: {
    readonly provisioningState: 'Succeeded';
    readonly createdTime: string;
    readonly changedTime: string;
    readonly state: 'Enabled' | 'Disabled';
    readonly lastExecutionTime?: string;
    readonly nextExecutionTime?: string;
    readonly recurrence?: JsonValue;
    readonly workflow: ResourceReference;
  };
}

export interface TriggerHistoryAnswer extends ResourceReference {
  readonly properties: {
    readonly startTime: string;
    readonly endTime: string;
    readonly status: 'Succeeded' | 'Skipped' | 'Failed';
    readonly code: string;
    readonly error?: StatusErrorAnswer;
    readonly fired: boolean;
  };
}

export type RunStatusWord = 'Running' | 'Waiting' | 'Succeeded' | 'Failed' | 'Cancelled' | 'TimedOut' | 'Suspended';

export type ActionStatusWord = 'Running' | 'Waiting' | 'Succeeded' | 'Failed' | 'Skipped' | 'TimedOut' | 'Cancelled';

export interface RunTriggerAnswer {
  readonly name: string;
  readonly inputsLink?: ContentLink;
  readonly outputsLink?: ContentLink;
  readonly scheduledTime?: string;
  readonly startTime?: string;
  readonly endTime?: string;
  readonly originHistoryName?: string;
  readonly trackingId?: string;
  readonly code?: string;
  readonly status?: string;
}

export interface RunAnswer extends ResourceReference {
  readonly properties: {
    readonly startTime: string;
    readonly endTime?: string;
    /** When a waiting run goes on. */
    readonly waitEndTime?: string;
    readonly status: RunStatusWord;
    readonly code?: string;
    readonly error?: StatusErrorAnswer;
    readonly correlation: { readonly clientTrackingId: string };
    readonly workflow: ResourceReference;
    readonly trigger: RunTriggerAnswer;
    /** Absent in lists. */
    readonly outputs?: JsonValue;
    /** By action name; only with `$expand=properties/actions`. */
    readonly actions?: Readonly<Record<string, RunActionAnswer['properties']>>;
  };
}

export interface RetryAnswer {
  readonly startTime: string;
  readonly endTime: string;
  readonly code: string;
  readonly error?: StatusErrorAnswer;
}

export interface RunActionAnswer extends ResourceReference {
  readonly properties: {
    readonly startTime: string;
    readonly endTime?: string;
    readonly status: ActionStatusWord;
    readonly code?: string;
    readonly error?: StatusErrorAnswer;
    readonly correlation: { readonly clientTrackingId: string };
    readonly inputsLink?: ContentLink;
    readonly outputsLink?: ContentLink;
    /** Attempts before the last. */
    readonly retryHistory?: readonly RetryAnswer[];
    /** Only of a single action, and only when small. */
    readonly inputs?: JsonValue;
    readonly outputs?: JsonValue;
  };
}

// --- connections, operations, records --------------------------------------------------------------------------------

export interface ConnectionAnswer {
  readonly name: string;
  readonly connector: string;
  /** Without secrets. */
  readonly settings: JsonObject;
  /** Names of the secret settings that have a value. */
  readonly secretsSet: readonly string[];
  readonly createdTime: string;
  readonly changedTime: string;
  /** Send it as `If-Match` with a change. */
  readonly etag: string;
}

export interface ConnectionTestAnswer {
  readonly ok: boolean;
  readonly steps: readonly ConnectionTestStep[];
}

export interface ConnectionTestStep {
  readonly name: string;
  readonly status: 'ok' | 'failed' | 'not-checked';
  readonly message?: string;
  readonly durationMs?: number;
  readonly error?: { readonly code: string; readonly message: string };
}

export interface ConnectorAnswer {
  readonly id: string;
  readonly title: string;
}

export interface OperationAnswer {
  readonly id: string;
  readonly summary: string;
  readonly connector: string;
  readonly kind: 'action' | 'trigger';
  /** Of an action: whether it can change the environment. */
  readonly effect?: 'read' | 'write';
  readonly addresses: readonly { readonly method: string; readonly path: string }[];
}

export interface OperationResultAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: JsonValue;
}

export interface EntitySetAnswer {
  readonly name: string;
}

export interface PropertyAnswer {
  readonly name: string;
  /** `Edm.String`, or the qualified name of an enum or complex type. */
  readonly type: string;
  readonly isCollection: boolean;
  readonly isNullable: boolean;
  readonly isKey: boolean;
  readonly maxLength?: number;
  /** Of an enum: its members. */
  readonly members?: readonly { readonly name: string; readonly value: JsonValue }[];
}

export interface EntitySchemaAnswer {
  readonly name: string;
  readonly entityType: string;
  readonly key: readonly string[];
  readonly alternateKeys: readonly (readonly string[])[];
  readonly properties: readonly PropertyAnswer[];
  readonly navigationProperties: readonly {
    readonly name: string;
    readonly type: string;
    readonly isCollection: boolean;
  }[];
}

/** Rows are streamed, so a fault after the first page is the last member of an answer with status 200. */
export interface QueryAnswer {
  readonly value: readonly JsonObject[];
  /** Pages read from the environment. */
  readonly pages: number;
  readonly count?: number;
  readonly error?: ErrorAnswer['error'];
}

export interface WriteAnswer {
  readonly record?: JsonObject;
  readonly etag?: string;
  readonly entityId?: string;
}

/** What an action of the environment returned; no member when it returned nothing. */
export interface ActionResultAnswer {
  readonly value?: JsonValue;
}
