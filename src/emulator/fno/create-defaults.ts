/** Fields that X++ fills on create when the body leaves them out. An explicit empty text counts as set. */

import type { Clock } from '../../base/clock.ts';
import type { JsonValue } from '../../base/json.ts';
import type { StoredRow, TableStore } from '../store/table-store.ts';
import { type Counters, partyCounter } from './counters.ts';
import { rowKeyOf } from './entity-schema.ts';
import { noonOf, secondOf } from './field-value.ts';

export interface DefaultsContext {
  readonly store: TableStore;
  readonly clock: Clock;
  readonly counters: Counters;
  readonly company: string;
}

type Members = Record<string, JsonValue>;

/** Fills the defaults of an entity; `row` is changed in place and holds only what was set. */
export function fillDefaults(row: Members, entitySet: string, context: DefaultsContext): void {
  if (typeof row.LanguageId === 'string') row.LanguageId = normalLanguage(row.LanguageId);
  if (entitySet === 'CustomersV3') customerDefaults(row, context);
  else if (entitySet === 'SalesOrderHeadersV2') orderDefaults(row, context);
  else if (entitySet === 'SalesOrderLines') lineDefaults(row, context);
}

/** `en-us` → `en-US`. */
function normalLanguage(language: string): string {
  return language.replace(/^([a-z]{2})-([a-z]{2})$/i, (_, main: string, region: string) => {
    return `${main.toLowerCase()}-${region.toUpperCase()}`;
  });
}

function customerDefaults(row: Members, context: DefaultsContext): void {
  const group = find(context, 'CustomerGroups', row.CustomerGroupId);
  fill(row, {
    PartyType: 'Organization',
    PartyNumber: () => String(context.counters.next(partyCounter)).padStart(9, '0'),
    // The search name is cut to its 20 characters without an error.
    NameAlias: text(row.OrganizationName).slice(0, 20),
    LanguageId: 'en-US',
    PaymentTerms: text(group?.PaymentTermId),
    SalesTaxGroup: text(group?.TaxGroupId),
  });
  const [street, city, zip] = [text(row.AddressStreet), text(row.AddressCity), text(row.AddressZipCode)];
  const lines = [street, [city, text(row.AddressState), zip].filter((part) => part !== '').join(', ')];
  fill(row, {
    FullPrimaryAddress: [...lines, text(row.AddressCountryRegionId)].filter((part) => part !== '').join('\n'),
  });
}

function orderDefaults(row: Members, context: DefaultsContext): void {
  const today = noonOf(context.clock.now());
  const customer = find(context, 'CustomersV3', row.OrderingCustomerAccountNumber);
  fill(row, {
    InvoiceCustomerAccountNumber: text(row.OrderingCustomerAccountNumber),
    CurrencyCode: text(customer?.SalesCurrencyCode),
    LanguageId: text(customer?.LanguageId),
    SalesOrderName: text(customer?.OrganizationName),
    DeliveryAddressName: text(customer?.OrganizationName),
    DeliveryAddressStreet: text(customer?.AddressStreet),
    DeliveryAddressCity: text(customer?.AddressCity),
    DeliveryAddressStateId: text(customer?.AddressState),
    DeliveryAddressZipCode: text(customer?.AddressZipCode),
    DeliveryAddressCountryRegionId: text(customer?.AddressCountryRegionId),
    Email: text(customer?.PrimaryContactEmail),
    PaymentTermsName: text(customer?.PaymentTerms),
    RequestedReceiptDate: today,
    RequestedShippingDate: today,
    SkipCreateAutoCharges: 'Yes',
  });
  // Not writable through the entity in practice: the time of creation is the server's.
  row.OrderCreationDateTime = secondOf(context.clock.now());
}

function lineDefaults(row: Members, context: DefaultsContext): void {
  const order = find(context, 'SalesOrderHeadersV2', row.SalesOrderNumber);
  const siblings = context.store
    .table('SalesOrderLines')
    .groups('SalesOrderNumber')
    .get(row.SalesOrderNumber ?? '')
    ?.filter((line) => line.dataAreaId === context.company);
  const last = (siblings ?? []).reduce((max, line) => Math.max(max, Number(line.LineCreationSequenceNumber)), 0);
  fill(row, {
    LineNumber: last + 1,
    LineCreationSequenceNumber: last + 1,
    OrderedSalesQuantity: 1,
    SalesPriceQuantity: 1,
    SalesUnitSymbol: 'ea',
    LineDescription: text(row.ItemNumber),
    CurrencyCode: text(order?.CurrencyCode),
    DeliveryAddressName: text(order?.DeliveryAddressName),
    RequestedReceiptDate: text(order?.RequestedReceiptDate) || noonOf(context.clock.now()),
    RequestedShippingDate: text(order?.RequestedShippingDate) || noonOf(context.clock.now()),
    SalesOrderLineStatus: 'Backorder',
  });
  fill(row, { LineAmount: lineAmount(row) });
}

/** Quantity times price, less the discounts. */
function lineAmount(row: Members): number {
  const amount = Number(row.OrderedSalesQuantity ?? 0) * Number(row.SalesPrice ?? 0);
  const discounted = amount * (1 - Number(row.LineDiscountPercentage ?? 0) / 100) - Number(row.LineDiscountAmount ?? 0);
  return Number(discounted.toFixed(2));
}

function find(context: DefaultsContext, entitySet: string, key: JsonValue | undefined): StoredRow | undefined {
  return context.store.table(entitySet).get(rowKeyOf([context.company, key]));
}

function fill(row: Members, defaults: Readonly<Record<string, JsonValue | (() => JsonValue)>>): void {
  for (const [name, value] of Object.entries(defaults)) {
    if (row[name] === undefined) row[name] = typeof value === 'function' ? value() : value;
  }
}

function text(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}
