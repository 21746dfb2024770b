/** Everything that Rialto remembers: the store seam, its implementations, and the embedded database server. */

export {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from './embedded/embedded-postgres.ts';
export { checkOwnerFile, holdDirectory } from './embedded/owner-file.ts';
export { type MemoryStoreOptions, openMemoryStore } from './memory/memory-store.ts';
export type { PostgresSegmentQueue } from './postgres/postgres-journal.ts';
export { openPostgresStore, type PostgresStoreOptions } from './postgres/postgres-store.ts';
export type {
  AcceptedRun,
  ActionRow,
  ConnectionRecord,
  ConnectionStore,
  FinishedStatus,
  Flow,
  FlowState,
  FlowStore,
  FlowVersion,
  JsonText,
  NewEvent,
  Run,
  RunEnd,
  RunQuery,
  RunStatus,
  RunStore,
  RunWithHistory,
  SegmentQueue,
  SegmentRef,
  StatusError,
  Store,
  TriggerAcceptance,
  TriggerHistory,
  TriggerHistoryStatus,
  TriggerLease,
  TriggerSchedule,
  TriggerState,
  TriggerStore,
  WorkerStore,
} from './store.ts';
