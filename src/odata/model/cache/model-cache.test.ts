import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampleModel } from '../../sample-model.case.ts';
import { factsOf } from '../arbitrary-models.case.ts';
import { word } from '../image/vocabulary.ts';
import { encodeCache } from './cache-format.ts';
import { readModelCache, writeModelCache } from './model-cache.ts';

const model = sampleModel();
const source = 'W/"4711"';
const cache = writeModelCache(model, { source });

describe('a cached model', () => {
  test('is the model that was written', () => {
    const cached = readModelCache(cache, { source });
    expect(cached?.entityType('de.CustomerV3')?.key).toEqual(['dataAreaId', 'CustomerAccount']);
    expect(cached === undefined ? undefined : factsOf(cached)).toEqual(factsOf(model));
    expect(cached === undefined ? undefined : writeModelCache(cached, { source })).toEqual(cache);
  });

  test('may begin anywhere in the memory of its bytes', () => {
    const shifted = new Uint8Array(cache.length + 9);
    shifted.set(cache, 9);
    expect(readModelCache(shifted.subarray(9), { source })?.entitySet('CustomersV3')).toBeDefined();
    const aligned = new Uint8Array(cache.length + 8);
    aligned.set(cache, 8);
    expect(readModelCache(aligned.subarray(8), { source })?.entitySet('CustomersV3')).toBeDefined();
  });

  test('is that of a copy with other members too', () => {
    const copy = { ...model, containerAnnotations: { 'Ns.Note': 'changed' } };
    const cached = readModelCache(writeModelCache(copy, { source }), { source });
    expect(cached?.containerAnnotations).toEqual({ 'Ns.Note': 'changed' });
    expect(cached?.entitySets).toEqual(model.entitySets);
  });
});

describe('a cache that is no longer good', () => {
  test('was written for another source', () => {
    expect(readModelCache(cache, { source: 'W/"4712"' })).toBeUndefined();
    expect(readModelCache(cache, { source: '' })).toBeUndefined();
  });

  test('was cut off, at any byte, or has bytes too many', () => {
    for (let length = 0; length < cache.length; length += 1) {
      expect(readModelCache(cache.subarray(0, length), { source })).toBeUndefined();
    }
    expect(readModelCache(Uint8Array.of(...cache, 0), { source })).toBeUndefined();
    expect(readModelCache(cache.buffer as never, { source })).toBeUndefined();
  });

  test('has one bit that is not what it was', () => {
    for (let at = 0; at < cache.length; at += 1) {
      const damaged = cache.slice();
      damaged[at] = (damaged[at] ?? 0) ^ (1 << (at % 8));
      expect(readModelCache(damaged, { source }), `byte ${at}`).toBeUndefined();
    }
  });

  test('was made by someone else, with a checksum that is right', () => {
    const texts = { count: 1, bytes: new Uint8Array(), starts: Int32Array.of(0, 0), text: () => '' };
    fc.assert(
      fc.property(fc.nat({ max: 3 }), fc.array(fc.nat({ max: 40 }), { maxLength: 20 }), (attributes, rest) => {
        const nodes = Int32Array.from([word.Edmx | (attributes << 8), ...rest]);
        const forged = readModelCache(encodeCache({ nodes, texts }, source), { source });
        expect(forged?.entityTypes ?? []).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
