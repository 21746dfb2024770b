import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';

test('the dialects mirror each other file for file', () => {
  const [fno, dataverse] = ['fno', 'dataverse'].map((folder) =>
    readdirSync(new URL(`./${folder}/`, import.meta.url))
      .filter((name) => !name.includes('.test.'))
      .sort(),
  );
  expect(fno).toEqual(dataverse);
});
