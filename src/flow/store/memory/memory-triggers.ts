/** Triggers: leases, positions, events and the runs that they lead to, in memory. */

import type {
  AcceptedRun,
  NewEvent,
  TriggerAcceptance,
  TriggerHistory,
  TriggerLease,
  TriggerState,
  TriggerStore,
} from '../store.ts';
import { positionStale } from '../store-errors.ts';
import { compositeKey, enqueueAll, type MemoryState, type StoredTrigger } from './memory-state.ts';

/** The trigger store on a memory state. */
export function memoryTriggers(state: MemoryState): TriggerStore {
  return {
    leaseDue: (options) => state.turns.take(async () => leaseDue(state, options)),
    accept: (acceptance) => state.turns.take(() => accept(state, acceptance)),
    nextCheckTime: async () => nextCheckTime(state),
    checkNow: (flow, trigger, now) =>
      state.turns.take(async () => {
        const key = compositeKey(flow, trigger);
        const stored = state.triggers.get(key);
        if (stored === undefined) return false;
        state.triggers.set(key, { ...stored, nextCheckTime: Math.min(stored.nextCheckTime, now) });
        return true;
      }),
    list: async (flow) => listTriggers(state, flow),
    histories: async (options) => histories(state, options),
  };
}

function leaseDue(state: MemoryState, options: Parameters<TriggerStore['leaseDue']>[0]): readonly TriggerLease[] {
  const { now } = options;
  const due = enabledTriggers(state)
    .filter(({ stored }) => stored.nextCheckTime <= now && (stored.lease === undefined || stored.lease.until <= now))
    .sort((left, right) => left.stored.nextCheckTime - right.stored.nextCheckTime)
    .slice(0, options.max);
  return due.map(({ key, stored, flowVersion }) => {
    state.triggers.set(key, { ...stored, lease: { worker: options.worker, until: now + options.leaseMs } });
    const { flow, trigger, position, positionVersion } = stored;
    return { flow, flowVersion, trigger, position, positionVersion };
  });
}

function enabledTriggers(
  state: MemoryState,
): readonly { readonly key: string; readonly stored: StoredTrigger; readonly flowVersion: number }[] {
  return [...state.triggers].flatMap(([key, stored]) => {
    const flow = state.flows.get(stored.flow);
    return flow?.state === 'Enabled' ? [{ key, stored, flowVersion: flow.version.version }] : [];
  });
}

async function accept(state: MemoryState, acceptance: TriggerAcceptance): Promise<readonly AcceptedRun[]> {
  if (state.histories.has(acceptance.history.id)) return acceptedBefore(state, acceptance);
  const key = compositeKey(acceptance.flow, acceptance.trigger);
  const stored = state.triggers.get(key);
  if (stored?.positionVersion !== acceptance.positionVersion) throw positionStale(acceptance, stored?.positionVersion);

  const fresh = new Map<string, NewEvent>();
  for (const event of acceptance.events) {
    const eventKey = compositeKey(acceptance.flow, acceptance.trigger, event.key);
    if (!state.events.has(eventKey) && !fresh.has(eventKey)) fresh.set(eventKey, event);
  }
  const ownedMax = state.workers.has(acceptance.worker) ? acceptance.ownedMax : 0;
  const events = [...fresh.values()];
  await enqueueAll(
    state,
    events.slice(ownedMax).map((event) => ({ runId: event.runId, segment: 1 })),
  );
  for (const [eventKey, event] of fresh) state.events.set(eventKey, event.runId);
  events.forEach((event, index) => {
    addRun(state, acceptance, event, index < ownedMax);
  });
  state.triggers.set(key, {
    ...stored,
    position: acceptance.position ?? stored.position,
    positionVersion: stored.positionVersion + 1,
    nextCheckTime: acceptance.nextCheckTime,
    lease: undefined,
  });
  state.histories.set(acceptance.history.id, acceptance.history);
  return events.map((event, index) => ({ runId: event.runId, eventKey: event.key, owned: index < ownedMax }));
}

/** The same acceptance again, because its answer was lost: what it led to then. */
function acceptedBefore(state: MemoryState, acceptance: TriggerAcceptance): readonly AcceptedRun[] {
  return acceptance.events.flatMap((event) => {
    if (state.events.get(compositeKey(acceptance.flow, acceptance.trigger, event.key)) !== event.runId) return [];
    const run = state.runs.get(event.runId)?.run;
    return [{ runId: event.runId, eventKey: event.key, owned: run?.owner === acceptance.worker && run.segment === 1 }];
  });
}

function addRun(state: MemoryState, acceptance: TriggerAcceptance, event: NewEvent, isOwned: boolean): void {
  state.runs.set(event.runId, {
    run: {
      id: event.runId,
      flow: acceptance.flow,
      flowVersion: acceptance.flowVersion,
      status: isOwned ? 'Running' : 'Waiting',
      startTime: acceptance.history.endTime,
      triggerName: acceptance.trigger,
      segment: 1,
      orderlySegment: 1,
      ...(isOwned ? { owner: acceptance.worker } : {}),
    },
    trigger: event.trigger,
    outputs: undefined,
    actions: [],
  });
}

function nextCheckTime(state: MemoryState): number | undefined {
  const times = enabledTriggers(state).map(({ stored }) => Math.max(stored.nextCheckTime, stored.lease?.until ?? 0));
  return times.length === 0 ? undefined : times.reduce((first, time) => Math.min(first, time));
}

function listTriggers(state: MemoryState, flow: string | undefined): readonly TriggerState[] {
  return [...state.triggers.values()]
    .filter((stored) => flow === undefined || stored.flow === flow)
    .map(({ flow: name, trigger, position, nextCheckTime: next }) => ({
      flow: name,
      trigger,
      position,
      nextCheckTime: next,
    }))
    .sort((left, right) => (compositeKey(left.flow, left.trigger) < compositeKey(right.flow, right.trigger) ? -1 : 1));
}

function histories(state: MemoryState, options: Parameters<TriggerStore['histories']>[0]): readonly TriggerHistory[] {
  return [...state.histories.values()]
    .filter((history) => history.flow === options.flow && history.trigger === options.trigger)
    .sort((left, right) => right.startTime - left.startTime || (left.id < right.id ? 1 : -1))
    .slice(0, options.max);
}
