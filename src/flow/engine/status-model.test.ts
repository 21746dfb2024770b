/**
 * Statuses of generated runs against a slow, obvious model; neither the order of the history's rows nor the order in
 * which calls are answered matters.
 */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonObject } from '../../base/json.ts';
import { apiCall, compose } from '../definition/sample-definition.case.ts';
import type { ActionRecord, InvokeCommand } from './command.ts';
import { decide } from './decide.ts';
import { answer, definitionOf, historyOf, play, statusesOf } from './sample-run.case.ts';

type Status = 'Succeeded' | 'Failed' | 'Skipped';

/** A generated action, before it has a name. */
interface Plan {
  readonly kind: 'compose' | 'call' | 'scope' | 'if';
  readonly fails: boolean;
  /** For each earlier sibling, in turn: the statuses to run after; empty for none. */
  readonly after: readonly (readonly Status[])[];
  readonly first: readonly Plan[];
  readonly second: readonly Plan[];
  readonly condition: boolean;
}

/** A named action. */
interface Node {
  readonly name: string;
  readonly plan: Plan;
  readonly runAfter: ReadonlyMap<string, readonly Status[]>;
  readonly first: readonly Node[];
  readonly second: readonly Node[];
}

const someStatuses = fc.subarray<Status>(['Succeeded', 'Failed', 'Skipped']);
const plans = fc.letrec<{ group: Plan[]; leaf: Plan[] }>((tie) => {
  const planOf = (kinds: Plan['kind'][], inner: fc.Arbitrary<Plan[]>): fc.Arbitrary<Plan[]> =>
    fc.array(
      fc.record({
        kind: fc.constantFrom(...kinds),
        fails: fc.boolean(),
        after: fc.array(someStatuses, { maxLength: 6 }),
        first: inner,
        second: inner,
        condition: fc.boolean(),
      }),
      { maxLength: 6 },
    );
  return {
    leaf: planOf(['compose', 'call'], fc.constant([])),
    group: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      tie('leaf'),
      planOf(['compose', 'call', 'scope', 'if'], tie('group')),
    ),
  };
}).group;

test('statuses agree with the model, in whatever order things happen', () => {
  fc.assert(
    fc.property(plans, fc.infiniteStream(fc.nat()), (plan, numbers) => {
      const next = (bound: number) => (bound < 2 ? 0 : (numbers.next().value ?? 0) % bound);
      const root = named(plan, 'A', 1);
      fc.pre(count(root) <= 120);
      const definition = definitionOf(actionsOf(root, next));
      const failing = failingNames(root);
      const outcome = ({ action }: InvokeCommand) => answer(failing.has(action) ? 400 : 200);
      const played = play(definition, { outcome, pick: next, shuffle: (rows) => shuffled(rows, next) });
      const model = new Map<string, Status>();
      modelGroup(root, model);
      expect(new Map(Object.entries(statusesOf(played)))).toEqual(new Map([...model].map((entry) => entry)));
      expect(played.end.status).toBe(modelStatus(root, model));
    }),
    { numRuns: 300 },
  );
});

test('a decision is the same for every order of the rows', () => {
  fc.assert(
    fc.property(plans, fc.infiniteStream(fc.nat()), fc.nat({ max: 20 }), (plan, numbers, keep) => {
      const next = (bound: number) => (bound < 2 ? 0 : (numbers.next().value ?? 0) % bound);
      const root = named(plan, 'A', 1);
      fc.pre(count(root) <= 120);
      const definition = definitionOf(actionsOf(root, () => 0));
      const rows = play(definition).rows.filter((_, index) => index < keep || next(2) === 0);
      const decided = decide(definition, historyOf(definition, rows), 5_000_000);
      expect(decide(definition, historyOf(definition, shuffled(rows, next)), 5_000_000)).toEqual(decided);
    }),
    { numRuns: 100 },
  );
});

/** Every action's status, straight from the rules. */
function modelGroup(group: readonly Node[], model: Map<string, Status>): void {
  for (const node of group) modelNode(node, group, model);
}

