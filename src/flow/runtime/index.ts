/** The flow runtime: workers that check triggers and execute runs, and what deploys flows for them. */

export { checkFlow, type DeployContext, deployFlow, type FlowDocument } from './deploy.ts';
export type { ExecuteSegment, SegmentHandling, SegmentSource, SegmentStanding } from './segment-source.ts';
export { createWorker, type Worker, type WorkerEnd, type WorkerOptions } from './worker.ts';
export { type WorkerLimits, workerLimits } from './worker-limits.ts';
