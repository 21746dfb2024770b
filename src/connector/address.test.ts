import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeSegments, findAddress, printAddressPath } from './address.ts';
import { catalog } from './catalog.ts';

const template = '/datasets/{dataset}/tables/{table}/items/{id}';
const item = { id: 'GetItem', addresses: [{ method: 'get', path: template }] } as const;

/** Any text that UTF-8 can hold and a segment may be. */
const segment = fc.string({ unit: 'grapheme', minLength: 1 });

describe('addresses', () => {
  test('a printed path gives its values back, whatever they hold', () => {
    fc.assert(
      fc.property(segment, segment, segment, (dataset, table, id) => {
        const path = printAddressPath(template, { dataset, table, id });
        const { encoded } = findAddress([item], { method: 'get', path }, 'There is no operation');
        expect(decodeSegments(encoded)).toEqual({ dataset, table, id });
      }),
    );
  });

  test('a slash inside a segment does not part it', () => {
    const procedure = 'DataManagementDefinitionGroups/Microsoft.Dynamics.DataEntities.ExportToPackage';
    const path = printAddressPath('/datasets/{dataset}/procedures/{procedure}', { dataset: 'default', procedure });
    const { item: found, encoded } = findAddress(catalog.dynamicsax.operations, { method: 'POST', path }, 'none');
    expect(found.id).toBe('ExecuteProcedure');
    expect(decodeSegments(encoded)).toEqual({ dataset: 'default', procedure });
  });

  test('a segment that was encoded once reads the same', () => {
    expect(decodeSegments({ table: 'a%20b' })).toEqual({ table: 'a b' });
  });

  test('a segment that cannot be decoded is refused at its name', () => {
    expect(() => decodeSegments({ table: '50%' })).toThrow(
      expect.objectContaining({ code: 'OPERATION_INPUT_INVALID', message: expect.stringContaining('/table') }),
    );
  });

  test.each([
    ['get', '/datasets/contoso.crm/tables/leads/items', 'GetItems_V2'],
    ['post', '/v2/datasets/default/tables/tasks/items', 'PostItem_V2'],
    ['get', '/DataSets/default/Tables/tasks/items/1', 'GetItem_V2'],
    ['patch', 'datasets//tables/tasks/items/1', 'PatchItem_V2'],
    ['delete', '/datasets/default/tables/tasks/items/1', 'DeleteItem_V2'],
  ])('%s %s is %s', (method, path, id) => {
    expect(findAddress(catalog.dynamicscrmonline.operations, { method, path }, 'none').item.id).toBe(id);
  });

  test('the trigger has its address in both editions', () => {
    for (const prefix of ['', '/v2']) {
      const call = { method: 'get', path: `${prefix}/datasets/default/tables/leads/onnewitems` };
      expect(findAddress(catalog.commondataservice.triggers, call, 'none').item.id).toBe('GetOnNewItems_V2');
    }
  });

  test('another method at a known path says what stands there', () => {
    const call = { method: 'put', path: '/datasets/default/tables/tasks/items/1' };
    expect(() => findAddress(catalog.dynamicsax.operations, call, 'There is no operation')).toThrow(
      "There is no operation at 'put /datasets/default/tables/tasks/items/1'. At this path there is get (GetItem), patch (PatchItem), delete (DeleteItem).",
    );
  });

  test('an unknown path lists all addresses', () => {
    expect(() => findAddress([item], { method: 'get', path: '/nowhere' }, 'Nothing')).toThrow(
      expect.objectContaining({ code: 'OPERATION_UNKNOWN', message: expect.stringContaining(template) }),
    );
  });
});
