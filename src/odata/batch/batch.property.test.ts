import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRialtoError } from '../../base/errors.ts';
import { seededIds } from '../../base/ids.ts';
import {
  arbitraryBatchRequest,
  arbitraryBatchResponse,
  arbitraryChunking,
  inChunks,
  withPlainBodies,
} from './arbitrary-batches.case.ts';
import type { BatchFormat } from './batch-format.ts';
import { readBatchRequest } from './read-batch-request.ts';
import { readBatchResponse } from './read-batch-response.ts';
import { writeBatchRequest } from './write-batch-request.ts';
import { writeBatchResponse } from './write-batch-response.ts';

describe('what is written reads back as the same tree, in any chunking', () => {
  for (const format of ['multipart', 'json'] as const satisfies readonly BatchFormat[]) {
    const isJson = format === 'json';

    test(`${format} requests`, async () => {
      await fc.assert(
        fc.asyncProperty(arbitraryBatchRequest(isJson), arbitraryChunking, async (tree, chunking) => {
          const { contentType, body } = writeBatchRequest(tree, { format });
          const read = await readBatchRequest(contentType, inChunks(body, chunking));
          expect(lowered(read, isJson)).toEqual(lowered(tree, isJson));
        }),
        { numRuns: 300 },
      );
    });

    test(`${format} responses`, async () => {
      await fc.assert(
        fc.asyncProperty(arbitraryBatchResponse(isJson), arbitraryChunking, async (tree, chunking) => {
          const { contentType, body } = writeBatchResponse(tree, { format });
          const read = await readBatchResponse(contentType, inChunks(body, chunking));
          expect(lowered(read, isJson)).toEqual(lowered(tree, isJson));
        }),
        { numRuns: 300 },
      );
    });
  }

  test('with boundaries from ids, and with any boundary of a caller', async () => {
    const boundary = fc.stringMatching(/^[0-9A-Za-z'()+_,./:=? -]{0,68}[0-9A-Za-z)=]$/);
    const choice = fc.oneof(
      boundary.map((given) => ({ boundary: given })),
      fc.nat().map((seed) => ({ ids: seededIds(seed) })),
    );
    await fc.assert(
      fc.asyncProperty(arbitraryBatchRequest(false), choice, async (tree, options) => {
        let written: ReturnType<typeof writeBatchRequest>;
        try {
          written = writeBatchRequest(tree, options);
        } catch (error) {
          // A short boundary may occur in a request by chance.
          expect(error).toMatchObject({ code: 'OPTION_INVALID' });
          return;
        }
        const read = await readBatchRequest(written.contentType, written.body);
        expect(withPlainBodies(read)).toEqual(withPlainBodies(tree));
      }),
      { numRuns: 300 },
    );
  });
});

/** JSON has names of headers in lower case. */
function lowered(tree: unknown, isJson: boolean): unknown {
  const plain = JSON.stringify(withPlainBodies(tree));
  return JSON.parse(isJson ? plain.replace(/"name":"[^"]*"/g, (name) => name.toLowerCase()) : plain);
}

describe('hostile bytes end in a typed error', () => {
  test('a batch that is cut off anywhere is refused, or whole but for its last line end', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryBatchRequest(false), async (tree) => {
        const { contentType, body } = writeBatchRequest(tree);
        for (let length = 0; length < body.length - 2; length += 1) {
          await expect(readBatchRequest(contentType, body.subarray(0, length))).rejects.toMatchObject({
            code: 'ODATA_BATCH_INVALID',
          });
        }
        for (const length of [body.length - 2, body.length - 1]) {
          const read = await readBatchRequest(contentType, body.subarray(0, length));
          expect(withPlainBodies(read)).toEqual(withPlainBodies(tree));
        }
      }),
      { numRuns: 15 },
    );
  });

  test('a JSON batch that is cut off anywhere is refused', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryBatchRequest(true), async (tree) => {
        const { contentType, body } = writeBatchRequest(tree, { format: 'json' });
        for (let length = 0; length < body.length; length += 1) {
          await expect(readBatchRequest(contentType, body.subarray(0, length))).rejects.toMatchObject({
            code: 'ODATA_BATCH_INVALID',
          });
        }
      }),
      { numRuns: 15 },
    );
  });

  const changes = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 6 });

  for (const format of ['multipart', 'json'] as const) {
    test(`changed bytes of a ${format} batch`, async () => {
      await fc.assert(
        fc.asyncProperty(
          arbitraryBatchRequest(format === 'json'),
          changes,
          fc.boolean(),
          async (tree, list, isTolerant) => {
            const { contentType, body } = writeBatchRequest(tree, { format });
            const changed = Uint8Array.from(body);
            for (const [place, byte] of list) changed[place % changed.length] = byte;
            await expectReadOrTyped(readBatchRequest(contentType, changed, { isTolerant }));
          },
        ),
        { numRuns: 500 },
      );
    });
  }

  test('pieces of structure in any order', async () => {
    const pieces = fc.array(
      fc.constantFrom(
        '--b',
        '--b--',
        '--c',
        '--c--',
        '\r\n',
        '\n',
        ' ',
        'Content-Type: application/http',
        'Content-Type: multipart/mixed; boundary=c',
        'Content-ID: 1',
        'Content-Length: 3',
        'POST x HTTP/1.1',
        'HTTP/1.1 200 OK',
        'abc',
        '\0',
      ),
      { maxLength: 40 },
    );
    await fc.assert(
      fc.asyncProperty(pieces, fc.boolean(), async (list, isTolerant) => {
        const text = `--b\r\n${list.join('')}`;
        await expectReadOrTyped(readBatchRequest('multipart/mixed; boundary=b', text, { isTolerant }));
        await expectReadOrTyped(readBatchResponse('multipart/mixed; boundary=b', text, { isTolerant }));
      }),
      { numRuns: 1000 },
    );
  });

  test('any bytes, and any Content-Type', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), fc.uint8Array({ maxLength: 200 }), async (contentType, bytes) => {
        await expectReadOrTyped(readBatchRequest(contentType, bytes));
        await expectReadOrTyped(readBatchRequest('application/json', bytes));
        await expectReadOrTyped(readBatchResponse('multipart/mixed; boundary="b"', bytes));
      }),
    );
  });
});

async function expectReadOrTyped(reading: Promise<unknown>): Promise<void> {
  try {
    await reading;
  } catch (error) {
    if (!isRialtoError(error)) throw error;
    expect(['ODATA_BATCH_INVALID', 'LIMIT_EXCEEDED']).toContain(error.code);
  }
}
