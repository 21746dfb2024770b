import { describe, expect, test } from 'vitest';
import { RialtoError } from '../base/errors.ts';
import { createFnoClient } from '../dynamics/fno/index.ts';
import { scriptedClock } from '../http/scripted-clock.case.ts';
import type { ScriptedAnswer } from '../http/scripted-send.case.ts';
import type { Model } from '../odata/index.ts';
import { givenClient, givenModel } from './given-client.case.ts';
import { keepMetadata, metadataFreshMs } from './metadata.ts';

function given(...readings: readonly (Model | Error)[]) {
  const clock = scriptedClock();
  const left = [...readings];
  const metadata = keepMetadata({
    clock,
    async read() {
      const reading = left.shift();
      if (reading === undefined) throw new Error('The metadata is not to be read again.');
      if (reading instanceof Error) throw reading;
      return reading;
    },
  });
  return { clock, left, ...metadata };
}

const [old, newer] = [givenModel(), givenModel()];
const unknown = new RialtoError('ODATA_PROPERTY_UNKNOWN', 'unknown');

/** Fails over a name unless the model is the newer one. */
function checkOver({ model }: ReturnType<typeof given>, error: Error = unknown): () => Promise<Model> {
  return async () => {
    const found = await model();
    if (found !== newer) throw error;
    return found;
  };
}

describe('metadata', () => {
  test('is read once, however many ask; a failed reading is not kept', async () => {
    const fault = new RialtoError('TIMEOUT', 'no answer');
    const { model, left } = given(fault, old);
    const failed = await Promise.allSettled([model(), model(), model()]);
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(await Promise.all([model(), model()])).toEqual([old, old]);
    expect(left).toEqual([]);
  });

  test('that is old is read once more when a name is unknown, however many find out', async () => {
    const metadata = given(old, newer);
    await metadata.model();
    metadata.clock.advance(metadataFreshMs);
    const check = () => metadata.withFreshModel(checkOver(metadata));
    expect(await Promise.all([check(), check(), check()])).toEqual([newer, newer, newer]);
  });

  test('that is current is not read again', async () => {
    const metadata = given(old);
    await metadata.model();
    metadata.clock.advance(metadataFreshMs - 1);
    await expect(metadata.withFreshModel(checkOver(metadata))).rejects.toBe(unknown);
  });

  test('that the attempt itself has read is not read again', async () => {
    const metadata = given(old);
    await expect(metadata.withFreshModel(checkOver(metadata))).rejects.toBe(unknown);
  });

  test('is not read again for another failure', async () => {
    const metadata = given(old);
    await metadata.model();
    metadata.clock.advance(metadataFreshMs);
    const refused = new RialtoError('SERVICE_ERROR', 'refused');
    await expect(metadata.withFreshModel(checkOver(metadata, refused))).rejects.toBe(refused);
  });

  test('read by somebody else meanwhile is used', async () => {
    const metadata = given(old, newer);
    await metadata.model();
    metadata.clock.advance(metadataFreshMs);
    let attempts = 0;
    const model = await metadata.withFreshModel(async () => {
      attempts += 1;
      if (attempts === 1) {
        await metadata.withFreshModel(checkOver(metadata));
        throw unknown;
      }
      return metadata.model();
    });
    expect(model).toBe(newer);
  });

  test('that cannot be read anew says so, and the old stays', async () => {
    const fault = new RialtoError('TIMEOUT', 'no answer');
    const metadata = given(old, fault, newer);
    await metadata.model();
    metadata.clock.advance(metadataFreshMs);
    await expect(metadata.withFreshModel(checkOver(metadata))).rejects.toBe(fault);
    expect(await metadata.model()).toBe(old);
    expect(await metadata.withFreshModel(checkOver(metadata))).toBe(newer);
  });
});

describe('a checked client', () => {
  const root = 'https://contoso.example/data/';

  function document(...properties: readonly string[]): ScriptedAnswer {
    return {
      expect: `GET ${root}$metadata`,
      headers: { 'content-type': 'application/xml' },
      text: `<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
        <Schema Namespace="N" xmlns="http://docs.oasis-open.org/odata/ns/edm">
          <EntityType Name="T"><Key><PropertyRef Name="Id"/></Key>
            <Property Name="Id" Type="Edm.Int32" Nullable="false"/>
            ${properties.map((name) => `<Property Name="${name}" Type="Edm.String"/>`).join('')}
          </EntityType>
          <EntityContainer Name="Resources"><EntitySet Name="Ts" EntityType="N.T"/></EntityContainer>
        </Schema></edmx:DataServices></edmx:Edmx>`,
    };
  }

  test('knows a new field without a restart', async () => {
    const { client, clock, pending } = givenClient(createFnoClient, { checked: true }, [
      document(),
      document('Colour'),
      { expect: `POST ${root}Ts`, status: 201, json: { Id: 1, Colour: 'red' } },
    ]);
    await client.model();
    const create = () => client.entitySet('Ts').create({ Id: 1, Colour: 'red' });
    await expect(create()).rejects.toMatchObject({ code: 'ODATA_PROPERTY_UNKNOWN' });
    clock.advance(metadataFreshMs);
    expect((await create()).record).toMatchObject({ Colour: 'red' });
    expect(pending()).toEqual([]);
  });

  test('reads the names of the entity sets anew after a while', async () => {
    const service = { expect: `GET ${root}`, json: { value: [{ name: 'Ts', url: 'Ts' }] } };
    const { client, clock, pending } = givenClient(createFnoClient, {}, [service, service]);
    expect(await Promise.all([client.entitySets(), client.entitySets()])).toEqual([['Ts'], ['Ts']]);
    await client.entitySets();
    expect(pending()).toHaveLength(1);
    clock.advance(metadataFreshMs);
    await client.entitySets();
    expect(pending()).toEqual([]);
  });
});
