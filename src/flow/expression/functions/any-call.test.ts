/** Every function with any arguments gives a value or a typed error, and the value can be printed. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyValue } from '../any-value.case.ts';
import { callFunction } from '../evaluate.ts';
import { contextScope } from '../evaluation-context.ts';
import { toJson } from '../json-value.ts';
import { printValue } from '../print-value.ts';
import { objectValue, type Value } from '../value.ts';
import { exampleContext } from './function-examples.case.ts';
import { functionDefinitions } from './registry.ts';

const likely = fc.constantFrom<Value>(
  '2018-03-15T13:27:36Z',
  '0001-01-01',
  '9999-12-31T23:59:59.9999999',
  'Pacific Standard Time',
  'Month',
  'fr-fr',
  'o',
  'D',
  'yyyy-MM-dd',
  '#,##0.00;(0)',
  '1.02:03:04',
  'data:text/plain;charset=utf-8;base64,aGk=',
  'aGk=',
  '<a b="c">d</a>',
  '//*[@b]',
  'https://contoso.com:8080/a?b=c',
  '{"a":1}',
  '%zz%41',
  'Get_account',
  'Scope',
  9223372036854775807n,
  -9223372036854775808n,
  10n ** 30n,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  objectValue({ '$content-type': 'application/xml', $content: 'PGEvPg==' }),
  objectValue({ '$content-type': 'text/plain;charset=none', $content: '?' }),
  [1n, 2.5, 'a', null],
  [3n, 1n, 2n],
);
const value = fc.oneof({ arbitrary: likely, weight: 3 }, { arbitrary: anyValue, weight: 1 });
const scope = contextScope(exampleContext);

test.each(functionDefinitions().map((one) => [one.name, one] as const))('%s', (name, definition) => {
  const countMax = Math.min(definition.argumentsMax, definition.argumentsMin + 2);
  const list = fc.array(value, { minLength: definition.argumentsMin, maxLength: countMax });
  fc.assert(
    fc.property(list, (values) => {
      let result: Value;
      try {
        result = callFunction(
          name,
          values.map((one) => () => one),
          scope,
        );
      } catch (error) {
        expect(error).toMatchObject({ code: expect.stringMatching(/^(?:EXPRESSION_FAILED|LIMIT_EXCEEDED)$/) });
        return;
      }
      expect(typeof printValue(result)).toBe('string');
      toJson(result);
    }),
    { numRuns: 200 },
  );
});
