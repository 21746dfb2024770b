import { describe, expect, test } from 'vitest';
import { seededIds } from '../../base/ids.ts';
import { batchBodyJson, batchBodyOf } from './batch-body.ts';
import type { BatchRequest, IndividualRequest } from './batch-request.ts';
import type { BatchResponse } from './batch-response.ts';
import { readBatchRequest } from './read-batch-request.ts';
import { writeBatchRequest } from './write-batch-request.ts';
import { writeBatchResponse } from './write-batch-response.ts';

const json = [{ name: 'Content-Type', value: 'application/json' }];
const get: IndividualRequest = { kind: 'request', method: 'GET', url: 'accounts?$top=1', headers: [] };

function post(contentId: string, body: Uint8Array = batchBodyOf({ name: contentId })): IndividualRequest {
  return { kind: 'request', contentId, method: 'POST', url: '/api/data/v9.2/accounts', headers: json, body };
}

const batch: BatchRequest = { items: [{ kind: 'changeSet', requests: [post('1'), post('2')] }, get] };

function textOf({ body }: { readonly body: Uint8Array }): string {
  return new TextDecoder().decode(body);
}

test('a multipart request, byte by byte', () => {
  const written = writeBatchRequest(batch, { boundary: 'batch_A1' });
  expect(written.contentType).toBe('multipart/mixed; boundary=batch_A1');
  expect(textOf(written).split('\r\n')).toEqual([
    '--batch_A1',
    'Content-Type: multipart/mixed; boundary=changeset_1',
    '',
    ...['1', '2'].flatMap((id) => [
      '--changeset_1',
      'Content-Type: application/http',
      'Content-Transfer-Encoding: binary',
      `Content-ID: ${id}`,
      '',
      'POST /api/data/v9.2/accounts HTTP/1.1',
      'Content-Type: application/json',
      'Content-Length: 12',
      '',
      `{"name":"${id}"}`,
    ]),
    '--changeset_1--',
    '--batch_A1',
    'Content-Type: application/http',
    'Content-Transfer-Encoding: binary',
    '',
    'GET accounts?$top=1 HTTP/1.1',
    '',
    '',
    '--batch_A1--',
    '',
  ]);
});

test('a multipart response, byte by byte', () => {
  const response: BatchResponse = {
    items: [
      { kind: 'changeSet', responses: [{ kind: 'response', contentId: '1', status: 204, headers: [] }] },
      { kind: 'response', status: 299, headers: json, body: batchBodyOf([]) },
    ],
  };
  expect(textOf(writeBatchResponse(response)).split('\r\n')).toEqual([
    '--batchresponse_1',
    'Content-Type: multipart/mixed; boundary=changesetresponse_1',
    '',
    '--changesetresponse_1',
    'Content-Type: application/http',
    'Content-Transfer-Encoding: binary',
    'Content-ID: 1',
    '',
    'HTTP/1.1 204 No Content',
    '',
    '',
    '--changesetresponse_1--',
    '--batchresponse_1',
    'Content-Type: application/http',
    'Content-Transfer-Encoding: binary',
    '',
    'HTTP/1.1 299 ',
    'Content-Type: application/json',
    'Content-Length: 2',
    '',
    '[]',
    '--batchresponse_1--',
    '',
  ]);
});

test('a JSON request, with the text of its bodies', () => {
  const body = new TextEncoder().encode('{"i": 9223372036854775807, "d": 1.10}');
  const requests: BatchRequest = {
    items: [
      { kind: 'changeSet', requests: [post('1', body)] },
      { ...get, contentId: '2', dependsOn: ['1', 'group1'] },
    ],
  };
  const written = writeBatchRequest(requests, { format: 'json' });
  expect(written.contentType).toBe('application/json');
  expect(textOf(written)).toBe(
    '{"requests":[{"id":"1","atomicityGroup":"group1","method":"post","url":"/api/data/v9.2/accounts",' +
      '"headers":{"content-type":"application/json"},"body":{"i": 9223372036854775807, "d": 1.10}},' +
      '{"id":"2","dependsOn":["1","group1"],"method":"get","url":"accounts?$top=1"}]}',
  );
});

