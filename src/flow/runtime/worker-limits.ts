/** The limits of a worker, each with a name and a default. */

export interface WorkerLimits {
  /** Most runs that execute at the same time. */
  readonly runsMax: number;
  /** Most calls of one run under way at the same time. */
  readonly callsPerRunMax: number;
  /** Longest wait for the answer to one call of a connector. Reference 5.3: 120 s. */
  readonly callTimeoutMs: number;
  /** A retry further off than this parks the run; a nearer one is waited for in memory. */
  readonly parkAfterMs: number;
  /** Most decisions in one segment: beyond it the engine is at fault. */
  readonly decisionsMax: number;
  /** How often a worker says that it lives. */
  readonly beatMs: number;
  /** A worker that has not been heard of for this long is dead. */
  readonly deadAfterMs: number;
  /** How often a worker looks for segments that another took out of the queue and lost. */
  readonly recoverMs: number;
  /** Most triggers checked at the same time. */
  readonly triggersMax: number;
  /** How long a check keeps other workers from the same trigger. A check that takes longer may be made twice. */
  readonly triggerLeaseMs: number;
  /** Longest wait before the worker asks again which triggers are due. */
  readonly triggerWaitMsMax: number;
  /** Next check of a trigger whose flow cannot be read. */
  readonly unreadableFlowRetryMs: number;
  /** Wait before what the database did not answer is repeated; it doubles each time, up to `storeBackoffMsMax`. */
  readonly storeBackoffMs: number;
  readonly storeBackoffMsMax: number;
  /** Most flow versions kept parsed in memory. */
  readonly definitionsMax: number;
  /** Longest wait of an orderly stop for calls under way. */
  readonly drainMs: number;
}

/** Limits of a worker for which nothing else is said. */
export const workerLimits: WorkerLimits = Object.freeze({
  runsMax: 50,
  callsPerRunMax: 20,
  callTimeoutMs: 120_000,
  parkAfterMs: 10_000,
  decisionsMax: 1_000_000,
  beatMs: 1_000,
  deadAfterMs: 3_000,
  recoverMs: 2_000,
  triggersMax: 10,
  triggerLeaseMs: 15_000,
  triggerWaitMsMax: 1_000,
  unreadableFlowRetryMs: 60_000,
  storeBackoffMs: 50,
  storeBackoffMsMax: 5_000,
  definitionsMax: 100,
  drainMs: 10_000,
});
