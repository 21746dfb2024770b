import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRialtoError } from '../../../base/errors.ts';
import { type JsonValue, printJson } from '../../../base/json.ts';
import { readCollection } from '../read/read-collection.ts';
import { cut, every, rowsOf, split } from './payload-stream.case.ts';
import { readRows } from './read-rows.ts';

/** Rows of a page, of a shape that repeats, as services write them. */
const page = fc
  .record({
    lines: fc.constantFrom<JsonValue>([], [{ Id: 1, Line: 2 }], [{ Id: 1 }, { Id: 2, Name: '},{"Id":' }], [[{}, {}]]),
    text: fc.constantFrom(
      '',
      'x'.repeat(40),
      '😀é'.repeat(9),
      '"},{"Id":1',
      '1234567890123456',
      ',1234567890123456789,',
    ),
    number: fc.constantFrom(
      '0',
      '9007199254740993',
      '-12345678901234567890.12',
      '1e400',
      '1e-400',
      '47.64323000000001',
    ),
    count: fc.integer({ min: 1, max: 400 }),
    isSparse: fc.boolean(),
    separator: fc.constantFrom(',', ',\n  ', ' , '),
    indent: fc.constantFrom(undefined, 1),
  })
  .map(({ lines, text, number, count, isSparse, separator, indent }) => {
    const rows = Array.from({ length: count }, (_, index) => {
      const first = isSparse && index % 7 === 0 ? {} : { Id: index };
      return printJson({ ...first, Name: `${text}${index}`, Lines: lines, Amount: 'N' }, indent).replace('"N"', number);
    });
    return `{"@odata.context":"c","value":[${rows.join(separator)}],"@odata.nextLink":"n"}`;
  });

test('pages of every shape read the same in pieces of every size', async () => {
  await fc.assert(
    fc.asyncProperty(page, fc.integer({ min: 3_000, max: 70_000 }), fc.array(fc.nat()), async (text, size, places) => {
      const { rows, ...annotations } = readCollection(text);
      for (const at of [[], every(size, text.length), places]) {
        const stream = readRows(cut(text, at));
        expect(await rowsOf(stream)).toEqual(rows);
        expect(stream.annotations).toEqual(annotations);
      }
    }),
    { numRuns: 40 },
  );
});

describe('numbers keep every digit', () => {
  const numbers: readonly (readonly [text: string, value: JsonValue])[] = [
    ['9007199254740991', 9007199254740991],
    ['9007199254740992', 9007199254740992n],
    ['-9223372036854775808', -9223372036854775808n],
    ['100000000000000000000', 100000000000000000000n],
    ['12345678901234567890.12', '12345678901234567890.12'],
    ['-0.12345678901234567890', '-0.12345678901234567890'],
    ['123456789.123456789', '123456789.123456789'],
    ['79228162514264337593543950335', 79228162514264337593543950335n],
    ['1.5', 1.5],
    ['1.50000000000000000000', 1.5],
    ['0.1', 0.1],
    ['0.30000000000000004', 0.30000000000000004],
    ['0.1000000000000000055511151231257827', '0.1000000000000000055511151231257827'],
    ['47.64323000000001', 47.64323000000001],
    ['1.7976931348623157e308', 1.7976931348623157e308],
    ['1e400', '1e400'],
    ['-1E+400', '-1E+400'],
    ['1e-400', '1e-400'],
    ['0e400', 0],
    ['1e3', 1000],
    ['-0', -0],
  ];
  for (const [text, value] of numbers) {
    test(text, async () => {
      const body = `{"value":[{"a":${text}},{"b":[${text}, ${text}]}]}`;
      const rows = [{ a: value }, { b: [value, value] }];
      expect(await rowsOf(split(body))).toEqual(rows);
      expect(await rowsOf(readRows(cut(body, every(1, body.length))))).toEqual(rows);
      expect(readCollection(body).rows).toEqual(rows);
    });
  }

  test('decimals as doubles, for those who want them', async () => {
    const body = '{"value":[{"a":12345678901234567890.12,"b":1e400,"c":9007199254740993}]}';
    expect(await rowsOf(split(body, { decimals: 'number' }))).toEqual([
      { a: Number('12345678901234567890.12'), b: Infinity, c: 9007199254740993n },
    ]);
  });

  test('digits that are no JSON number are refused', async () => {
    for (const text of [
      '012345678901234567890',
      '-012345678901234567',
      '12345678901234567890.',
      '1234567890123456789e',
      '.12345678901234567890',
    ]) {
      for (const body of [`{"value":[{"a":${text}}]}`, `{"value":[{"a":[${`${text},`.repeat(40_000)}1]}]}`]) {
        await expect(rowsOf(split(body))).rejects.toMatchObject({ code: 'ODATA_PAYLOAD_INVALID' });
        expect(() => readCollection(body)).toThrow(expect.objectContaining({ code: 'ODATA_PAYLOAD_INVALID' }));
      }
    }
  });

  test('digits within texts are texts, also where they look like numbers', async () => {
    const rows = [{ a: ',12345678901234567890,', b: '12345678901234567890', '12345678901234567890': '\uE0000', c: 1 }];
    const body = `{"value":[${JSON.stringify(rows[0]).replace('"c":1', '"c":12345678901234567890')}]}`;
    expect(await rowsOf(split(body))).toEqual([{ ...rows[0], c: 12345678901234567890n }]);
  });
});

