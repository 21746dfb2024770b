import { appendFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { seededIds } from '../base/ids.ts';
import { caller, smallEmulator, standingClock } from './emulator.case.ts';
import { createEmulator } from './emulator.ts';

let dataDirectory = '';

beforeEach(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'rialto-emulator-'));
});

afterEach(async () => {
  await rm(dataDirectory, { recursive: true });
});

describe('data directory', () => {
  test('a second start finds every acknowledged write, without an orderly end of the first', async () => {
    const first = await smallEmulator({ dataDirectory });
    const dataverse = await caller(first, 'contoso-dataverse');
    const fno = await caller(first, 'contoso-fno');
    const id = '11111111-2222-4333-8444-555555555555';
    await dataverse('POST', 'leads', { body: { leadid: id, lastname: 'Kept' } });
    await dataverse('POST', 'tasks', {
      body: { subject: 'Kept', 'regardingobjectid_lead_task@odata.bind': `/leads(${id})` },
    });
    const sample = (await dataverse('GET', "leads?$select=subject&$filter=lastname ne 'Kept'")).rows;
    await dataverse('DELETE', `leads(${sample[0]?.leadid})`);
    const customer = (await fno('POST', 'CustomersV3', { body: { CustomerGroupId: '10', SalesCurrencyCode: 'USD' } }))
      .json;
    await fno('PATCH', "CustomersV3(dataAreaId='usmf',CustomerAccount='US-001')", { body: { CreditLimit: 42 } });

    // The journal of the first is left open, as a killed process leaves it, with half a line at its end.
    await appendFile(join(dataDirectory, 'contoso-fno.journal'), '{"changes":[["CustomersV3"');
    const second = await smallEmulator({ dataDirectory, ids: seededIds(8) });
    const dataverseAgain = await caller(second, 'contoso-dataverse');
    const fnoAgain = await caller(second, 'contoso-fno');
    expect((await dataverseAgain('GET', `leads(${id})?$expand=Lead_Tasks`)).json).toMatchObject({
      lastname: 'Kept',
      Lead_Tasks: [{ subject: 'Kept' }],
    });
    expect((await dataverseAgain('GET', `leads(${sample[0]?.leadid})`)).status).toBe(404);
    expect((await dataverseAgain('GET', `leads(${sample[1]?.leadid})`)).json['@odata.etag']).toBe(
      sample[1]?.['@odata.etag'],
    );
    const row = (await fnoAgain('GET', "CustomersV3(dataAreaId='usmf',CustomerAccount='US-001')")).json;
    expect(row.CreditLimit).toBe(42);
    const next = (await fnoAgain('POST', 'CustomersV3', { body: { CustomerGroupId: '10', SalesCurrencyCode: 'USD' } }))
      .json;
    expect(next.CustomerAccount).not.toBe(customer.CustomerAccount);
    expect(second.environments[0]?.application).toEqual(first.environments[0]?.application);
    await second.close();
    await first.close();
  });

  test('secret and key are kept for their owner alone, sample data is not written', async () => {
    const emulator = await smallEmulator({ dataDirectory });
    await emulator.close();
    for (const name of ['application.json', 'signing-key.json']) {
      expect((await stat(join(dataDirectory, name))).mode & 0o777).toBe(0o600);
    }
    const journal = await readFile(join(dataDirectory, 'contoso-fno.journal'), 'utf8');
    expect(journal.split('\n')).toHaveLength(2);
  });

  test('other sample data in the same directory is refused', async () => {
    await (await smallEmulator({ dataDirectory })).close();
    await expect(smallEmulator({ dataDirectory, sample: { leads: 3 } })).rejects.toMatchObject({
      code: 'EMULATOR_DATA_INVALID',
    });
  });
});

describe('environments', () => {
  test('answer only at their own URL', async () => {
    const { environments } = await smallEmulator();
    const [environment] = environments;
    const response = await environment?.send({ method: 'GET', url: 'https://elsewhere.example/data', headers: {} });
    expect(response?.status).toBe(404);
  });

  test('a body above the limit is refused with 413', async () => {
    const call = await caller(await smallEmulator({ requestBodyBytesMax: 1024 }), 'contoso-fno');
    expect((await call('POST', 'CustomerGroups', { body: { Description: 'x'.repeat(2000) } })).status).toBe(413);
  });

  test('the sample is the same for the same seed', async () => {
    const path = 'SalesOrderHeadersV2?$top=1&$expand=SalesOrderLines';
    const first = await caller(await smallEmulator({ ids: seededIds(1) }), 'contoso-fno');
    const second = await caller(await smallEmulator({ ids: seededIds(2) }), 'contoso-fno');
    expect((await first('GET', path)).rows).toEqual((await second('GET', path)).rows);
  });

  test('the sample is large by default, in every company', { timeout: 30_000 }, async () => {
    const fno = await caller(await createEmulator({ clock: standingClock(), ids: seededIds(1) }), 'contoso-fno');
    expect((await fno('GET', 'CustomersV3/$count?cross-company=true')).text).toBe('\uFEFF26000');
    for (const company of ['usmf', 'dat', 'demf']) {
      const path = `CustomersV3/$count?cross-company=true&$filter=dataAreaId eq '${company}'`;
      expect(Number((await fno('GET', path)).text.slice(1))).toBeGreaterThan(4000);
    }
  });

  test('every sample row passes the checks of its own service', async () => {
    const emulator = await smallEmulator();
    const fno = await caller(emulator, 'contoso-fno');
    for (const customer of (await fno('GET', 'CustomersV3?$top=5')).rows) {
      const path = `CustomersV3(dataAreaId='usmf',CustomerAccount='${customer.CustomerAccount}')`;
      expect((await fno('PUT', path, { body: { ...customer } })).status).toBe(204);
    }
    const dataverse = await caller(emulator, 'contoso-dataverse');
    for (const [set, key] of [
      ['leads', 'leadid'],
      ['accounts', 'accountid'],
      ['contacts', 'contactid'],
      ['tasks', 'activityid'],
    ]) {
      for (const row of (await dataverse('GET', `${set}?$top=3`)).rows) {
        const columns = Object.entries(row).filter(([name]) => !name.startsWith('_') && !name.startsWith('@'));
        const result = await dataverse('PATCH', `${set}(${row[key ?? '']})`, { body: Object.fromEntries(columns) });
        expect(result.status, result.text).toBe(204);
      }
    }
  });
});
