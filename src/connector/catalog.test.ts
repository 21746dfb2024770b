import { describe, expect, test } from 'vitest';
import { catalog, findConnector, findOperation, findTrigger } from './catalog.ts';

describe('the catalog', () => {
  test("has Microsoft's operation ids", () => {
    const ids = Object.values(catalog).map((connector) => [
      connector.kind,
      ...connector.operations.map(({ id }) => id),
      ...connector.triggers.map(({ id }) => id),
    ]);
    const dataverse = ['GetItems_V2', 'PostItem_V2', 'GetItem_V2', 'PatchItem_V2', 'DeleteItem_V2', 'GetOnNewItems_V2'];
    expect(ids).toEqual([
      ['dynamicscrmonline', ...dataverse],
      ['commondataservice', ...dataverse],
      ['dynamicsax', 'GetItems', 'PostItem', 'GetItem', 'PatchItem', 'DeleteItem', 'GetTables', 'ExecuteProcedure'],
    ]);
  });

  test('finds by name, and says what is near', () => {
    const connector = findConnector(catalog, 'dynamicscrmonline');
    expect(findOperation(connector, 'PostItem_V2').summary).toBe('Create a new record');
    expect(findTrigger(connector, 'GetOnNewItems_V2').summary).toBe('When a record is created');
    expect(() => findOperation(connector, 'PostItem_V3')).toThrow(
      expect.objectContaining({ code: 'OPERATION_UNKNOWN', message: expect.stringContaining("'PostItem_V2'?") }),
    );
    expect(() => findTrigger(findConnector(catalog, 'dynamicsax'), 'GetOnNewItems')).toThrow(
      "Connector 'dynamicsax' has no trigger 'GetOnNewItems'; it has none.",
    );
    expect(() => findConnector(catalog, 'commondataservise')).toThrow(
      expect.objectContaining({
        code: 'CONNECTOR_UNKNOWN',
        message: expect.stringContaining("Did you mean 'commondataservice'?"),
      }),
    );
  });
});
