import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ActionRecord } from '../engine/index.ts';
import { objectValue, type Value } from '../expression/index.ts';
import { recordOfRow, rowOfRecord } from './history.ts';

const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constant(null),
    fc.boolean(),
    fc.string({ unit: 'binary' }),
    fc.bigInt(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(fc.string(), tie('value')), { maxLength: 4 }).map((members) => new Map(members)),
  ),
}));

describe('history', () => {
  test('a row keeps what the record says, inputs and outputs as text', () => {
    const record: ActionRecord = {
      action: 'Create_task',
      repetition: '',
      attempt: 2,
      status: 'Failed',
      code: 'BadRequest',
      startTime: 10,
      endTime: 20,
      inputs: objectValue({ count: 5n, rate: 5 }),
      error: { code: 'BadRequest', message: 'No.' },
    };
    const row = rowOfRecord(record);
    expect(row).toMatchObject({ action: 'Create_task', attempt: 2, inputs: '{"count":5,"rate":5.0}' });
    expect(row).not.toHaveProperty('outputs');
    expect(recordOfRow(row)).toEqual(record);
  });

  test('what is read is what was written', () => {
    fc.assert(
      fc.property(value, value, (inputs, outputs) => {
        const record: ActionRecord = {
          action: 'A',
          repetition: '000001',
          attempt: 1,
          status: 'Succeeded',
          code: 'OK',
          startTime: 1,
          endTime: 2,
          inputs,
          outputs,
        };
        expect(recordOfRow(rowOfRecord(record))).toEqual(record);
      }),
    );
  });

  test('a row that is not JSON is refused by name', () => {
    const row = rowOfRecord({
      action: 'A',
      repetition: '',
      attempt: 1,
      status: 'Succeeded',
      code: 'OK',
      startTime: 1,
      endTime: 2,
    });
    expect(() => recordOfRow({ ...row, outputs: '{' })).toThrow(/the outputs of action 'A' in the history is not JSON/);
  });
});
