import { describe, expect, test } from 'vitest';
import { resolveNextLink } from './next-link.ts';

const root = 'https://contoso.example/data/';
const page = 'https://contoso.example/data/CustomersV3?$select=Name';

describe('next link', () => {
  test('an absolute link is kept letter by letter', () => {
    const link = "https://contoso.example/data/CustomersV3?$filter=Name eq 'a'&$skip=10000";
    expect(resolveNextLink(link, page, root)).toBe(link);
  });

  test.each([
    ['CustomersV3?$skip=10000', 'https://contoso.example/data/CustomersV3?$skip=10000'],
    ['/data/CustomersV3?$skip=10000', 'https://contoso.example/data/CustomersV3?$skip=10000'],
    ['?$skip=10000', 'https://contoso.example/data/CustomersV3?$skip=10000'],
  ])('a relative link %s is resolved', (link, url) => {
    expect(resolveNextLink(link, page, root)).toBe(url);
  });

  test.each([
    'https://evil.example/data/CustomersV3',
    'http://contoso.example/data/CustomersV3',
    'https://contoso.example:444/data/CustomersV3',
    'https://contoso.example@evil.example/data',
    'https://user@contoso.example/data',
    '//evil.example/data',
    'https:evil.example/data',
    '\\\\evil.example/data',
    'javascript:alert(1)',
    'https://',
  ])('%s is refused', (link) => {
    expect(() => resolveNextLink(link, page, root)).toThrow(expect.objectContaining({ code: 'HTTP_RESPONSE_INVALID' }));
  });
});
