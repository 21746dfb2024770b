import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../base/json.ts';
import { createDataverseClient } from '../dynamics/dataverse/index.ts';
import { createFnoClient } from '../dynamics/fno/index.ts';
import type { ScriptedAnswer } from '../http/scripted-send.case.ts';
import type { ClientOptions } from './client-options.ts';
import { givenClient } from './given-client.case.ts';

const root = 'https://contoso.example/data/';
const first = `GET ${root}CustomersV3`;

function given(script: readonly ScriptedAnswer[], options: Partial<ClientOptions> = {}) {
  return givenClient(createFnoClient, options, script);
}

function page(from: number, to: number, nextLink?: string): JsonObject {
  return {
    '@odata.context': `${root}$metadata#CustomersV3`,
    value: Array.from({ length: to - from + 1 }, (_, index) => ({ n: from + index })),
    ...(nextLink === undefined ? {} : { '@odata.nextLink': nextLink }),
  };
}

async function all(records: AsyncIterable<JsonObject>): Promise<unknown[]> {
  const numbers: unknown[] = [];
  for await (const record of records) numbers.push(record.n);
  return numbers;
}

describe('list', () => {
  test('gives the records of all pages in order', async () => {
    const { client, pending, openBodies } = given([
      { expect: first, json: page(1, 3, `${root}CustomersV3?$skip=3`) },
      { expect: `${first}?$skip=3`, json: page(4, 5, 'CustomersV3?$skip=5') },
      { expect: `${first}?$skip=5`, json: page(6, 6) },
    ]);
    expect(await all(client.entitySet('CustomersV3').list())).toEqual([1, 2, 3, 4, 5, 6]);
    expect(pending()).toEqual([]);
    expect(openBodies()).toBe(0);
  });

  test('gives records before their page is complete', async () => {
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { client } = given([
      { expect: first, json: page(1, 2, `${root}CustomersV3?$skip=2`) },
      { expect: `${first}?$skip=2`, json: page(3, 3), after: released },
    ]);
    const records = client.entitySet('CustomersV3').list()[Symbol.asyncIterator]();
    expect((await records.next()).value).toEqual({ n: 1 });
    release();
    await records.return?.();
  });

  test('asks for the next page while this one is consumed', async () => {
    const { client, requests } = given([
      { expect: first, json: page(1, 2, `${root}CustomersV3?$skip=2`) },
      { expect: `${first}?$skip=2`, json: page(3, 3) },
    ]);
    const records = client.entitySet('CustomersV3').list()[Symbol.asyncIterator]();
    await records.next();
    for (let turn = 0; turn < 100 && requests.length < 2; turn += 1) await Promise.resolve();
    expect(requests).toHaveLength(2);
    await records.return?.();
  });

  test('does not read on while rowsAheadMax records wait', async () => {
    const { client, requests } = given(
      [
        { expect: first, json: page(1, 4, `${root}CustomersV3?$skip=4`) },
        { expect: `${first}?$skip=4`, json: page(5, 8, `${root}CustomersV3?$skip=8`) },
        { expect: `${first}?$skip=8`, json: page(9, 9) },
      ],
      { limits: { rowsAheadMax: 4 } },
    );
    const records = client.entitySet('CustomersV3').list()[Symbol.asyncIterator]();
    await records.next();
    for (let turn = 0; turn < 200; turn += 1) await Promise.resolve();
    expect(requests).toHaveLength(2);
    await records.return?.();
  });

  test('lets go of everything when the consumer leaves', async () => {
    const { client, openBodies } = given([
      { expect: first, json: page(1, 3, `${root}CustomersV3?$skip=3`) },
      { expect: `${first}?$skip=3`, json: page(4, 5) },
    ]);
    for await (const record of client.entitySet('CustomersV3').list()) {
      expect(record).toEqual({ n: 1 });
      break;
    }
    expect(openBodies()).toBe(0);
  });

  test('tells a failure of a later page after the records before it', async () => {
    const { client } = given([
      { expect: first, json: page(1, 1, `${root}CustomersV3?$skip=1`) },
      { expect: `${first}?$skip=1`, status: 403 },
    ]);
    const numbers: unknown[] = [];
    const reading = (async () => {
      for await (const record of client.entitySet('CustomersV3').list()) numbers.push(record.n);
    })();
    await expect(reading).rejects.toMatchObject({ code: 'ACCESS_DENIED' });
    expect(numbers).toEqual([1]);
  });

  test('refuses a next link that leads elsewhere', async () => {
    const { client, requests } = given([{ expect: first, json: page(1, 1, 'https://evil.example/data/CustomersV3') }]);
    await expect(all(client.entitySet('CustomersV3').list())).rejects.toMatchObject({ code: 'HTTP_RESPONSE_INVALID' });
    expect(requests).toHaveLength(1);
  });

  test('refuses next links that lead in a circle', async () => {
    const { client } = given([
      { expect: first, json: page(1, 1, `${root}CustomersV3?$skip=1`) },
      { expect: `${first}?$skip=1`, json: page(2, 2, `${root}CustomersV3?$skip=1`) },
    ]);
    await expect(all(client.entitySet('CustomersV3').list())).rejects.toThrow(
      "The pages of 'CustomersV3' lead in a circle",
    );
  });

  test('stops at pagesMax', async () => {
    const { client } = given([{ expect: first, json: page(1, 1, `${root}CustomersV3?$skip=1`) }], {
      limits: { pagesMax: 1 },
    });
    await expect(all(client.entitySet('CustomersV3').list())).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
      limit: 'pagesMax',
    });
  });

  test('refuses a page of HTML', async () => {
    const { client, openBodies } = given([
      { expect: first, text: '<html>sign in', headers: { 'content-type': 'text/html; charset=utf-8' } },
    ]);
    await expect(all(client.entitySet('CustomersV3').list())).rejects.toMatchObject({
      code: 'HTTP_RESPONSE_INVALID',
      message: expect.stringContaining('was answered 200 with text/html; JSON was expected.'),
    });
    expect(openBodies()).toBe(0);
  });

  test('says that an answer is compressed, which was not asked for', async () => {
    const { client, requests, openBodies } = given([
      { expect: first, text: 'packed', headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' } },
    ]);
    await expect(all(client.entitySet('CustomersV3').list())).rejects.toMatchObject({
      code: 'HTTP_RESPONSE_INVALID',
      message: expect.stringContaining("was answered with the content coding 'gzip', which was not asked for."),
    });
    expect(requests[0]?.headers['accept-encoding']).toBe('identity');
    expect(openBodies()).toBe(0);
  });

  test('follows no redirect', async () => {
    const { client } = given([
      { expect: first, status: 302, headers: { location: 'https://login.example/x?secret=1' } },
    ]);
    await expect(all(client.entitySet('CustomersV3').list())).rejects.toThrow(
      'GET CustomersV3 at https://contoso.example was answered 302, a redirect to https://login.example, which is not followed.',
    );
  });

  test('ends with ABORTED when cancelled', async () => {
    const cancel = new AbortController();
    const { client, openBodies } = given([
      {
        expect: first,
        json: page(1, 1, `${root}CustomersV3?$skip=1`),
        after: Promise.resolve().then(() => cancel.abort()),
      },
    ]);
    await expect(all(client.entitySet('CustomersV3').list({ signal: cancel.signal }))).rejects.toMatchObject({
      code: 'ABORTED',
    });
    expect(openBodies()).toBe(0);
  });
});

