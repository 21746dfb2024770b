import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isRialtoError } from '../../base/errors.ts';
import { inChunks, withPlainBodies } from './arbitrary-batches.case.ts';
import type { BatchRequest } from './batch-request.ts';
import type { BatchResponse } from './batch-response.ts';
import { readBatchRequest } from './read-batch-request.ts';
import { readBatchResponse } from './read-batch-response.ts';
import type { ReadBatchOptions } from './read-options.ts';
import { writeBatchRequest } from './write-batch-request.ts';
import { writeBatchResponse } from './write-batch-response.ts';

interface Vector {
  readonly name: string;
  readonly clause: string;
  readonly kind: 'request' | 'response';
  readonly contentType: string;
  /** One of them is the body. */
  readonly lines?: readonly string[];
  readonly text?: string;
  readonly json?: unknown;
  readonly isTolerant?: boolean;
}

interface Message {
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: string;
  readonly bytes?: readonly number[];
}

interface Group {
  readonly changeSet: readonly Message[];
  readonly atomicityGroup?: string;
}

interface Vectors {
  readonly valid: readonly (Vector & { readonly items: readonly (Message | Group)[] })[];
  readonly invalid: readonly (Vector & { readonly message: string })[];
}

const file = new URL('../../../test/fixtures/odata/batch.json', import.meta.url);
const vectors = JSON.parse(readFileSync(file, 'utf8')) as Vectors;

function bytesOf({ lines, text, json }: Vector): Uint8Array {
  return new TextEncoder().encode(lines?.join('\r\n') ?? text ?? JSON.stringify(json));
}

function read(
  { kind, contentType }: Vector,
  body: Uint8Array | AsyncIterable<Uint8Array>,
  options: ReadBatchOptions,
): Promise<BatchRequest | BatchResponse> {
  return kind === 'request'
    ? readBatchRequest(contentType, body, options)
    : readBatchResponse(contentType, body, options);
}

/** The items as the readers give them. */
function treeOf(kind: 'request' | 'response', items: readonly (Message | Group)[]): unknown {
  return items.map((item) => {
    if ('changeSet' in item) {
      const { changeSet, ...rest } = item;
      return { kind: 'changeSet', ...rest, [`${kind}s`]: treeOf(kind, changeSet) };
    }
    const { headers = [], body, bytes, ...rest } = item;
    const plain = bytes ?? (body === undefined ? undefined : [...new TextEncoder().encode(body)]);
    return {
      kind,
      ...rest,
      headers: headers.map(([name, value]) => ({ name, value })),
      ...(plain === undefined ? {} : { body: plain }),
    };
  });
}

describe('valid batches', () => {
  for (const vector of vectors.valid) {
    const { name, clause, kind, isTolerant = false } = vector;

    test(`${name} (${clause})`, async () => {
      const body = bytesOf(vector);
      const expected = treeOf(kind, vector.items);
      expect(withPlainBodies((await read(vector, body, { isTolerant })).items)).toEqual(expected);
      expect(withPlainBodies((await read(vector, inChunks(body, [1]), { isTolerant })).items)).toEqual(expected);
    });

    if (isTolerant) {
      test(`${name}: refused unless tolerant`, async () => {
        await expect(read(vector, bytesOf(vector), {})).rejects.toMatchObject({ code: 'ODATA_BATCH_INVALID' });
      });
    }
  }

  const strict = vectors.valid.filter(({ isTolerant }) => isTolerant !== true);

  for (const vector of strict) {
    test(`${vector.name}: written and read again it is the same`, async () => {
      const { kind, contentType } = vector;
      const tree = await read(vector, bytesOf(vector), {});
      const format = contentType.startsWith('application/json') ? 'json' : 'multipart';
      let written: { readonly contentType: string; readonly body: Uint8Array };
      try {
        written =
          kind === 'request'
            ? writeBatchRequest(tree as BatchRequest, { format })
            : writeBatchResponse(tree as BatchResponse, { format });
      } catch (error) {
        // Readers take more than writers write.
        expect(error).toMatchObject({ code: 'ODATA_BATCH_INVALID' });
        expect(vector.clause).toMatch(/tolerated/);
        return;
      }
      const again = await read({ ...vector, contentType: written.contentType }, written.body, {});
      expect(lowered(again, format)).toEqual(lowered(tree, format));
    });
  }
});

/** JSON has the names of headers in lower case, and those that are there twice in one. */
function lowered(tree: unknown, format: string): unknown {
  const text = JSON.stringify(withPlainBodies(tree));
  return JSON.parse(format === 'json' ? text.replace(/"name":"[^"]*"/g, (name) => name.toLowerCase()) : text);
}

describe('invalid batches', () => {
  for (const vector of vectors.invalid) {
    test(`${vector.name} (${vector.clause})`, async () => {
      let error: unknown;
      try {
        await read(vector, bytesOf(vector), {});
      } catch (raised) {
        error = raised;
      }
      expect(isRialtoError(error) ? error.code : error).toBe('ODATA_BATCH_INVALID');
      expect((error as Error).message).toContain(vector.message);
    });
  }
});