test('a JSON response: text, other bytes and a next link', () => {
  const type = (value: string) => [{ name: 'Content-Type', value }];
  const response: BatchResponse = {
    items: [
      {
        kind: 'response',
        contentId: '1',
        status: 200,
        headers: type('text/plain'),
        body: new TextEncoder().encode('é"'),
      },
      { kind: 'response', status: 200, headers: type('image/png'), body: Uint8Array.of(255, 254) },
      { kind: 'changeSet', responses: [{ kind: 'response', contentId: '3', status: 204, headers: [] }] },
    ],
    nextLink: 'https://host/next',
  };
  expect(JSON.parse(textOf(writeBatchResponse(response, { format: 'json' })))).toEqual({
    responses: [
      { id: '1', status: 200, headers: { 'content-type': 'text/plain' }, body: 'é"' },
      { status: 200, headers: { 'content-type': 'image/png' }, body: '__4' },
      { id: '3', atomicityGroup: 'group1', status: 204 },
    ],
    '@nextLink': 'https://host/next',
  });
});

test('bigints go through bodies without loss', () => {
  expect(batchBodyJson(batchBodyOf({ id: 9223372036854775807n }))).toEqual({ id: 9223372036854775807n });
  const deep = new TextEncoder().encode(`${'['.repeat(100_000)}9223372036854775807${']'.repeat(100_000)}`);
  expect(() => batchBodyJson(deep)).toThrow(expect.objectContaining({ limit: 'batchDepthMax' }));
  expect(() => batchBodyJson(Uint8Array.of(0x7b))).toThrow(expect.objectContaining({ code: 'ODATA_BATCH_INVALID' }));
  expect(() => batchBodyJson(Uint8Array.of(255))).toThrow(expect.objectContaining({ code: 'ODATA_BATCH_INVALID' }));
});

describe('boundaries', () => {
  test('come from ids, and are the same for the same ids', () => {
    const { contentType } = writeBatchRequest(batch, { ids: seededIds(1) });
    expect(contentType).toMatch(/^multipart\/mixed; boundary=batch_[0-9a-f-]{36}$/);
    expect(writeBatchRequest(batch, { ids: seededIds(1) })).toEqual(writeBatchRequest(batch, { ids: seededIds(1) }));
  });

  test('are others when they occur in a request', () => {
    const body = new TextEncoder().encode('\r\n--batch_1--\r\n--changeset_1\r\n');
    const written = writeBatchRequest({ items: [{ kind: 'changeSet', requests: [post('1', body)] }] });
    expect(written.contentType).toBe('multipart/mixed; boundary=batch_2');
    expect(textOf(written)).toContain('multipart/mixed; boundary=changeset_2');
  });

  test('of a caller stand in quotes where they need them', () => {
    expect(writeBatchRequest(batch, { boundary: 'a b:c' }).contentType).toBe('multipart/mixed; boundary="a b:c"');
  });

  test('of change sets never begin with the one of the batch', async () => {
    for (const boundary of ['c', 'changeset', 'changeset_1', 'changeset_12']) {
      const { contentType, body } = writeBatchRequest(batch, { boundary });
      expect(textOf({ body })).toContain('boundary=set_1');
      expect((await readBatchRequest(contentType, body)).items).toHaveLength(2);
    }
  });

  test('of a caller are refused when they are none, or occur in a request', () => {
    for (const boundary of ['', 'a ', 'a"b', 'a\r\nb', 'x'.repeat(71), 'ü']) {
      expect(() => writeBatchRequest(batch, { boundary })).toThrow('is no boundary');
    }
    const body = new TextEncoder().encode('a --mine b');
    const error = { code: 'OPTION_INVALID', message: expect.stringContaining('occurs in a message') };
    expect(() => writeBatchRequest({ items: [post('1', body)] }, { boundary: 'mine' })).toThrow(
      expect.objectContaining(error),
    );
  });

  test('are not searched for ever', () => {
    const all = Array.from({ length: 100 }, (_, index) => `--batch_${index + 1}`).join(' ');
    const items = [post('1', new TextEncoder().encode(all))];
    expect(() => writeBatchRequest({ items })).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
    expect(writeBatchRequest({ items }, { ids: seededIds(1) }).body.length).toBeGreaterThan(0);
  });
});