function modelNode(node: Node, group: readonly Node[], model: Map<string, Status>): Status {
  const known = model.get(node.name);
  if (known !== undefined) return known;
  const runs = [...node.runAfter].every(([name, allowed]) => {
    const predecessor = group.find((one) => one.name === name);
    return predecessor !== undefined && allowed.includes(modelNode(predecessor, group, model));
  });
  if (!runs) {
    skipAll([node], model);
    return 'Skipped';
  }
  const { kind, fails, condition } = node.plan;
  let status: Status = fails ? 'Failed' : 'Succeeded';
  if (kind === 'scope') {
    modelGroup(node.first, model);
    status = modelStatus(node.first, model);
  } else if (kind === 'if') {
    const [taken, other] = condition ? [node.first, node.second] : [node.second, node.first];
    skipAll(other, model);
    modelGroup(taken, model);
    status = modelStatus(taken, model);
  }
  model.set(node.name, status);
  return status;
}

function skipAll(group: readonly Node[], model: Map<string, Status>): void {
  for (const node of group) {
    model.set(node.name, 'Skipped');
    skipAll(node.first, model);
    skipAll(node.second, model);
  }
}

/** The leaf rule, word by word. */
function modelStatus(group: readonly Node[], model: Map<string, Status>): Status {
  const behind = (node: Node): readonly Node[] =>
    model.get(node.name) !== 'Skipped'
      ? [node]
      : group.filter((one) => node.runAfter.has(one.name)).flatMap((predecessor) => behind(predecessor));
  const leaves = group.filter((node) => !group.some((other) => other.runAfter.has(node.name)));
  return leaves.flatMap(behind).some((node) => model.get(node.name) === 'Failed') ? 'Failed' : 'Succeeded';
}

function named(plan: readonly Plan[], prefix: string, depth: number): readonly Node[] {
  // Deeper nesting is not allowed in a definition.
  if (depth > 8) return [];
  return plan.map((one, index) => {
    const name = `${prefix}${index}`;
    const after = one.after
      .slice(0, index)
      .flatMap((statuses, sibling) => (statuses.length === 0 ? [] : [[`${prefix}${sibling}`, statuses] as const]));
    const holds = one.kind === 'scope' || one.kind === 'if';
    return {
      name,
      plan: one,
      runAfter: new Map(after),
      first: holds ? named(one.first, `${name}x`, depth + 1) : [],
      second: one.kind === 'if' ? named(one.second, `${name}y`, depth + 1) : [],
    };
  });
}

/** As a definition, its members in some order. */
function actionsOf(group: readonly Node[], next: (bound: number) => number): JsonObject {
  return Object.fromEntries(shuffled(group, next).map((node) => [node.name, actionOf(node, next)]));
}

function actionOf(node: Node, next: (bound: number) => number): JsonObject {
  const runAfter = Object.fromEntries(node.runAfter);
  switch (node.plan.kind) {
    case 'compose':
      return compose(node.plan.fails ? "@int('x')" : 1, runAfter);
    case 'call':
      return apiCall(runAfter);
    case 'scope':
      return { type: 'Scope', runAfter, actions: actionsOf(node.first, next) };
    case 'if':
      return {
        type: 'If',
        runAfter,
        expression: `@${node.plan.condition}`,
        actions: actionsOf(node.first, next),
        else: { actions: actionsOf(node.second, next) },
      };
  }
}

function failingNames(group: readonly Node[]): ReadonlySet<string> {
  return new Set(
    group.flatMap((node) => [
      ...(node.plan.fails ? [node.name] : []),
      ...failingNames(node.first),
      ...failingNames(node.second),
    ]),
  );
}

function count(group: readonly Node[]): number {
  return group.reduce((sum, node) => sum + 1 + count(node.first) + count(node.second), 0);
}

function shuffled<T extends Node | ActionRecord>(items: readonly T[], next: (bound: number) => number): readonly T[] {
  const left = [...items];
  return items.flatMap(() => left.splice(next(left.length), 1));
}
