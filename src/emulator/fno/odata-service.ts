/** The F&O OData service: from a request below `/data` to its answer. */

import type { Log } from '../../base/log.ts';
import type { HttpResponse } from '../../http/send.ts';
import { type ParseOptions, parseRequestUri } from '../../odata/index.ts';
import type { BearerCheck } from '../identity/bearer.ts';
import type { FnoSettings } from '../options.ts';
import { resolvePath } from '../routing/path-target.ts';
import { allowHeader, findRoute, runRoute } from '../routing/route.ts';
import type { Service, ServiceContext } from '../service.ts';
import type { TableStore } from '../store/table-store.ts';
import { emptyAnswer, withHeaders } from '../wire/answer.ts';
import type { Incoming } from '../wire/incoming.ts';
import { notImplemented, refusal } from '../wire/refusal.ts';
import type { FnoSchema } from './entity-schema.ts';
import { fnoErrorAnswer } from './error-answer.ts';
import { notFound } from './failures.ts';
import { fnoRoutes, otherFnoPaths } from './routes.ts';

export interface ODataServiceOptions {
  readonly schema: FnoSchema;
  readonly store: TableStore;
  readonly settings: FnoSettings;
  readonly bearer: BearerCheck;
  readonly log: Log;
}

/** Path roots are not case-sensitive; everything behind them is. */
/** F&O is a service of OData 4.0 that documents `divby`; `in` is read, and refused with the service's words. */
const uriForms: ParseOptions = { version: '4.0', plusIsBlank: true, operators: ['in', 'divby'] };
const rootPattern = /^\/data(?:\/(.*))?$/i;

/** The service behind one F&O environment. */
export function fnoODataService(options: ODataServiceOptions): Service {
  return {
    async answer(request, context) {
      return withHeaders(await answer(request, context, options), { 'ms-dyn-aid': context.ids.uuid() });
    },
  };
}

async function answer(request: Incoming, context: ServiceContext, options: ODataServiceOptions): Promise<HttpResponse> {
  try {
    const path = rootPattern.exec(request.path);
    if (path === null) throw unknownPath(request.path);
    const caller = await options.bearer.caller(request.headers);
    if (caller.kind === 'rejected') return unauthorized();
    refuseFullMetadata(request);
    const relative = path[1] ?? '';
    const uri = parseRequestUri(request.query === '' ? relative : `${relative}?${request.query}`, uriForms);
    const target = resolvePath(uri.path, options.schema.model);
    if (target.shape === 'unknown') throw notFound(request.path);
    // $metadata answers any token of the tenant; data only those of registered applications.
    if (caller.kind === 'unregistered' && target.shape !== 'metadata') {
      return options.settings.unregisteredStatus === '401' ? unauthorized() : emptyAnswer(403);
    }
    const route = findRoute(fnoRoutes, request.method, target.shape);
    if (route === undefined) {
      const error = refusal(405, '', `The requested resource does not support http method '${request.method}'.`);
      return withHeaders(fnoErrorAnswer(error, options.log), allowHeader(fnoRoutes, target.shape));
    }
    const { schema, store, settings } = options;
    return await runRoute(route, {
      request,
      serviceRoot: `${request.origin}/data/`,
      uri,
      target,
      schema,
      store,
      settings,
      record: { schema, store, settings, clock: context.clock, ids: context.ids },
    });
  } catch (error) {
    return fnoErrorAnswer(error, options.log);
  }
}

function unauthorized(): HttpResponse {
  return emptyAnswer(401, { 'www-authenticate': 'Bearer' });
}

function refuseFullMetadata(request: Incoming): void {
  if (/odata\.metadata=full/i.test(request.headers.accept ?? '')) {
    throw notImplemented('FullMetadata', 'the format odata.metadata=full');
  }
}

function unknownPath(path: string): Error {
  const lower = path.toLowerCase();
  const other = otherFnoPaths.find(({ prefix }) => lower === prefix || lower.startsWith(`${prefix}/`));
  return other === undefined ? notFound(path) : notImplemented(other.feature, `the service at ${other.prefix}`);
}
