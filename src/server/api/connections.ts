/** Routes of connections: `/connections`. No answer holds a secret. */

import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { isoInstant } from '../../base/clock.ts';
import { RialtoError } from '../../base/errors.ts';
import { printJson } from '../../base/json.ts';
import type { ConnectionView } from '../../connector/index.ts';
import type { ConnectionAnswer } from '../wire.ts';
import { bodyOf, headerOf, jsonObjectSchema, pathPart, signalOf } from './request.ts';
import type { ApiServices } from './services.ts';

const newConnectionSchema = z.strictObject({
  name: z.string().min(1).max(100),
  connector: z.string().min(1).max(100),
  settings: jsonObjectSchema,
});
const changedConnectionSchema = newConnectionSchema.omit({ name: true });

/** Adds the routes of connections. */
export function connectionRoutes(app: FastifyInstance, services: ApiServices): void {
  const { connections } = services;

  app.get('/connections', async () => ({ value: (await connections.list()).map(connectionAnswer) }));

  app.post('/connections', async (request, reply) => {
    const connection = await connections.create(bodyOf(request, newConnectionSchema));
    return sendConnection(reply.status(201), connection);
  });

  app.get('/connections/:connection', async (request, reply) =>
    sendConnection(reply, await connections.get(pathPart(request, 'connection'))),
  );

  app.put('/connections/:connection', async (request, reply) => {
    const name = pathPart(request, 'connection');
    const input = bodyOf(request, changedConnectionSchema);
    checkUnchanged(request, await connections.get(name));
    return sendConnection(reply, await connections.update({ name, ...input }));
  });

  app.delete('/connections/:connection', async (request, reply) => {
    const name = pathPart(request, 'connection');
    checkUnchanged(request, await connections.get(name));
    await connections.delete(name);
    return reply.status(204).send();
  });

  app.post('/connections/:connection/test', async (request, reply) =>
    connections.test(pathPart(request, 'connection'), signalOf(reply)),
  );
}

function sendConnection(reply: FastifyReply, connection: ConnectionView): ConnectionAnswer {
  const answer = connectionAnswer(connection);
  void reply.header('etag', answer.etag);
  return answer;
}

function connectionAnswer(connection: ConnectionView): ConnectionAnswer {
  return {
    name: connection.name,
    connector: connection.connector,
    settings: connection.settings,
    secretsSet: connection.secretsSet,
    createdTime: isoInstant(connection.createdTime),
    changedTime: isoInstant(connection.changedTime),
    etag: etagOf(connection),
  };
}

/** Raises CONNECTION_CONFLICT when `If-Match` names another state than the present one (RFC 9110 13.1.1). */
function checkUnchanged(request: FastifyRequest, present: ConnectionView): void {
  const wanted = headerOf(request, 'if-match');
  if (wanted === undefined || wanted === '*' || wanted.split(',').some((tag) => tag.trim() === etagOf(present))) return;
  throw new RialtoError(
    'CONNECTION_CONFLICT',
    `The connection '${present.name}' changed at ${isoInstant(present.changedTime)}, after it was read; read it again.`,
  );
}

/** From the visible settings and the time of change; a changed secret changes the time. */
function etagOf(connection: ConnectionView): string {
  const state = printJson([connection.connector, connection.settings, connection.changedTime]);
  return `"${createHash('sha256').update(state).digest('hex').slice(0, 16)}"`;
}
