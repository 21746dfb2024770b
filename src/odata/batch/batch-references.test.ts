import { describe, expect, test } from 'vitest';
import { type BatchReferent, findBatchReferences, resolveBatchReferences } from './batch-references.ts';
import type { IndividualRequest } from './batch-request.ts';
import { resolveBatchUrl } from './batch-url.ts';

const root = 'https://host/api/data/v9.2';
const referents: ReadonlyMap<string, BatchReferent> = new Map<string, BatchReferent>([
  ['1', { location: `${root}/accounts(7d1b5c1e-0a1c-ee11-8f6d-000d3a111111)`, etag: 'W/"12"' }],
  ['new.contact', { location: "Contacts('A''B')/?x=1#f", literalOf: (path) => `'${path || 'all'}'` }],
  ['none', {}],
]);

function request(members: Partial<IndividualRequest> = {}, body?: string): IndividualRequest {
  return {
    kind: 'request',
    method: 'POST',
    url: 'x',
    headers: [],
    ...members,
    ...(body === undefined ? {} : { body: new TextEncoder().encode(body) }),
  };
}

function bodyOf({ body }: IndividualRequest): string {
  return new TextDecoder().decode(body);
}

describe('the first segment of a URL', () => {
  const account = `${root}/accounts(7d1b5c1e-0a1c-ee11-8f6d-000d3a111111)`;
  const urls: readonly (readonly [string, string])[] = [
    ['$1', account],
    ['$1/Orders', `${account}/Orders`],
    ['/$1/description', `${account}/description`],
    ['$1?$select=name', `${account}?$select=name`],
    ['$1/Orders?$filter=contains(a,%27$1%27)', `${account}/Orders?$filter=contains(a,%27$1%27)`],
    ['$new.contact/Orders', "Contacts('A''B')/Orders"],
    ['$batch', '$batch'],
    ['$metadata?x=$1x', '$metadata?x=$1x'],
    ['$all', '$all'],
    ['$root/Customers', '$root/Customers'],
    ['$crossjoin(A,B)', '$crossjoin(A,B)'],
    ['$entity?$id=A(1)', '$entity?$id=A(1)'],
    ["Notes('$1/x')", "Notes('$1/x')"],
    ["Notes('/$1')/a", "Notes('/$1')/a"],
    ['Notes/$count', 'Notes/$count'],
    ['%241/Orders', '%241/Orders'],
    ['$%31/Orders', '$%31/Orders'],
    ['$1(2)', '$1(2)'],
    ['https://host/$1/Orders', 'https://host/$1/Orders'],
  ];
  for (const [url, resolved] of urls) {
    test(`${url} becomes ${resolved}`, () => {
      expect(resolveBatchReferences(request({ url }), referents).url).toBe(resolved);
    });
  }

  test('an unknown reference is refused', () => {
    expect(() => resolveBatchReferences(request({ url: '$2/Orders' }), referents)).toThrow(
      expect.objectContaining({
        code: 'ODATA_BATCH_INVALID',
        message: 'The reference "$2" names no request that stands before it in the batch.',
      }),
    );
    expect(() => resolveBatchReferences(request({ url: '$none' }), referents)).toThrow('returned no Location');
  });
});

describe('values in the query', () => {
  const urls: readonly (readonly [string, string])[] = [
    ['A?$filter=b eq $new.contact/Building/Name', "A?$filter=b eq 'Building/Name'"],
    ['A?$filter=b%20eq%20$new.contact/B&$top=1', "A?$filter=b%20eq%20'B'&$top=1"],
    ['A?$filter=(b eq $new.contact)', "A?$filter=(b eq 'all')"],
    ["A?$filter=b eq '$new.contact'", "A?$filter=b eq '$new.contact'"],
    ['A?$filter=b eq %27$new.contact%27 or c eq $new.contact', "A?$filter=b eq %27$new.contact%27 or c eq 'all'"],
    ["A?$filter=b eq 'it''s $new.contact' or c eq $new.contact", "A?$filter=b eq 'it''s $new.contact' or c eq 'all'"],
    ["A?name=O'Neil&$filter=c eq $new.contact", "A?name=O'Neil&$filter=c eq 'all'"],
    ['A?$filter=Orders/$count gt 1 and $it/x eq $root/y', 'A?$filter=Orders/$count gt 1 and $it/x eq $root/y'],
    ['A?$filter=a$new.contact eq 1', 'A?$filter=a$new.contact eq 1'],
    ['A?$new.contact=1', 'A?$new.contact=1'],
  ];
  for (const [url, resolved] of urls) {
    test(`${url} becomes ${resolved}`, () => {
      expect(resolveBatchReferences(request({ url }), referents).url).toBe(resolved);
    });
  }

  test('are refused where nothing gives the literal', () => {
    expect(() => resolveBatchReferences(request({ url: 'A?$filter=b eq $1' }), referents)).toThrow(
      'returned no value for the query',
    );
  });
});

