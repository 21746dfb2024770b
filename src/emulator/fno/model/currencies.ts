/** The data entity `Currencies` of Finance & Operations: real fields in `$metadata` order, keys and enumerations. */

import type { DataEntityData } from './data-entity-data.ts';

/** Currencies (`Currencies`). */
export const currencies: DataEntityData = {
  entitySet: 'Currencies',
  entityType: 'Currency',
  aotName: 'CurrencyEntity',
  label: 'Currencies',
  key: ['CurrencyCode'],
  isReadOnly: false,
  mandatory: [],
  actions: [],
  fields: [
    { name: 'CurrencyCode', maxLength: 3 },
    { name: 'RoundingMethodPurchaseOrders', enum: 'RoundOffType' },
    { name: 'RoundingMethodPrices', enum: 'RoundOffType' },
    { name: 'Name' },
    { name: 'Symbol' },
    { name: 'RoundingMethodSalesOrders', enum: 'RoundOffType' },
    { name: 'ReferenceCurrencyForTriangulation', enum: 'NoYes' },
    { name: 'RoundingRuleFixedAssetDepreciation', type: 'Edm.Decimal' },
    { name: 'CurrencyGender', enum: 'GenderMaleFemale' },
    { name: 'RoundingRulePurchaseOrders', type: 'Edm.Decimal' },
    { name: 'GeneralRoundingRule', type: 'Edm.Decimal' },
    { name: 'RoundingMethodFixedAssetDepreciation', enum: 'RoundOffType' },
    { name: 'RoundingRuleSalesOrders', type: 'Edm.Decimal' },
    { name: 'RoundingRulePrices', type: 'Edm.Decimal' },
    { name: 'DecimalsCount_MX', type: 'Edm.Int32' },
  ],
};
