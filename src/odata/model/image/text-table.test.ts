import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashBytes, TextTable } from './text-table.ts';

test('the same text has the same number, another one another', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 6 }), { maxLength: 200 }), (texts) => {
      const table = new TextTable();
      const numbers = new Map<string, number>();
      for (const text of [...texts, ...texts]) {
        const number = table.internText(text);
        expect(numbers.get(text) ?? number).toBe(number);
        numbers.set(text, number);
      }
      expect(new Set(numbers.values()).size).toBe(numbers.size);
      const sealed = table.seal();
      for (const [text, number] of numbers) expect([table.text(number), sealed.text(number)]).toEqual([text, text]);
    }),
  );
});

test('texts that someone chose to fall to one place are told apart all the same', () => {
  // The places of a small table are the low bits of the hash: these texts have those of the first one.
  const encoder = new TextEncoder();
  const placeOf = (text: string) => {
    const bytes = encoder.encode(text);
    const hash = hashBytes(bytes, 0, bytes.length);
    return (hash ^ (hash >>> 15)) & 0x1fff;
  };
  const chosen: string[] = [];
  for (let index = 0; chosen.length < 60; index += 1) {
    if (placeOf(`N${index}`) === placeOf('N0')) chosen.push(`N${index}`);
  }
  const table = new TextTable();
  const numbers = chosen.map((text) => table.internText(text));
  expect(numbers).toEqual(chosen.map((_, index) => index));
  for (let index = 0; index < 20_000; index += 1) table.internText(`M${index}`);
  expect(chosen.map((text) => table.internText(text))).toEqual(numbers);
});
