import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRialtoError, LimitError } from '../../../base/errors.ts';
import { factsOf } from '../arbitrary-models.case.ts';
import { readCsdlJson } from './read-csdl-json.ts';
import { readCsdlXml } from './read-csdl-xml.ts';
import { writeCsdlJson } from './write-csdl-json.ts';
import { writeCsdlXml } from './write-csdl-xml.ts';

const start = '<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>';
const end = '</edmx:DataServices></edmx:Edmx>';
const schema = (inside: string) =>
  `${start}<Schema Namespace="N" xmlns="http://docs.oasis-open.org/odata/ns/edm">${inside}</Schema>${end}`;

/** A little of everything, with characters of two to four bytes. */
const small = schema(
  '<!--ä--><EntityType Name="Größe"><Key><PropertyRef Name="一"/></Key><Property Name="一" Type="Edm.String" MaxLength="3">' +
    "<Annotation Term='T.A'><String>a&amp;b<![CDATA[😀]]></String></Annotation></Property></EntityType>\r\n" +
    '<EnumType Name="E"><Member Name="A" Value="1"/></EnumType><EntityContainer Name="C"/>',
);

async function* pieces(bytes: Uint8Array, size: number): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** The outcome of reading: typed errors only. */
async function outcome(reading: Promise<unknown>): Promise<string> {
  try {
    await reading;
    return 'read';
  } catch (error) {
    if (!isRialtoError(error)) throw error;
    return error.code;
  }
}

describe('documents that come in pieces', () => {
  test('give the same model however they are cut', async () => {
    const whole = factsOf(await readCsdlXml(small));
    const bytes = new TextEncoder().encode(small);
    for (const size of [1, 2, 3, 5, 17, 64, 1000]) {
      expect(factsOf(await readCsdlXml(pieces(bytes, size)))).toEqual(whole);
    }
    expect(factsOf(await readCsdlXml(new TextEncoder().encode(`\uFEFF${small}`)))).toEqual(whole);
  });

  test('give the same error however they are cut', async () => {
    const wrong = small.replace('</EntityType>', '</EntitySet>');
    const bytes = new TextEncoder().encode(wrong);
    const message = `${await readCsdlXml(wrong).catch((error: Error) => error.message)}`;
    expect(message).toMatch(/at 1:\d+: the end tag of 'EntityType' is expected here/);
    for (const size of [1, 7, 100]) await expect(readCsdlXml(pieces(bytes, size))).rejects.toThrow(message);
  });

  test('give the same model from JSON', async () => {
    const text = writeCsdlJson(await readCsdlXml(small));
    const whole = factsOf(await readCsdlJson(text));
    const bytes = new TextEncoder().encode(`\uFEFF${text}`);
    for (const size of [3, 4, 50]) expect(factsOf(await readCsdlJson(pieces(bytes, size)))).toEqual(whole);
    expect(factsOf(await readCsdlJson(new TextEncoder().encode(text)))).toEqual(whole);
  });
});

