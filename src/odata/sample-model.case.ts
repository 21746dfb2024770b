/** Models and rows that the tests of this floor share. */

import { createModel } from './model/create-model.ts';
import type { EntityType, Model } from './model/model.ts';
import type { ModelData } from './model/model-data.ts';

/** A small service with every kind of property. */
export const sampleData: ModelData = {
  schemas: [
    {
      namespace: 'Microsoft.Dynamics.DataEntities',
      alias: 'de',
      enumTypes: [
        {
          name: 'NoYes',
          members: [
            { name: 'No', value: 0, annotations: { 'Microsoft.Dynamics.OData.Core.V1.LabelId': '@SYS5461' } },
            { name: 'Yes', value: 1 },
          ],
        },
        {
          name: 'Rights',
          isFlags: true,
          underlyingType: 'Edm.Int64',
          members: [
            { name: 'Read', value: 1 },
            { name: 'Write', value: 2 },
            { name: 'Share', value: 9007199254740993n },
          ],
        },
      ],
      complexTypes: [
        {
          name: 'Address',
          properties: [
            { name: 'City', type: 'Edm.String' },
            { name: 'ZipCode', type: 'Edm.String' },
          ],
        },
      ],
      entityTypes: [
        {
          name: 'Party',
          isAbstract: true,
          key: ['dataAreaId', 'CustomerAccount'],
          properties: [
            { name: 'dataAreaId', type: 'Edm.String', isNullable: false, maxLength: 4 },
            { name: 'CustomerAccount', type: 'Edm.String', isNullable: false },
          ],
        },
        {
          name: 'CustomerV3',
          baseType: 'de.Party',
          alternateKeys: [['PartyNumber'], ['dataAreaId', 'RecId']],
          properties: [
            { name: 'PartyNumber', type: 'Edm.String', unicode: false },
            { name: 'Name', type: 'Edm.String' },
            { name: 'RecId', type: 'Edm.Int64', isNullable: false },
            { name: 'Count', type: 'Edm.Int32' },
            { name: 'CreditLimit', type: 'Edm.Decimal', precision: 32, scale: 'variable' },
            { name: 'Latitude', type: 'Edm.Double' },
            { name: 'IsActive', type: 'Edm.Boolean' },
            { name: 'OnHold', type: 'de.NoYes' },
            { name: 'Rights', type: 'de.Rights' },
            { name: 'Id', type: 'Edm.Guid' },
            { name: 'CreatedOn', type: 'Edm.DateTimeOffset' },
            { name: 'BirthDate', type: 'Edm.Date' },
            { name: 'OpensAt', type: 'Edm.TimeOfDay' },
            { name: 'Picture', type: 'Edm.Binary' },
            { name: 'Address', type: 'de.Address' },
            { name: 'Tags', type: 'Edm.String', isCollection: true },
          ],
          navigationProperties: [
            { name: 'Group', type: 'de.CustomerGroup', partner: 'Customers' },
            {
              name: 'Orders',
              type: 'de.SalesOrder',
              isCollection: true,
              referentialConstraints: [{ property: 'CustomerAccount', referencedProperty: 'CustomerAccount' }],
            },
          ],
          annotations: {
            'Microsoft.Dynamics.OData.Core.V1.IsReadOnly': false,
            'Org.OData.Core.V1.Description': 'Customers <V3> & "more"\n\tthan one line',
            'Org.OData.Capabilities.V1.FilterFunctions': ['contains', 'startswith'],
            'Org.OData.Capabilities.V1.ConformanceLevel': { $EnumMember: 'Org.OData.Capabilities.V1.T/Minimal' },
            'Org.OData.Capabilities.V1.ChangeTracking': { '@type': 'Ns.T', Supported: true, Level: 3, Nothing: null },
          },
        },
        {
          name: 'CustomerGroup',
          key: ['CustomerGroupId'],
          properties: [
            { name: 'CustomerGroupId', type: 'Edm.String', isNullable: false },
            { name: 'Description', type: 'Edm.String' },
          ],
        },
        {
          name: 'SalesOrder',
          key: ['SalesOrderId'],
          properties: [
            { name: 'SalesOrderId', type: 'Edm.Guid', isNullable: false },
            { name: 'CustomerAccount', type: 'Edm.String' },
            { name: 'Amount', type: 'Edm.Decimal' },
          ],
          navigationProperties: [{ name: 'Customer', type: 'de.CustomerV3' }],
        },
        { name: 'Anything', isOpen: true, key: ['Id'], properties: [{ name: 'Id', type: 'Edm.Int32' }] },
      ],
      actions: [
        {
          name: 'GetApplicationVersion',
          isBound: true,
          parameters: [{ name: 'Customers', type: 'de.CustomerV3', isCollection: true }],
          returnType: { type: 'Edm.String' },
        },
        {
          name: 'block',
          isBound: true,
          parameters: [
            { name: 'Party', type: 'de.Party' },
            { name: '_reason', type: 'Edm.String', isNullable: false },
          ],
        },
        { name: 'ping' },
      ],
      functions: [{ name: 'WhoAmI', returnType: { type: 'Edm.Guid', isNullable: false } }],
      container: {
        name: 'Resources',
        entitySets: [
          {
            name: 'CustomersV3',
            entityType: 'Microsoft.Dynamics.DataEntities.CustomerV3',
            navigationBindings: [{ path: 'Group', target: 'CustomerGroups' }],
          },
          { name: 'CustomerGroups', entityType: 'de.CustomerGroup' },
        ],
        singletons: [{ name: 'Me', entityType: 'de.CustomerV3' }],
        annotations: { 'Org.OData.Capabilities.V1.BatchSupported': true },
      },
    },
  ],
};

/** The model of `sampleData`. */
export function sampleModel(): Model {
  return createModel(sampleData);
}

/** An entity type of the model, which must be there. */
export function entityTypeOf(model: Model, name: string): EntityType {
  const type = model.entityType(`Microsoft.Dynamics.DataEntities.${name}`);
  if (type === undefined) throw new Error(`The sample model has no ${name}.`);
  return type;
}
