/** Versions of flows as the worker runs them: parsed once, kept while they are used. */

import { RialtoError } from '../../base/errors.ts';
import type { FlowStore } from '../store/store.ts';
import { type OpenFlow, openFlow } from './open-flow.ts';

/** The version of a flow, from memory or from the store. */
export type LoadFlow = (flow: string, version: number) => Promise<OpenFlow>;

/**
 * Loads versions, and keeps the `definitionsMax` that were used last. Raises FLOW_UNKNOWN, DEFINITION_INVALID or
 * DEFINITION_UNSUPPORTED (a definition that another release of Rialto deployed), and STORE_UNAVAILABLE.
 */
export function flowLoader(flows: Pick<FlowStore, 'getVersion'>, definitionsMax: number): LoadFlow {
  const loaded = new Map<string, Promise<OpenFlow>>();

  async function load(flow: string, version: number): Promise<OpenFlow> {
    const stored = await flows.getVersion(flow, version);
    if (stored === undefined) {
      throw new RialtoError('FLOW_UNKNOWN', `There is no version ${version} of flow '${flow}'.`);
    }
    return openFlow(stored);
  }

  return (flow, version) => {
    const key = JSON.stringify([flow, version]);
    const known = loaded.get(key);
    const opened = known ?? load(flow, version);
    // Re-inserted, so that the map is in order of use.
    loaded.delete(key);
    loaded.set(key, opened);
    // A failure is not kept: the next one who asks tries again.
    if (known === undefined) opened.catch(() => loaded.delete(key));
    for (const oldest of loaded.keys()) {
      if (loaded.size <= definitionsMax) break;
      loaded.delete(oldest);
    }
    return opened;
  };
}