describe('documents that are broken', () => {
  test('are refused when they are cut off at any byte', async () => {
    const bytes = new TextEncoder().encode(small);
    for (let length = 0; length < bytes.length; length += 1) {
      expect(await outcome(readCsdlXml(bytes.subarray(0, length))), `cut at ${length}`).toBe('CSDL_INVALID');
    }
  });

  test('are refused or read when bytes are changed', async () => {
    const bytes = new TextEncoder().encode(small);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat({ max: bytes.length - 1 }), fc.nat({ max: 255 })), { maxLength: 3 }),
        async (edits) => {
          const changed = bytes.slice();
          for (const [at, byte] of edits) changed[at] = byte;
          expect(['read', 'CSDL_INVALID', 'LIMIT_EXCEEDED']).toContain(await outcome(readCsdlXml(changed)));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('are refused when they are anything', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        expect(await outcome(readCsdlXml(bytes))).toBe('CSDL_INVALID');
        expect(await outcome(readCsdlJson(bytes))).toBe('CSDL_INVALID');
      }),
      { numRuns: 300 },
    );
  });

  test('are refused with the place of the first byte that is not UTF-8', async () => {
    const bytes = new TextEncoder().encode('<Edmx Version="4.0">\n ä<!-- -->');
    const wrong = Uint8Array.of(...bytes, 0xe4, 0x20);
    await expect(readCsdlXml(wrong)).rejects.toThrow('not valid at 2:11: the bytes are not UTF-8');
    await expect(readCsdlXml(pieces(wrong, 3))).rejects.toThrow('not valid at 2:11: the bytes are not UTF-8');
    await expect(readCsdlXml(Uint8Array.of(...bytes, 0xe4))).rejects.toThrow('the bytes are not UTF-8');
  });

  test('are refused in UTF-16, with a byte order mark or without', async () => {
    for (const bytes of [
      [0xff, 0xfe, 0x3c, 0],
      [0xfe, 0xff, 0, 0x3c],
      [0x3c, 0, 0x61, 0],
      [0, 0x3c, 0, 0x61],
    ]) {
      await expect(readCsdlXml(Uint8Array.from(bytes))).rejects.toThrow('it is encoded in UTF-16; expected UTF-8');
    }
  });
});

test('places count lines and characters, however long a line is', async () => {
  const types = Array.from({ length: 4000 }, (_, index) => `<EntityType Name="ä${index}"/>`).join('');
  for (const lines of ['', '\n', '\n ä \n']) {
    const before = `<Edmx Version="4.0"><DataServices><Schema Namespace="Ä">${lines}${types}`;
    const text = `${before}<EntityType Name="ä7"/></Schema></DataServices></Edmx>`;
    const line = before.split('\n').length;
    const column = before.length - before.lastIndexOf('\n');
    for (const size of [1000, 100_000]) {
      const reading = readCsdlXml(pieces(new TextEncoder().encode(text), size));
      await expect(reading).rejects.toThrow(`not valid at ${line}:${column}: 'Ä.ä7' is declared twice`);
    }
  }
});

describe('what is no document', () => {
  test('is refused by what it is', async () => {
    async function* texts() {
      yield '<Edmx Version="4.0"/>';
    }
    const reading = (source: unknown) => readCsdlXml(source as string);
    await expect(reading(undefined)).rejects.toThrow('The metadata document is undefined; expected bytes, text or a');
    await expect(reading(5)).rejects.toMatchObject({
      code: 'CSDL_INVALID',
      message: expect.stringContaining('number'),
    });
    await expect(reading({})).rejects.toThrow('The metadata document is of type object; expected bytes');
    await expect(reading(texts())).rejects.toThrow(
      'A piece of the metadata document is of type string; expected bytes',
    );
    await expect(readCsdlJson(texts() as never)).rejects.toMatchObject({ code: 'CSDL_INVALID' });
  });
});

