/** The Dataverse Web API: from a request below `/api/data/` to its answer. */

import type { Log } from '../../base/log.ts';
import type { HttpHeaders, HttpResponse } from '../../http/send.ts';
import { type ParseOptions, parseRequestUri } from '../../odata/index.ts';
import type { BearerCheck, Caller } from '../identity/bearer.ts';
import type { DataverseSettings } from '../options.ts';
import { type PathTarget, resolvePath, type UnknownSegment } from '../routing/path-target.ts';
import { allowHeader, findRoute, runRoute } from '../routing/route.ts';
import type { Service, ServiceContext } from '../service.ts';
import type { TableStore } from '../store/table-store.ts';
import { emptyAnswer, withHeaders } from '../wire/answer.ts';
import type { Incoming } from '../wire/incoming.ts';
import { notImplemented, refusal } from '../wire/refusal.ts';
import { dataverseErrorAnswer } from './error-answer.ts';
import type { DataverseExchange } from './exchange.ts';
import type { DataverseOrganization } from './organization.ts';
import { type Preferences, readPreferences } from './preferences.ts';
import { dataverseRoutes } from './routes.ts';
import type { DataverseSchema } from './table-schema.ts';

export interface WebApiOptions {
  readonly schema: DataverseSchema;
  readonly store: TableStore;
  readonly settings: DataverseSettings;
  readonly organization: DataverseOrganization;
  readonly bearer: BearerCheck;
  readonly tenantId: string;
  readonly log: Log;
}

const rootPattern = /^\/api\/data\/(v9\.[012](?:\.0)?)(?:\/(.*))?$/i;
/** Longest URL of a single request; longer queries go through `$batch`. */
const urlLengthMax = 32_768;
/** Dataverse is a service of OData 4.0 that reads `in` besides. */
const uriForms: ParseOptions = { version: '4.0', plusIsBlank: true, operators: ['in'] };
const noPreferences: Preferences = {
  returnsRepresentation: false,
  pageSize: undefined,
  includesAnnotation: undefined,
  applied: undefined,
};

/** The service behind one Dataverse environment. */
export function dataverseWebApi(options: WebApiOptions): Service {
  return {
    async answer(request, context) {
      const serviceHeaders = {
        'x-ms-service-request-id': context.ids.uuid(),
        req_id: context.ids.uuid(),
      };
      return withHeaders(await answer(request, context, options), serviceHeaders);
    },
  };
}

async function answer(request: Incoming, context: ServiceContext, options: WebApiOptions): Promise<HttpResponse> {
  let preferences = noPreferences;
  try {
    checkUrlLength(request);
    const [, version, relative = ''] = rootPattern.exec(request.path) ?? [];
    if (version === undefined) throw unknownPath(request.path);
    const caller = await options.bearer.caller(request.headers);
    if (caller.kind === 'rejected') return challenge(request, options);
    const userId = userOf(caller, options);
    preferences = readPreferences(request.headers.prefer);
    refuseAliases(request.query);
    const uri = parseRequestUri(request.query === '' ? relative : `${relative}?${request.query}`, uriForms);
    const target = requireTarget(resolvePath(uri.path, options.schema.model), options);
    const exchange: DataverseExchange = {
      request,
      serviceRoot: `${request.origin}/api/data/${version}/`,
      uri,
      target,
      schema: options.schema,
      store: options.store,
      settings: options.settings,
      preferences,
      origins: context.origins,
      organizationId: options.organization.organizationId,
      record: {
        schema: options.schema,
        store: options.store,
        clock: context.clock,
        ids: context.ids,
        userId,
        businessUnitId: options.organization.businessUnitId,
        currencyId: options.organization.currencyId,
      },
    };
    const route = findRoute(dataverseRoutes, request.method, target.shape);
    if (route === undefined) {
      const { includesAnnotation } = preferences;
      const refused = dataverseErrorAnswer(methodNotAllowed(request.method), { includesAnnotation, log: options.log });
      return withHeaders(refused, allowHeader(dataverseRoutes, target.shape));
    }
    return await runRoute(route, exchange);
  } catch (error) {
    return dataverseErrorAnswer(error, { includesAnnotation: preferences.includesAnnotation, log: options.log });
  }
}

function checkUrlLength(request: Incoming): void {
  const length = request.origin.length + request.path.length + request.query.length;
  if (length <= urlLengthMax) return;
  throw refusal(414, '0x80060888', `The URL has ${length} characters; at most ${urlLengthMax} are allowed.`);
}

/** 401 with the challenge that tells a caller where to get a token. */
function challenge(request: Incoming, options: WebApiOptions): HttpResponse {
  const headers: HttpHeaders = {
    'www-authenticate': `Bearer authorization_uri=${request.origin}/${options.tenantId}/oauth2/authorize, resource_id=${request.origin}/`,
  };
  return emptyAnswer(401, headers);
}

/** The systemuser of the calling application. Raises SERVICE_ERROR 403 when the environment has none. */
function userOf(caller: Exclude<Caller, { kind: 'rejected' }>, options: WebApiOptions): string {
  const clientId = caller.kind === 'application' ? caller.application.clientId : caller.clientId;
  const [user] = options.store.table('systemuser').groups('applicationid').get(clientId) ?? [];
  const id = user?.systemuserid;
  if (caller.kind === 'application' && typeof id === 'string' && user?.isdisabled !== true) return id;
  throw refusal(403, '0x80072560', 'The user is not a member of the organization.');
}

function requireTarget(target: PathTarget | UnknownSegment, options: WebApiOptions): PathTarget {
  if (target.shape !== 'unknown') return target;
  if (target.entityType === undefined && isMetadataPath(target.segment)) {
    throw notImplemented('Metadata', `the metadata set ${target.segment}`);
  }
  const elsewhere = elsewhereOf(target, options.schema);
  if (elsewhere) throw notImplemented('Table', `the table that '${target.segment}' points to`);
  throw refusal(
    target.entityType === undefined ? Number(options.settings.unknownSetStatus) : 404,
    '0x80060888',
    `Resource not found for the segment '${target.segment}'.`,
  );
}

function isMetadataPath(segment: string): boolean {
  return ['EntityDefinitions', 'GlobalOptionSetDefinitions', 'RelationshipDefinitions'].includes(segment);
}

function elsewhereOf(target: UnknownSegment, schema: DataverseSchema): boolean {
  if (target.entityType === undefined) return false;
  return schema.table(target.entityType.name).elsewhere.has(target.segment);
}

function refuseAliases(query: string): void {
  if (/(?:^|&)(?:@|%40)/i.test(query)) throw notImplemented('ParameterAlias', 'parameter aliases (@p1)');
}

function unknownPath(path: string): Error {
  if (/^\/(?:api\/(?:search|discovery)|XRMServices)(?:\/|$)/i.test(path)) {
    return notImplemented('Path', `the path ${path.slice(0, 80)}`);
  }
  return refusal(
    404,
    '0x80060888',
    `No HTTP resource was found that matches the request path '${path.slice(0, 200)}'.`,
  );
}

function methodNotAllowed(method: string): Error {
  return refusal(405, '0x80040315', `The requested resource does not support http method '${method}'.`);
}
