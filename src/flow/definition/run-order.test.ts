/** Order by runAfter on generated definitions, against slow and obvious models. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonObject } from '../../base/json.ts';
import { readDefinitionDocument } from './container/read-definitions.ts';
import { readFoundDefinition } from './read-found-definition.ts';
import { compose, sampleDefinition } from './sample-definition.case.ts';

const statuses = ['Succeeded', 'Failed', 'Skipped', 'TimedOut'] as const;
type Status = (typeof statuses)[number];

/** An action of a generated definition; one with `inner` is a scope. */
interface Part {
  readonly name: string;
  readonly runAfter: ReadonlyMap<string, readonly Status[]>;
  readonly inner?: readonly Part[];
}

interface Shape {
  readonly after: readonly (readonly [index: number, statuses: readonly Status[]])[];
  readonly inner?: readonly Shape[];
}

const after = fc.array(fc.tuple(fc.nat(5), fc.uniqueArray(fc.constantFrom(...statuses), { minLength: 1 })), {
  maxLength: 3,
});
const { group } = fc.letrec<{ group: Shape[]; shape: Shape }>((tie) => ({
  group: fc.array(tie('shape'), { minLength: 1, maxLength: 5 }),
  shape: fc.oneof(
    { maxDepth: 3 },
    fc.record({ after }),
    fc.record({ after, inner: tie('group') }),
  ) as fc.Arbitrary<Shape>,
}));

/** Names the actions of a group, each after some of those before it. */
function partsOf(shapes: readonly Shape[], prefix: string): readonly Part[] {
  const name = (index: number) => `${prefix}${index}`;
  return shapes.map((shape, index) => ({
    name: name(index),
    runAfter: new Map(index === 0 ? [] : shape.after.map(([to, list]) => [name(to % index), list] as const)),
    ...(shape.inner === undefined ? {} : { inner: partsOf(shape.inner, `${name(index)}_`) }),
  }));
}

function actionsOf(parts: readonly Part[], inputs: ReadonlyMap<string, string>): JsonObject {
  return Object.fromEntries(
    parts.map(({ name, runAfter, inner }) => {
      const order = Object.fromEntries(runAfter) as JsonObject;
      const source =
        inner === undefined ? compose(inputs.get(name) ?? 1, order) : scope(actionsOf(inner, inputs), order);
      return [name, source];
    }),
  );
}

function scope(actions: JsonObject, runAfter: JsonObject): JsonObject {
  return { type: 'Scope', actions, runAfter };
}

function problemsOf(actions: JsonObject) {
  return readDefinitionDocument(sampleDefinition({ actions })).flatMap((found) => readFoundDefinition(found).problems);
}

/** All actions with those that hold them, outermost first. */
function chains(parts: readonly Part[], holders: readonly Part[] = []): readonly (readonly Part[])[] {
  return parts.flatMap((part) => [[...holders, part], ...chains(part.inner ?? [], [...holders, part])]);
}

/** Whether `first` is behind `second` by runAfter, both in one group. */
function isBehind(first: Part, second: Part, siblings: readonly Part[]): boolean {
  return [...second.runAfter.keys()].some((name) => {
    const before = siblings.find((part) => part.name === name);
    return before !== undefined && (before === first || isBehind(first, before, siblings));
  });
}

test('an action is seen by those that start when it has ended, and by no others', () => {
  fc.assert(
    fc.property(group, fc.nat(), fc.nat(), (shapes, pickUser, pickTarget) => {
      const parts = partsOf(shapes, 'a');
      const all = chains(parts);
      const users = all.filter((chain) => chain.at(-1)?.inner === undefined);
      const user = users[pickUser % Math.max(1, users.length)];
      const target = all[pickTarget % all.length];
      if (user === undefined || target === undefined) return;
      // Where the two ways part, the one must be behind the other.
      let depth = 0;
      while (user[depth] !== undefined && user[depth] === target[depth]) depth += 1;
      const siblings = depth === 0 ? parts : (user[depth - 1]?.inner ?? []);
      const [left, right] = [target[depth], user[depth]];
      const sees = left !== undefined && right !== undefined && isBehind(left, right, siblings);
      const inputs = new Map([[user.at(-1)?.name ?? '', `@outputs('${target.at(-1)?.name}')`]]);
      const complaints = problemsOf(actionsOf(parts, inputs)).filter(({ message }) => message.includes('does not run'));
      expect(complaints.length).toBe(sees ? 0 : 1);
    }),
    { numRuns: 500 },
  );
});

test('no action that some outcome of the others lets run is said to run never', () => {
  const outcomes = fc.infiniteStream(fc.constantFrom('Succeeded', 'Failed', 'TimedOut'));
  fc.assert(
    fc.property(group, fc.array(outcomes, { minLength: 20, maxLength: 20 }), (shapes, runs) => {
      // One group alone: a scope's status follows from what is inside.
      const parts = partsOf(
        shapes.map(({ after: order }) => ({ after: order })),
        'a',
      );
      const never = problemsOf(actionsOf(parts, new Map())).flatMap(
        ({ message }) => /^'(\w+)' never runs/.exec(message)?.[1] ?? [],
      );
      for (const run of runs) {
        const ended = new Map<string, string>();
        for (const { name, runAfter } of parts) {
          const isRun = [...runAfter].every(([before, list]) => list.some((status) => status === ended.get(before)));
          if (isRun) expect(never).not.toContain(name);
          ended.set(name, isRun ? String(run.next().value) : 'Skipped');
        }
      }
    }),
    { numRuns: 500 },
  );
});
