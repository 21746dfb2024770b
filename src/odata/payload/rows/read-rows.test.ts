import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LimitError } from '../../../base/errors.ts';
import { type JsonValue, printJson } from '../../../base/json.ts';
import type { Row } from '../../row.ts';
import { readCollection } from '../read/read-collection.ts';
import { cut, rowsOf, split } from './payload-stream.case.ts';
import { readRows } from './read-rows.ts';

const member: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.constantFrom('}', '},{', '"', '\\', '\\"', '[]', 'value', '\u2028', '😀', '1234567890123456'),
  fc.integer(),
  fc.bigInt({ min: 9007199254740992n, max: 9223372036854775807n }),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.dictionary(fc.constantFrom('a', 'value', '}'), fc.integer(), { maxKeys: 2 }), { maxLength: 3 }),
);

const arbitraryBody = fc.record({
  rows: fc.array(fc.dictionary(fc.constantFrom('a', 'b', 'value', '@odata.etag', '"'), member, { maxKeys: 4 }), {
    maxLength: 6,
  }),
  before: fc.dictionary(fc.constantFrom('@odata.context', '@x.values', 'valu'), member, { maxKeys: 3 }),
  after: fc.dictionary(fc.constantFrom('@odata.nextLink', '@odata.deltaLink'), fc.string(), { maxKeys: 2 }),
  indent: fc.constantFrom(undefined, 1),
  name: fc.constantFrom('value', '\\u0076alue'),
});

/** `@odata.context` must be a text. */
function bodyText({
  rows,
  before,
  after,
  indent,
  name,
}: typeof arbitraryBody extends fc.Arbitrary<infer T> ? T : never): string {
  const context = '@odata.context' in before ? { '@odata.context': 'https://host/$metadata#Set' } : {};
  const text = printJson({ ...before, ...context, value: rows, ...after }, indent);
  return text.replace('"value":', `"${name}":`);
}

describe('readRows', () => {
  test('gives what JSON.parse gives, wherever the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryBody, fc.array(fc.nat(), { maxLength: 12 }), async (body, places) => {
        // A replaced name must be that of the rows, not one within what stands before them.
        const text = bodyText({ ...body, before: withoutValue(body.before) });
        const stream = readRows(cut(text, places));
        const { rows, ...annotations } = readCollection(text);
        expect(await rowsOf(stream)).toEqual(rows);
        expect(stream.annotations).toEqual(annotations);
      }),
      { numRuns: 300 },
    );
  });

  test('one byte at a time, a byte order mark first, blanks everywhere', async () => {
    const text =
      '\uFEFF \n{ "@odata.count" : 2 ,\t"value" : [ { "a" : "é\\u00e9\\"" } \r\n, { } ] , "@odata.nextLink" : "n" } ';
    const stream = readRows(
      cut(
        text,
        Array.from({ length: 200 }, (_, index) => index),
      ),
    );
    expect(await rowsOf(stream)).toEqual([{ a: 'éé"' }, {}]);
    expect(stream.annotations).toMatchObject({ count: 2, nextLink: 'n' });
  });

  test('rows that hold rows, over many pieces', async () => {
    const rows = Array.from({ length: 5_000 }, (_, index) => ({
      id: index,
      lines: [{ n: 1 }, { n: '},{' }],
      recId: 2 ** 53,
    }));
    const stream = split(JSON.stringify({ value: rows, '@odata.nextLink': 'next' }));
    expect(await rowsOf(stream)).toEqual(
      JSON.parse(JSON.stringify(rows), (key, value) => (key === 'recId' ? 2n ** 53n : value)),
    );
    expect(stream.annotations.nextLink).toBe('next');
  });

  test('gives a batch per piece, as soon as its rows are there', async () => {
    const read: string[] = [];
    async function* body(): AsyncIterable<Uint8Array> {
      read.push('first');
      yield Buffer.from('{"value":[{"a":1},{"a":2},{"a"');
      read.push('second');
      yield Buffer.from(':3}]}');
    }
    const batches: (readonly Row[])[] = [];
    for await (const batch of readRows(body()).batches()) {
      batches.push(batch);
      if (batches.length === 1) expect(read).toEqual(['first']);
    }
    expect(batches).toEqual([[{ a: 1 }, { a: 2 }], [{ a: 3 }]]);
  });

  test('both spellings of annotations, a count as text, members as they are', async () => {
    const stream = split('{"@context":"c","@count":"7","@Ns.x":[1],"value":[],"@deltaLink":"d","@nextLink":"n"}');
    expect(await rowsOf(stream)).toEqual([]);
    expect(stream.annotations).toEqual({
      context: 'c',
      count: 7,
      deltaLink: 'd',
      nextLink: 'n',
      members: { '@context': 'c', '@count': '7', '@Ns.x': [1], '@deltaLink': 'd', '@nextLink': 'n' },
    });
  });

  test('leaving the loop ends the body', async () => {
    let isClosed = false;
    async function* body(): AsyncIterable<Uint8Array> {
      try {
        yield Buffer.from('{"value":[{"a":1},{"a":2}');
        yield Buffer.from(']}');
      } finally {
        isClosed = true;
      }
    }
    for await (const _row of readRows(body())) break;
    expect(isClosed).toBe(true);
  });
});

