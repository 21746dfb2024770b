/** Routes of the data behind a connection: entity sets, queries, records and actions. */

import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { RialtoError } from '../../base/errors.ts';
import type { JsonObject } from '../../base/json.ts';
import type { Client, KeyInput, ListOptions, WriteOptions, WriteResult } from '../../client/client.ts';
import { entityTypeOf } from '../../client/index.ts';
import { findPreference, parsePreference } from '../../odata/index.ts';
import type { ActionResultAnswer, WriteAnswer } from '../wire.ts';
import { entitySchemaAnswer, keyOf } from './entity-schema.ts';
import { errorAnswer } from './error-answer.ts';
import { queryDocument } from './query-stream.ts';
import { bodyOf, headerOf, jsonObjectSchema, pathPart, queryOf, signalOf } from './request.ts';
import type { ApiServices } from './services.ts';

const wholeNumberSchema = z.number().int().min(0);
const querySchema = z.strictObject({
  filter: z.string().optional(),
  select: z.array(z.string()).optional(),
  orderby: z.string().optional(),
  expand: z.string().optional(),
  top: wholeNumberSchema.optional(),
  skip: wholeNumberSchema.optional(),
  count: z.boolean().optional(),
  companies: z.array(z.string().min(1)).min(1).optional(),
  crossCompany: z.boolean().optional(),
  pageSize: wholeNumberSchema.min(1).optional(),
});

/** Options begin with `$` or hold a `-`; whatever else stands in the query string is a part of the key. */
const recordQuerySchema = z
  .object({
    $select: z.string().optional(),
    $expand: z.string().optional(),
    'cross-company': z.enum(['true', 'false']).optional(),
  })
  .catchall(z.string());

const createSchema = z.strictObject({ record: jsonObjectSchema, crossCompany: z.boolean().optional() });
const updateSchema = z.strictObject({
  key: jsonObjectSchema.optional(),
  changes: jsonObjectSchema,
  crossCompany: z.boolean().optional(),
});
const actionSchema = z.strictObject({
  entitySet: z.string().min(1).optional(),
  key: jsonObjectSchema.optional(),
  parameters: jsonObjectSchema.default({}),
  crossCompany: z.boolean().optional(),
});

/** Adds the routes of entity sets, records and actions. */
export function recordRoutes(app: FastifyInstance, services: ApiServices): void {
  entityRoutes(app, services);
  const recordsPath = '/connections/:connection/entities/:set/records';

  app.get(recordsPath, async (request, reply) => {
    const at = await recordAt(services, request, reply);
    const record = await at.client.entitySet(at.set).get(at.key, at.options);
    const etag = record['@odata.etag'];
    if (typeof etag === 'string') void reply.header('etag', etag);
    return record;
  });

  app.post(recordsPath, async (request, reply) => {
    const { record, crossCompany } = bodyOf(request, createSchema);
    const client = await clientOf(services, request);
    const options = writeOptions(request, reply, crossCompany);
    const result = await client.entitySet(pathPart(request, 'set')).create(record, options);
    return sendWritten(reply.status(201), result);
  });

  app.patch(recordsPath, async (request, reply) => {
    const { key, changes, crossCompany } = bodyOf(request, updateSchema);
    const at = await recordAt(services, request, reply, key);
    const options = writeOptions(request, reply, crossCompany ?? at.options.crossCompany);
    return sendWritten(reply, await at.client.entitySet(at.set).update(at.key, changes, options));
  });

  app.delete(recordsPath, async (request, reply) => {
    const at = await recordAt(services, request, reply);
    await at.client.entitySet(at.set).delete(at.key, writeOptions(request, reply, at.options.crossCompany));
    return reply.status(204).send();
  });

  app.post('/connections/:connection/actions/:action', async (request, reply): Promise<ActionResultAnswer> => {
    const { entitySet, key, parameters, crossCompany } = bodyOf(request, actionSchema);
    if (key !== undefined && entitySet === undefined) {
      throw new RialtoError('REQUEST_INVALID', "'key' in the body needs 'entitySet': the entity set of the record.");
    }
    const client = await clientOf(services, request);
    const signal = signalOf(reply);
    const boundTo =
      entitySet === undefined || key === undefined
        ? undefined
        : await client.withFreshModel(
            async () => keyOf(key, entityTypeOf(await client.model(signal), entitySet)),
            signal,
          );
    const value = await client.execute({
      action: pathPart(request, 'action'),
      parameters,
      signal,
      ...(entitySet === undefined ? {} : { entitySet }),
      ...(boundTo === undefined ? {} : { key: boundTo }),
      ...(crossCompany === undefined ? {} : { crossCompany }),
    });
    return value === undefined ? {} : { value };
  });
}

