/**
 * One check of a trigger: poll, split, and hand position, events and runs to the store in one write. A crash before it
 * repeats the poll; after it nothing is lost (design walk "A trigger").
 */

import type { Clock } from '../../base/clock.ts';
import { isRialtoError, type ServiceErrorDetails } from '../../base/errors.ts';
import type { Ids } from '../../base/ids.ts';
import { isJsonObject, parseJson, printJson } from '../../base/json.ts';
import type { Log } from '../../base/log.ts';
import type { ConnectorCall, ConnectorHost, PollResult } from '../../connector/contract.ts';
import type {
  AcceptedRun,
  JsonText,
  NewEvent,
  StatusError,
  TriggerAcceptance,
  TriggerHistory,
  TriggerLease,
  TriggerStore,
} from '../store/store.ts';
import { connectorCall, withTimeout } from './call.ts';
import type { ExecutionSlots } from './execution-slots.ts';
import type { LoadFlow } from './loaded-flow.ts';
import type { OpenFlow } from './open-flow.ts';
import { newRunId } from './run-id.ts';
import type { SegmentStart } from './segment.ts';
import { retryStore } from './store-retry.ts';
import { triggerEvents } from './trigger-events.ts';
import type { WorkerLimits } from './worker-limits.ts';

export interface TriggerCheckContext {
  readonly triggers: TriggerStore;
  readonly connectors: ConnectorHost;
  readonly loadFlow: LoadFlow;
  readonly slots: ExecutionSlots;
  /** Executes a run that this worker owns; its slot is taken. */
  readonly begin: (start: SegmentStart) => void;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly limits: WorkerLimits;
  readonly workerId: string;
  /** Aborts a poll under way: it is made again later. */
  readonly drain: AbortSignal;
  /** Ends the waiting for the database. */
  readonly stop: AbortSignal;
}

/** What a check found, before it is written down. */
interface Found {
  readonly position: JsonText | undefined;
  readonly events: readonly NewEvent[];
  readonly nextCheckTime: number;
  readonly status: TriggerHistory['status'];
  readonly code: string;
  readonly error?: StatusError;
}

/** Checks a trigger that this worker has leased, and begins the runs that come of it. Never rejects. */
export async function checkTrigger(lease: TriggerLease, context: TriggerCheckContext): Promise<void> {
  const log = context.log.child({ flow: lease.flow, trigger: lease.trigger });
  const startTime = context.clock.now();
  try {
    const found = await find(lease, startTime, { ...context, log });
    if (found === undefined) return;
    await accept(lease, found, startTime, context);
    if (found.error !== undefined) log.warn('The check of a trigger failed.', { ...found.error });
    else log.debug('A trigger was checked.', { events: found.events.length });
  } catch (error) {
    const code = isRialtoError(error) ? error.code : 'INTERNAL';
    const isExpected = code === 'TRIGGER_POSITION_STALE' || context.stop.aborted;
    const level = isExpected ? 'debug' : code === 'STORE_UNAVAILABLE' ? 'warn' : 'error';
    const message = error instanceof Error ? error.message : String(error);
    log[level]('A check of a trigger was given up.', { code, message });
  }
}

