import { expect, test } from 'vitest';
import { audienceOf } from './audience.ts';

test.each([
  ['https://Contoso.Operations.Dynamics.com/', 'https://contoso.operations.dynamics.com'],
  ['https://contoso.crm4.dynamics.com/api/data/v9.2/', 'https://contoso.crm4.dynamics.com'],
  ['https://host:443/namespaces/AXSF', 'https://host'],
  ['http://127.0.0.1:8366', 'http://127.0.0.1:8366'],
])('the audience of %s is %s', (url, audience) => {
  expect(audienceOf(url)).toBe(audience);
});

test.each(['contoso.operations.dynamics.com', 'ftp://contoso', '', 'https://user:pass@contoso'])(
  '%s is refused',
  (url) => {
    expect(() => audienceOf(url)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID' }));
  },
);
