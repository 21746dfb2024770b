/** Actions that can never run, since no predecessor can end as their runAfter asks (reference 4.2). */

import { printValue } from '../../expression/index.ts';
import type { OutlineGroup, OutlineNode } from '../outline.ts';
import type { Problems } from '../problems.ts';

/** Reports the actions of a group, given in their order, that are always skipped. */
export function reportUnreachable(ordered: OutlineGroup['nodes'], problems: Problems): void {
  const ends = new Map<string, ReadonlySet<string>>();
  for (const node of ordered) {
    const blocker = [...node.runAfter].find(([name, allowed]) => {
      const possible = ends.get(name);
      return possible !== undefined && !allowed.some((status) => possible.has(status));
    });
    ends.set(node.name, endsOf(node, blocker !== undefined, ends));
    if (blocker === undefined) continue;
    const [name, allowed] = blocker;
    const wanted = allowed.length === 0 ? 'Aborted' : allowed.join(' or ');
    problems.doubtful(
      `${node.pointer}/runAfter`,
      `'${node.name}' never runs: it waits for '${name}' to end ${wanted}, and that cannot be.`,
    );
  }
}

const all: ReadonlySet<string> = new Set(['Succeeded', 'Failed', 'Skipped', 'TimedOut', 'Cancelled']);

/** The statuses in which an action can end while what runs after it can still run. */
function endsOf(
  node: OutlineNode,
  isBlocked: boolean,
  ends: ReadonlyMap<string, ReadonlySet<string>>,
): ReadonlySet<string> {
  if (isBlocked) return new Set(['Skipped']);
  const canBeSkipped = [...node.runAfter].some(([name, allowed]) =>
    [...(ends.get(name) ?? all)].some((status) => !allowed.some((one) => one === status)),
  );
  const skipped = canBeSkipped || isResponse(node) ? ['Skipped'] : [];
  // The run ends with it, unless it was skipped itself or its inputs cannot be evaluated.
  if (node.type === 'Terminate') {
    const canFail = printValue(node.source.get('inputs') ?? null).includes('@');
    return new Set(canFail ? [...skipped, 'Failed'] : skipped);
  }
  return new Set([...skipped, 'Succeeded', 'Failed', 'TimedOut', 'Cancelled']);
}

/** One that cannot answer any more is skipped by itself (reference 3.5). */
function isResponse(node: OutlineNode): boolean {
  return node.type === 'Response';
}
