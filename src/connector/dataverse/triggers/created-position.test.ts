import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseInstant } from '../../../base/clock.ts';
import {
  advance,
  type CreatedPosition,
  emptyPosition,
  instantText,
  isSeen,
  lookBackMs,
  parsePosition,
  printPosition,
  seenIdsMax,
} from './created-position.ts';

const noon = parseInstant('2026-05-04T12:00:00Z') ?? 0;

function record(id: string, seconds: number) {
  return { id, createdOn: noon + seconds * 1000 };
}

describe('the position of a created trigger', () => {
  test('knows what it was given, in the same second too', () => {
    const { position } = advance(emptyPosition, [record('a', 0), record('b', 0)]);
    expect(isSeen(position, record('a', 0))).toBe(true);
    expect(isSeen(position, record('b', 0))).toBe(true);
    expect(isSeen(position, record('c', 0))).toBe(false);
  });

  test('leaves the look-back open for records that become visible late', () => {
    const { position } = advance(emptyPosition, [record('a', 0)]);
    expect(isSeen(position, record('late', -lookBackMs / 1000))).toBe(false);
    expect(isSeen(position, record('old', -lookBackMs / 1000 - 1))).toBe(true);
  });

  test('forgets ids that the look-back has passed, and takes them for old', () => {
    const first = advance(emptyPosition, [record('a', 0)]).position;
    const { position } = advance(first, [record('b', lookBackMs / 1000 + 1)]);
    expect([...position.seen.values()].flatMap((ids) => [...ids])).toEqual(['b']);
    expect(isSeen(position, record('a', 0))).toBe(true);
  });

  test('never goes back', () => {
    const start: CreatedPosition = { from: noon, watermark: noon, seen: new Map() };
    const { position } = advance(start, [record('a', 1)]);
    expect(position.from).toBe(noon);
    expect(position.watermark).toBe(noon + 1000);
  });

  test('shortens the look-back by whole seconds when it holds too many ids', () => {
    const many = (seconds: number) =>
      Array.from({ length: seenIdsMax / 2 + 1 }, (_, i) => record(`${seconds}-${i}`, seconds));
    const { position, isShortened } = advance(emptyPosition, [...many(0), ...many(1)]);
    expect(isShortened).toBe(true);
    expect(position.from).toBe(noon + 1000);
    expect(isSeen(position, record('0-0', 0))).toBe(true);
    expect(isSeen(position, record('new', 1))).toBe(false);
  });

  test('says so when one second alone holds too many', () => {
    const many = Array.from({ length: seenIdsMax + 1 }, (_, i) => record(String(i), 0));
    expect(() => advance(emptyPosition, many)).toThrow(expect.objectContaining({ code: 'LIMIT_EXCEEDED' }));
  });

  test('is the same after it was written and read', () => {
    const records = fc.array(
      fc.record({ id: fc.uuid(), createdOn: fc.integer({ min: 0, max: 300 }).map((s) => noon + s * 1000) }),
    );
    fc.assert(
      fc.property(records, (given) => {
        const { position } = advance(emptyPosition, given);
        expect(parsePosition(JSON.parse(JSON.stringify(printPosition(position))))).toEqual(position);
      }),
    );
  });

  test('writes instants as the service does', () => {
    expect(instantText(noon)).toBe('2026-05-04T12:00:00Z');
  });

  test('refuses what is no position', () => {
    expect(() => parsePosition({ version: 2 })).toThrow(expect.objectContaining({ code: 'INTERNAL' }));
  });
});
