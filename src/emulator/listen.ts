/** Puts a handler behind a socket with node:http. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { RialtoError } from '../base/errors.ts';
import type { Log } from '../base/log.ts';
import type { HttpHeaders, Send } from '../http/send.ts';

export interface ListenOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
}

/** An open socket. */
export interface Listener {
  /** `http://127.0.0.1:8367`, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** Stops accepting, ends open connections, and resolves when the port is free again. */
  close(): Promise<void>;
}

/** Longest request line and headers together; a URL alone may have 32,768 characters. */
const headBytesMax = 65_536;

/**
 * Serves `send` at host and port.
 * Raises PORT_IN_USE, which names the port.
 */
export async function listen(send: Send, options: ListenOptions, log: Log): Promise<Listener> {
  const server = createServer({ maxHeaderSize: headBytesMax }, (request, response) => {
    answer(send, request, response, options.host).catch((error: unknown) => {
      // The caller has gone away, or the answer broke midway; either way the connection is all that is left to end.
      log.debug('emulated response not finished', { reason: error instanceof Error ? error.message : String(error) });
      response.destroy();
    });
  });
  await open(server, options);
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  return {
    url: `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`,
    port,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      }),
  };
}

function open(server: Server, options: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE') reject(error);
      const message = `Port ${options.port} on ${options.host} is taken by another program.`;
      reject(new RialtoError('PORT_IN_USE', message, { cause: error }));
    });
    server.listen({ host: options.host, port: options.port }, () => {
      server.removeAllListeners('error');
      resolve();
    });
  });
}

async function answer(send: Send, request: IncomingMessage, response: ServerResponse, host: string): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const answered = await send({
    method: request.method ?? 'GET',
    url: targetUrl(request, host),
    headers: readHeaders(request),
    body: request,
    signal: gone.signal,
  });
  // A body nobody read must not keep the connection from its next request.
  request.resume();
  response.writeHead(answered.status, { ...answered.headers });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  await pipeline(Readable.from(answered.body, { objectMode: false }), response);
}

/** The whole URL; a proxy's client writes it into the request line itself (RFC 9112 3.2.2). */
function targetUrl(request: IncomingMessage, host: string): string {
  const target = request.url ?? '/';
  return /^https?:\/\//i.test(target) ? target : `http://${request.headers.host ?? host}${target}`;
}

function readHeaders(request: IncomingMessage): HttpHeaders {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return headers;
}
