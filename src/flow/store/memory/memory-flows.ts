/** Flows, their versions and the schedule of their triggers, in memory. */

import type { Flow, FlowStore, FlowVersion } from '../store.ts';
import { compositeKey, type MemoryState } from './memory-state.ts';

type Deployment = Parameters<FlowStore['deploy']>[0];

/** The flow store on a memory state. */
export function memoryFlows(state: MemoryState): FlowStore {
  return {
    deploy: (deployment) => state.turns.take(async () => deploy(state, deployment)),
    get: async (name) => state.flows.get(name),
    getVersion: async (name, version) => state.versions.get(name)?.[version - 1],
    list: async () => [...state.flows.values()].sort((left, right) => (left.name < right.name ? -1 : 1)),
    setState: (name, flowState, now) =>
      state.turns.take(async () => {
        const flow = state.flows.get(name);
        if (flow === undefined) return undefined;
        const changed = { ...flow, state: flowState, changedTime: now };
        state.flows.set(name, changed);
        return changed;
      }),
    delete: (name) =>
      state.turns.take(async () => {
        removeTriggers(state, name, new Set());
        return state.flows.delete(name);
      }),
  };
}

function deploy(state: MemoryState, deployment: Deployment): Flow {
  const { name, now } = deployment;
  const before = state.flows.get(name);
  const isSame =
    before?.version.definition === deployment.definition && before.version.parameters === deployment.parameters;
  const version = isSame ? before.version : addVersion(state, deployment);
  const flow: Flow = {
    name,
    state: before?.state ?? 'Enabled',
    version,
    createdTime: before?.createdTime ?? now,
    changedTime: isSame ? before.changedTime : now,
  };
  state.flows.set(name, flow);
  removeTriggers(state, name, new Set(deployment.triggers.map((trigger) => trigger.name)));
  for (const { name: trigger, nextCheckTime } of deployment.triggers) {
    const key = compositeKey(name, trigger);
    const known = state.triggers.get(key);
    if (known !== undefined && isSame) continue;
    // A check under way comes to nothing: it was made as the version before says.
    state.triggers.set(key, {
      flow: name,
      trigger,
      position: known?.position,
      positionVersion: known === undefined ? 0 : known.positionVersion + 1,
      nextCheckTime,
      lease: undefined,
    });
  }
  return flow;
}

function addVersion(state: MemoryState, deployment: Deployment): FlowVersion {
  const versions = state.versions.get(deployment.name) ?? [];
  const version: FlowVersion = {
    flow: deployment.name,
    version: versions.length + 1,
    definition: deployment.definition,
    parameters: deployment.parameters,
    createdTime: deployment.now,
  };
  state.versions.set(deployment.name, [...versions, version]);
  return version;
}

function removeTriggers(state: MemoryState, flow: string, kept: ReadonlySet<string>): void {
  for (const [key, stored] of state.triggers) {
    if (stored.flow === flow && !kept.has(stored.trigger)) state.triggers.delete(key);
  }
}
