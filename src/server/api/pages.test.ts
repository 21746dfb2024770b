import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApi } from './create-api.ts';
import { sampleServices } from './sample-services.case.ts';

const html = { accept: 'text/html,*/*' };
const folder = { path: '' };

beforeAll(async () => {
  folder.path = await mkdtemp(join(tmpdir(), 'rialto-pages-'));
  await mkdir(join(folder.path, 'assets'));
  await writeFile(join(folder.path, 'index.html'), '<meta property="csp-nonce" nonce="__CSP_NONCE__"><p>page</p>');
  await writeFile(join(folder.path, 'assets', 'index-1.js'), 'export {};');
});

afterAll(() => rm(folder.path, { recursive: true }));

function givenApi() {
  return createApi(sampleServices({ uiDirectory: folder.path }));
}

test.each(['/', '/runs?status=Failed', '/flows/a/runs/b', '/flows/a.b/runs/c.d'])('%s is the page', async (url) => {
  const response = await (await givenApi()).inject({ url, headers: html });
  expect(response.statusCode).toBe(200);
  expect(response.body).toContain('<p>page</p>');
});

test('the policy of the page lets this server and its nonce through, and no nonce comes twice', async () => {
  const api = await givenApi();
  const [first, second] = [
    await api.inject({ url: '/', headers: html }),
    await api.inject({ url: '/', headers: html }),
  ];
  const policy = String(first.headers['content-security-policy']);
  const nonce = /nonce="([^"]+)"/.exec(first.body)?.[1] ?? '';
  expect(nonce).toHaveLength(24);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain(`style-src 'self' 'nonce-${nonce}'`);
  expect(policy).not.toContain('http');
  expect(second.body).not.toContain(nonce);
});

test('built files are served for good', async () => {
  const response = await (await givenApi()).inject('/assets/index-1.js');
  expect(response.body).toBe('export {};');
  expect(response.headers['cache-control']).toContain('immutable');
});

test.each(['/api/v1/nothing', '/assets/missing.js', '/assets/..%2findex.html'])('%s is not the page', async (url) => {
  const response = await (await givenApi()).inject({ url, headers: html });
  expect(response.statusCode).toBe(404);
  expect(response.json().error.code).toBe('NOT_FOUND');
});

test('a directory without a built page serves none', async () => {
  const api = await createApi(sampleServices({ uiDirectory: join(folder.path, 'missing') }));
  expect((await api.inject({ url: '/', headers: html })).statusCode).toBe(404);
});
