import { describe, expect, test } from 'vitest';
import { inChunks } from './arbitrary-batches.case.ts';
import type { BatchLimits } from './batch-limits.ts';
import { readBatchRequest } from './read-batch-request.ts';
import { writeBatchRequest } from './write-batch-request.ts';
import { writeBatchResponse } from './write-batch-response.ts';

const multipart = 'multipart/mixed; boundary=b';
const get = '--b\r\nContent-Type: application/http\r\n\r\nGET x HTTP/1.1\r\n\r\n';

async function limitOf(contentType: string, body: string | Uint8Array, limits: BatchLimits = {}): Promise<unknown> {
  try {
    await readBatchRequest(contentType, body, { limits });
  } catch (error) {
    expect(error).toMatchObject({ code: 'LIMIT_EXCEEDED' });
    return (error as { limit?: unknown }).limit;
  }
  return undefined;
}

describe('limits are named', () => {
  test('bytes, before all of them are there', async () => {
    let taken = 0;
    async function* endless(): AsyncIterable<Uint8Array> {
      for (;;) {
        taken += 1;
        yield new Uint8Array(1000);
      }
    }
    await expect(readBatchRequest(multipart, endless(), { limits: { batchBytesMax: 10_000 } })).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
      limit: 'batchBytesMax',
    });
    expect(taken).toBe(11);
    expect(await limitOf(multipart, 'é'.repeat(6), { batchBytesMax: 10 })).toBe('batchBytesMax');
  });

  test('requests, 1,000 unless told otherwise', async () => {
    expect(await limitOf(multipart, `${get.repeat(1000)}--b--`)).toBeUndefined();
    expect(await limitOf(multipart, `${get.repeat(1001)}--b--`)).toBe('batchRequestsMax');
    expect(await limitOf(multipart, `${get.repeat(1001)}--b--`, { batchRequestsMax: 1001 })).toBeUndefined();
    expect(await limitOf('application/json', JSON.stringify({ requests: Array(1001).fill({}) }))).toBe(
      'batchRequestsMax',
    );
  });

  test('parts, so that empty change sets are counted', async () => {
    const changeSet = '--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c--\r\n';
    expect(await limitOf(multipart, `${changeSet.repeat(2000)}--b--`)).toBeUndefined();
    expect(await limitOf(multipart, `${changeSet.repeat(100_000)}--b--`)).toBe('batchPartsMax');
    expect(await limitOf(multipart, `${'--b\r\n'.repeat(100_000)}--b--`)).toBe('batchPartsMax');
  });

  test('headers, as one long line or as many', async () => {
    const limits = { batchHeaderBytesMax: 1000 };
    const long = get.replace('\r\n\r\n--', '').replace('HTTP/1.1', `HTTP/1.1\r\nX: ${'x'.repeat(1000)}`);
    const many = get.replace('HTTP/1.1', `HTTP/1.1\r\n${'X:\r\n'.repeat(250)}`);
    const url = get.replace('GET x', `GET ${'x'.repeat(1000)}`);
    const part = get.replace('Content-Type', `${'X:\r\n'.repeat(250)}Content-Type`);
    for (const body of [long, many, url, part]) {
      expect(await limitOf(multipart, `${body}--b--`, limits)).toBe('batchHeaderBytesMax');
      expect(await limitOf(multipart, `${body}--b--`)).toBeUndefined();
    }
    for (const members of [{ url: 'x'.repeat(1001) }, { headers: { a: 'x'.repeat(500), b: 'x'.repeat(500) } }]) {
      const json = JSON.stringify({ requests: [{ id: '1', method: 'get', url: 'x', ...members }] });
      expect(await limitOf('application/json', json, limits)).toBe('batchHeaderBytesMax');
    }
  });

  test('depth of JSON, without a deep stack', async () => {
    const deep = '['.repeat(1_000_000);
    expect(await limitOf('application/json', deep)).toBe('batchDepthMax');
    const body = (depth: number) =>
      `{"requests":[{"id":"1","method":"post","url":"x","body":${'['.repeat(depth)}${']'.repeat(depth)}}]}`;
    expect(await limitOf('application/json', body(197))).toBeUndefined();
    expect(await limitOf('application/json', body(198))).toBe('batchDepthMax');
    expect(await limitOf('application/json', body(1).replace('[]', `"${'['.repeat(1000)}"`))).toBeUndefined();
  });

  test('requests and responses that are written', () => {
    const items = Array.from(
      { length: 1001 },
      () => ({ kind: 'request', method: 'GET', url: 'x', headers: [] }) as const,
    );
    const responses = items.map(() => ({ kind: 'response', status: 204, headers: [] }) as const);
    const error = { code: 'LIMIT_EXCEEDED', limit: 'batchRequestsMax' };
    expect(() => writeBatchRequest({ items })).toThrow(expect.objectContaining(error));
    expect(() => writeBatchResponse({ items: responses })).toThrow(expect.objectContaining(error));
    expect(writeBatchRequest({ items }, { batchRequestsMax: 5000 }).body.length).toBeGreaterThan(1001);
  });
});

