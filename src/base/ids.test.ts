import { expect, test } from 'vitest';
import { seededIds } from './ids.ts';

test('the same seed gives the same ids', () => {
  const [one, two] = [seededIds(7), seededIds(7)];
  expect([one.uuid(), one.random(), ...one.bytes(4)]).toEqual([two.uuid(), two.random(), ...two.bytes(4)]);
  expect(seededIds(7).uuid()).not.toBe(seededIds(8).uuid());
});

test('a seeded id is a UUID of version 4', () => {
  expect(seededIds(1).uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
