/** Every method on every shape of path of the F&O OData service, and what the emulator does with it. */

import type { Route } from '../routing/route.ts';
import type { FnoExchange } from './exchange.ts';
import { countSet, listSet } from './handlers/list.ts';
import { createOne, deleteOne, readOne, updateOne } from './handlers/row.ts';
import { callSetAction, metadataDocument, serviceDocument } from './handlers/service.ts';

/** The routes below `/data`. */
export const fnoRoutes: readonly Route<FnoExchange>[] = [
  { method: 'GET', shape: 'service', summary: 'Service document', handle: serviceDocument },
  { method: 'GET', shape: 'metadata', summary: '`$metadata` as CSDL XML', handle: metadataDocument },
  { method: 'POST', shape: 'batch', summary: '`$batch`', feature: 'Batch' },
  {
    method: 'GET',
    shape: 'set',
    summary:
      'List: `$select`, `$filter` (comparisons, arithmetic, `and`, `or`, `not`, wildcard `eq`), `$orderby`, `$expand` (first level, `$select` inside), `$top`, `$skip`, `$count`, `cross-company`, paging with `$skip`; not `$apply`',
    handle: listSet,
  },
  { method: 'GET', shape: 'set/$count', summary: 'Count with `$filter` and `cross-company`', handle: countSet },
  {
    method: 'POST',
    shape: 'set',
    summary: 'Create, with number sequences, defaults, mandatory, reference and duplicate checks',
    handle: createOne,
  },
  {
    method: 'POST',
    shape: 'set/operation',
    summary:
      'Actions of `DataManagementEntities`: GetApplicationVersion, GetApplicationBuildVersion, GetPlatformBuildVersion; not GetInstalledModules',
    handle: callSetAction,
  },
  { method: 'GET', shape: 'row', summary: 'Read by key', handle: readOne },
  { method: 'PATCH', shape: 'row', summary: 'Update, with `If-Match`', handle: updateOne },
  { method: 'PUT', shape: 'row', summary: 'Replace: an update of the fields that are sent', handle: updateOne },
  {
    method: 'DELETE',
    shape: 'row',
    summary: 'Delete, with `If-Match` and restricted delete actions',
    handle: deleteOne,
  },
  { method: 'POST', shape: 'row/operation', summary: 'Actions bound to a row', feature: 'RowAction' },
  { method: 'GET', shape: 'row/property', summary: 'Read one property', feature: 'Property' },
  { method: 'GET', shape: 'row/property/$value', summary: 'Raw text of one property', feature: 'Property' },
  { method: 'GET', shape: 'row/navigation', summary: 'Navigation segments', feature: 'NavigationSegment' },
];

/** What F&O serves at other paths, none of which the emulator implements. */
export const otherFnoPaths: readonly { readonly prefix: string; readonly feature: string }[] = [
  { prefix: '/metadata', feature: 'Metadata' },
  { prefix: '/api/services', feature: 'CustomServices' },
  { prefix: '/soap/services', feature: 'Soap' },
  { prefix: '/api/connector', feature: 'RecurringIntegrations' },
];