describe('documents that ask for too much', () => {
  test('are refused by the depth of their elements and values', async () => {
    const deep = schema(`${'<a>'.repeat(200)}${'</a>'.repeat(200)}`);
    await expect(readCsdlXml(deep)).rejects.toMatchObject({ limit: 'csdlDepthMax' });
    const value = JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`) as [];
    const document = { $Version: '4.01', N: { '@T.A': value } };
    await expect(readCsdlJson(document)).rejects.toMatchObject({ limit: 'csdlDepthMax' });
    await expect(readCsdlJson(JSON.stringify(document))).rejects.toThrow(LimitError);
    const circle: Record<string, never> = {};
    Object.assign(circle, { self: circle });
    await expect(readCsdlJson({ $Version: '4.01', N: circle })).rejects.toThrow(LimitError);
  });

  test('are refused by the length of one attribute', async () => {
    const long = schema(`<Annotation Term="T.A" String="${'x'.repeat(5 * 1024 * 1024)}"/>`);
    await expect(readCsdlXml(long)).rejects.toMatchObject({ limit: 'csdlTokenBytesMax' });
    const fits = schema(`<Annotation Term="T.A" String="${'x'.repeat(1024 * 1024)}"/>`);
    const { schemas } = await readCsdlXml(fits);
    expect(String(schemas[0]?.annotations['T.A'])).toHaveLength(1024 * 1024);
  });

  test('are refused by the length of a name', async () => {
    const name = 'T.'.repeat(5000);
    await expect(readCsdlXml(schema(`<Annotation Term="${name}"/>`))).rejects.toMatchObject({
      limit: 'csdlNameBytesMax',
    });
    const document = { $Version: '4.01', [name]: {} };
    await expect(readCsdlJson(document)).rejects.toMatchObject({ limit: 'csdlNameBytesMax' });
  });

  test('are refused by the number of attributes', async () => {
    const many = Array.from({ length: 300 }, (_, index) => `a${index}=""`).join(' ');
    await expect(readCsdlXml(schema(`<EntityType Name="A" ${many}/>`))).rejects.toMatchObject({
      limit: 'csdlAttributesMax',
    });
  });

  test('are refused by the number of types that inherit from each other', async () => {
    const chain = (length: number) =>
      schema(
        Array.from(
          { length },
          (_, index) => `<ComplexType Name="T${index}" ${index === 0 ? '' : `BaseType="N.T${index - 1}"`}/>`,
        ).join(''),
      );
    await expect(readCsdlXml(chain(5000))).rejects.toMatchObject({ limit: 'csdlInheritanceMax' });
    const model = await readCsdlXml(chain(200));
    expect(model.complexType('N.T199')?.properties).toEqual([]);
  });

  test('are refused by the number of annotations of annotations', async () => {
    const document = { $Version: '4.01', N: { [`@T.A${'@T.A'.repeat(50_000)}`]: 1 } };
    await expect(readCsdlJson(document)).rejects.toMatchObject({ limit: 'csdlDepthMax' });
  });

  test('are read in a time that grows with their length alone', async () => {
    const members = Object.fromEntries(
      Array.from({ length: 8_000 }, (_, index) => [
        [`M${index}`, index],
        [`M${index}@T.A`, 'x'],
      ]).flat() as [string, unknown][],
    );
    const document = JSON.stringify({ $Version: '4.01', N: { E: { $Kind: 'EnumType', ...members } } });
    const model = await readCsdlXml(writeCsdlXml(await readCsdlJson(document)));
    expect(model.enumType('N.E')?.member('M7999')?.annotations).toEqual({ 'T.A': 'x' });
  });

  test('cannot define entities, neither one nor a billion', async () => {
    const bomb = '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;&b;">]>';
    await expect(readCsdlXml(`${bomb}${small}`)).rejects.toThrow('a document type declaration is not allowed');
    await expect(readCsdlXml(schema('<Annotation Term="T.A" String="&c;"/>'))).rejects.toThrow("no entity '&c;'");
  });
});

test('names that objects have from birth are names like others', async () => {
  const names = ['__proto__', 'constructor', 'hasOwnProperty'];
  const types = names.map(
    (name) => `<EntityType Name="${name}"><Property Name="${name}" Type="N.${name}"/></EntityType>`,
  );
  const annotations = names.map((name) => `<Annotation Term="${name}" String="x"/>`);
  const model = await readCsdlXml(schema([...types, ...annotations].join('')));
  for (const name of names) {
    expect(model.entityType(`N.${name}`)?.property(name)?.type).toBe(`N.${name}`);
    expect(Object.hasOwn(model.schemas[0]?.annotations ?? {}, name)).toBe(true);
  }
  expect(model.entityType('N.toString')).toBeUndefined();
  expect(Object.prototype).not.toHaveProperty('x');
  expect(factsOf(await readCsdlJson(writeCsdlJson(model)))).toEqual(factsOf(model));
});
