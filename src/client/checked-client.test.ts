import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../base/json.ts';
import { createFnoClient } from '../dynamics/fno/index.ts';
import { checkListOptions } from './check-list-options.ts';
import type { ListOptions } from './client.ts';
import { givenClient, givenModel } from './given-client.case.ts';

const key = { dataAreaId: 'usmf', CustomerAccount: 'US-001' };

function given() {
  return givenClient(createFnoClient, { checked: true, model: givenModel() }, []);
}

async function drain(records: AsyncIterable<JsonObject>): Promise<void> {
  for await (const record of records) expect(record).toBeDefined();
}

describe('a checked client sends nothing that the metadata does not know', () => {
  const wrong: readonly (readonly [string, ListOptions, string])[] = [
    ['field in filter', { filter: "OrganisationName eq 'x'" }, 'ODATA_PROPERTY_UNKNOWN'],
    ['field in select', { select: ['OrganizationNam'] }, 'ODATA_PROPERTY_UNKNOWN'],
    ['field in orderby', { orderby: 'OrganizationNam desc' }, 'ODATA_PROPERTY_UNKNOWN'],
    ['type in filter', { filter: "CreditLimit eq 'much'" }, 'ODATA_TYPE_MISMATCH'],
    ['grammar', { filter: 'OrganizationName eq' }, 'ODATA_SYNTAX'],
  ];
  for (const [what, options, code] of wrong) {
    test(`a wrong ${what} is ${code}`, async () => {
      const { client, requests } = given();
      await expect(drain(client.entitySet('CustomersV3').list(options))).rejects.toMatchObject({ code });
      expect(requests).toEqual([]);
      expect(() => checkListOptions(givenModel(), 'CustomersV3', options)).toThrow(expect.objectContaining({ code }));
    });
  }

  test('an unknown entity set gets the nearest name', async () => {
    const { client } = given();
    await expect(client.entitySet('CustomerV3').count()).rejects.toMatchObject({
      code: 'ENTITY_SET_UNKNOWN',
      message: "The environment has no entity set 'CustomerV3'. Did you mean 'CustomersV3'?",
    });
  });

  test('an incomplete key is ODATA_KEY_INVALID', async () => {
    const { client } = given();
    await expect(client.entitySet('CustomersV3').get({ CustomerAccount: 'US-001' })).rejects.toMatchObject({
      code: 'ODATA_KEY_INVALID',
    });
  });

  test('an unknown field of a new record is ODATA_PROPERTY_UNKNOWN', async () => {
    const { client } = given();
    await expect(
      client.entitySet('CustomersV3').create({ dataAreaId: 'usmf', OrganizationNam: 'x' }),
    ).rejects.toMatchObject({ code: 'ODATA_PROPERTY_UNKNOWN' });
  });

  test('an unknown action gets the nearest name, one bound otherwise the remedy', async () => {
    const { client } = given();
    await expect(client.execute({ entitySet: 'CustomersV3', key, action: 'calculateBalanc' })).rejects.toMatchObject({
      code: 'ODATA_ACTION_UNKNOWN',
      message:
        "There is no action 'calculateBalanc' bound to a record of 'CustomersV3'. Did you mean 'calculateBalance'?",
    });
    await expect(client.execute({ entitySet: 'CustomersV3', action: 'calculateBalance' })).rejects.toThrow(
      "There is no action 'calculateBalance' bound to the entity set 'CustomersV3'. It is bound to one record: give its key.",
    );
    await expect(client.execute({ action: 'nothing' })).rejects.toMatchObject({ code: 'ODATA_ACTION_UNKNOWN' });
  });

  test('an unknown parameter of an action names those there are', async () => {
    const { client } = given();
    await expect(
      client.execute({ entitySet: 'CustomersV3', key, action: 'calculateBalance', parameters: { asOf: 'x' } }),
    ).rejects.toMatchObject({
      code: 'OPERATION_INPUT_INVALID',
      message: expect.stringContaining("has no parameter 'asOf'; it takes _asOf."),
    });
  });
});

describe('metadata', () => {
  test('is read once, however many ask', async () => {
    const { client, requests } = givenClient(createFnoClient, { checked: true }, [
      {
        expect: 'GET https://contoso.example/data/$metadata',
        headers: { 'content-type': 'application/xml' },
        text: `<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
          <Schema Namespace="N" xmlns="http://docs.oasis-open.org/odata/ns/edm">
            <EntityType Name="T"><Key><PropertyRef Name="Id"/></Key><Property Name="Id" Type="Edm.Int32" Nullable="false"/></EntityType>
            <EntityContainer Name="Resources"><EntitySet Name="Ts" EntityType="N.T"/></EntityContainer>
          </Schema></edmx:DataServices></edmx:Edmx>`,
      },
    ]);
    const [one, two] = await Promise.all([client.model(), client.model()]);
    expect(one).toBe(two);
    expect(one.entitySets.map((set) => set.name)).toEqual(['Ts']);
    await expect(client.entitySet('Us').count()).rejects.toMatchObject({ code: 'ENTITY_SET_UNKNOWN' });
    expect(requests[0]?.headers.accept).toBe('application/xml');
  });

  test('longer than metadataBytesMax is refused', async () => {
    const { client } = givenClient(createFnoClient, { limits: { metadataBytesMax: 10 } }, [
      { expect: 'GET https://contoso.example/data/$metadata', text: '<edmx:Edmx Version="4.0">' },
    ]);
    await expect(client.model()).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });

  test('that is a page is refused', async () => {
    const { client } = givenClient(createFnoClient, {}, [
      { expect: 'GET https://contoso.example/data/$metadata', text: 'x', headers: { 'content-type': 'text/html' } },
    ]);
    await expect(client.model()).rejects.toMatchObject({ code: 'HTTP_RESPONSE_INVALID' });
  });
});

test('a client refuses options and limits that there are not', () => {
  expect(() => givenClient(createFnoClient, { retries: 3 } as object, [])).toThrow(
    "createClient has no option 'retries'",
  );
  expect(() => givenClient(createFnoClient, { limits: { pageMax: 3 } as object }, [])).toThrow(
    "limits has no option 'pageMax'",
  );
  expect(() => givenClient(createFnoClient, { limits: { pagesMax: 0 } }, [])).toThrow('The limit pagesMax is 0');
});
