/** Connections: named, stored, opened on demand. */

import type { Clock } from '../../base/clock.ts';
import { RialtoError } from '../../base/errors.ts';
import type { JsonObject } from '../../base/json.ts';
import { didYouMean } from '../../base/nearest.ts';
import type { Client } from '../../client/client.ts';
import { type Catalog, findConnector } from '../catalog.ts';
import { createModelMemo } from '../model-memo.ts';
import type { ConnectorKind, OpenConnection } from '../open-connection.ts';
import { createParameterChecks } from '../parameter-checks.ts';
import { type ConnectionSettings, checkConnectionName, parseConnectionSettings } from './connection-settings.ts';
import { type ConnectionTest, type EnvironmentProbe, testConnection } from './connection-test.ts';
import type { SecretBox } from './secret-box.ts';
import { parseSecretReference, resolveSecret, type SecretSources } from './secret-reference.ts';
import {
  keptSecrets,
  openStoredSettings,
  printStoredSettings,
  secretPlace,
  secretsSetIn,
  showStoredSettings,
} from './stored-settings.ts';

/** A connection as the store keeps it. Times are milliseconds since 1970. */
export interface StoredConnection {
  readonly name: string;
  readonly connector: string;
  readonly settings: string;
  readonly createdTime: number;
  readonly changedTime: number;
}

/** The part of a store that connections need. */
export interface ConnectionRecords {
  get(name: string): Promise<StoredConnection | undefined>;
  list(): Promise<readonly StoredConnection[]>;
  /** False when the name is taken. */
  create(record: StoredConnection): Promise<boolean>;
  /** False when there is none. */
  update(record: StoredConnection): Promise<boolean>;
  delete(name: string): Promise<boolean>;
}

/** A connection without its secrets. */
export interface ConnectionView {
  readonly name: string;
  readonly connector: string;
  /** Secrets are `{ "isSet": true }`. */
  readonly settings: JsonObject;
  readonly secretsSet: readonly string[];
  readonly createdTime: number;
  readonly changedTime: number;
}

export interface ConnectionInput {
  readonly name: string;
  readonly connector: string;
  readonly settings: JsonObject;
}

/** What the settings of a connection open: the client, and how to look whether the environment answers. */
export interface OpenedEnvironment {
  readonly client: Client;
  readonly probe: EnvironmentProbe;
}

/** Opens an environment; the secret is resolved. */
export type OpenEnvironment = (kind: ConnectorKind, settings: ConnectionSettings) => OpenedEnvironment;

export interface ConnectionsOptions {
  readonly store: ConnectionRecords;
  readonly catalog: Catalog;
  readonly secretBox: SecretBox;
  readonly secretSources: SecretSources;
  readonly openEnvironment: OpenEnvironment;
  readonly clock: Clock;
}

export interface Connections {
  list(): Promise<readonly ConnectionView[]>;
  /** Raises CONNECTION_UNKNOWN. */
  get(name: string): Promise<ConnectionView>;
  /** Raises CONNECTION_EXISTS, CONNECTION_INVALID, CONNECTOR_UNKNOWN. */
  create(input: ConnectionInput): Promise<ConnectionView>;
  /** Replaces the settings; a secret that is left out keeps its value. Raises CONNECTION_UNKNOWN, CONNECTION_INVALID. */
  update(input: ConnectionInput): Promise<ConnectionView>;
  /** Raises CONNECTION_UNKNOWN. */
  delete(name: string): Promise<void>;
  /** The connection ready for use; kept until its record changes. Raises CONNECTION_UNKNOWN, SECRET_UNRESOLVED. */
  open(name: string): Promise<OpenConnection>;
  /** The client of the connection. Raises as `open`. */
  client(name: string): Promise<Client>;
  /** Looks whether the connection works, step by step; a failure is part of the answer. Raises CONNECTION_UNKNOWN. */
  test(name: string, signal?: AbortSignal): Promise<ConnectionTest>;
}

/**
 * How long an open connection is used before its record is looked at again: no query per call, and a change made by
 * another worker is seen within this time.
 */
export const recordFreshMs = 1000;

interface Opened {
  readonly record: StoredConnection;
  readonly connection: OpenConnection;
  readonly probe: EnvironmentProbe;
  readonly lookedAtMs: number;
}

