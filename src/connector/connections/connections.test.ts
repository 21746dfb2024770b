import { describe, expect, test } from 'vitest';
import type { Clock } from '../../base/clock.ts';
import { RialtoError } from '../../base/errors.ts';
import { seededIds } from '../../base/ids.ts';
import { cannedClient } from '../canned-client.case.ts';
import { catalog } from '../catalog.ts';
import { dataverseModel } from '../sample-models.case.ts';
import type { ConnectionSettings } from './connection-settings.ts';
import type { EnvironmentProbe } from './connection-test.ts';
import { type ConnectionRecords, createConnections, recordFreshMs, type StoredConnection } from './connections.ts';
import { createSecretBox } from './secret-box.ts';

const settings = {
  environmentUrl: 'https://contoso.crm4.dynamics.com',
  tenant: 'contoso.example',
  clientId: 'application',
  clientSecret: 'a literal secret',
};

const crm = { name: 'crm', connector: 'dynamicscrmonline', settings };

function givenConnections(probe: Partial<EnvironmentProbe> = {}) {
  const records = new Map<string, StoredConnection>();
  const opened: ConnectionSettings[] = [];
  const time = { ms: 1_000_000 };
  const environment: Record<string, string> = {};
  const clock: Clock = { now: () => time.ms, monotonicMs: () => time.ms, sleep: async () => {} };
  const ids = seededIds(1);
  const connections = createConnections({
    store: memoryRecords(records),
    catalog,
    secretBox: createSecretBox({ key: ids.bytes(32), ids }),
    secretSources: {
      env: (name) => environment[name],
      readFile: async (path) => {
        if (path !== '/run/secret') throw new Error('ENOENT');
        return 'from a file\n';
      },
    },
    openEnvironment: (_kind, given) => {
      opened.push(given);
      return {
        client: cannedClient(dataverseModel),
        probe: { token: async () => 'a token', service: async () => 'an answer', ...probe },
      };
    },
    clock,
  });
  return { connections, records, opened, time, environment };
}

function memoryRecords(records: Map<string, StoredConnection>): ConnectionRecords {
  return {
    get: async (name) => records.get(name),
    list: async () => [...records.values()],
    async create(record) {
      if (records.has(record.name)) return false;
      records.set(record.name, record);
      return true;
    },
    async update(record) {
      if (!records.has(record.name)) return false;
      records.set(record.name, record);
      return true;
    },
    delete: async (name) => records.delete(name),
  };
}

