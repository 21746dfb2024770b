import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseExpand, parseSelect } from '../../uri/parse/parse-text.ts';
import { contextUrl } from './context-url.ts';
import type { ContextItem, ContextUrl } from './context-url-tree.ts';
import { parseContextUrl } from './parse-context-url.ts';
import { printContextUrl } from './print-context-url.ts';

const metadataUrl = 'https://host/data/$metadata';
const resource = (path: readonly string[], more: object = {}) => ({
  kind: 'resource',
  path,
  root: path[0]?.replace(/\(.*/, ''),
  ...more,
});
const name = fc.constantFrom('Name', 'Id', 'dataAreaId', '_owner_value', 'Straße');
const item: fc.Arbitrary<ContextItem> = fc.letrec<{ item: ContextItem }>((tie) => ({
  item: fc.record(
    {
      path: fc.array(name, { minLength: 1, maxLength: 2 }),
      items: fc.array(tie('item'), { maxLength: 2 }),
      isRecursive: fc.constant(true),
    },
    { requiredKeys: ['path'] },
  ),
})).item;

describe('parseContextUrl', () => {
  const urls: readonly (readonly [fragment: string, read: object])[] = [
    ['#Customers', resource(['Customers'])],
    ['#Customers/$entity', resource(['Customers'], { suffix: '$entity' })],
    ['#Customers/Ns.Vip/$entity', resource(['Customers', 'Ns.Vip'], { typeCast: 'Ns.Vip', suffix: '$entity' })],
    [
      '#Customers(Name,Orders(Id,Lines()))/$entity',
      resource(['Customers'], {
        select: [{ path: ['Name'] }, { path: ['Orders'], items: [{ path: ['Id'] }, { path: ['Lines'], items: [] }] }],
        suffix: '$entity',
      }),
    ],
    [
      '#Customers(*,Manager+(Name))',
      resource(['Customers'], {
        select: [{ path: ['*'] }, { path: ['Manager'], items: [{ path: ['Name'] }], isRecursive: true }],
      }),
    ],
    ["#Customers('A(B')/Orders(Id)", resource(["Customers('A(B')", 'Orders'], { select: [{ path: ['Id'] }] })],
    ["#Customers('it''s/')/Name", resource(["Customers('it''s/')", 'Name'])],
    [
      '#accounts(7d1b5c1e-0a1c-ee11-8f6d-000d3a111111)/name',
      resource(['accounts(7d1b5c1e-0a1c-ee11-8f6d-000d3a111111)', 'name']),
    ],
    ['#Customers/$delta', resource(['Customers'], { suffix: '$delta' })],
    ['#$delta', { kind: 'resource', path: [], root: '', suffix: '$delta' }],
    ['#Customers/$deletedEntity', resource(['Customers'], { suffix: '$deletedEntity' })],
    ['#Customers/$deletedLink', resource(['Customers'], { suffix: '$deletedLink' })],
    ['#Me', resource(['Me'])],
    ['#$ref', { kind: 'reference', isCollection: false }],
    ['#Collection($ref)', { kind: 'reference', isCollection: true }],
    ['#Edm.String', { kind: 'type', type: 'Edm.String', isCollection: false }],
    ['#Collection(Edm.Int64)', { kind: 'type', type: 'Edm.Int64', isCollection: true }],
    ['#Collection(Ns.Straße)', { kind: 'type', type: 'Ns.Straße', isCollection: true }],
    [
      '#Collection(Ns.Address)(City)',
      { kind: 'type', type: 'Ns.Address', isCollection: true, select: [{ path: ['City'] }] },
    ],
    ['#Ns.WhoAmIResponse', { kind: 'type', type: 'Ns.WhoAmIResponse', isCollection: false }],
    ['', { kind: 'serviceDocument' }],
  ];
  for (const [fragment, read] of urls) {
    test(fragment, () => {
      const context = parseContextUrl(metadataUrl + fragment);
      expect(context).toEqual({ metadataUrl, ...read });
      expect(printContextUrl(context)).toBe(metadataUrl + fragment);
    });
  }

  test('reads what is printed', () => {
    const tree = fc.record({
      root: name,
      select: fc.array(item, { minLength: 1, maxLength: 3 }),
      suffix: fc.constantFrom('$entity' as const, '$delta' as const),
    });
    fc.assert(
      fc.property(tree, ({ root, select, suffix }) => {
        const context: ContextUrl = { kind: 'resource', metadataUrl, path: [root], root, select, suffix };
        expect(parseContextUrl(printContextUrl(context))).toEqual(context);
      }),
    );
  });

  test('reads what contextUrl writes of a request', () => {
    const url = contextUrl({
      serviceRoot: 'https://host/data/',
      entitySet: 'Customers',
      select: parseSelect('Name,Address/City'),
      expand: parseExpand('Orders($select=Id;$expand=Lines)'),
      isEntity: true,
    });
    expect(parseContextUrl(url)).toMatchObject({
      root: 'Customers',
      suffix: '$entity',
      select: [
        { path: ['Name'] },
        { path: ['Address', 'City'] },
        { path: ['Orders'], items: [{ path: ['Id'] }, { path: ['Lines'], items: [] }] },
      ],
    });
  });

  const wrong: readonly (readonly [fragment: string, position: number])[] = [
    ['#', 28],
    ['#A(', 30],
    ['#A)', 29],
    ['#A(B,)', 32],
    ['#A(B)C', 32],
    ["#A('b", 32],
    ['#A//B', 30],
    ['#$entity', 28],
    ['#A(B C)', 30],
  ];
  for (const [fragment, position] of wrong) {
    test(`refuses ${fragment}`, () => {
      expect(() => parseContextUrl(metadataUrl + fragment)).toThrow(expect.objectContaining({ code: 'ODATA_SYNTAX' }));
      expect(() => parseContextUrl(metadataUrl + fragment)).toThrow(`at position ${position}`);
    });
  }

  test('keeps to the limits of URIs', () => {
    expect(() => parseContextUrl(`#A${'(a'.repeat(1_000)}${')'.repeat(1_000)}`)).toThrow('uriDepthMax');
    expect(() => parseContextUrl(`#${'A/'.repeat(1_000)}`)).toThrow('uriSegmentsMax');
    expect(() => parseContextUrl(`#${'A'.repeat(100_000)}`)).toThrow('uriLengthMax');
  });
});
