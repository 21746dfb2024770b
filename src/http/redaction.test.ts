import { expect, test } from 'vitest';
import { redactUrl } from './redaction.ts';

const cases: readonly (readonly [string, string])[] = [
  ['https://h/data/CustomersV3', 'https://h/data/CustomersV3'],
  ["https://h/data/CustomersV3(dataAreaId='usmf')", 'https://h/data/CustomersV3(…)'],
  ["https://h/data/X(Name='a)b/c')", 'https://h/data/X(…)'],
  ["https://h/data/X%28Name='a'%29", 'https://h/data/X(…)'],
  ["https://h/data/X(Name='half", 'https://h/data/X(…)'],
  ['https://h/data/X(1)/Microsoft.Dynamics.CRM.Win', 'https://h/data/X(…)/Microsoft.Dynamics.CRM.Win'],
  ["https://h/data/X?$filter=Name eq 'Kim'&cross-company=true", 'https://h/data/X?$filter=…&cross-company=…'],
  ['https://h/data/X?Kim Abel=1', 'https://h/data/X'],
  ['https://user:secret@h/data#frag', 'https://h/data'],
  ['no url', '(unreadable URL)'],
];

for (const [url, shown] of cases) {
  test(`${url} is shown as ${shown}`, () => {
    expect(redactUrl(url)).toBe(shown);
  });
}
