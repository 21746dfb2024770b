/** The requests on one entity set. */

import { LimitError, RialtoError } from '../base/errors.ts';
import type { JsonObject } from '../base/json.ts';
import { discardBody, readText } from '../http/index.ts';
import {
  checkPayload,
  type EntityType,
  type KeyPredicate,
  type Model,
  type QueryOptions,
  type RequestUri,
} from '../odata/index.ts';
import { callService } from './call-service.ts';
import { type Channel, describeCall, type ServiceRequest } from './channel.ts';
import { checkCapabilities } from './check-capabilities.ts';
import { checkQuery, entityTypeOf } from './check-list-options.ts';
import type { EntitySetClient, KeyInput, ListOptions, RecordOptions, WriteOptions, WriteResult } from './client.ts';
import type { ListPlan, RecordCall } from './dialect.ts';
import { type ListWalk, listPages, listRecords } from './list-records.ts';
import { readListOptions, readRecordOptions } from './read-list-options.ts';
import { readRecord, sendWrite } from './write-result.ts';

/** The client of one entity set. Nothing is sent before a method is called. */
export function createEntitySetClient(channel: Channel, name: string): EntitySetClient {
  return {
    name,
    list: (options = {}) => listRecords(() => prepareWalk(channel, name, options)),
    pages: (options = {}) => listPages(() => prepareWalk(channel, name, options)),
    get: (key, options = {}) => getRecord(channel, name, key, options),
    count: (options = {}) => countRecords(channel, name, options),
    create: (record, options = {}) => createRecord(channel, name, record, options),
    update: (key, changes, options = {}) => updateRecord(channel, name, key, changes, options),
    delete: (key, options = {}) => deleteRecord(channel, name, key, options),
  };
}

async function prepareWalk(channel: Channel, name: string, options: ListOptions): Promise<ListWalk> {
  const plan = await planList(channel, name, 'list', options);
  return { channel, entitySet: name, plan, top: options.top, signal: options.signal };
}

/** Parses, refuses what the service does not offer, checks against metadata if wanted, and lets the dialect plan. */
async function planList(
  channel: Channel,
  name: string,
  kind: 'list' | 'count',
  options: ListOptions,
): Promise<ListPlan> {
  const query = readListOptions(options);
  checkCapabilities(query, options, channel.dialect);
  const entityType = await checkedType(channel, name, options.signal, (type, model) => checkQuery(query, type, model));
  return channel.dialect.planList({ kind, options, query, entityType });
}

/** The type of the entity set after `check` has passed, when the client checks; undefined when not. */
function checkedType(
  channel: Channel,
  name: string,
  signal: AbortSignal | undefined,
  check: (entityType: EntityType, model: Model) => void,
): Promise<EntityType | undefined> {
  return channel.check(signal, (model) => {
    const entityType = entityTypeOf(model, name);
    check(entityType, model);
    return entityType;
  });
}

function checkRecord(record: JsonObject, entityType: EntityType, model: Model): void {
  checkPayload(record, entityType, model, { allowMissing: true, allowBind: true, allowDateOnly: true });
}

async function getRecord(channel: Channel, name: string, key: KeyInput, options: RecordOptions): Promise<JsonObject> {
  const query = readRecordOptions(options);
  const { crossCompany, annotations } = options;
  const listOptions = {
    ...(crossCompany === undefined ? {} : { crossCompany }),
    ...(annotations === undefined ? {} : { annotations }),
  };
  checkCapabilities(query, listOptions, channel.dialect);
  const entityType = await checkedType(channel, name, options.signal, (type, model) => checkQuery(query, type, model));
  const predicate = channel.dialect.keyPredicate(key, entityType);
  const call: RecordCall = { kind: 'get', key: predicate, ...listOptions };
  return readRecord(channel, recordRequest(channel, name, 'GET', call, { query, signal: options.signal }));
}