describe('connections', () => {
  test('a literal secret is neither stored nor shown, and is there when the connection opens', async () => {
    const { connections, records, opened } = givenConnections();
    const created = await connections.create(crm);
    expect(created.settings.clientSecret).toEqual({ isSet: true });
    expect(created.secretsSet).toEqual(['clientSecret']);
    expect(records.get('crm')?.settings).not.toContain('literal');
    await connections.open('crm');
    expect(opened[0]?.clientSecret).toBe('a literal secret');
  });

  test('a reference is stored and shown as it is and resolved when the connection opens', async () => {
    const { connections, opened, environment } = givenConnections();
    const view = await connections.create({ ...crm, settings: { ...settings, clientSecret: 'env:CRM_SECRET' } });
    expect(view.settings.clientSecret).toEqual({ isSet: true, reference: 'env:CRM_SECRET' });
    await expect(connections.open('crm')).rejects.toMatchObject({
      code: 'SECRET_UNRESOLVED',
      message: "'clientSecret' of connection 'crm' refers to 'env:CRM_SECRET', but it is not set, or empty.",
    });
    environment.CRM_SECRET = 'now set';
    await connections.open('crm');
    expect(opened[0]?.clientSecret).toBe('now set');
  });

  test('a secret from a file loses its final line break; an unknown kind of source says so', async () => {
    const { connections, opened } = givenConnections();
    await connections.create({ ...crm, settings: { ...settings, clientSecret: 'file:/run/secret' } });
    await connections.open('crm');
    expect(opened[0]?.clientSecret).toBe('from a file');
    await connections.update({ ...crm, settings: { ...settings, clientSecret: 'secret:crm' } });
    await expect(connections.open('crm')).rejects.toMatchObject({
      message: expect.stringContaining('this server has no secret store'),
    });
  });

  test('stays open until its record changes, and looks at most once in a while', async () => {
    const { connections, opened, time } = givenConnections();
    await connections.create(crm);
    const first = await connections.open('crm');
    expect(await connections.open('crm')).toBe(first);
    time.ms += recordFreshMs;
    expect(await connections.open('crm')).toBe(first);
    await connections.update({ ...crm, settings: { ...settings, tenant: 'other.example' } });
    expect(await connections.open('crm')).not.toBe(first);
    expect(opened.map((given) => given.tenant)).toEqual(['contoso.example', 'other.example']);
  });

  test('a change made elsewhere is seen after a while', async () => {
    const { connections, records, time } = givenConnections();
    await connections.create(crm);
    const first = await connections.open('crm');
    const record = records.get('crm') as StoredConnection;
    records.set('crm', { ...record, changedTime: record.changedTime + 1 });
    time.ms += recordFreshMs;
    expect(await connections.open('crm')).not.toBe(first);
    records.delete('crm');
    time.ms += recordFreshMs;
    await expect(connections.open('crm')).rejects.toMatchObject({ code: 'CONNECTION_UNKNOWN' });
  });

  test('calls that come together open it once', async () => {
    const { connections, opened } = givenConnections();
    await connections.create(crm);
    const [left, right] = await Promise.all([connections.open('crm'), connections.open('crm')]);
    expect(left).toBe(right);
    expect(opened).toHaveLength(1);
  });

  test('an update keeps a secret that is left out or given as it was shown', async () => {
    const { connections, opened } = givenConnections();
    await connections.create(crm);
    const { clientSecret: _secret, ...others } = settings;
    await connections.update({ ...crm, settings: others });
    await connections.update({ ...crm, settings: { ...others, clientSecret: { isSet: true } } });
    await connections.open('crm');
    expect(opened[0]?.clientSecret).toBe('a literal secret');
  });

  test('refuses what is there already, what is not there, and what is no connector', async () => {
    const { connections } = givenConnections();
    await connections.create(crm);
    await expect(connections.create(crm)).rejects.toMatchObject({ code: 'CONNECTION_EXISTS' });
    await expect(connections.get('crn')).rejects.toMatchObject({
      code: 'CONNECTION_UNKNOWN',
      message: "There is no connection 'crn'. Did you mean 'crm'?",
    });
    await expect(connections.delete('nothing-like-it')).rejects.toMatchObject({ code: 'CONNECTION_UNKNOWN' });
    await expect(connections.create({ ...crm, connector: 'dynamicsx' })).rejects.toMatchObject({
      code: 'CONNECTOR_UNKNOWN',
      message: expect.stringContaining("Did you mean 'dynamicsax'?"),
    });
    await expect(connections.update({ ...crm, connector: 'dynamicsax' })).rejects.toMatchObject({
      code: 'CONNECTION_INVALID',
    });
  });

  test('a test tells each step and stops at the first failure', async () => {
    const good = givenConnections();
    await good.connections.create(crm);
    expect(await good.connections.test('crm')).toMatchObject({
      ok: true,
      steps: [
        { name: 'settings', status: 'ok' },
        { name: 'token', status: 'ok', message: 'a token', durationMs: 0 },
        { name: 'service', status: 'ok', message: 'an answer' },
      ],
    });
    const bad = givenConnections({
      token: async () => {
        throw new RialtoError('AUTH_SECRET_INVALID', 'the secret is wrong');
      },
    });
    await bad.connections.create(crm);
    expect(await bad.connections.test('crm')).toMatchObject({
      ok: false,
      steps: [
        { name: 'settings', status: 'ok' },
        { name: 'token', status: 'failed', error: { code: 'AUTH_SECRET_INVALID', message: 'the secret is wrong' } },
        { name: 'service', status: 'not-checked' },
      ],
    });
  });
});
