/** Rows of the tables as the driver gives them, and what they are in the store's words. */

import type {
  ActionRow,
  ConnectionRecord,
  Flow,
  FlowState,
  FlowVersion,
  Run,
  RunStatus,
  RunWithHistory,
  StatusError,
  TriggerHistory,
  TriggerHistoryStatus,
} from '../store.ts';

export interface FlowRow {
  readonly name: string;
  readonly state: FlowState;
  readonly created_time: number;
  readonly changed_time: number;
  readonly version: number;
  readonly definition: string;
  readonly parameters: string;
  readonly version_created_time: number;
}

export interface FlowVersionRow {
  readonly flow: string;
  readonly version: number;
  readonly definition: string;
  readonly parameters: string;
  readonly created_time: number;
}

export interface TriggerHistoryRow {
  readonly id: string;
  readonly flow: string;
  readonly trigger: string;
  readonly start_time: number;
  readonly end_time: number;
  readonly status: TriggerHistoryStatus;
  readonly code: string;
  readonly error: string | null;
  readonly fired: boolean;
}

export interface RunRow {
  readonly id: string;
  readonly flow: string;
  readonly flow_version: number;
  readonly status: RunStatus;
  readonly code: string | null;
  readonly error: string | null;
  readonly start_time: number;
  readonly end_time: number | null;
  readonly wake_time: number | null;
  readonly trigger_name: string;
  readonly segment: number;
  readonly orderly_segment: number;
  readonly owner: string | null;
}

export interface WholeRunRow extends RunRow {
  readonly trigger: string;
  readonly outputs: string | null;
}

export interface StoredActionRow {
  readonly action: string;
  readonly repetition: string;
  readonly attempt: number;
  readonly status: ActionRow['status'];
  readonly code: string;
  readonly start_time: number;
  readonly end_time: number;
  readonly retry_time: number | null;
  readonly inputs: string | null;
  readonly outputs: string | null;
  readonly error: string | null;
}

export interface ConnectionRow {
  readonly name: string;
  readonly connector: string;
  readonly settings: string;
  readonly created_time: number;
  readonly changed_time: number;
}

/** Columns of a run without its documents, for lists. */
export const runColumns =
  'id, flow, flow_version, status, code, error, start_time, end_time, wake_time, trigger_name, segment, orderly_segment, owner';

/** A flow with its current version. */
export function flowOf(row: FlowRow): Flow {
  return {
    name: row.name,
    state: row.state,
    version: flowVersionOf({ ...row, flow: row.name, created_time: row.version_created_time }),
    createdTime: row.created_time,
    changedTime: row.changed_time,
  };
}

/** A version of a flow. */
export function flowVersionOf(row: FlowVersionRow): FlowVersion {
  return {
    flow: row.flow,
    version: row.version,
    definition: row.definition,
    parameters: row.parameters,
    createdTime: row.created_time,
  };
}

/** One check of a trigger. */
export function triggerHistoryOf(row: TriggerHistoryRow): TriggerHistory {
  return {
    id: row.id,
    flow: row.flow,
    trigger: row.trigger,
    startTime: row.start_time,
    endTime: row.end_time,
    status: row.status,
    code: row.code,
    ...errorOf(row.error),
    fired: row.fired,
  };
}

/** A run without its documents. */
export function runOf(row: RunRow): Run {
  return {
    id: row.id,
    flow: row.flow,
    flowVersion: row.flow_version,
    status: row.status,
    ...(row.code === null ? {} : { code: row.code }),
    ...errorOf(row.error),
    startTime: row.start_time,
    ...(row.end_time === null ? {} : { endTime: row.end_time }),
    ...(row.wake_time === null ? {} : { wakeTime: row.wake_time }),
    triggerName: row.trigger_name,
    segment: row.segment,
    orderlySegment: row.orderly_segment,
    ...(row.owner === null ? {} : { owner: row.owner }),
  };
}

/** A run with its documents and its history. */
export function runWithHistoryOf(row: WholeRunRow, actions: readonly StoredActionRow[]): RunWithHistory {
  return {
    ...runOf(row),
    trigger: row.trigger,
    ...(row.outputs === null ? {} : { outputs: row.outputs }),
    actions: actions.map(actionOf),
  };
}

/** A connection. */
export function connectionOf(row: ConnectionRow): ConnectionRecord {
  return {
    name: row.name,
    connector: row.connector,
    settings: row.settings,
    createdTime: row.created_time,
    changedTime: row.changed_time,
  };
}

function actionOf(row: StoredActionRow): ActionRow {
  return {
    action: row.action,
    repetition: row.repetition,
    attempt: row.attempt,
    status: row.status,
    code: row.code,
    startTime: row.start_time,
    endTime: row.end_time,
    ...(row.retry_time === null ? {} : { retryTime: row.retry_time }),
    ...(row.inputs === null ? {} : { inputs: row.inputs }),
    ...(row.outputs === null ? {} : { outputs: row.outputs }),
    ...errorOf(row.error),
  };
}

function errorOf(text: string | null): { readonly error?: StatusError } {
  return text === null ? {} : { error: JSON.parse(text) as StatusError };
}