async function countRecords(
  channel: Channel,
  name: string,
  options: Pick<ListOptions, 'filter' | 'crossCompany' | 'companies' | 'signal'>,
): Promise<number> {
  const plan = await planList(channel, name, 'count', options);
  const request: ServiceRequest = {
    method: 'GET',
    uri: {
      kind: 'requestUri',
      path: [
        { kind: 'name', name, position: 0 },
        { kind: 'system', name: '$count', position: 0 },
      ],
      options: plan.query,
    },
    target: { kind: 'entitySet', entitySet: name },
    headers: { ...plan.headers, accept: 'text/plain, application/json' },
    signal: options.signal,
  };
  const response = await callService(channel, request);
  const text = await readText(response, {
    bodyBytesMax: countBytesMax,
    what: `the answer of ${describeCall(request)}`,
  });
  if (!/^\s*\d{1,15}\s*$/.test(text)) {
    throw new RialtoError('HTTP_RESPONSE_INVALID', `${describeCall(request)} was not answered with a number.`);
  }
  const count = Number(text);
  const { countMax } = channel.dialect.capabilities;
  if (countMax !== undefined && count >= countMax) {
    throw new LimitError(
      'countMax',
      countMax,
      `${describeCall(request)} was answered ${count}, where ${channel.dialect.name} stops counting (countMax); there may be more. Narrow the filter, or read the list.`,
    );
  }
  return count;
}

/** Longest answer to a count: a page in its place is not worth reading. */
const countBytesMax = 65_536;

async function createRecord(
  channel: Channel,
  name: string,
  record: JsonObject,
  options: WriteOptions,
): Promise<WriteResult> {
  if (options.ifMatch !== undefined) {
    throw new RialtoError('OPTION_INVALID', 'A create takes no ifMatch: there is no record yet that could match.');
  }
  await checkedType(channel, name, options.signal, (type, model) => checkRecord(record, type, model));
  const call: RecordCall = {
    kind: 'create',
    record,
    returnRecord: options.returnRecord ?? true,
    ...companyOf(options),
  };
  return sendWrite(channel, recordRequest(channel, name, 'POST', call, { body: record, signal: options.signal }));
}

async function updateRecord(
  channel: Channel,
  name: string,
  key: KeyInput,
  changes: JsonObject,
  options: WriteOptions,
): Promise<WriteResult> {
  const entityType = await checkedType(channel, name, options.signal, (type, model) =>
    checkRecord(changes, type, model),
  );
  const predicate = channel.dialect.keyPredicate(key, entityType);
  const returnRecord = options.returnRecord ?? false;
  const call: RecordCall = {
    kind: 'update',
    key: predicate,
    record: changes,
    returnRecord,
    ...(options.ifMatch === undefined ? {} : { ifMatch: options.ifMatch }),
    ...companyOf(options),
  };
  const result = await sendWrite(
    channel,
    recordRequest(channel, name, 'PATCH', call, { body: changes, signal: options.signal }),
  );
  if (!returnRecord || result.record !== undefined || channel.dialect.capabilities.answersUpdates) return result;
  const { crossCompany, signal } = options;
  const record = await getRecord(channel, name, predicate, {
    ...(crossCompany === undefined ? {} : { crossCompany }),
    ...(signal === undefined ? {} : { signal }),
  });
  const etag = record['@odata.etag'];
  return { ...result, record, ...(typeof etag === 'string' ? { etag } : {}) };
}

async function deleteRecord(channel: Channel, name: string, key: KeyInput, options: WriteOptions): Promise<void> {
  const entityType = await channel.check(options.signal, (model) => entityTypeOf(model, name));
  const call: RecordCall = {
    kind: 'delete',
    key: channel.dialect.keyPredicate(key, entityType),
    ...(options.ifMatch === undefined ? {} : { ifMatch: options.ifMatch }),
    ...companyOf(options),
  };
  const request = recordRequest(channel, name, 'DELETE', call, { signal: options.signal });
  await discardBody(await callService(channel, request));
}

function companyOf(options: WriteOptions): { readonly crossCompany?: boolean } {
  return options.crossCompany === undefined ? {} : { crossCompany: options.crossCompany };
}

interface RequestRest {
  readonly query?: QueryOptions;
  readonly body?: JsonObject;
  readonly signal: AbortSignal | undefined;
}

function recordRequest(
  channel: Channel,
  name: string,
  method: ServiceRequest['method'],
  call: RecordCall,
  rest: RequestRest,
): ServiceRequest {
  const plan = channel.dialect.planRecord(call);
  return {
    method,
    uri: uriOf(name, call.key, { ...rest.query, custom: plan.custom }),
    target: { kind: call.key === undefined ? 'entitySet' : 'record', entitySet: name },
    headers: plan.headers,
    ...(rest.body === undefined ? {} : { body: rest.body }),
    signal: rest.signal,
  };
}

function uriOf(name: string, key: KeyPredicate | undefined, options: QueryOptions): RequestUri {
  return {
    kind: 'requestUri',
    path: [{ kind: 'name', name, ...(key === undefined ? {} : { key }), position: 0 }],
    options,
  };
}
