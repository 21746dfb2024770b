import { expect, test } from 'vitest';
import { batchHeaderRecord, batchHeaderValue } from './batch-headers.ts';

const headers = [
  { name: 'Prefer', value: 'return=minimal' },
  { name: 'Accept', value: '*/*' },
  { name: 'PREFER', value: 'wait=1' },
  { name: '__proto__', value: 'x' },
];

test('a header is found in any case, and what is there twice is joined', () => {
  expect(batchHeaderValue(headers, 'prefer')).toBe('return=minimal, wait=1');
  expect(batchHeaderValue(headers, 'ACCEPT')).toBe('*/*');
  expect(batchHeaderValue(headers, 'Host')).toBeUndefined();
});

test('as a record they have names in lower case, all as members of its own', () => {
  const record = batchHeaderRecord(headers);
  expect(Object.entries(record)).toEqual([
    ['prefer', 'return=minimal, wait=1'],
    ['accept', '*/*'],
    ['__proto__', 'x'],
  ]);
  expect(Object.getPrototypeOf(record)).toBe(Object.prototype);
});
