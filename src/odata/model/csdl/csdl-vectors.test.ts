import { describe, expect, test } from 'vitest';
import jsonVectors from '../../../../test/fixtures/odata/csdl-json.json' with { type: 'json' };
import xmlVectors from '../../../../test/fixtures/odata/csdl-xml.json' with { type: 'json' };
import type { JsonObject } from '../../../base/json.ts';
import { factsOf } from '../arbitrary-models.case.ts';
import { readCsdlJson } from './read-csdl-json.ts';
import { readCsdlXml } from './read-csdl-xml.ts';
import { writeCsdlJson } from './write-csdl-json.ts';
import { writeCsdlXml } from './write-csdl-xml.ts';

interface Vector {
  readonly clause: string;
  readonly schema?: string | object;
  readonly document?: string | object;
  readonly model?: object;
  readonly message?: string;
  /** Line and column, or JSON pointer. */
  readonly at?: string;
}

const edmx = (schema: string) =>
  `<edmx:Edmx Version="4.01" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices><Schema Namespace="Ns" Alias="self" xmlns="http://docs.oasis-open.org/odata/ns/edm">\n${schema}</Schema></edmx:DataServices></edmx:Edmx>`;

const xmlOf = ({ document, schema }: Vector) => String(document ?? edmx(String(schema)));
const jsonOf = ({ document, schema }: Vector) =>
  (document ?? { $Version: '4.01', Ns: { $Alias: 'self', ...(schema as object) } }) as JsonObject;
const titleOf = (vector: Vector) =>
  `${vector.clause}: ${JSON.stringify(vector.document ?? vector.schema).slice(0, 80)}`;

describe('CSDL XML', () => {
  for (const vector of xmlVectors.valid as readonly Vector[]) {
    test(titleOf(vector), async () => {
      const model = await readCsdlXml(xmlOf(vector));
      expect(factsOf(model)).toMatchObject(vector.model ?? {});
      expect(factsOf(await readCsdlXml(writeCsdlXml(model)))).toEqual(factsOf(model));
    });
  }
  for (const vector of xmlVectors.invalid as readonly Vector[]) {
    test(`refused, ${titleOf(vector)}`, async () => {
      await expect(readCsdlXml(xmlOf(vector))).rejects.toMatchObject({
        code: 'CSDL_INVALID',
        message: expect.stringContaining(`${vector.at === undefined ? '' : ` ${vector.at}: `}`),
      });
      await expect(readCsdlXml(xmlOf(vector))).rejects.toThrow(vector.message);
    });
  }
});

describe('CSDL JSON', () => {
  for (const vector of jsonVectors.valid as readonly Vector[]) {
    test(titleOf(vector), async () => {
      const model = await readCsdlJson(jsonOf(vector));
      expect(factsOf(model)).toMatchObject(vector.model ?? {});
      expect(factsOf(await readCsdlJson(writeCsdlJson(model)))).toEqual(factsOf(model));
      expect(factsOf(await readCsdlJson(JSON.stringify(jsonOf(vector))))).toEqual(factsOf(model));
    });
  }
  for (const vector of jsonVectors.invalid as readonly Vector[]) {
    test(`refused, ${titleOf(vector)}`, async () => {
      const reading = () => readCsdlJson(typeof vector.document === 'string' ? vector.document : jsonOf(vector));
      await expect(reading()).rejects.toMatchObject({
        code: 'CSDL_INVALID',
        message: expect.stringContaining(`${vector.at === undefined ? '' : ` ${vector.at}: `}`),
      });
      await expect(reading()).rejects.toThrow(vector.message);
    });
  }
});
