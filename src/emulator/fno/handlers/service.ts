/** The service document, `$metadata`, and the actions bound to `DataManagementEntities`. */

import type { HttpResponse } from '../../../http/send.ts';
import { writeCsdlXml } from '../../../odata/index.ts';
import type { FnoSettings } from '../../options.ts';
import { jsonAnswer, textAnswer } from '../../wire/answer.ts';
import { notImplemented } from '../../wire/refusal.ts';
import { entityOf, type FnoExchange, jsonHeaders } from '../exchange.ts';
import { notFound, requestFailure } from '../failures.ts';
import { dataEntitiesNamespace } from '../model/data-entity-data.ts';
import { parseBody } from '../write-body.ts';

/** `GET /data`. */
export function serviceDocument(exchange: FnoExchange): HttpResponse {
  const value = exchange.schema.model.entitySets.map(({ name }) => ({ name, kind: 'EntitySet', url: name }));
  return jsonAnswer(200, { '@odata.context': `${exchange.serviceRoot}$metadata`, value }, jsonHeaders);
}

/** `GET /data/$metadata`. */
export function metadataDocument(exchange: FnoExchange): HttpResponse {
  return textAnswer(200, writeCsdlXml(exchange.schema.model), {
    'content-type': 'application/xml',
    'odata-version': '4.0',
  });
}

/** Which setting answers which action. */
const versionActions: Readonly<Record<string, keyof FnoSettings>> = {
  GetApplicationVersion: 'applicationVersion',
  GetApplicationBuildVersion: 'applicationBuildVersion',
  GetPlatformBuildVersion: 'platformBuildVersion',
};

/** `POST DataManagementEntities/Microsoft.Dynamics.DataEntities.GetApplicationVersion`. */
export async function callSetAction(exchange: FnoExchange): Promise<HttpResponse> {
  const entity = entityOf(exchange);
  const { operation = '' } = exchange.target;
  const action = exchange.schema.model
    .boundActions(entity.entityType.qualifiedName, true)
    .find((candidate) => `${dataEntitiesNamespace}.${candidate.name}` === operation);
  if (action === undefined) throw notFound(exchange.request.path);
  const [parameter] = Object.keys(parseBody(await exchange.request.readText()));
  if (parameter !== undefined) throw requestFailure(`The action '${action.name}' has no parameter '${parameter}'.`);
  const setting = versionActions[action.name];
  if (setting === undefined) throw notImplemented('Action', `the action ${action.name}`);
  return jsonAnswer(
    200,
    { '@odata.context': `${exchange.serviceRoot}$metadata#Edm.String`, value: exchange.settings[setting] },
    jsonHeaders,
  );
}
