/** Order by runAfter: cycles, and who runs before whom (reference 4.2). */

import type { Outline, OutlineGroup, OutlineNode } from './outline.ts';
import type { Problems } from './problems.ts';

/** The nodes of a group, each behind all that it runs after; reports those in a cycle and leaves them out. */
export function orderGroup(group: OutlineGroup, problems: Problems): readonly OutlineNode[] {
  const waiting = new Map(group.nodes.map((node) => [node.name, node.runAfter.size]));
  const successors = successorsOf(group);
  const ordered: OutlineNode[] = group.nodes.filter((node) => node.runAfter.size === 0);
  // The list grows while it is walked; each node is pushed once, when its last predecessor is behind it.
  for (const node of ordered) {
    for (const successor of successors.get(node.name) ?? []) {
      const left = (waiting.get(successor.name) ?? 0) - 1;
      waiting.set(successor.name, left);
      if (left === 0) ordered.push(successor);
    }
  }
  if (ordered.length < group.nodes.length) reportCycle(group, new Set(ordered), problems);
  return ordered;
}

/**
 * Whether `target` has always ended when `user` starts: it, or an action that holds it, is behind `user`, or behind an
 * action that holds `user`, by runAfter (reference 4.2, 9).
 */
export function runsBefore(outline: Outline, target: OutlineNode, user: OutlineNode): boolean {
  const targets = withHolders(outline, target);
  return withHolders(outline, user).some((holder) => {
    const before = predecessorsOf(outline, holder);
    return targets.some((one) => one !== holder && before.has(one.name));
  });
}

/** A node and the nodes that hold it, innermost first. */
export function withHolders(outline: Outline, node: OutlineNode): readonly OutlineNode[] {
  const chain: OutlineNode[] = [];
  let current: OutlineNode | undefined = node;
  while (current !== undefined) {
    chain.push(current);
    current = current.parent === undefined ? undefined : outline.byName.get(current.parent);
  }
  return chain;
}

/** The names of all that have ended when the node starts, by its runAfter and theirs; remembered in the outline. */
function predecessorsOf(outline: Outline, node: OutlineNode): ReadonlySet<string> {
  const known = outline.predecessors.get(node.name);
  if (known !== undefined) return known;
  const seen = new Set<string>();
  const open = [node];
  for (const current of open) {
    for (const name of current.runAfter.keys()) {
      const predecessor = outline.byName.get(name);
      if (predecessor === undefined || seen.has(name)) continue;
      seen.add(name);
      open.push(predecessor);
    }
  }
  outline.predecessors.set(node.name, seen);
  return seen;
}

function successorsOf(group: OutlineGroup): ReadonlyMap<string, readonly OutlineNode[]> {
  const successors = new Map<string, OutlineNode[]>();
  for (const node of group.nodes) {
    for (const name of node.runAfter.keys()) {
      const list = successors.get(name) ?? [];
      list.push(node);
      successors.set(name, list);
    }
  }
  return successors;
}

/** Names one cycle: from any node that could not be ordered, going back leads into one. */
function reportCycle(group: OutlineGroup, ordered: ReadonlySet<OutlineNode>, problems: Problems): void {
  const left = new Map(group.nodes.filter((node) => !ordered.has(node)).map((node) => [node.name, node]));
  const path = new Set<OutlineNode>();
  let current = left.values().next().value;
  while (current !== undefined && !path.has(current)) {
    path.add(current);
    const back: string | undefined = [...current.runAfter.keys()].find((name) => left.has(name));
    current = back === undefined ? undefined : left.get(back);
  }
  // Without a cycle here, what is left waits for an action that is itself not valid; that was reported.
  if (current === undefined) return;
  const nodes = [...path];
  const cycle = nodes.slice(nodes.indexOf(current)).map((node) => `'${node.name}'`);
  const shown = cycle.length <= 10 ? cycle : [...cycle.slice(0, 10), '…'];
  problems.invalid(
    `${current.pointer}/runAfter`,
    `These actions run after each other in a cycle: ${[...shown, cycle[0]].join(' after ')}.`,
  );
}
