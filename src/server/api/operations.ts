/** Routes of what connectors offer: `/connectors`, `/operations`, and calls of an operation by its id. */

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { OperationAnswer } from '../wire.ts';
import { bodyOf, jsonObjectSchema, pathPart, queryOf, signalOf } from './request.ts';
import type { ApiServices } from './services.ts';

const searchSchema = z.strictObject({ search: z.string().optional(), connector: z.string().optional() });
const callSchema = z.strictObject({ parameters: jsonObjectSchema.default({}) });

/** Adds the routes of connectors and operations. */
export function operationRoutes(app: FastifyInstance, services: ApiServices): void {
  app.get('/connectors', async () => ({ value: services.operations.connectors() }));

  app.get('/operations', async (request) => {
    const { search, connector } = queryOf(request, searchSchema);
    const found = services.operations
      .list()
      .filter((operation) => connector === undefined || operation.connector === connector)
      .filter((operation) => search === undefined || isMatch(operation, search));
    return { value: found };
  });

  app.post('/connections/:connection/operations/:operation', async (request, reply) => {
    const call = {
      connection: pathPart(request, 'connection'),
      operation: pathPart(request, 'operation'),
      parameters: bodyOf(request, callSchema).parameters,
    };
    return services.operations.invoke(call, {
      signal: signalOf(reply),
      log: services.log,
      idempotencyKey: '',
      mayBeRepeat: false,
    });
  });
}

/** Every word of the search occurs in the id or the title. */
function isMatch(operation: OperationAnswer, search: string): boolean {
  const text = `${operation.id} ${operation.summary}`.toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
