/** Which properties of a row are printed for a `$select`. */

import type { SelectItem } from '../../odata/index.ts';
import { refusal } from '../wire/refusal.ts';
import type { TableSchema } from './table-schema.ts';

/** All properties, or the selected ones with what the service adds: the key, the currency of money, the composite of an address. */
export function selectedProperties(select: readonly SelectItem[] | undefined, table: TableSchema): readonly string[] {
  if (select === undefined || select.some((item) => item.path[0] === '*')) {
    return table.entityType.properties.map((property) => property.name);
  }
  const names = new Set<string>();
  for (const item of select) {
    const name = item.path.join('/');
    if (table.entityType.navigationProperty(name) !== undefined) continue;
    if (table.entityType.property(name) === undefined) throw unknownProperty(name, table);
    names.add(name);
  }
  names.add(table.data.edmKey);
  names.add(table.data.primaryId);
  for (const name of [...names]) {
    const column = table.columnsByProperty.get(name);
    if (column?.type === 'Money' && table.columns.has('transactioncurrencyid'))
      names.add('_transactioncurrencyid_value');
    const address = /^(address[123])_(?:line[123]|city|stateorprovince|postalcode|country)$/.exec(name)?.[1];
    if (address !== undefined && table.columns.has(`${address}_composite`)) names.add(`${address}_composite`);
  }
  return [...names];
}

/** The refusal of a name that a table does not have. */
export function unknownProperty(name: string, table: TableSchema): Error {
  return refusal(
    400,
    '0x80060888',
    `Could not find a property named '${name}' on type '${table.entityType.qualifiedName}'.`,
  );
}
