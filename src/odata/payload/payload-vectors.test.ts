import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type JsonValue, parseJson } from '../../base/json.ts';
import { sampleModel } from '../sample-model.case.ts';
import { checkPayload } from './check/check-payload.ts';
import { formatOf } from './format/json-format.ts';
import { parsePayload } from './read/parse-payload.ts';
import { readCollection } from './read/read-collection.ts';
import { readDelta } from './read/read-delta.ts';
import { readEntity } from './read/read-entity.ts';
import { readODataError } from './read/read-odata-error.ts';
import { readProperty } from './read/read-property.ts';
import { readReference, readReferences } from './read/read-references.ts';
import { readServiceDocument } from './read/read-service-document.ts';
import { rowsOf, split } from './rows/payload-stream.case.ts';
import { readValue } from './values/read-value.ts';

interface Vector {
  readonly kind: string;
  readonly text: string;
  readonly type?: string;
  readonly clause: string;
}

const fixture = new URL('../../../test/fixtures/odata/payload.json', import.meta.url);
const vectors = parseJson(readFileSync(fixture, 'utf8')) as unknown as {
  readonly valid: readonly (Vector & { readonly reads: JsonValue })[];
  readonly invalid: readonly (Vector & { readonly code: string })[];
};
const model = sampleModel();

/** What a vector reads as, in the form of its `reads`. */
const readers: Readonly<Record<string, (text: string, type: string) => unknown>> = {
  collection: (text) => readCollection(text),
  entity: (text) => readEntity(text),
  delta: (text) => ({ kinds: readDelta(text).items.map(({ kind }) => kind) }),
  property: (text) => readProperty(text),
  reference: (text) => readReference(text),
  references: (text) => readReferences(text).ids,
  serviceDocument: (text) => readServiceDocument(text),
  error: (text) => readODataError(text) ?? null,
  format: (text) => formatOf(text) ?? null,
  value: (text, type) => numbered(readValue(jsonOf(text), type, model)),
  check(text, type) {
    const entityType = model.entityType(type);
    if (entityType === undefined) throw new Error(`The sample model has no ${type}.`);
    checkPayload(jsonOf(text), entityType, model, { allowMissing: true, allowBind: true, allowDelta: true });
    return null;
  },
};

function jsonOf(text: string): JsonValue {
  return parsePayload(`{"value":${text}}`).value ?? null;
}

function read({ kind, text, type = '' }: Vector): unknown {
  const reader = readers[kind];
  if (reader === undefined) throw new Error(`There is no reader of '${kind}'.`);
  return reader(text, type);
}

/** Numbers that JSON cannot write. */
function numbered(value: JsonValue): JsonValue {
  return typeof value === 'number' && !Number.isFinite(value) ? { $number: String(value) } : value;
}

describe('valid', () => {
  for (const vector of vectors.valid) {
    test(`${vector.kind}: ${vector.text.slice(0, 80)} (${vector.clause})`, async () => {
      const { reads, kind, text } = vector;
      const isNames = typeof reads === 'object' && reads !== null && 'rowNames' in reads;
      if (isNames) expect(Object.keys(readCollection(text).rows[0] ?? {})).toEqual(reads.rowNames);
      else expect(read(vector)).toEqual(reads);
      if (kind !== 'collection' || isNames) return;
      const stream = split(text);
      expect({ rows: await rowsOf(stream), ...stream.annotations }).toEqual(reads);
    });
  }
});

describe('invalid', () => {
  for (const vector of vectors.invalid) {
    test(`${vector.kind}: ${vector.text.slice(0, 80)} (${vector.clause})`, async () => {
      const { kind, text, code } = vector;
      expect(() => read(vector)).toThrow(expect.objectContaining({ code }));
      if (kind === 'collection') await expect(rowsOf(split(text))).rejects.toMatchObject({ code });
    });
  }
});
