/** The table `transactioncurrency` of Dataverse: real columns, choices, lookups and navigation names. */

import type { TableData } from './table-data.ts';

/** Currencies (`transactioncurrencies`). */
export const transactioncurrencyTable: TableData = {
  logicalName: 'transactioncurrency',
  displayName: 'Currency',
  entitySet: 'transactioncurrencies',
  objectTypeCode: 9105,
  baseType: 'crmbaseentity',
  primaryId: 'transactioncurrencyid',
  edmKey: 'transactioncurrencyid',
  primaryName: 'currencyname',
  isUserOwned: false,
  columns: [
    { name: 'createdby', type: 'Lookup', targets: [{ table: 'systemuser', navigation: 'createdby' }], readOnly: true },
    { name: 'createdon', type: 'DateTime', readOnly: true },
    {
      name: 'createdonbehalfby',
      type: 'Lookup',
      targets: [{ table: 'systemuser', navigation: 'createdonbehalfby' }],
      readOnly: true,
    },
    { name: 'currencyname', type: 'String', maxLength: 100, systemRequired: true },
    { name: 'currencyprecision', type: 'Integer', min: 0, max: 10, systemRequired: true },
    { name: 'currencysymbol', type: 'String', maxLength: 10, systemRequired: true },
    { name: 'entityimageid', type: 'Uniqueidentifier', readOnly: true },
    { name: 'exchangerate', type: 'Decimal', min: 0, max: 100000000000, precision: 10, systemRequired: true },
    { name: 'importsequencenumber', type: 'Integer' },
    { name: 'isocurrencycode', type: 'String', maxLength: 5, systemRequired: true },
    {
      name: 'modifiedby',
      type: 'Lookup',
      targets: [{ table: 'systemuser', navigation: 'modifiedby' }],
      readOnly: true,
    },
    { name: 'modifiedon', type: 'DateTime', readOnly: true },
    {
      name: 'modifiedonbehalfby',
      type: 'Lookup',
      targets: [{ table: 'systemuser', navigation: 'modifiedonbehalfby' }],
      readOnly: true,
    },
    { name: 'organizationid', type: 'Lookup', elsewhere: ['organizationid'], systemRequired: true, readOnly: true },
    { name: 'overriddencreatedon', type: 'DateTime', showsDateOnly: true },
    {
      name: 'statecode',
      type: 'State',
      options: [
        { value: 0, label: 'Active', status: 1 },
        { value: 1, label: 'Inactive', status: 2 },
      ],
      systemRequired: true,
    },
    {
      name: 'statuscode',
      type: 'Status',
      options: [
        { value: 1, label: 'Active', state: 0 },
        { value: 2, label: 'Inactive', state: 1 },
      ],
    },
    { name: 'transactioncurrencyid', type: 'Uniqueidentifier', systemRequired: true },
    { name: 'versionnumber', type: 'BigInt', readOnly: true },
  ],
  collections: [
    {
      name: 'transactioncurrency_account',
      table: 'account',
      column: 'transactioncurrencyid',
      partner: 'transactioncurrencyid',
    },
    {
      name: 'TransactionCurrency_BusinessUnit',
      table: 'businessunit',
      column: 'transactioncurrencyid',
      partner: 'transactioncurrencyid',
    },
    {
      name: 'transactioncurrency_contact',
      table: 'contact',
      column: 'transactioncurrencyid',
      partner: 'transactioncurrencyid',
    },
    {
      name: 'transactioncurrency_lead',
      table: 'lead',
      column: 'transactioncurrencyid',
      partner: 'transactioncurrencyid',
    },
    {
      name: 'TransactionCurrency_SystemUser',
      table: 'systemuser',
      column: 'transactioncurrencyid',
      partner: 'transactioncurrencyid',
    },
    {
      name: 'TransactionCurrency_Task',
      table: 'task',
      column: 'transactioncurrencyid',
      partner: 'transactioncurrencyid_task',
    },
    {
      name: 'TransactionCurrency_Team',
      table: 'team',
      column: 'transactioncurrencyid',
      partner: 'transactioncurrencyid',
    },
  ],
};
