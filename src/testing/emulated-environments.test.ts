import { expect, test } from 'vitest';
import { emulatedEnvironments } from './emulated-environments.ts';

test('a test reads and writes both environments without a socket', async () => {
  const { dataverse, fno, emulator } = await emulatedEnvironments({ sample: { customers: 30, salesOrders: 3 } });
  const { record } = await dataverse.entitySet('leads').create({ lastname: 'Fourth', subject: 'Coffee for 12' });
  expect(await dataverse.entitySet('leads').get(String(record?.leadid))).toMatchObject({ lastname: 'Fourth' });
  expect(await fno.entitySet('CustomersV3').count({ crossCompany: true })).toBe(30);
  await emulator.close();
});

test('names are checked against the metadata before anything is sent', async () => {
  const { fno, emulator } = await emulatedEnvironments({ sample: { customers: 3, salesOrders: 0 } });
  const reading = fno.entitySet('CustomersV3').list({ filter: "CustomerAcount eq 'x'" })[Symbol.asyncIterator]().next();
  await expect(reading).rejects.toMatchObject({
    code: 'ODATA_PROPERTY_UNKNOWN',
    message: expect.stringMatching(/'CustomerAcount' is not a property.*did you mean 'CustomerAccount'\?/),
  });
  await emulator.close();
});
