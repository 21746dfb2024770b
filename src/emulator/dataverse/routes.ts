/** Every method on every shape of path of the Dataverse Web API, and what the emulator does with it. */

import type { Route } from '../routing/route.ts';
import type { DataverseExchange } from './exchange.ts';
import { countCollection, countSet, listCollection, listSet } from './handlers/list.ts';
import { readLookup, readProperty, readPropertyValue, readRow } from './handlers/read.ts';
import { callFunction, metadataDocument, serviceDocument } from './handlers/service.ts';
import { clearProperty, createRow, deleteRow, updateProperty, updateRow } from './handlers/write.ts';

/** The routes below `/api/data/v9.x/`. */
export const dataverseRoutes: readonly Route<DataverseExchange>[] = [
  { method: 'GET', shape: 'service', summary: 'Service document', handle: serviceDocument },
  {
    method: 'GET',
    shape: 'metadata',
    summary: '`$metadata` as CSDL XML, without annotations',
    handle: metadataDocument,
  },
  { method: 'POST', shape: 'batch', summary: '`$batch`', feature: 'Batch' },
  {
    method: 'GET',
    shape: 'set',
    summary:
      'List: `$select`, `$filter` (comparisons, `and`, `or`, `not`, `contains`, `startswith`, `endswith`, one lookup deep), `$orderby`, `$expand` (one level), `$top`, `$count`, paging; not `$apply`, FetchXML, saved queries, query functions, lambdas, wildcards inside string functions, change tracking',
    handle: listSet,
  },
  { method: 'GET', shape: 'set/$count', summary: 'Count with `$filter`, capped at 5,000', handle: countSet },
  {
    method: 'POST',
    shape: 'set',
    summary: 'Create, with lookups by `@odata.bind`; not deep insert, not binding of collections',
    handle: createRow,
  },
  { method: 'POST', shape: 'set/operation', summary: 'Bound actions (CreateMultiple and others)', feature: 'Action' },
  { method: 'GET', shape: 'row', summary: 'Read by primary or alternate key; 304 on a known ETag', handle: readRow },
  {
    method: 'PATCH',
    shape: 'row',
    summary: 'Update and upsert, with `If-Match` and `If-None-Match`',
    handle: updateRow,
  },
  { method: 'DELETE', shape: 'row', summary: 'Delete, with `If-Match`', handle: deleteRow },
  { method: 'GET', shape: 'row/operation', summary: 'Bound functions', feature: 'Function' },
  { method: 'POST', shape: 'row/operation', summary: 'Bound actions (QualifyLead and others)', feature: 'Action' },
  { method: 'GET', shape: 'row/property', summary: 'Read one property; 204 when null', handle: readProperty },
  { method: 'PUT', shape: 'row/property', summary: 'Set one property', handle: updateProperty },
  { method: 'DELETE', shape: 'row/property', summary: 'Set one property to null', handle: clearProperty },
  {
    method: 'GET',
    shape: 'row/property/$value',
    summary: 'Raw text of one property',
    handle: readPropertyValue,
  },
  {
    method: 'GET',
    shape: 'row/navigation',
    summary: 'Read the row behind a lookup, or list a collection',
    handle: (exchange) => (exchange.target.navigation?.isCollection === true ? listCollection : readLookup)(exchange),
  },
  { method: 'GET', shape: 'row/navigation/$count', summary: 'Count a collection', handle: countCollection },
  { method: 'GET', shape: 'row/navigation/$ref', summary: 'References', feature: 'Reference' },
  { method: 'PUT', shape: 'row/navigation/$ref', summary: 'Set a lookup by reference', feature: 'Reference' },
  { method: 'POST', shape: 'row/navigation/$ref', summary: 'Associate', feature: 'Reference' },
  { method: 'DELETE', shape: 'row/navigation/$ref', summary: 'Clear a lookup', feature: 'Reference' },
  { method: 'DELETE', shape: 'row/navigation(key)/$ref', summary: 'Disassociate', feature: 'Reference' },
  { method: 'GET', shape: 'operation', summary: '`WhoAmI`; no other function', handle: callFunction },
  { method: 'POST', shape: 'operation', summary: 'Unbound actions', feature: 'Action' },
];