/** Makes the connections over a store. */
export function createConnections(options: ConnectionsOptions): Connections {
  const opened = new Map<string, Opened>();
  const opening = new Map<string, Promise<Opened>>();

  async function record(name: string): Promise<StoredConnection> {
    const found = await options.store.get(name);
    if (found !== undefined) return found;
    opened.delete(name);
    throw unknownConnection(name, await options.store.list());
  }

  function openNow(name: string): Promise<Opened> {
    const kept = opened.get(name);
    if (kept !== undefined && options.clock.monotonicMs() - kept.lookedAtMs < recordFreshMs)
      return Promise.resolve(kept);
    // Callers that come together share one client, and with it its token and its metadata.
    const underWay = opening.get(name) ?? openAnew(name, kept).finally(() => opening.delete(name));
    opening.set(name, underWay);
    return underWay;
  }

  async function openAnew(name: string, kept: Opened | undefined): Promise<Opened> {
    const current = await record(name);
    const now = options.clock.monotonicMs();
    const isSame =
      kept !== undefined &&
      kept.record.changedTime === current.changedTime &&
      kept.record.settings === current.settings &&
      kept.record.connector === current.connector;
    const next = isSame ? { ...kept, lookedAtMs: now } : { ...(await openRecord(current, options)), lookedAtMs: now };
    opened.set(name, next);
    return next;
  }

  return {
    list: async () => (await options.store.list()).map(viewOf),
    get: async (name) => viewOf(await record(name)),
    async create(input) {
      checkConnectionName(input.name);
      const { kind } = findConnector(options.catalog, input.connector);
      const settings = parseConnectionSettings(kind, input.settings);
      const now = options.clock.now();
      const created: StoredConnection = {
        name: input.name,
        connector: kind,
        settings: printStoredSettings(input.name, { ...settings }, options.secretBox),
        createdTime: now,
        changedTime: now,
      };
      if (!(await options.store.create(created))) {
        throw new RialtoError('CONNECTION_EXISTS', `There is already a connection '${input.name}'.`);
      }
      return viewOf(created);
    },
    async update(input) {
      const current = await record(input.name);
      const { kind } = findConnector(options.catalog, input.connector);
      if (kind !== current.connector) {
        throw new RialtoError(
          'CONNECTION_INVALID',
          `Connection '${input.name}' is of connector '${current.connector}' and cannot become '${kind}'.`,
        );
      }
      const kept = keptSecrets(input.settings, current.settings);
      const settings = parseConnectionSettings(kind, { ...input.settings, ...kept.placeholders });
      const changed: StoredConnection = {
        ...current,
        settings: printStoredSettings(input.name, { ...settings, ...kept.stored }, options.secretBox),
        changedTime: Math.max(options.clock.now(), current.changedTime + 1),
      };
      if (!(await options.store.update(changed))) throw unknownConnection(input.name, await options.store.list());
      opened.delete(input.name);
      return viewOf(changed);
    },
    async delete(name) {
      const isDeleted = await options.store.delete(name);
      opened.delete(name);
      if (!isDeleted) throw unknownConnection(name, await options.store.list());
    },
    open: async (name) => (await openNow(name)).connection,
    client: async (name) => (await openNow(name)).connection.client,
    async test(name, signal) {
      const current = await record(name);
      return testConnection(async () => (await openRecord(current, options)).probe, options.clock, signal);
    },
  };
}

/** Opens what a record describes. Raises SECRET_UNRESOLVED, CONNECTION_INVALID. */
async function openRecord(record: StoredConnection, options: ConnectionsOptions): Promise<Omit<Opened, 'lookedAtMs'>> {
  const { kind } = findConnector(options.catalog, record.connector);
  const stored = parseConnectionSettings(kind, openStoredSettings(record.name, record.settings, options.secretBox));
  const reference = parseSecretReference(stored.clientSecret);
  const clientSecret =
    reference === undefined
      ? stored.clientSecret
      : await resolveSecret(reference, options.secretSources, secretPlace(record.name, 'clientSecret'));
  const { client, probe } = options.openEnvironment(kind, { ...stored, clientSecret });
  const connection: OpenConnection = Object.freeze({
    name: record.name,
    connector: kind,
    environmentUrl: stored.environmentUrl,
    client,
    memo: createModelMemo(),
    checks: createParameterChecks(),
  });
  return { record, connection, probe };
}

function viewOf(record: StoredConnection): ConnectionView {
  return {
    name: record.name,
    connector: record.connector,
    settings: showStoredSettings(record.settings),
    secretsSet: secretsSetIn(record.settings),
    createdTime: record.createdTime,
    changedTime: record.changedTime,
  };
}

function unknownConnection(name: string, records: readonly StoredConnection[]): RialtoError {
  const names = records.map((record) => record.name);
  const list = names.length === 0 ? ' There are none yet.' : '';
  return new RialtoError('CONNECTION_UNKNOWN', `There is no connection '${name}'.${didYouMean(name, names) || list}`);
}