describe('long inputs that would tempt a reader to look at them again and again', () => {
  const million = 1_000_000;
  const inputs: readonly (readonly [string, string])[] = [
    ['almost delimiters', '--b-'.repeat(million / 4)],
    ['delimiters with blanks and no end', `--b${' '.repeat(million)}x`],
    ['delimiters within lines', 'x--b '.repeat(million / 5)],
    ['line ends', '\r\n'.repeat(million / 2)],
    ['a header of blanks', `--b\r\nX:${' '.repeat(100_000)}x\r\n--b--`],
    ['a part of line ends', `--b\r\nContent-Type: application/http\r\n\r\n${'\r\n'.repeat(million / 2)}--b--`],
    [
      'change sets that are not closed',
      `--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n`.repeat(20_000),
    ],
  ];
  for (const [name, text] of inputs) {
    test(name, async () => {
      await expect(readBatchRequest(multipart, text)).rejects.toMatchObject({
        code: expect.stringMatching(/^(?:ODATA_BATCH_INVALID|LIMIT_EXCEEDED)$/),
      });
    });
  }

  test('pieces of one byte', async () => {
    const body = Buffer.from(
      `${get.replace('GET x HTTP/1.1\r\n\r\n', `POST x HTTP/1.1\r\n\r\n${'y'.repeat(200_000)}\r\n`)}--b--`,
    );
    const { items } = await readBatchRequest(multipart, inChunks(body, [1]));
    expect(items).toMatchObject([{ method: 'POST', body: { length: 200_000 } }]);
  });

  test('pieces that are larger than all before', async () => {
    async function* growing(): AsyncIterable<Uint8Array> {
      yield Buffer.from('--b\r\nContent-Type: application/http\r\n\r\nPOST x HTTP/1.1\r\n\r\n');
      yield Buffer.alloc(300_000, 'y');
      yield Buffer.from('\r\n--b--');
    }
    const { items } = await readBatchRequest(multipart, growing());
    expect(items).toMatchObject([{ body: { length: 300_000 } }]);
  });

  test('a number of a million digits', async () => {
    const body = '9'.repeat(million);
    const json = `{"requests":[{"id":"1","method":"post","url":"x","body":${body}}]}`;
    const { items } = await readBatchRequest('application/json', json);
    expect(items).toMatchObject([{ body: { length: million } }]);
  });

  test('a text of a million escapes, and one that does not end', async () => {
    const text = (end: string) =>
      `{"requests":[{"id":"1","method":"post","url":"x","body":"${'\\\\'.repeat(million)}${end}}]}`;
    const { items } = await readBatchRequest('application/json', text('"'));
    expect(items).toMatchObject([{ body: { length: 2 * million + 2 } }]);
    await expect(readBatchRequest('application/json', text('\\"'))).rejects.toMatchObject({
      code: 'ODATA_BATCH_INVALID',
    });
  });

  test('a dependency that is said a hundred thousand times', async () => {
    const requests = [
      { id: '1', method: 'get', url: 'x', atomicityGroup: 'g' },
      { id: '2', method: 'get', url: 'x', dependsOn: [...Array(100_000).fill('1'), 'g'] },
    ];
    const { items } = await readBatchRequest('application/json', JSON.stringify({ requests }));
    expect(items).toHaveLength(2);
  });

  test('a source that uses one buffer for all its pieces', async () => {
    async function* reusing(): AsyncIterable<Uint8Array> {
      const piece = new Uint8Array(1);
      for (const byte of Buffer.from(`${get}--b--`)) {
        piece[0] = byte;
        yield piece;
      }
    }
    expect((await readBatchRequest(multipart, reusing())).items).toHaveLength(1);
  });
});
