/** Every case of test/fixtures/expression: what a template gives, or with which code it fails. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../../base/json.ts';
import { evaluateTemplate } from './evaluate.ts';
import { contextScope } from './evaluation-context.ts';
import { toJson } from './json-value.ts';
import { parseTemplate } from './parse-template.ts';
import { parseValue } from './parse-value.ts';
import { printValue } from './print-value.ts';
import { isArrayValue, isObjectValue, memberAt, type ObjectValue, type Value } from './value.ts';

const folder = join(import.meta.dirname, '../../../test/fixtures/expression');

for (const file of readdirSync(folder)) {
  const fixture = parseValue(readFileSync(join(folder, file), 'utf8'), file);
  const cases = memberAt(fixture, ['cases']);
  describe(file, () => {
    for (const one of isArrayValue(cases) ? cases : []) {
      if (!isObjectValue(one)) throw new Error(`${file} holds a case that is no object.`);
      const wanted = one.has('fails') ? `fails with ${String(one.get('fails'))}` : printValue(one.get('gives') ?? null);
      test(`${printValue(one.get('template') ?? null)} → ${wanted}`.slice(0, 200), () => {
        if (one.has('fails'))
          expect(() => evaluateCase(one)).toThrow(expect.objectContaining({ code: String(one.get('fails')) }));
        // The text tells 5 from 5.0, and the order of members.
        else expect(printValue(evaluateCase(one))).toBe(printValue(one.get('gives') ?? null));
      });
    }
  });
}

function evaluateCase(one: ObjectValue): Value {
  const context = toJson(one.get('context') ?? new Map()) as JsonObject;
  return evaluateTemplate(parseTemplate(one.get('template') ?? null), contextScope({ random: () => 0.4, ...context }));
}
