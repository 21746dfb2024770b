/** `rialto demo` plays the walkthrough and says what it saw. */

import { expect, test } from 'vitest';
import { runRialto } from './rialto-process.ts';

test('rialto demo --json prints one object with lead, run, task and the F&O half', async () => {
  const result = await runRialto(['demo', '--json']);
  expect(result).toMatchObject({ exitCode: 0, stderr: '' });
  const document = JSON.parse(result.stdout);
  expect(Object.keys(document)).toEqual(['lead', 'run', 'task', 'fno']);
  expect(document.task).toMatchObject({
    subject: `${document.lead.lastname}: ${document.lead.subject}`,
    _regardingobjectid_value: document.lead.leadid,
  });
  expect(document.run).toMatchObject({ id: expect.any(String), status: 'Succeeded' });
  for (const action of document.run.actions) {
    expect(action).toMatchObject({ name: expect.any(String), status: expect.stringMatching(/^(Succeeded|Skipped)$/) });
    expect(Date.parse(action.startTime)).toBeLessThanOrEqual(Date.parse(action.endTime));
  }
  expect(document.fno.customers).toBeGreaterThan(10_000);
  expect(document.fno.pages).toBeGreaterThan(1);
  expect(document.fno).toMatchObject({ deleted: true, created: expect.any(Object), updated: expect.any(Object) });
  expect(document.fno.action).toMatchObject({ value: expect.any(String) });
});
