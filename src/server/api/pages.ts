/** The web pages: built files from a directory, and the one page for every address that is a page. */

import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { RialtoError } from '../../base/errors.ts';
import type { Ids } from '../../base/ids.ts';
import { headerOf } from './request.ts';

/** The built page holds this word wherever the nonce of its content security policy belongs. */
const noncePlaceholder = '__CSP_NONCE__';
const nonceBytes = 16;

/** Serves the built pages, when there are any; every other address is answered NOT_FOUND. */
export async function servePages(
  app: FastifyInstance,
  options: { readonly uiDirectory: string | undefined; readonly ids: Ids },
): Promise<void> {
  const { uiDirectory, ids } = options;
  const pagePath = uiDirectory === undefined ? undefined : join(uiDirectory, 'index.html');
  const hasPage = pagePath !== undefined && (await isThere(pagePath));
  if (uiDirectory !== undefined && hasPage) {
    await app.register(fastifyStatic, {
      root: join(uiDirectory, 'assets'),
      prefix: '/assets/',
      index: false,
      // The names of built files hold a hash of their content.
      immutable: true,
      maxAge: '365d',
    });
    app.get('/', async (_request, reply) => sendPage(reply, pagePath, ids));
  }
  app.setNotFoundHandler(async (request, reply) => {
    if (hasPage && isPageAddress(request)) return sendPage(reply, pagePath, ids);
    throw new RialtoError('NOT_FOUND', `There is nothing at ${request.method} ${request.url.slice(0, 200)}.`);
  });
}

async function isThere(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

/** Addresses of the page's own router: asked for by a browser that wants HTML, and without a file's ending. */
function isPageAddress(request: FastifyRequest): boolean {
  const path = request.url.split('?')[0] ?? '';
  const wantsHtml = (headerOf(request, 'accept') ?? '').includes('text/html');
  return request.method === 'GET' && wantsHtml && !/^\/(api|assets|hooks)(\/|$)/.test(path);
}

/**
 * Styles are made at run time, so they need a nonce; everything else comes from this server alone. The page is read each
 * time, since a new build gives its files other names.
 */
async function sendPage(reply: FastifyReply, pagePath: string, ids: Ids): Promise<FastifyReply> {
  const template = await readFile(pagePath, 'utf8');
  const nonce = Buffer.from(ids.bytes(nonceBytes)).toString('base64');
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  return reply
    .header('content-security-policy', policy.join('; '))
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(template.replaceAll(noncePlaceholder, nonce));
}