test('a list that is cancelled half-way never looks complete', async () => {
  const cancel = new AbortController();
  const { client } = given([{ expect: first, text: ['{"value":[{"n":1}', ',{"n":2}', ',{"n":3}]}'] }]);
  const numbers: unknown[] = [];
  const reading = (async () => {
    for await (const record of client.entitySet('CustomersV3').list({ signal: cancel.signal })) {
      numbers.push(record.n);
      cancel.abort();
    }
  })();
  await expect(reading).rejects.toMatchObject({ code: 'ABORTED' });
  expect(numbers[0]).toBe(1);
});

describe('top', () => {
  test('is a total over all pages', async () => {
    const { client, openBodies } = givenClient(createDataverseClient, {}, [
      { expect: 'GET https://contoso.example/api/data/v9.2/leads', json: page(1, 3, 'leads?$skiptoken=a') },
      {
        expect: 'GET https://contoso.example/api/data/v9.2/leads?$skiptoken=a',
        json: page(4, 6, 'leads?$skiptoken=b'),
      },
    ]);
    expect(await all(client.entitySet('leads').list({ top: 5, pageSize: 3 }))).toEqual([1, 2, 3, 4, 5]);
    expect(openBodies()).toBe(0);
  });

  test('of 0 asks for nothing', async () => {
    const { client, requests } = given([]);
    expect(await all(client.entitySet('CustomersV3').list({ top: 0 }))).toEqual([]);
    expect(requests).toEqual([]);
  });
});

describe('pages', () => {
  test('come whole, with count and whether more follow', async () => {
    const { client } = given([
      {
        expect: `${first}?$count=true`,
        json: { ...page(1, 2, `${root}CustomersV3?$skip=2`), '@odata.count': 3 },
      },
      { expect: `${first}?$skip=2`, json: page(3, 3) },
    ]);
    const pages = [];
    for await (const one of client.entitySet('CustomersV3').pages({ count: true })) pages.push(one);
    expect(pages).toEqual([
      { records: [{ n: 1 }, { n: 2 }], count: 3, hasMore: true },
      { records: [{ n: 3 }], hasMore: false },
    ]);
  });

  test('end where top is reached', async () => {
    const { client, requests } = given([
      { expect: `${first}?$top=2&$skip=0`, json: page(1, 2) },
      { expect: `${first}?$top=2&$skip=2`, json: page(3, 4) },
    ]);
    const pages = [];
    for await (const one of client.entitySet('CustomersV3').pages({ top: 3, pageSize: 2, skip: 0 })) pages.push(one);
    expect(pages).toEqual([
      { records: [{ n: 1 }, { n: 2 }], hasMore: true },
      { records: [{ n: 3 }], hasMore: false },
    ]);
    expect(requests).toHaveLength(2);
  });

  test('the consumer may leave while the next one is on its way', async () => {
    const { client, openBodies } = given([
      { expect: first, json: page(1, 1, `${root}CustomersV3?$skip=1`) },
      { expect: `${first}?$skip=1`, status: 500, text: 'down' },
    ]);
    for await (const one of client.entitySet('CustomersV3').pages()) {
      expect(one.hasMore).toBe(true);
      break;
    }
    expect(openBodies()).toBe(0);
  });
});
