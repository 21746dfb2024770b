import { expect, test } from 'vitest';
import { silentLog } from '../base/log.ts';
import { createClosing } from './closing.ts';

test('what was opened last is closed first, once, also when one part fails', async () => {
  const closed: string[] = [];
  const warnings: string[] = [];
  const closing = createClosing({ ...silentLog, warn: (message) => warnings.push(message) });
  for (const name of ['database', 'store', 'worker']) {
    closing.add(name, async () => {
      closed.push(name);
      if (name === 'store') throw new Error('it hangs');
    });
  }
  await closing[Symbol.asyncDispose]();
  await closing[Symbol.asyncDispose]();
  expect(closed).toEqual(['worker', 'store', 'database']);
  expect(warnings).toHaveLength(1);
});