describe('a page made to do harm', () => {
  const wrap = (row: string) => `{"value":[${row}]}`;

  test('rows that nest 10,000 deep', async () => {
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":', '}'],
    ] as const) {
      const deep = wrap(`{"a":${open.repeat(10_000)}1${close.repeat(10_000)}}`);
      await expect(rowsOf(split(deep))).rejects.toThrow('payloadDepthMax');
      await expect(rowsOf(split(deep.slice(0, 30_000)))).rejects.toMatchObject({ retryable: false });
      await expect(rowsOf(split(`{"x":${open.repeat(10_000)}`))).rejects.toThrow('payloadDepthMax');
    }
  });

  test('names of the prototype are members', async () => {
    const row = '{"__proto__":{"isAdmin":true},"constructor":1,"a":9007199254740993}';
    for (const rows of [await rowsOf(split(wrap(row))), readCollection(wrap(row)).rows]) {
      expect(Object.keys(rows[0] ?? {})).toEqual(['__proto__', 'constructor', 'a']);
      expect(Object.getPrototypeOf(rows[0])).toBe(Object.prototype);
    }
    const stream = split('{"__proto__":{"isAdmin":true},"value":[]}');
    await rowsOf(stream);
    expect(Object.keys(stream.annotations.members)).toEqual(['__proto__']);
    expect('isAdmin' in stream.annotations.members).toBe(false);
  });

  test('numbers of a thousand digits and more', async () => {
    await expect(rowsOf(split(wrap(`{"a":${'9'.repeat(100_000)}}`)))).rejects.toThrow('numberLengthMax');
    await expect(rowsOf(split(`{"a":${'9'.repeat(100_000)},"value":[]}`))).rejects.toThrow('numberLengthMax');
  });

  test('a row longer than JSON.parse reads in a moment', async () => {
    const long = {
      a: 'é"\\'.repeat(400_000),
      b: Array.from({ length: 20_000 }, (_, index) => ({ n: index })),
      c: null,
    };
    const text = `{"value":[{"a":1},${JSON.stringify(long)},{"a":2}]}`;
    const rows = [{ a: 1 }, long, { a: 2 }];
    expect(await rowsOf(split(text))).toEqual(rows);
    expect(await rowsOf(readRows(cut(text, every(9_973, Buffer.byteLength(text)))))).toEqual(rows);
    await expect(rowsOf(split(text, { rowBytesMax: 1_500_000 }))).rejects.toThrow('rowBytesMax');
    await expect(rowsOf(split(text.slice(0, 2_000_000)))).rejects.toThrow('ends too early, within row 2');
  });

  test('long rows of numbers, special ones among them, and of what looks like our own marks', async () => {
    const numbers = '1e400,9007199254740993,1,1.5,'.repeat(40_000);
    const text = `{"value":[{"a":[${numbers}2],"b":["\uE0000",9007199254740993,"${'x'.repeat(600_000)}"]}]}`;
    const [row] = await rowsOf(split(text));
    const { a, b } = row as { readonly a: readonly JsonValue[]; readonly b: readonly JsonValue[] };
    expect(a.slice(-5)).toEqual(['1e400', 9007199254740993n, 1, 1.5, 2]);
    expect(a).toHaveLength(160_001);
    expect(b.slice(0, 2)).toEqual(['\uE0000', 9007199254740993n]);
    expect(await rowsOf(readRows(cut(text, every(50_021, text.length))))).toEqual([row]);
  });

  test('bytes at random, and pages that were changed at random, end in a typed error or in rows', async () => {
    const body = Buffer.from('{"@odata.context":"c","value":[{"a":"é","b":[{}]},{"c":1.5e3}],"@odata.nextLink":"n"}');
    const changed = fc.tuple(fc.nat(body.length - 1), fc.uint8Array({ maxLength: 3 })).map(([at, bytes]) => {
      return Buffer.concat([body.subarray(0, at), bytes, body.subarray(at + bytes.length)]);
    });
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array(), changed), async (bytes) => {
        const read = await rowsOf(split(bytes)).catch((error: unknown) => error);
        const inBytes = await rowsOf(readRows(cut(bytes, every(1, bytes.length)))).catch((error: unknown) => error);
        if (!Array.isArray(read)) expect(isRialtoError(read)).toBe(true);
        expect(Array.isArray(inBytes) ? inBytes : String(inBytes)).toEqual(Array.isArray(read) ? read : String(read));
      }),
    );
  });
});