test('an ETag stands in If-Match and If-None-Match, without quotes', () => {
  const headers = [
    { name: 'if-match', value: '$1' },
    { name: 'If-None-Match', value: '"$1"' },
    { name: 'X', value: '$1' },
  ];
  expect(resolveBatchReferences(request({ headers }), referents).headers.map(({ value }) => value)).toEqual([
    'W/"12"',
    '"$1"',
    '$1',
  ]);
});

describe('links in a JSON body', () => {
  test('are replaced, and nothing else is touched', () => {
    const link = '"https://host/api/data/v9.2/accounts(7d1b5c1e-0a1c-ee11-8f6d-000d3a111111)"';
    const body = (first: string, second: string) =>
      `{"a@odata.bind": ${first}, "b@bind":[${first} , "X(2)"], "c":{"@odata.id":${second},"@id":${first}},` +
      ' "price":"$1","d":1.10,"e":9223372036854775807,"f":["$1"],"__proto__":{"a@odata.type":"$1"}}';
    const resolved = resolveBatchReferences(request({}, body('"$1"', '"/$1/x"')), referents);
    expect(bodyOf(resolved)).toBe(body(link, link.replace(/"$/, '/x"')));
  });

  test('are read as JSON has them', () => {
    const resolved = resolveBatchReferences(request({}, '{"a\\u0040odata.bind":"\\u0024new.contact"}'), referents);
    expect(bodyOf(resolved)).toBe('{"a\\u0040odata.bind":"Contacts(\'A\'\'B\')"}');
  });

  test('are not looked for in what is not JSON, and a body without any is left alone', () => {
    const headers = [{ name: 'Content-Type', value: 'text/plain' }];
    const text = request({ headers }, '"a@odata.bind":"$1"');
    const without = request({}, '{"a":  1 }');
    expect(resolveBatchReferences(text, referents).body).toBe(text.body);
    expect(resolveBatchReferences(without, referents).body).toBe(without.body);
  });

  test('of an unknown request, and JSON that is none, are refused', () => {
    const error = expect.objectContaining({ code: 'ODATA_BATCH_INVALID' });
    expect(() => resolveBatchReferences(request({}, '{"a@odata.bind":"$9"}'), referents)).toThrow(error);
    expect(() => resolveBatchReferences(request({}, '{"a@odata.bind":"$1"'), referents)).toThrow(error);
  });
});

test('references are found where they stand', () => {
  const headers = [{ name: 'If-Match', value: '$3' }];
  const found = findBatchReferences(
    request({ url: '$1/Orders?$filter=a eq $2/b and c eq $4', headers }, '{"x@odata.bind":["$5","Y(1)"]}'),
    new Set(['2']),
  );
  expect(found).toEqual([
    { contentId: '1', place: 'url' },
    { contentId: '2', place: 'query' },
    { contentId: '3', place: 'header' },
    { contentId: '5', place: 'body' },
  ]);
});

describe('the URL in full', () => {
  const batchUrl = 'https://host:444/data/$batch?x=/y';
  const urls: readonly (readonly [string, string, string?])[] = [
    ['Customers(1)', 'https://host:444/data/Customers(1)'],
    ['Customers?$filter=a eq %27//%27', 'https://host:444/data/Customers?$filter=a eq %27//%27'],
    ['/other/Customers', 'https://host:444/other/Customers'],
    ['/other/Customers', 'https://elsewhere:1/other/Customers', 'elsewhere:1'],
    ['Customers', 'https://host:444/data/Customers', 'elsewhere:1'],
    ['http://a/b', 'http://a/b'],
    ['//a/b', 'https://a/b'],
    ["Notes('http://x')", "https://host:444/data/Notes('http://x')"],
  ];
  for (const [url, resolved, host] of urls) {
    test(`${url} is ${resolved}`, () => {
      const headers = host === undefined ? [] : [{ name: 'HOST', value: host }];
      expect(resolveBatchUrl({ url, headers }, batchUrl)).toBe(resolved);
    });
  }

  test('of a batch at the root of a host', () => {
    expect(resolveBatchUrl({ url: 'A', headers: [] }, 'https://host')).toBe('https://host/A');
  });

  test('of a batch without host are refused, since they would name one that is not there', () => {
    expect(() => resolveBatchUrl({ url: 'A', headers: [] }, '/data/$batch')).toThrow(
      expect.objectContaining({ code: 'OPTION_INVALID' }),
    );
    expect(resolveBatchUrl({ url: 'https://host/A', headers: [] }, '/data/$batch')).toBe('https://host/A');
  });
});
