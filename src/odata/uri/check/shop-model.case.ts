/** A service with what checking and evaluating expressions must know: derived types, overloads, bindings, open types. */

import { createModel } from '../../model/create-model.ts';
import type { EntityType, Model } from '../../model/model.ts';
import type { ModelData } from '../../model/model-data.ts';

const optional = { 'Org.OData.Core.V1.OptionalParameter': {} };

const shopData: ModelData = {
  schemas: [
    {
      namespace: 'Shop',
      alias: 's',
      enumTypes: [
        {
          name: 'Color',
          members: [
            { name: 'Red', value: 0 },
            { name: 'Green', value: 1 },
            { name: 'Blue', value: 2 },
          ],
        },
        {
          name: 'Access',
          isFlags: true,
          members: [
            { name: 'Read', value: 1 },
            { name: 'Write', value: 2 },
            { name: 'Share', value: 4 },
          ],
        },
      ],
      typeDefinitions: [{ name: 'Weight', underlyingType: 'Edm.Decimal' }],
      complexTypes: [
        {
          name: 'Address',
          properties: [
            { name: 'City', type: 'Edm.String' },
            { name: 'Country', type: 'Edm.String' },
          ],
        },
        { name: 'PostBox', baseType: 's.Address', properties: [{ name: 'Box', type: 'Edm.Int32' }] },
      ],
      entityTypes: [
        {
          name: 'Customer',
          key: ['Id'],
          alternateKeys: [['Email']],
          properties: [
            { name: 'Id', type: 'Edm.String', isNullable: false },
            { name: 'Email', type: 'Edm.String' },
            { name: 'Name', type: 'Edm.String' },
            { name: 'Address', type: 's.Address' },
            { name: 'Addresses', type: 's.Address', isCollection: true },
            { name: 'Tags', type: 'Edm.String', isCollection: true },
            { name: 'Scores', type: 'Edm.Int32', isCollection: true },
            { name: 'Colors', type: 's.Color', isCollection: true },
          ],
          navigationProperties: [{ name: 'Orders', type: 's.Order', isCollection: true, partner: 'Customer' }],
        },
        {
          name: 'Vip',
          baseType: 's.Customer',
          properties: [{ name: 'Discount', type: 'Edm.Decimal' }],
          navigationProperties: [{ name: 'Agent', type: 's.Customer' }],
        },
        {
          name: 'Order',
          key: ['Number'],
          properties: [
            { name: 'Number', type: 'Edm.Int32', isNullable: false },
            { name: 'Amount', type: 'Edm.Decimal', scale: 'variable' },
            { name: 'Quantity', type: 'Edm.Int32' },
            { name: 'Rate', type: 'Edm.Double' },
            { name: 'Big', type: 'Edm.Int64' },
            { name: 'Weight', type: 's.Weight' },
            { name: 'Color', type: 's.Color' },
            { name: 'Access', type: 's.Access' },
            { name: 'Code', type: 'Edm.Guid' },
            { name: 'Note', type: 'Edm.String' },
            { name: 'Paid', type: 'Edm.Boolean' },
            { name: 'At', type: 'Edm.DateTimeOffset' },
            { name: 'Day', type: 'Edm.Date' },
            { name: 'Time', type: 'Edm.TimeOfDay' },
            { name: 'Took', type: 'Edm.Duration' },
            { name: 'Place', type: 'Edm.GeographyPoint' },
            { name: 'Photo', type: 'Edm.Stream' },
            { name: 'Bytes', type: 'Edm.Binary' },
          ],
          navigationProperties: [
            { name: 'Customer', type: 's.Customer', partner: 'Orders' },
            { name: 'Items', type: 's.Item', isCollection: true, containsTarget: true },
            { name: 'Parent', type: 's.Order' },
          ],
        },
        {
          name: 'Item',
          key: ['Order', 'Line'],
          properties: [
            { name: 'Order', type: 'Edm.Int32', isNullable: false },
            { name: 'Line', type: 'Edm.Int32', isNullable: false },
            { name: 'Product', type: 'Edm.String' },
          ],
        },
        { name: 'Thing', isOpen: true, key: ['Id'], properties: [{ name: 'Id', type: 'Edm.Int32' }] },
      ],
      actions: [{ name: 'Cancel', isBound: true, parameters: [{ name: 'order', type: 's.Order' }] }, { name: 'Reset' }],
      functions: [
        {
          name: 'Best',
          isBound: true,
          isComposable: true,
          parameters: [{ name: 'customers', type: 's.Customer', isCollection: true }],
          returnType: { type: 's.Customer' },
        },
        {
          name: 'Total',
          isBound: true,
          parameters: [
            { name: 'customer', type: 's.Customer' },
            { name: 'year', type: 'Edm.Int32' },
          ],
          returnType: { type: 'Edm.Decimal' },
        },
        {
          name: 'Total',
          isBound: true,
          parameters: [
            { name: 'customer', type: 's.Customer' },
            { name: 'from', type: 'Edm.Date' },
            { name: 'to', type: 'Edm.Date', annotations: optional },
          ],
          returnType: { type: 'Edm.Decimal' },
        },
        {
          name: 'Top',
          isComposable: true,
          parameters: [{ name: 'size', type: 'Edm.Int32' }],
          returnType: { type: 's.Customer', isCollection: true },
        },
        { name: 'Rate', parameters: [{ name: 'currency', type: 'Edm.String' }], returnType: { type: 'Edm.Double' } },
      ],
      container: {
        name: 'Container',
        entitySets: [
          { name: 'Customers', entityType: 's.Customer', navigationBindings: [{ path: 'Orders', target: 'Orders' }] },
          { name: 'Orders', entityType: 's.Order', navigationBindings: [{ path: 'Customer', target: 'Customers' }] },
          { name: 'Things', entityType: 's.Thing' },
          { name: 'Items', entityType: 's.Item' },
        ],
        singletons: [{ name: 'Me', entityType: 's.Vip' }],
      },
    },
  ],
};

/** The model of the shop. */
export function shopModel(): Model {
  return createModel(shopData);
}

/** An entity type of the shop, which must be there. */
export function shopType(model: Model, name: string): EntityType {
  const type = model.entityType(`Shop.${name}`);
  if (type === undefined) throw new Error(`The shop has no ${name}.`);
  return type;
}
