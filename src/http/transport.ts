/** The transport: `Send` over undici. */

import { Readable } from 'node:stream';
import { Agent, type Dispatcher, request as undiciRequest } from 'undici';
import { abortedError } from '../base/clock.ts';
import { RialtoError } from '../base/errors.ts';
import type { HttpHeaders, HttpRequest, HttpResponse, Send } from './send.ts';
import { type FailureContext, transportFailure } from './transport-failure.ts';

export interface TransportOptions {
  /** Longest wait for a connection, TLS included. Default 10 s. */
  readonly connectTimeoutMs?: number;
  /** Longest wait from the end of the request to the head of the answer. Default 120 s: F&O starts slowly. */
  readonly headersTimeoutMs?: number;
  /** Longest pause between two pieces of a body. Default 120 s. */
  readonly bodyIdleTimeoutMs?: number;
  /** Most connections to one host; further requests wait for a free one. Default 64. */
  readonly connectionsPerHostMax?: number;
}

/** Connections, and the `Send` that uses them. Closing cancels what is in flight. */
export interface Transport extends AsyncDisposable {
  readonly send: Send;
}

/**
 * Opens a transport. It follows no redirect and keeps no cookie, so that load spreads over the service's web servers.
 * Its `send` raises HOST_UNREACHABLE, TIMEOUT, ABORTED and HTTP_RESPONSE_INVALID.
 */
export function createTransport(options: TransportOptions = {}): Transport {
  const limits = {
    connectTimeoutMs: options.connectTimeoutMs ?? 10_000,
    headersTimeoutMs: options.headersTimeoutMs ?? 120_000,
    bodyIdleTimeoutMs: options.bodyIdleTimeoutMs ?? 120_000,
  };
  const agent = new Agent({
    connections: options.connectionsPerHostMax ?? 64,
    connect: { timeout: limits.connectTimeoutMs },
    headersTimeout: limits.headersTimeoutMs,
    bodyTimeout: limits.bodyIdleTimeoutMs,
  });
  return {
    send: (request) => sendThrough(agent, request, { ...limits, ...contextOf(request) }),
    async [Symbol.asyncDispose]() {
      await agent.destroy();
    },
  };
}

function contextOf(request: HttpRequest): Pick<FailureContext, 'method' | 'url' | 'signal'> {
  if (!URL.canParse(request.url)) {
    throw new RialtoError('OPTION_INVALID', 'A request needs an absolute URL; its URL cannot be parsed.');
  }
  return { method: request.method, url: request.url, signal: request.signal };
}

async function sendThrough(agent: Agent, request: HttpRequest, context: FailureContext): Promise<HttpResponse> {
  if (request.signal?.aborted) throw abortedError(request.signal);
  try {
    const response = await undiciRequest(request.url, {
      dispatcher: agent,
      method: request.method as Dispatcher.HttpMethod,
      headers: request.headers,
      body: bodyOf(request),
      signal: request.signal ?? null,
    });
    return {
      status: response.statusCode,
      headers: joinRepeated(response.headers),
      body: bytesOf(response.body, context),
    };
  } catch (cause) {
    throw transportFailure(cause, context);
  }
}

function bodyOf(request: HttpRequest): string | Uint8Array | Readable | null {
  const { body } = request;
  if (body === undefined) return null;
  if (typeof body === 'string' || body instanceof Uint8Array) return body;
  return Readable.from(body, { objectMode: false });
}

function joinRepeated(headers: Readonly<Record<string, string | string[] | undefined>>): HttpHeaders {
  const joined: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) joined[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return joined;
}

/** The body's bytes with its failures as our errors. A body let go before its end gives its socket back or closes it. */
function bytesOf(body: Dispatcher.ResponseData['body'], context: FailureContext): AsyncIterable<Uint8Array> {
  // An abort can end a body that nobody reads yet; without a listener Node would end the process over it. Whoever
  // reads the body is told through the iterator.
  body.on('error', () => undefined);
  return {
    [Symbol.asyncIterator]() {
      let source: AsyncIterator<Uint8Array> | undefined;
      return {
        async next() {
          source ??= body[Symbol.asyncIterator]();
          try {
            return await source.next();
          } catch (cause) {
            throw transportFailure(cause, context);
          }
        },
        async return() {
          // Nobody waits while an unread body drains: it may be slow, and its time limits end it.
          if (source === undefined) body.dump().catch(() => undefined);
          else await source.return?.();
          return { done: true, value: undefined };
        },
      };
    },
  };
}
