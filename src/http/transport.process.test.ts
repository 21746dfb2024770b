import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { discardBody, readText } from './read-body.ts';
import { createTransport, type TransportOptions } from './transport.ts';

const opened: AsyncDisposable[] = [];

afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one[Symbol.asyncDispose]();
});

function givenTransport(options?: TransportOptions) {
  const transport = createTransport(options);
  opened.push(transport);
  return transport;
}

async function givenServer(handler: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server: Server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  opened.push({
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const body = { bodyBytesMax: 1_000_000, what: 'the answer' };

describe('transport', () => {
  test('sends method, headers and body and gives back status, headers and body', async () => {
    const root = await givenServer((request, response) => {
      const pieces: Buffer[] = [];
      request.on('data', (piece: Buffer) => pieces.push(piece));
      request.on('end', () => {
        response.writeHead(
          201,
          [
            ['Content-Type', 'text/plain'],
            ['Preference', 'a'],
            ['Preference', 'b'],
          ].flat(),
        );
        response.end(`${request.method} ${request.url} ${request.headers['if-match']} ${Buffer.concat(pieces)}`);
      });
    });
    const { send } = givenTransport();
    const response = await send({
      method: 'PATCH',
      url: `${root}/data/X(1)?$select=A`,
      headers: { 'if-match': '*' },
      body: '{"a":1}',
    });
    expect(response.status).toBe(201);
    expect(response.headers).toMatchObject({ 'content-type': 'text/plain', preference: 'a, b' });
    expect(await readText(response, body)).toBe('PATCH /data/X(1)?$select=A * {"a":1}');
  });

  test('sends a streamed body', async () => {
    const root = await givenServer((request, response) => request.pipe(response));
    async function* pieces(): AsyncIterable<Uint8Array> {
      yield new TextEncoder().encode('one ');
      yield new TextEncoder().encode('two');
    }
    const response = await givenTransport().send({ method: 'POST', url: root, headers: {}, body: pieces() });
    expect(await readText(response, body)).toBe('one two');
  });

  test('follows no redirect', async () => {
    const root = await givenServer((_request, response) => response.writeHead(302, { location: '/sign-in' }).end());
    const response = await givenTransport().send({ method: 'GET', url: `${root}/data`, headers: {} });
    expect(response.status).toBe(302);
    expect(response.headers.location).toBe('/sign-in');
    await discardBody(response);
  });

  test('a refused connection names host and reason, and cannot have arrived', async () => {
    const server = createTcpServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    await expect(
      givenTransport().send({ method: 'GET', url: `http://127.0.0.1:${port}/data`, headers: {} }),
    ).rejects.toMatchObject({
      code: 'HOST_UNREACHABLE',
      message: `http://127.0.0.1:${port} cannot be reached: the connection was refused; nothing listens on that port.`,
      mayHaveArrived: false,
      retryable: true,
    });
  });

  test('a connection that breaks before the answer may have arrived', async () => {
    const root = await givenServer((request) => request.socket.destroy());
    await expect(givenTransport().send({ method: 'POST', url: root, headers: {}, body: '{}' })).rejects.toMatchObject({
      code: 'HOST_UNREACHABLE',
      mayHaveArrived: true,
    });
  });

  test('a body that breaks off is an error of its reader', async () => {
    const root = await givenServer((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half');
      response.flushHeaders();
      response.socket?.end();
    });
    const response = await givenTransport().send({ method: 'GET', url: root, headers: {} });
    await expect(readText(response, body)).rejects.toMatchObject({ code: 'HOST_UNREACHABLE', mayHaveArrived: true });
  });

  test('no head of an answer within headersTimeoutMs is TIMEOUT', async () => {
    const root = await givenServer(() => undefined);
    await expect(
      givenTransport({ headersTimeoutMs: 50 }).send({ method: 'GET', url: root, headers: {} }),
    ).rejects.toMatchObject({
      code: 'TIMEOUT',
      message: `${root} did not answer GET within 50 ms (headersTimeoutMs).`,
      mayHaveArrived: true,
    });
  });

  test('a pause in a body longer than bodyIdleTimeoutMs is TIMEOUT', async () => {
    const root = await givenServer((_request, response) => {
      response.writeHead(200);
      response.write('half');
    });
    const response = await givenTransport({ bodyIdleTimeoutMs: 50 }).send({ method: 'GET', url: root, headers: {} });
    await expect(readText(response, body)).rejects.toMatchObject({
      code: 'TIMEOUT',
      message: `${root} sent nothing more of its answer for 50 ms (bodyIdleTimeoutMs).`,
    });
  });

  test('an abort ends the wait for the head and the reading of the body', async () => {
    const early = new AbortController();
    const silent = await givenServer(() => early.abort());
    await expect(
      givenTransport().send({ method: 'GET', url: silent, headers: {}, signal: early.signal }),
    ).rejects.toMatchObject({ code: 'ABORTED' });

    const late = new AbortController();
    const slow = await givenServer((_request, response) => {
      response.writeHead(200);
      response.write('half');
    });
    const response = await givenTransport().send({ method: 'GET', url: slow, headers: {}, signal: late.signal });
    late.abort();
    await expect(readText(response, body)).rejects.toMatchObject({ code: 'ABORTED' });
  });

  test('a body nobody reads is let go, and its connection serves the next request', async () => {
    const ports = new Set<number | undefined>();
    const root = await givenServer((request, response) => {
      ports.add(request.socket.remotePort);
      response.end('x'.repeat(10_000));
    });
    const { send } = givenTransport({ connectionsPerHostMax: 1 });
    for (let turn = 0; turn < 3; turn += 1) await discardBody(await send({ method: 'GET', url: root, headers: {} }));
    expect(ports.size).toBe(1);
  });

  test('a body that never ends is let go without a wait for it', async () => {
    const root = await givenServer((_request, response) => {
      response.writeHead(429);
      response.write('slow');
    });
    await discardBody(await givenTransport().send({ method: 'GET', url: root, headers: {} }));
  });

  test('a body left half-way closes its connection, and the next request still gets one', async () => {
    const root = await givenServer((request, response) => {
      if (request.url === '/small') response.end('small');
      else response.write('x'.repeat(1_000_000));
    });
    const { send } = givenTransport({ connectionsPerHostMax: 1 });
    const endless = await send({ method: 'GET', url: root, headers: {} });
    for await (const piece of endless.body) {
      expect(piece.byteLength).toBeGreaterThan(0);
      break;
    }
    expect(await readText(await send({ method: 'GET', url: `${root}/small`, headers: {} }), body)).toBe('small');
  });

  test('closing the transport cancels what is in flight', async () => {
    let arrived = (): void => undefined;
    const asked = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const root = await givenServer(() => arrived());
    const transport = givenTransport();
    const answer = transport.send({ method: 'GET', url: root, headers: {} });
    const outcome = expect(answer).rejects.toMatchObject({ code: 'ABORTED' });
    await asked;
    await transport[Symbol.asyncDispose]();
    await outcome;
  });

  test('an answer that is not HTTP is named as such', async () => {
    const server = createTcpServer((socket) => {
      socket.on('data', () => socket.end('SSH-2.0-mistaken\r\n\r\n'));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    opened.push({
      async [Symbol.asyncDispose]() {
        server.close();
      },
    });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await expect(givenTransport().send({ method: 'GET', url, headers: {} })).rejects.toMatchObject({
      code: 'HTTP_RESPONSE_INVALID',
    });
  });
});
