/** Remembers what is costly to work out from a model: schemas, validators, look-ups by type. */

import type { Model } from '../odata/index.ts';

export interface ModelMemo {
  /** The value under `key`, computed once per model. The caller keeps one type per key. */
  get<Value>(model: Model, key: string, compute: () => Value): Value;
}

/** Makes an empty memo. It holds models weakly: a model that is read anew starts afresh. */
export function createModelMemo(): ModelMemo {
  const byModel = new WeakMap<Model, Map<string, unknown>>();
  return {
    get<Value>(model: Model, key: string, compute: () => Value): Value {
      const values = byModel.get(model) ?? new Map<string, unknown>();
      byModel.set(model, values);
      if (!values.has(key)) values.set(key, compute());
      return values.get(key) as Value;
    },
  };
}
