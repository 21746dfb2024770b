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
  test('is the same after XML, after JSON, and after one and the other', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryModelData, async (data) => {
        const model = createModel(data);
        const facts = factsOf(model);
        const fromXml = await readCsdlXml(writeCsdlXml(model));
        expect(factsOf(fromXml)).toEqual(facts);
        const fromJson = await readCsdlJson(writeCsdlJson(fromXml));
        expect(factsOf(fromJson)).toEqual(facts);
        expect(writeCsdlXml(fromJson)).toBe(writeCsdlXml(model));
        expect(parseJson(writeCsdlJson(fromJson))).toEqual(parseJson(writeCsdlJson(model)));
      }),
      { numRuns: 15 },
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
