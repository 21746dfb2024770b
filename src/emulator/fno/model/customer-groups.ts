/** The data entity `CustomerGroups` of Finance & Operations: real fields in `$metadata` order, keys and enumerations. */

import type { DataEntityData } from './data-entity-data.ts';

/** Customer groups (`CustomerGroups`). */
export const customerGroups: DataEntityData = {
  entitySet: 'CustomerGroups',
  entityType: 'CustomerGroup',
  aotName: 'CustCustomerGroupEntity',
  label: 'Customer groups',
  key: ['dataAreaId', 'CustomerGroupId'],
  isReadOnly: false,
  mandatory: ['CustomerGroupId'],
  actions: [],
  fields: [
    { name: 'dataAreaId', maxLength: 4 },
    { name: 'CustomerGroupId', maxLength: 10 },
    { name: 'ClearingPeriodPaymentTermName' },
    { name: 'CustomerAccountNumberSequence' },
    { name: 'DefaultDimensionDisplayValue' },
    { name: 'AccountingCurrencyExchangeRateType' },
    { name: 'IsSalesTaxIncludedInPrice', enum: 'NoYes' },
    { name: 'Description', maxLength: 60 },
    { name: 'WriteOffReason' },
    { name: 'ReportingCurrencyExchangeRateType' },
    { name: 'PaymentTermId' },
    { name: 'TaxGroupId' },
    { name: 'IsPublicSector_IT', enum: 'NoYes' },
  ],
};
