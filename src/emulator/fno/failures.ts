/** How F&O handlers refuse requests: the texts of the X++ infolog and of the OData layer. */

import type { FnoSettings } from '../options.ts';
import { refusal } from '../wire/refusal.ts';
import type { EntitySchema } from './entity-schema.ts';

/** `innererror.type` of failures in X++. */
export const writeException = 'Microsoft.Dynamics.Platform.Integration.Services.OData.AxODataWriteException';
/** `innererror.type` of requests that the OData layer cannot read. */
export const odataException = 'Microsoft.OData.ODataException';

/** A failure in X++ while a row is written: the infolog under the AOT name. */
export function writeFailure(infolog: string, entity: EntitySchema, settings: FnoSettings): Error {
  const message = `Write failed for table row of type '${entity.data.aotName}'. Infolog: ${infolog}.`;
  return refusal(Number(settings.xppErrorStatus), writeException, message);
}

/** A request that the OData layer refuses. */
export function requestFailure(message: string): Error {
  return refusal(400, odataException, message);
}

/** The row to change is not there, or belongs to another company. */
export function nothingToUpdate(): Error {
  return refusal(400, writeException, 'No resources were found when selecting for update.');
}

/** A string function on an entity that cannot translate it. */
export function notQueryable(): Error {
  return refusal(
    400,
    'System.NotSupportedException',
    "The type 'System.String' for the query operator is not Queryable!",
  );
}

/** Nothing at this path, or no row of this key. */
export function notFound(path: string): Error {
  return refusal(404, '', `No HTTP resource was found that matches the request URI '${path}'.`);
}