describe('what a request may not be', () => {
  const wrong: readonly (readonly [string, Partial<IndividualRequest>])[] = [
    ['has a method that is none', { method: 'GE T' }],
    ['has a URL that is empty', { url: '' }],
    ['control characters', { url: 'x HTTP/1.1\r\nX: y' }],
    ['control characters', { url: '\ud800' }],
    ['control characters in its header A', { headers: [{ name: 'A', value: 'x\r\nB: y' }] }],
    ['a header whose name is no token', { headers: [{ name: 'A: b\r\nC', value: 'x' }] }],
    ['blanks around the value of its header A', { headers: [{ name: 'A', value: ' x' }] }],
    ['it belongs into contentId', { headers: [{ name: 'content-id', value: '1' }] }],
    ['has a Transfer-Encoding', { headers: [{ name: 'Transfer-Encoding', value: 'chunked' }] }],
    ['has content-type twice', { headers: [...json, ...json] }],
    ['has the header Authorization', { headers: [{ name: 'Authorization', value: 'x' }] }],
    ['is none; expected letters', { contentId: 'a b' }],
  ];
  for (const [message, members] of wrong) {
    for (const format of ['multipart', 'json'] as const) {
      test(`${message} (${format})`, () => {
        const tree = { items: [{ ...get, contentId: '1', ...members }] };
        expect(() => writeBatchRequest(tree, { format })).toThrow(
          expect.objectContaining({ code: 'ODATA_BATCH_INVALID', message: expect.stringContaining(message) }),
        );
      });
    }
  }

  const byFormat: readonly (readonly [string, 'multipart' | 'json', BatchRequest])[] = [
    [
      'has no contentId, which it needs there',
      'multipart',
      { items: [{ kind: 'changeSet', requests: [{ ...get, method: 'DELETE' }] }] },
    ],
    [
      'is a GET within a change set',
      'multipart',
      { items: [{ kind: 'changeSet', requests: [{ ...get, contentId: '1' }] }] },
    ],
    ['only a JSON batch can say', 'multipart', { items: [post('1'), { ...get, dependsOn: ['1'] }] }],
    ['only a JSON batch can say', 'multipart', { items: [{ ...get, if: 'true' }] }],
    ['has no contentId, which a JSON batch needs', 'json', { items: [get] }],
    ['a JSON batch does not have', 'json', { items: [{ ...get, contentId: '1', method: 'MERGE' }] }],
    ['is a GET with a body', 'json', { items: [{ ...get, contentId: '1', body: batchBodyOf(1) }] }],
    ['a JSON batch cannot say', 'json', { items: [{ kind: 'changeSet', requests: [] }] }],
    ['is not JSON', 'json', { items: [post('1', new TextEncoder().encode('{'))] }],
    ['that is not UTF-8', 'json', { items: [post('1', Uint8Array.of(255))] }],
    ['"1" is there twice', 'multipart', { items: [post('1'), post('1')] }],
    [
      'of the atomicity group "group1", which dependsOn must list',
      'json',
      {
        items: [
          { kind: 'changeSet', requests: [post('1')] },
          { ...post('2'), dependsOn: ['1'] },
        ],
      },
    ],
    ['does not stand before it', 'json', { items: [{ ...post('1'), dependsOn: ['2'] }, post('2')] }],
  ];
  for (const [message, format, tree] of byFormat) {
    test(`${message} (${format})`, () => {
      expect(() => writeBatchRequest(tree, { format })).toThrow(
        expect.objectContaining({ code: 'ODATA_BATCH_INVALID', message: expect.stringContaining(message) }),
      );
    });
  }

  test('a response may not have a status that is none, and multipart no next link', () => {
    const items = [{ kind: 'response', status: 600, headers: [] }] as const;
    expect(() => writeBatchResponse({ items })).toThrow('has the status 600');
    expect(() => writeBatchResponse({ items: [], nextLink: 'x' })).toThrow('a multipart batch cannot say');
  });
});