/** Polls. A failure is a finding too; undefined when the worker drains meanwhile. */
async function find(lease: TriggerLease, startTime: number, context: TriggerCheckContext): Promise<Found | undefined> {
  const { clock, limits, loadFlow } = context;
  let flow: OpenFlow | undefined;
  try {
    flow = await loadFlow(lease.flow, lease.flowVersion);
    const { call: asked, inputs } = flow.triggerCall(startTime);
    const call = connectorCall(asked);
    const polled = await poll(lease, call, context);
    const endTime = clock.now();
    const { connectors } = context;
    const { events, ...outcome } = triggerEvents({ flow, call, inputs, polled, connectors, startTime, endTime });
    return {
      // When no record can be judged none is passed over: they come again until the definition is mended.
      position: outcome.status === 'Failed' && events.length === 0 ? undefined : printJson(polled.state),
      events: events.map((event, index) => ({ ...event, runId: newRunId(endTime, index, context.ids) })),
      nextCheckTime: nextCheckAfter(polled, flow, endTime, startTime),
      ...outcome,
    };
  } catch (error) {
    if (context.drain.aborted) return undefined;
    // Our own database is in the way, not the service: nothing can be written down, the check is made again.
    if (isRialtoError(error) && error.code === 'STORE_UNAVAILABLE') throw error;
    const now = clock.now();
    const next = flow?.nextCheckTime(now, startTime) ?? now + limits.unreadableFlowRetryMs;
    const retryAfterMs = (isRialtoError(error) ? error.retryAfterMs : undefined) ?? 0;
    return {
      position: undefined,
      events: [],
      nextCheckTime: Math.max(next, now + retryAfterMs),
      status: 'Failed',
      ...failureOf(error),
    };
  }
}

function poll(lease: TriggerLease, call: ConnectorCall, context: TriggerCheckContext): Promise<PollResult> {
  const { clock, connectors, drain, limits, log } = context;
  const state = lease.position === undefined ? undefined : parseJson(lease.position, { what: 'the trigger position' });
  return withTimeout({ clock, timeoutMs: limits.callTimeoutMs, signal: drain }, (signal) =>
    connectors.poll(call, state, { signal, log, idempotencyKey: '', mayBeRepeat: false }),
  );
}

/** Reference 2.5: a trigger that has more says when to come back. */
function nextCheckAfter(polled: PollResult, flow: OpenFlow, now: number, previous: number): number {
  return polled.pollAgainAfterMs === undefined ? flow.nextCheckTime(now, previous) : now + polled.pollAgainAfterMs;
}

/** The code and the words of the service where it has spoken, else ours. */
function failureOf(error: unknown): { readonly code: string; readonly error: StatusError } {
  if (!isRialtoError(error)) {
    const message = error instanceof Error ? error.message : String(error);
    return { code: 'INTERNAL', error: { code: 'INTERNAL', message } };
  }
  const details = 'details' in error && isJsonObject(error.details) ? error.details : undefined;
  const { serviceCode } = (details ?? {}) as Partial<ServiceErrorDetails>;
  return { code: error.code, error: { code: serviceCode || error.code, message: error.message } };
}

/** Writes the finding down and begins the runs that this worker owns from birth. */
async function accept(
  lease: TriggerLease,
  found: Found,
  startTime: number,
  context: TriggerCheckContext,
): Promise<void> {
  const { clock, ids, slots, triggers, workerId } = context;
  const { position, events, nextCheckTime, ...outcome } = found;
  const ownedMax = slots.takeFree(events.length);
  const acceptance: TriggerAcceptance = {
    flow: lease.flow,
    flowVersion: lease.flowVersion,
    trigger: lease.trigger,
    positionVersion: lease.positionVersion,
    position,
    nextCheckTime,
    history: {
      id: ids.uuid(),
      flow: lease.flow,
      trigger: lease.trigger,
      startTime,
      endTime: clock.now(),
      fired: events.length > 0,
      ...outcome,
    },
    events,
    worker: workerId,
    ownedMax,
  };
  let owned: readonly AcceptedRun[] = [];
  try {
    // Repeated when the answer was lost: the store knows the history's id and answers as the first time.
    const accepted = await retryStore(() => triggers.accept(acceptance), { ...context, signal: context.stop });
    owned = accepted.filter((run) => run.owned);
  } finally {
    slots.release(ownedMax - owned.length);
  }
  const triggerOf = new Map(events.map((event) => [event.runId, event.trigger]));
  for (const { runId } of owned) {
    const { flow, flowVersion } = lease;
    const trigger = triggerOf.get(runId) ?? '';
    context.begin({ segment: { runId, segment: 1 }, flow, flowVersion, trigger, actions: [], mayRepeat: false });
  }
}
