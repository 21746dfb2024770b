import { describe, expect, test } from 'vitest';
import { cannedClient, openConnection } from './canned-client.case.ts';
import { checkDataset } from './dataset.ts';
import { dataverseModel } from './sample-models.case.ts';

const connection = openConnection(cannedClient(dataverseModel));

describe('the dataset segment', () => {
  test.each([
    '',
    'default',
    'Default.CDS',
    'test',
    'contoso.crm4',
    'contoso.crm4.dynamics.com',
    'https://Contoso.crm4.dynamics.com/',
  ])("'%s' is the environment of the connection", (dataset) => {
    expect(() => checkDataset(connection, dataset)).not.toThrow();
  });

  test('a loopback environment goes by host with and without its port', () => {
    const local = { ...connection, environmentUrl: 'http://127.0.0.1:8367' };
    expect(() => checkDataset(local, '127.0.0.1:8367')).not.toThrow();
    expect(() => checkDataset(local, '127.0.0.1')).not.toThrow();
  });

  test('another environment is refused by name', () => {
    expect(() => checkDataset(connection, 'fabrikam.crm4')).toThrow(
      "/dataset: 'fabrikam.crm4' is not the environment of connection 'test', which is 'contoso.crm4.dynamics.com'.",
    );
  });
});
