import { expect, test } from 'vitest';
import type { Output } from '../output.ts';
import { printFno, printLeadToTask } from './print-walkthrough.ts';

const times = { startTime: '2026-05-04T07:00:00.000Z', endTime: '2026-05-04T07:00:00.012Z' };

function printed(print: (output: Output) => void): string {
  const lines: string[] = [];
  const output = {
    isJson: false,
    width: 80,
    line: (text: string) => void lines.push(text),
    status: (word: string) => word,
  };
  print(output as unknown as Output);
  return lines.join('\n');
}

test('the story names lead, run, each action with inputs and outputs, and task', () => {
  const text = printed((output) =>
    printLeadToTask(output, {
      lead: { leadid: 'lead-1', lastname: 'Fourth', subject: 'Coffee for 12' },
      run: {
        id: 'run-1',
        status: 'Succeeded',
        actions: [
          { name: 'Compose_subject', status: 'Succeeded', ...times, inputs: 'Fourth', outputs: 'x'.repeat(500) },
          { name: 'Compose_fallback_subject', status: 'Skipped', ...times },
        ],
      },
      task: { activityid: 'task-1', subject: 'Fourth: Coffee for 12', _regardingobjectid_value: 'lead-1' },
    }),
  );
  expect(text).toContain('  lastname: Fourth');
  expect(text).toContain('run-1: Succeeded');
  expect(text).toContain('Compose_subject  Succeeded  2026-05-04T07:00:00.000Z to 2026-05-04T07:00:00.012Z');
  expect(text).toContain('    inputs: "Fourth"');
  expect(text).toMatch(/outputs: "x+…$/m);
  expect(text).toContain('Compose_fallback_subject  Skipped');
  expect(text).toContain('  _regardingobjectid_value: lead-1');
});

test('the F&O half says what was read, changed and answered', () => {
  const customer = { dataAreaId: 'usmf', CustomerAccount: 'DEMO-1', OrganizationName: 'Fourth Coffee' };
  const text = printed((output) =>
    printFno(output, {
      customers: 21_840,
      pages: 3,
      created: customer,
      updated: { ...customer, OrganizationName: 'Fourth Coffee Roasters' },
      deleted: true,
      action: { name: 'GetApplicationVersion', entitySet: 'DataManagementEntities', value: '10.0.48' },
    }),
  );
  expect(text).toContain('21840 customers in 3 pages');
  expect(text).toContain('  OrganizationName: Fourth Coffee Roasters');
  expect(text).toContain('Deleted');
  expect(text).toContain('GetApplicationVersion of DataManagementEntities answers "10.0.48"');
});
