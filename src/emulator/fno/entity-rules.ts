/** What X++ knows of each data entity beyond its fields: tables, labels, number sequences, references, deletes. */

/** A field that must hold the key of a row of another entity. */
export interface ReferenceRule {
  readonly field: string;
  readonly entitySet: string;
  /** Label of the related table in error texts. */
  readonly label: string;
}

/** Rows of another entity that depend on a row of this one. */
export interface DependentRule {
  readonly entitySet: string;
  /** Field of the dependent entity that holds the key value. */
  readonly field: string;
  /** Label of the dependent rows in error texts. */
  readonly label: string;
  /** Whether they go with the row, or keep it from being deleted. */
  readonly onDelete: 'cascade' | 'restrict';
}

export interface EntityRules {
  /** Table behind the entity, as error texts name it. */
  readonly table: string;
  readonly tableLabel: string;
  /** Field that identifies a row within its company. */
  readonly keyField: string;
  readonly keyLabel: string;
  /** Field that error texts show after the key. */
  readonly nameField: string | undefined;
  readonly labels: Readonly<Record<string, string>>;
  /** Mandatory beyond what the metadata hints at. */
  readonly mandatory: readonly string[];
  /** The key is filled from this number sequence when it is left out: prefix by company, digits. */
  readonly numberSequence: { readonly prefixes: Readonly<Record<string, string>>; readonly digits: number } | undefined;
  readonly references: readonly ReferenceRule[];
  readonly dependents: readonly DependentRule[];
}

const customerReferences: readonly ReferenceRule[] = [
  { field: 'CustomerGroupId', entitySet: 'CustomerGroups', label: 'Customer groups' },
  { field: 'SalesCurrencyCode', entitySet: 'Currencies', label: 'Currencies' },
  { field: 'InvoiceAccount', entitySet: 'CustomersV3', label: 'Customers' },
];

/** Rules by entity set. */
export const entityRules: Readonly<Record<string, EntityRules>> = {
  CustomersV3: {
    table: 'CustTable',
    tableLabel: 'Customers',
    keyField: 'CustomerAccount',
    keyLabel: 'Customer account',
    nameField: 'OrganizationName',
    labels: { CustomerGroupId: 'Customer group', SalesCurrencyCode: 'Currency', InvoiceAccount: 'Invoice account' },
    mandatory: [],
    numberSequence: { prefixes: { usmf: 'US-', dat: 'DAT-', demf: 'DE-' }, digits: 3 },
    references: customerReferences,
    dependents: [
      {
        entitySet: 'SalesOrderHeadersV2',
        field: 'OrderingCustomerAccountNumber',
        label: 'Sales orders',
        onDelete: 'restrict',
      },
    ],
  },
  CustomerGroups: {
    table: 'CustGroup',
    tableLabel: 'Customer groups',
    keyField: 'CustomerGroupId',
    keyLabel: 'Customer group',
    nameField: 'Description',
    labels: {},
    mandatory: [],
    numberSequence: undefined,
    references: [],
    dependents: [{ entitySet: 'CustomersV3', field: 'CustomerGroupId', label: 'Customers', onDelete: 'restrict' }],
  },
  SalesOrderHeadersV2: {
    table: 'SalesTable',
    tableLabel: 'Sales orders',
    keyField: 'SalesOrderNumber',
    keyLabel: 'Sales order',
    nameField: 'SalesOrderName',
    labels: {
      OrderingCustomerAccountNumber: 'Customer account',
      InvoiceCustomerAccountNumber: 'Invoice account',
      CurrencyCode: 'Currency',
    },
    mandatory: ['OrderingCustomerAccountNumber', 'CurrencyCode'],
    numberSequence: { prefixes: { usmf: 'SO-', dat: 'DAT-', demf: 'DEMF-' }, digits: 6 },
    references: [
      { field: 'OrderingCustomerAccountNumber', entitySet: 'CustomersV3', label: 'Customers' },
      { field: 'InvoiceCustomerAccountNumber', entitySet: 'CustomersV3', label: 'Customers' },
      { field: 'CurrencyCode', entitySet: 'Currencies', label: 'Currencies' },
    ],
    dependents: [
      { entitySet: 'SalesOrderLines', field: 'SalesOrderNumber', label: 'Order lines', onDelete: 'cascade' },
    ],
  },
  SalesOrderLines: {
    table: 'SalesLine',
    tableLabel: 'Order lines',
    keyField: 'InventoryLotId',
    keyLabel: 'Lot ID',
    nameField: 'ItemNumber',
    labels: { SalesOrderNumber: 'Sales order', ItemNumber: 'Item number', CurrencyCode: 'Currency' },
    mandatory: ['SalesOrderNumber', 'ItemNumber'],
    numberSequence: { prefixes: { usmf: 'USMF-', dat: 'DAT-', demf: 'DEMF-' }, digits: 6 },
    references: [
      { field: 'SalesOrderNumber', entitySet: 'SalesOrderHeadersV2', label: 'Sales orders' },
      { field: 'CurrencyCode', entitySet: 'Currencies', label: 'Currencies' },
    ],
    dependents: [],
  },
  LegalEntities: {
    table: 'CompanyInfo',
    tableLabel: 'Legal entities',
    keyField: 'LegalEntityId',
    keyLabel: 'Company',
    nameField: 'Name',
    labels: {},
    mandatory: ['Name'],
    numberSequence: undefined,
    references: [],
    dependents: [
      { entitySet: 'CustomersV3', field: 'dataAreaId', label: 'Customers', onDelete: 'restrict' },
      { entitySet: 'CustomerGroups', field: 'dataAreaId', label: 'Customer groups', onDelete: 'restrict' },
    ],
  },
  Currencies: {
    table: 'Currency',
    tableLabel: 'Currencies',
    keyField: 'CurrencyCode',
    keyLabel: 'Currency',
    nameField: 'Name',
    labels: {},
    mandatory: [],
    numberSequence: undefined,
    references: [],
    dependents: [
      { entitySet: 'CustomersV3', field: 'SalesCurrencyCode', label: 'Customers', onDelete: 'restrict' },
      { entitySet: 'SalesOrderHeadersV2', field: 'CurrencyCode', label: 'Sales orders', onDelete: 'restrict' },
    ],
  },
};

/** The label of a field in error texts. */
export function labelOf(field: string, rules: EntityRules): string {
  if (field === rules.keyField) return rules.keyLabel;
  return rules.labels[field] ?? (field === 'dataAreaId' ? 'Company' : field);
}