function entityRoutes(app: FastifyInstance, services: ApiServices): void {
  app.get('/connections/:connection/entities', async (request, reply) => {
    const { search } = queryOf(request, z.strictObject({ search: z.string().optional() }));
    const names = await (await clientOf(services, request)).entitySets(signalOf(reply));
    const wanted = search?.toLowerCase() ?? '';
    return { value: names.filter((name) => name.toLowerCase().includes(wanted)).map((name) => ({ name })) };
  });

  app.get('/connections/:connection/entities/:set', async (request, reply) => {
    const client = await clientOf(services, request);
    const signal = signalOf(reply);
    return client.withFreshModel(
      async () => entitySchemaAnswer(await client.model(signal), pathPart(request, 'set')),
      signal,
    );
  });

  app.post('/connections/:connection/entities/:set/query', async (request, reply) => {
    const client = await clientOf(services, request);
    const options: ListOptions = { ...withoutUndefined(bodyOf(request, querySchema)), signal: signalOf(reply) };
    const pages = client.entitySet(pathPart(request, 'set')).pages(options);
    const text = await queryDocument(pages, (error) => errorAnswer(error, services, { route: 'query' }));
    return reply.type('application/json; charset=utf-8').send(Readable.from(text));
  });
}

function clientOf(services: ApiServices, request: FastifyRequest): Promise<Client> {
  return services.connections.client(pathPart(request, 'connection'));
}

interface RecordAt {
  readonly client: Client;
  readonly set: string;
  readonly key: KeyInput;
  readonly options: {
    readonly select?: readonly string[];
    readonly expand?: string;
    readonly crossCompany?: boolean;
    readonly signal: AbortSignal;
  };
}

/** The record that a request names: its key stands in the query string, or in the body. */
async function recordAt(
  services: ApiServices,
  request: FastifyRequest,
  reply: FastifyReply,
  keyInBody?: JsonObject,
): Promise<RecordAt> {
  const { $select, $expand, 'cross-company': crossCompany, ...keyParts } = queryOf(request, recordQuerySchema);
  const unknownOption = Object.keys(keyParts).find((name) => name.startsWith('$') || name.includes('-'));
  if (unknownOption !== undefined) {
    const message = `The query string has no option '${unknownOption}' here; expected $select, $expand, cross-company, or parts of the key.`;
    throw new RialtoError('REQUEST_INVALID', message);
  }
  const client = await clientOf(services, request);
  const set = pathPart(request, 'set');
  const signal = signalOf(reply);
  const key = await client.withFreshModel(
    async () => keyOf(keyInBody ?? keyParts, entityTypeOf(await client.model(signal), set)),
    signal,
  );
  return {
    client,
    set,
    key,
    options: {
      signal,
      ...($select === undefined ? {} : { select: $select.split(',').map((name) => name.trim()) }),
      ...($expand === undefined ? {} : { expand: $expand }),
      ...(crossCompany === undefined ? {} : { crossCompany: crossCompany === 'true' }),
    },
  };
}

function writeOptions(request: FastifyRequest, reply: FastifyReply, crossCompany: boolean | undefined): WriteOptions {
  const ifMatch = headerOf(request, 'if-match');
  const prefer = headerOf(request, 'prefer');
  const wanted = prefer === undefined ? undefined : findPreference(parsePreference(prefer), 'return');
  return {
    signal: signalOf(reply),
    ...(ifMatch === undefined ? {} : { ifMatch }),
    ...(wanted?.value === 'representation' ? { returnRecord: true } : {}),
    ...(crossCompany === undefined ? {} : { crossCompany }),
  };
}

function sendWritten(reply: FastifyReply, result: WriteResult): WriteAnswer {
  if (result.etag !== undefined) void reply.header('etag', result.etag);
  return withoutUndefined(result);
}

function withoutUndefined<T extends object>(value: T): { [Name in keyof T]: Exclude<T[Name], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as {
    [Name in keyof T]: Exclude<T[Name], undefined>;
  };
}
