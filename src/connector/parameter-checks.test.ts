import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../base/json.ts';
import { objectSchema } from './column-schema.ts';
import type { OperationInputError } from './input-error.ts';
import { createParameterChecks } from './parameter-checks.ts';

const schema = objectSchema(
  {
    dataset: { type: 'string' },
    table: { type: 'string', minLength: 1 },
    $top: { type: 'integer', minimum: 1 },
    'cross-company': { type: 'boolean' },
    body: objectSchema({
      subject: { type: ['string', 'null'], maxLength: 5 },
      count: { type: 'integer' },
      big: { type: 'integer' },
      kind: { type: ['string', 'null'], enum: ['None', 'Person', null] },
      when: { type: 'string', format: 'date-time' },
      id: { type: 'string', format: 'uuid' },
    }),
  },
  { required: ['table'] },
);

function problemsOf(parameters: JsonObject): Readonly<Record<string, string>> {
  try {
    createParameterChecks().check(schema, parameters);
  } catch (error) {
    return Object.fromEntries(
      (error as OperationInputError).inputProblems.map(({ pointer, message }) => [pointer, message]),
    );
  }
  return {};
}

describe('parameters', () => {
  test('texts of queries become numbers and booleans, null and blank ones are left out', () => {
    const given = { dataset: '', table: 'leads', $top: '10', 'cross-company': 'True', $filter: null, $orderby: '' };
    expect(createParameterChecks().check(schema, given)).toEqual({
      dataset: '',
      table: 'leads',
      $top: 10,
      'cross-company': true,
    });
  });

  test('an unknown field names the nearest one', () => {
    expect(problemsOf({ table: 'leads', body: { subjct: 'x' } })).toEqual({
      '/body/subjct': "There is no field 'subjct' that can be given here. Did you mean 'subject'?",
    });
  });

  test('an unknown parameter lists what there is', () => {
    expect(problemsOf({ table: 'leads', fetchXml: '<fetch/>' })['/fetchXml']).toContain(
      'Expected one of: dataset, table, $top, cross-company, body.',
    );
  });

  test('a parameter with a name of JavaScript is as unknown as another', () => {
    expect(problemsOf(JSON.parse('{"table":"leads","__proto__":"x"}'))['/__proto__']).toContain(
      'There is no parameter',
    );
  });

  test('every problem is listed with what was found and expected', () => {
    const body = { subject: 'too long', count: '5', kind: 'Persn', when: 'yesterday', id: 'x' };
    expect(problemsOf({ table: 'leads', body })).toEqual({
      '/body/subject': 'Found string "too long"; it must NOT have more than 5 characters.',
      '/body/count': 'Found string "5", expected integer.',
      '/body/kind': `Found string "Persn", expected one of: None, Person. Did you mean 'Person'?`,
      '/body/when': 'Found string "yesterday", expected the format date-time.',
      '/body/id': 'Found string "x", expected the format uuid.',
    });
  });

  test('a missing parameter is named', () => {
    expect(problemsOf({})).toEqual({ '': "'table' is missing." });
  });

  test('integers beyond a double pass as they are', () => {
    const parameters = { table: 'leads', body: { big: 9_007_199_254_740_993n } };
    expect(createParameterChecks().check(schema, parameters)).toEqual(parameters);
  });
});
