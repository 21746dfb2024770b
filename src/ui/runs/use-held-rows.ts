/** Keeps rows where they are while someone points at them. */

import { useState } from 'react';
import type { RunAnswer } from '../../server/wire.ts';

/**
 * The runs to show: while held, those that were there at the start of the hold, with their present state; new ones wait
 * and are counted, so that no row moves under the pointer.
 */
export function useHeldRows(runs: readonly RunAnswer[]) {
  const [heldIds, setHeldIds] = useState<ReadonlySet<string> | undefined>();
  // Behind the first held run everything is shown: older runs are added at the end, where they move nothing.
  const firstHeld = heldIds === undefined ? 0 : runs.findIndex((run) => heldIds.has(run.id));
  const waiting = Math.max(0, firstHeld);
  return {
    rows: runs.slice(waiting),
    waiting,
    hold: () => setHeldIds((present) => present ?? new Set(runs.map((run) => run.id))),
    release: () => setHeldIds(undefined),
    /** Shows the waiting runs and holds the rows as they are then. */
    showWaiting: () => setHeldIds(new Set(runs.map((run) => run.id))),
  };
}
