/** A client over rows in memory, for tests of operations and triggers: it keeps the contract of `Client` and no more. */

import { type RialtoError, ServiceError } from '../base/errors.ts';
import type { JsonObject, JsonValue } from '../base/json.ts';
import { silentLog } from '../base/log.ts';
import type { Client, ExecuteOptions, KeyInput, ListOptions, WriteOptions } from '../client/client.ts';
import {
  compareRows,
  compileFilter,
  createModel,
  isKeyPredicate,
  isLiteral,
  type KeyPredicate,
  keyLiteral,
  literalValue,
  type Model,
  type ModelData,
  parseFilter,
} from '../odata/index.ts';
import type { CallContext } from './contract.ts';
import { createModelMemo } from './model-memo.ts';
import type { ConnectorKind, OpenConnection } from './open-connection.ts';
import { createParameterChecks } from './parameter-checks.ts';

export interface CannedClient extends Client {
  readonly rows: Map<string, JsonObject[]>;
  /** Names of the calls made, with their entity set: `create tasks`. */
  readonly calls: string[];
  readonly lists: ListOptions[];
  readonly writes: WriteOptions[];
  readonly executed: ExecuteOptions[];
  /** Fails the next call with this error, after it was done if `isDone`. */
  failNext(error: Error, options?: { readonly isDone: boolean }): void;
}

/** A client over these rows; what it makes has the columns that are sent. */
export function cannedClient(
  data: ModelData,
  rows: Readonly<Record<string, readonly JsonObject[]>> = {},
): CannedClient {
  const model = createModel(data);
  const stored = new Map(Object.entries(rows).map(([name, list]) => [name, [...list]]));
  const failures: { error: Error; isDone: boolean }[] = [];
  const calls: string[] = [];
  const lists: ListOptions[] = [];
  const writes: WriteOptions[] = [];
  const executed: ExecuteOptions[] = [];

  function call<Value>(what: string, act: () => Value): Value {
    calls.push(what);
    const failure = failures.shift();
    if (failure !== undefined && !failure.isDone) throw failure.error;
    const value = act();
    if (failure !== undefined) throw failure.error;
    return value;
  }

  function entitySet(name: string): ReturnType<Client['entitySet']> {
    const keyNames = model.entityType(model.entitySet(name)?.entityType ?? '')?.key ?? [];
    const table = (): JsonObject[] => stored.get(name) ?? [];
    async function* list(options: ListOptions = {}): AsyncGenerator<JsonObject> {
      lists.push(options);
      yield* call(`list ${name}`, () => selectRows(table(), name, model, options));
    }
    return {
      name,
      list,
      async *pages() {
        yield { records: table(), hasMore: false };
      },
      async get(key) {
        return call(`get ${name}`, () => find(table(), key, keyNames) ?? missing(name));
      },
      count: async () => table().length,
      async create(record, options = {}) {
        writes.push(options);
        return call(`create ${name}`, () => {
          if (find(table(), keyOf(record, keyNames), keyNames) !== undefined) throw duplicate();
          const created = { '@odata.etag': 'W/"1"', ...record };
          stored.set(name, [...table(), created]);
          return { record: created };
        });
      },
      async update(key, changes, options = {}) {
        writes.push(options);
        return call(`update ${name}`, () => {
          const before = find(table(), key, keyNames) ?? missing(name);
          const after = { ...before, ...changes };
          stored.set(
            name,
            table().map((row) => (row === before ? after : row)),
          );
          return options.returnRecord === true ? { record: after } : {};
        });
      },
      async delete(key, options = {}) {
        writes.push(options);
        call(`delete ${name}`, () => {
          const before = find(table(), key, keyNames) ?? missing(name);
          stored.set(
            name,
            table().filter((row) => row !== before),
          );
        });
      },
    };
  }

  return {
    serviceRoot: 'https://contoso.example/data/',
    rows: stored,
    calls,
    lists,
    writes,
    executed,
    failNext: (error, options) => failures.push({ error, isDone: options?.isDone ?? false }),
    entitySet,
    async execute(options) {
      executed.push(options);
      return call(`execute ${options.action}`, (): JsonValue => 'done');
    },
    model: async () => model,
    withFreshModel: (attempt) => attempt(),
    entitySets: async () => model.entitySets.map((set) => set.name),
  };
}

/** An open connection named `test` over a client. */
export function openConnection(client: Client, connector: ConnectorKind = 'dynamicscrmonline'): OpenConnection {
  return {
    name: 'test',
    connector,
    environmentUrl: 'https://contoso.crm4.dynamics.com',
    client,
    memo: createModelMemo(),
    checks: createParameterChecks(),
  };
}

/** A call by a person: no idempotency key. */
export const personCall: CallContext = { log: silentLog, idempotencyKey: '', mayBeRepeat: false };

/** An attempt of a flow's action. */
export function flowCall(idempotencyKey: string, mayBeRepeat = false): CallContext {
  return { log: silentLog, idempotencyKey, mayBeRepeat };
}

function selectRows(
  rows: readonly JsonObject[],
  name: string,
  model: Model,
  options: ListOptions,
): readonly JsonObject[] {
  const entityType = model.entityType(model.entitySet(name)?.entityType ?? '');
  if (entityType === undefined) throw missing(name);
  const filter = typeof options.filter === 'string' ? parseFilter(options.filter) : options.filter;
  const matches = filter === undefined ? () => true : compileFilter(filter, entityType, model);
  const found = rows.filter(matches);
  if (options.orderby !== undefined && typeof options.orderby !== 'string') {
    found.sort(compareRows(options.orderby, entityType, model));
  }
  return found.slice(options.skip ?? 0, (options.skip ?? 0) + (options.top ?? found.length));
}

function keyOf(record: JsonObject, keyNames: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(keyNames.map((name) => [name, String(record[name])]));
}

function find(rows: readonly JsonObject[], key: KeyInput, keyNames: readonly string[]): JsonObject | undefined {
  const wanted = wantedKey(key, keyNames);
  return rows.find((row) => keyNames.every((name) => String(row[name]).toLowerCase() === wanted[name]?.toLowerCase()));
}

function wantedKey(key: KeyInput, keyNames: readonly string[]): Readonly<Record<string, string>> {
  if (isLiteral(key)) return { [keyNames[0] ?? '']: key.text };
  if (isKeyPredicate(key)) return predicateKey(key, keyNames);
  if (typeof key !== 'object' || key === null) return { [keyNames[0] ?? '']: String(key) };
  return Object.fromEntries(
    Object.entries(key).map(([name, value]) => [name, isLiteral(value) ? value.text : String(value)]),
  );
}

function predicateKey(key: KeyPredicate, keyNames: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    key.parts.map((part) => [part.name ?? keyNames[0] ?? '', String(literalValue(keyLiteral(part)))]),
  );
}

function missing(name: string): never {
  throw new ServiceError('RECORD_NOT_FOUND', `no such record of ${name}`, {
    details: { status: 404, serviceCode: '0x80040217', serviceMessage: `Entity '${name}' Does Not Exist` },
  });
}

function duplicate(): RialtoError {
  return new ServiceError('RECORD_CONFLICT', 'duplicate', {
    details: {
      status: 412,
      serviceCode: '0x80040237',
      serviceMessage: 'A record with matching key values already exists.',
    },
  });
}
