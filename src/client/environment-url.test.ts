import { expect, test } from 'vitest';
import { environmentRoot } from './environment-url.ts';

test.each([
  ['https://Contoso.operations.dynamics.com/', 'https://contoso.operations.dynamics.com'],
  ['https://ax.contoso.example/namespaces/AXSF/', 'https://ax.contoso.example/namespaces/AXSF'],
  ['http://127.0.0.1:8366', 'http://127.0.0.1:8366'],
  ['http://localhost:8366/', 'http://localhost:8366'],
])('%s is %s', (url, root) => {
  expect(environmentRoot(url)).toBe(root);
});

test.each([
  ['contoso.operations.dynamics.com', 'an absolute https URL'],
  ['ftp://contoso.example', 'an absolute https URL'],
  ['http://contoso.example', 'http is allowed for this machine only'],
  ['https://user:pass@contoso.example', 'may not hold a user name'],
  ['https://contoso.example/?cmp=usmf', 'may not hold a query'],
])('%s is refused', (url, message) => {
  expect(() => environmentRoot(url)).toThrow(message);
});
