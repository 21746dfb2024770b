import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rawMember } from './raw-member.ts';

test('a member is given as it is spelt', () => {
  const text = '{ "a": {"x":[1,{"b":2}], "b" : 1.0 }, "c\\"d": "]}" ,"n":12345678901234567890}';
  expect(rawMember(text, ['a', 'b'])).toBe('1.0');
  expect(rawMember(text, ['a', 'x'])).toBe('[1,{"b":2}]');
  expect(rawMember(text, ['c"d'])).toBe('"]}"');
  expect(rawMember(text, ['n'])).toBe('12345678901234567890');
  expect(rawMember(text, [])).toBe(text);
});

test('a missing member, and a member of what is no object, is undefined', () => {
  expect(rawMember('{"a":[1]}', ['b'])).toBeUndefined();
  expect(rawMember('{"a":[1]}', ['a', '0'])).toBeUndefined();
  expect(rawMember('{}', ['a'])).toBeUndefined();
});

test('of repeated names the last counts', () => {
  expect(rawMember('{"a":1,"a":2}', ['a'])).toBe('2');
});

test('of any object, each member read alone is the member that parsing gives', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.constantFrom(0, 2), (object, indent) => {
      const text = JSON.stringify(object, undefined, indent);
      const parsed = JSON.parse(text) as Record<string, unknown>;
      for (const name of Object.keys(parsed)) {
        expect(JSON.parse(rawMember(text, [name]) ?? 'missing')).toEqual(parsed[name]);
      }
    }),
  );
});
