/** The status of a run, a scope or a branch from those of its actions: the leaf rule (reference 4.3). */

import type { Action, ActionGroup } from '../definition/index.ts';
import type { ActionStatus } from './command.ts';

export interface GroupStatus {
  readonly status: 'Succeeded' | 'Failed' | 'TimedOut';
  /** The action that made it so; undefined when it succeeded. */
  readonly cause?: Action;
}

/**
 * Takes the leaves, goes back from each skipped one to what it runs after, and judges what is left: any failed, else any
 * timed out, else succeeded. `statusOf` knows every action of the group.
 */
export function groupStatus(group: ActionGroup, statusOf: (action: Action) => ActionStatus): GroupStatus {
  const judged: Action[] = [];
  const seen = new Set<Action>(group.leaves);
  const open = [...group.leaves];
  for (const action of open) {
    if (statusOf(action) !== 'Skipped') {
      judged.push(action);
      continue;
    }
    for (const name of action.runAfter.keys()) {
      const predecessor = group.actions.get(name);
      if (predecessor === undefined || seen.has(predecessor)) continue;
      seen.add(predecessor);
      open.push(predecessor);
    }
  }
  for (const status of ['Failed', 'TimedOut'] as const) {
    const cause = judged.find((action) => statusOf(action) === status);
    if (cause !== undefined) return { status, cause };
  }
  return { status: 'Succeeded' };
}
