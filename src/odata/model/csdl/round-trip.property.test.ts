import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJson } from '../../../base/json.ts';
import { arbitraryModelData, factsOf } from '../arbitrary-models.case.ts';
import { readModelCache, writeModelCache } from '../cache/model-cache.ts';
import { createModel } from '../create-model.ts';
import { readCsdlJson } from './read-csdl-json.ts';
import { readCsdlXml } from './read-csdl-xml.ts';
import { writeCsdlJson } from './write-csdl-json.ts';
import { writeCsdlXml } from './write-csdl-xml.ts';

describe('a model', () => {
  test('is the same after XML', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryModelData, async (data) => {
        const model = createModel(data);
        const xml = writeCsdlXml(model);
        const read = await readCsdlXml(xml);
        expect(factsOf(read)).toEqual(factsOf(model));
        expect(writeCsdlXml(read)).toBe(xml);
      }),
      { numRuns: 8 },
    );
  });

  test('is the same after JSON, and in XML after that', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryModelData, async (data) => {
        const model = createModel(data);
        const json = writeCsdlJson(model);
        const read = await readCsdlJson(json);
        expect(factsOf(read)).toEqual(factsOf(model));
        expect(parseJson(writeCsdlJson(read))).toEqual(parseJson(json));
        expect(writeCsdlXml(read)).toBe(writeCsdlXml(model));
      }),
      { numRuns: 8 },
    );
  });

  test('is the same after its cache', () => {
    fc.assert(
      fc.property(arbitraryModelData, fc.string(), (data, source) => {
        const model = createModel(data);
        const cached = readModelCache(writeModelCache(model, { source }), { source });
        expect(cached === undefined ? undefined : factsOf(cached)).toEqual(factsOf(model));
      }),
      { numRuns: 10 },
    );
  });
});
