/** Small models for tests, with the names and types of the real services. */

import type { ModelData, PropertyData } from '../odata/index.ts';

const crm = 'Microsoft.Dynamics.CRM';

/** Leads, tasks and what they point to. */
export const dataverseModel: ModelData = {
  schemas: [
    {
      namespace: crm,
      entityTypes: [
        { name: 'crmbaseentity', isAbstract: true },
        { name: 'principal', baseType: `${crm}.crmbaseentity`, key: ['ownerid'], properties: [guid('ownerid')] },
        { name: 'systemuser', baseType: `${crm}.principal`, properties: [text('fullname')] },
        { name: 'team', baseType: `${crm}.principal`, properties: [text('name')] },
        { name: 'account', baseType: `${crm}.crmbaseentity`, key: ['accountid'], properties: [guid('accountid')] },
        {
          name: 'lead',
          baseType: `${crm}.crmbaseentity`,
          key: ['leadid'],
          properties: [
            guid('leadid'),
            text('lastname'),
            text('subject'),
            { name: 'createdon', type: 'Edm.DateTimeOffset' },
            { name: 'statuscode', type: 'Edm.Int32' },
            { name: 'numberofemployees', type: 'Edm.Int32' },
            { name: 'revenue', type: 'Edm.Decimal' },
            { name: 'donotemail', type: 'Edm.Boolean' },
            guid('_ownerid_value'),
            guid('_parentaccountid_value'),
          ],
          navigationProperties: [
            { name: 'ownerid', type: `${crm}.principal` },
            { name: 'parentaccountid', type: `${crm}.account` },
          ],
        },
        {
          name: 'activitypointer',
          baseType: `${crm}.crmbaseentity`,
          isAbstract: true,
          key: ['activityid'],
          properties: [
            guid('activityid'),
            text('subject'),
            guid('_regardingobjectid_value'),
            guid('_ownerid_value'),
            { name: 'createdon', type: 'Edm.DateTimeOffset' },
          ],
          navigationProperties: [
            {
              name: 'regardingobjectid_lead',
              type: `${crm}.lead`,
              referentialConstraints: [{ property: '_regardingobjectid_value', referencedProperty: 'leadid' }],
            },
            { name: 'ownerid', type: `${crm}.principal` },
          ],
        },
        {
          name: 'task',
          baseType: `${crm}.activitypointer`,
          properties: [{ name: 'percentcomplete', type: 'Edm.Int32' }],
          navigationProperties: [
            { name: 'regardingobjectid_lead_task', type: `${crm}.lead` },
            { name: 'regardingobjectid_account_task', type: `${crm}.account` },
            { name: 'ownerid_task', type: `${crm}.principal` },
          ],
        },
      ],
      container: {
        name: 'System',
        entitySets: [
          { name: 'leads', entityType: `${crm}.lead` },
          { name: 'tasks', entityType: `${crm}.task` },
          { name: 'accounts', entityType: `${crm}.account` },
          { name: 'systemusers', entityType: `${crm}.systemuser` },
          { name: 'teams', entityType: `${crm}.team` },
        ],
      },
    },
  ],
};

const ax = 'Microsoft.Dynamics.DataEntities';
const core = 'Microsoft.Dynamics.OData.Core.V1';

/** Customer groups, a set without companies, one with a number in its key, and an action. */
export const fnoModel: ModelData = {
  schemas: [
    {
      namespace: ax,
      enumTypes: [
        {
          name: 'NoYes',
          members: [
            { name: 'No', value: 0 },
            { name: 'Yes', value: 1 },
          ],
        },
      ],
      entityTypes: [
        {
          name: 'CustomerGroup',
          key: ['dataAreaId', 'CustomerGroupId'],
          properties: [
            { name: 'dataAreaId', type: 'Edm.String', isNullable: false },
            {
              name: 'CustomerGroupId',
              type: 'Edm.String',
              isNullable: false,
              annotations: { [`${core}.AllowEdit`]: false, [`${core}.AllowEditOnCreate`]: true },
            },
            text('Description'),
            { name: 'IsSalesTaxIncludedInPrice', type: `${ax}.NoYes` },
          ],
        },
        {
          name: 'LegalEntity',
          key: ['LegalEntityId'],
          properties: [{ name: 'LegalEntityId', type: 'Edm.String', isNullable: false }, text('Name')],
        },
        {
          name: 'OrderLine',
          key: ['dataAreaId', 'OrderNumber', 'LineNumber'],
          properties: [
            { name: 'dataAreaId', type: 'Edm.String', isNullable: false },
            { name: 'OrderNumber', type: 'Edm.String', isNullable: false },
            { name: 'LineNumber', type: 'Edm.Int64', isNullable: false },
            text('ItemNumber'),
          ],
        },
      ],
      actions: [
        {
          name: 'GetVersion',
          isBound: true,
          parameters: [
            { name: 'CustomerGroups', type: `${ax}.CustomerGroup`, isCollection: true },
            { name: '_detail', type: 'Edm.Int32' },
          ],
          returnType: { type: 'Edm.String' },
        },
      ],
      container: {
        name: 'Resources',
        entitySets: [
          { name: 'CustomerGroups', entityType: `${ax}.CustomerGroup` },
          { name: 'LegalEntities', entityType: `${ax}.LegalEntity` },
          { name: 'OrderLines', entityType: `${ax}.OrderLine` },
        ],
      },
    },
  ],
};

function guid(name: string): PropertyData {
  return { name, type: 'Edm.Guid' };
}

function text(name: string): PropertyData {
  return { name, type: 'Edm.String' };
}