describe('a payload that is not one', () => {
  const wrong: readonly (readonly [text: string, message: string])[] = [
    ['', 'ends too early'],
    ['<html>', 'Expected "{" at byte 0 of the payload; got "<".'],
    ['[]', 'Expected "{" at byte 0'],
    ['{"value":5}', 'Expected an array for the member "value" at byte 9 of the payload; got "5".'],
    ['{"value":{"a":1}}', 'Expected an array for the member "value"'],
    ['{"value":[1]}', 'Expected a row or "]" behind row 0 at byte 10'],
    ['{"value":[{"a":1},]}', 'Expected a row behind row 1'],
    ['{"value":[{"a":1}{"a":2}]}', 'Expected "," or "]" behind row 1'],
    ['{"value":[,{"a":1}]}', 'Expected a row or "]" behind row 0'],
    ['{"value":[{"a":1},{"a":},{"a":1}]}', 'Expected a value at byte 23 of the payload; got "}".'],
    ['{"value":[{"a":1},{"a":[}},{"a":1}]}', 'Expected a value at byte 24 of the payload; got "}".'],
    ['{"value":[{"a":1}],"b":}', 'Expected a value at byte 23 of the payload; got "}".'],
    ['{"value":[]}{', 'Expected nothing more at byte 12'],
    ['{"a":[]}', 'no member "value"'],
    ['{"error":{"code":"x","message":"y"}}', 'The payload is an error: x: y'],
    ['{"value":[],"@odata.nextLink":5}', 'Expected a text for @odata.nextLink'],
    ['{"value":[],"@odata.count":"x"}', 'Expected a whole number for @odata.count'],
  ];
  for (const [text, message] of wrong) {
    test(text, async () => {
      await expect(rowsOf(split(text))).rejects.toThrow(message);
      await expect(rowsOf(split(text))).rejects.toMatchObject({ code: 'ODATA_PAYLOAD_INVALID' });
      expect(() => readCollection(text)).toThrow(expect.objectContaining({ code: 'ODATA_PAYLOAD_INVALID' }));
    });
  }

  test('a second array of rows', async () => {
    await expect(rowsOf(split('{"value":[],"value":[]}'))).rejects.toThrow('a second member "value" at byte 20');
  });

  test('every truncation', async () => {
    const text = '{"@odata.context":"c","value":[{"a":"x","b":[{}]},{"c":1}],"@odata.nextLink":"n"}';
    for (let length = 0; length < text.length; length += 1) {
      await expect(rowsOf(split(text.slice(0, length)))).rejects.toThrow('ends too early');
    }
  });

  test('bytes that are not UTF-8', async () => {
    async function* body(): AsyncIterable<Uint8Array> {
      yield Buffer.concat([Buffer.from('{"value":[{"a":"'), Buffer.from([0xff]), Buffer.from('"}]}')]);
    }
    await expect(rowsOf(readRows(body()))).rejects.toThrow('is not UTF-8');
  });
});

describe('limits', () => {
  test('a row that is too long, in one piece or in many', async () => {
    const text = `{"value":[{"a":1},{"a":"${'x'.repeat(100)}"}]}`;
    const everywhere = Array.from({ length: 200 }, (_, index) => index);
    await expect(rowsOf(split(text, { rowBytesMax: 50 }))).rejects.toThrow(LimitError);
    await expect(rowsOf(readRows(cut(text, everywhere), { rowBytesMax: 50 }))).rejects.toThrow('rowBytesMax');
    await expect(rowsOf(split(text, { rowBytesMax: 200 }))).resolves.toHaveLength(2);
  });

  test('a row that is too long among many short ones', async () => {
    const rows = Array.from({ length: 4_000 }, (_, id) => ({ id, text: 'x'.repeat(id === 3_000 ? 2_000 : 50) }));
    await expect(rowsOf(split(JSON.stringify({ value: rows }), { rowBytesMax: 1_000 }))).rejects.toThrow('rowBytesMax');
  });

  test('too much around the rows', async () => {
    const text = `{"x":"${'x'.repeat(100)}","value":[]}`;
    await expect(rowsOf(split(text, { annotationsBytesMax: 50 }))).rejects.toThrow('annotationsBytesMax');
  });
});

test('annotations are there when the rows are read, and the rows are read once', async () => {
  const stream = split('{"value":[{"a":1}]}');
  expect(() => stream.annotations).toThrow('not been read to its end');
  await rowsOf(stream);
  expect(stream.annotations).toEqual({ members: {} });
  await expect(rowsOf(stream)).rejects.toThrow('read already');
});

/** The members without any text that looks like the name of the rows. */
function withoutValue<T>(members: Record<string, T>): Record<string, T> {
  return Object.fromEntries(
    Object.entries(members).filter(([, each]) => !printJson(each as JsonValue).includes('value')),
  );
}
