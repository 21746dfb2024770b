/** The data entity `DataManagementEntities` of Finance & Operations: real fields in `$metadata` order, keys and enumerations. */

import type { DataEntityData } from './data-entity-data.ts';

/** Data management (`DataManagementEntities`). */
export const dataManagementEntities: DataEntityData = {
  entitySet: 'DataManagementEntities',
  entityType: 'DataManagementEntity',
  aotName: 'DataManagementEntity',
  label: 'Data management',
  key: ['EntityName'],
  isReadOnly: true,
  mandatory: [],
  actions: [
    { name: 'GetApplicationVersion', returns: 'Edm.String' },
    { name: 'GetApplicationBuildVersion', returns: 'Edm.String' },
    { name: 'GetPlatformBuildVersion', returns: 'Edm.String' },
    { name: 'GetInstalledModules', returns: 'Collection(Edm.String)' },
  ],
  fields: [
    { name: 'EntityName' },
    { name: 'RecVersionValue', type: 'Edm.Int32' },
    { name: 'ChangeTrackingType', enum: 'DMFChangeTrackingType' },
    { name: 'CountryRegionCodes' },
    { name: 'TargetName' },
    { name: 'ConfigurationKeyName' },
    { name: 'Modules' },
    { name: 'EntityKey' },
    { name: 'StagingTableName' },
    { name: 'IsShared', enum: 'NoYes' },
    { name: 'Tags' },
    { name: 'EntityIsEnabled', enum: 'NoYes' },
    { name: 'Category', enum: 'EntityCategory' },
  ],
};