describe('an error within the payload', () => {
  const words = 'The payload is an error: 0x1: It failed.';
  const error = '{"error":{"code":"0x1","message":"It failed."}}';
  const broken: readonly (readonly [what: string, text: string])[] = [
    ['in the place of a collection', error],
    ['behind the rows', `{"value":[{"a":1}],${error.slice(1)}`],
    ['in the place of a row', `{"value":[{"a":1},${error}`],
    ['as the only row', `{"value":[${error}`],
    ['within a row', `{"value":[{"a":1},{"a":1,"b":${error}`],
    ['behind half a member', `{"value":[{"a":1},{"a":1,"b"${error}]}`],
  ];
  for (const [what, text] of broken) {
    test(what, async () => {
      for (const places of [[], every(1, text.length)]) {
        const read = rowsOf(readRows(cut(text, places)));
        await expect(read).rejects.toThrow(words);
        await expect(read).rejects.toMatchObject({ code: 'ODATA_PAYLOAD_INVALID' });
      }
    });
  }

  test('without a comma, when it arrives with the row before', async () => {
    await expect(rowsOf(split(`{"value":[{"a":1}${error}`))).rejects.toThrow(words);
  });

  test('what is no error does not take the place of what is wrong', async () => {
    await expect(rowsOf(split('{"value":[{"a":{"error":{"b":1}}},{"a"}]}'))).rejects.toThrow('Expected ":" at byte 38');
  });

  test('a row that only looks like one is a row', async () => {
    expect(await rowsOf(split(`{"value":[${error},${error}]}`))).toEqual([JSON.parse(error), JSON.parse(error)]);
  });
});

describe('timers have their turn', () => {
  /** How often while a page of so many rows is read. */
  async function turnsOf(rows: number, chunkBytes: number): Promise<number> {
    const page = JSON.stringify({ value: Array.from({ length: rows }, (_, id) => ({ id, text: 'x'.repeat(100) })) });
    let turns = 0;
    let isReading = true;
    const turn = () => {
      turns += 1;
      if (isReading) setImmediate(turn);
    };
    setImmediate(turn);
    await rowsOf(readRows(cut(page, every(chunkBytes, page.length))));
    isReading = false;
    return turns;
  }

  test('while a page comes at once', async () => expect(await turnsOf(5_000, 1_000_000)).toBeGreaterThanOrEqual(4));

  test('while one comes byte by byte', async () => expect(await turnsOf(200, 1)).toBeGreaterThanOrEqual(100));
});
