/** Every F&O data entity that the emulator serves. */

import { currencies } from './currencies.ts';
import { customerGroups } from './customer-groups.ts';
import { customersV3 } from './customers-v3.ts';
import type { DataEntityData } from './data-entity-data.ts';
import { dataManagementEntities } from './data-management-entities.ts';
import { legalEntities } from './legal-entities.ts';
import { salesOrderHeadersV2 } from './sales-order-headers-v2.ts';
import { salesOrderLines } from './sales-order-lines.ts';

/** In alphabetical order of their entity sets. */
export const fnoDataEntities: readonly DataEntityData[] = [
  currencies,
  customerGroups,
  customersV3,
  dataManagementEntities,
  legalEntities,
  salesOrderHeadersV2,
  salesOrderLines,
];
