/** The service document, `$metadata`, and the function WhoAmI. */

import type { HttpResponse } from '../../../http/send.ts';
import { writeCsdlXml } from '../../../odata/index.ts';
import { jsonAnswer, textAnswer } from '../../wire/answer.ts';
import { notImplemented } from '../../wire/refusal.ts';
import { type DataverseExchange, jsonHeaders } from '../exchange.ts';

/** `GET /api/data/v9.2/`. */
export function serviceDocument(exchange: DataverseExchange): HttpResponse {
  const value = exchange.schema.model.entitySets.map(({ name }) => ({ name, kind: 'EntitySet', url: name }));
  return jsonAnswer(200, { '@odata.context': `${exchange.serviceRoot}$metadata`, value }, jsonHeaders(exchange));
}

/** `GET /api/data/v9.2/$metadata`. */
export function metadataDocument(exchange: DataverseExchange): HttpResponse {
  return textAnswer(200, writeCsdlXml(exchange.schema.model), {
    'content-type': 'application/xml',
    'odata-version': '4.0',
  });
}

/** `GET WhoAmI`, with or without parentheses. */
export function callFunction(exchange: DataverseExchange): HttpResponse {
  if (exchange.target.operation !== 'WhoAmI') throw notImplemented('Function', `${exchange.target.operation}`);
  return jsonAnswer(
    200,
    {
      '@odata.context': `${exchange.serviceRoot}$metadata#Microsoft.Dynamics.CRM.WhoAmIResponse`,
      BusinessUnitId: exchange.record.businessUnitId,
      UserId: exchange.record.userId,
      OrganizationId: exchange.organizationId,
    },
    jsonHeaders(exchange),
  );
}
