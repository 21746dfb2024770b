import { describe, expect, test } from 'vitest';
import { RialtoError } from '../base/errors.ts';
import type { JsonObject } from '../base/json.ts';
import { cannedClient, flowCall, openConnection, personCall } from './canned-client.case.ts';
import { catalog } from './catalog.ts';
import { createConnectorHost } from './host.ts';
import { dataverseModel } from './sample-models.case.ts';

const client = cannedClient(dataverseModel, { leads: [] });
const connection = openConnection(client);

const connections = {
  async get(name: string) {
    if (name !== 'test') throw new RialtoError('CONNECTION_UNKNOWN', `There is no connection '${name}'.`);
    return { connector: connection.connector };
  },
  async open(name: string) {
    await this.get(name);
    return connection;
  },
};

const host = createConnectorHost({ connections, catalog });

function call(
  method: string,
  path: string,
  more: { queries?: JsonObject; headers?: JsonObject; body?: JsonObject } = {},
) {
  return { connection: 'test', method, path, queries: {}, headers: {}, ...more };
}

describe('the connector host', () => {
  test('joins path, queries and body to parameters', async () => {
    const body = { subject: 'x' };
    const answer = await host.invoke(call('post', '/datasets/default/tables/tasks/items', { body }), flowCall('k'));
    expect(answer).toMatchObject({ statusCode: 201, body });
  });

  test('polls the trigger at its address and tells the key of a record', async () => {
    const trigger = call('get', '/v2/datasets/test/tables/leads/onnewitems', { queries: { $filter: null } });
    const { state } = await host.poll(trigger, undefined, personCall);
    const leadid = '7d1b5c1e-0a1c-ee11-8f6d-000d3a111111';
    client.rows.set('leads', [{ leadid, createdon: '2026-05-04T12:00:00Z' }]);
    const { records } = await host.poll(trigger, state, personCall);
    expect(records).toHaveLength(1);
    expect(host.eventKey(trigger, records[0] as JsonObject)).toBe(`leads/${leadid}`);
  });

  test('a path that cannot be decoded is a 400, a header that means nothing here too', async () => {
    const undecodable = await host.invoke(call('get', '/datasets/default/tables/%25%25/items'), personCall);
    expect(undecodable).toMatchObject({ statusCode: 400, body: { error: { code: 'OPERATION_INPUT_INVALID' } } });
    const headers = { 'Content-Type': 'application/json', organization: 'https://contoso.example' };
    const answer = await host.invoke(call('get', '/datasets/default/tables/leads/items', { headers }), personCall);
    expect(answer).toMatchObject({
      statusCode: 400,
      body: {
        error: { message: "/headers/organization: Header 'organization' is not a parameter of this operation." },
      },
    });
  });

  test('checks connection and address without a call', async () => {
    const before = client.calls.length;
    const unevaluated = call('post', "/datasets/@{encodeURIComponent('a')}/tables/tasks/items");
    await expect(host.check(unevaluated, 'operation')).resolves.toBeUndefined();
    await expect(
      host.check(call('get', '/datasets/default/tables/leads/onnewitems'), 'operation'),
    ).rejects.toMatchObject({ code: 'OPERATION_UNKNOWN' });
    await expect(host.check({ ...unevaluated, connection: 'none' }, 'operation')).rejects.toMatchObject({
      code: 'CONNECTION_UNKNOWN',
    });
    expect(client.calls).toHaveLength(before);
  });
});
