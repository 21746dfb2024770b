/** Sample rows of the F&O environment: companies, currencies, groups, customers, orders; the same for the same seed. */

import { type Ids, seededIds } from '../../base/ids.ts';
import type { JsonValue } from '../../base/json.ts';
import { countersTable, firstRecordId, partyCounter, recordIdCounter, sequenceCounter } from '../fno/counters.ts';
import { entityRules } from '../fno/entity-rules.ts';
import { type EntitySchema, type FnoSchema, recordIdMember, recordVersionMember } from '../fno/entity-schema.ts';
import { noonOf, secondOf } from '../fno/field-value.ts';
import { keyOfRow } from '../fno/records.ts';
import type { SampleSettings } from '../options.ts';
import type { RowChange, TableStore } from '../store/table-store.ts';
import { companyName, phoneNumber, pick, regionsDe, regionsUs, slug, streetName, tradeName, zipCode } from './words.ts';

type Members = Record<string, JsonValue>;

export interface FnoSampleOptions {
  readonly schema: FnoSchema;
  readonly store: TableStore;
  readonly settings: SampleSettings;
}

/** A company of the sample, its share of the customers and orders, and what its customers pay in. */
interface SampleCompany {
  readonly id: string;
  readonly name: string;
  readonly share: number;
  readonly currencies: readonly string[];
  readonly language: string;
  readonly country: string;
}

const companies: readonly SampleCompany[] = [
  {
    id: 'usmf',
    name: 'Contoso Manufacturing USA',
    share: 0.6,
    currencies: ['USD', 'USD', 'USD', 'CAD'],
    language: 'en-US',
    country: 'USA',
  },
  { id: 'dat', name: 'Company accounts data', share: 0.24, currencies: ['USD'], language: 'en-US', country: 'USA' },
  {
    id: 'demf',
    name: 'Contoso Manufacturing Germany',
    share: 0.16,
    currencies: ['EUR', 'EUR', 'GBP'],
    language: 'de',
    country: 'DEU',
  },
];

const currencies: readonly (readonly [code: string, name: string, symbol: string])[] = [
  ['AUD', 'Australian Dollar', '$'],
  ['CAD', 'Canadian Dollar', '$'],
  ['CHF', 'Swiss Franc', 'CHF'],
  ['CNY', 'Chinese Yuan', '¥'],
  ['DKK', 'Danish Krone', 'kr'],
  ['EUR', 'Euro', '€'],
  ['GBP', 'Pound Sterling', '£'],
  ['INR', 'Indian Rupee', '₹'],
  ['JPY', 'Japanese Yen', '¥'],
  ['MXN', 'Mexican Peso', '$'],
  ['SEK', 'Swedish Krona', 'kr'],
  ['USD', 'US Dollar', '$'],
];

const groups: readonly (readonly [id: string, description: string, terms: string])[] = [
  ['10', 'Wholesale customers', 'Net30'],
  ['20', 'Major customers', 'Net45'],
  ['30', 'Retail customers', 'Net10'],
  ['40', 'Internet customers', 'COD'],
  ['80', 'Other customers', 'Net10'],
  ['90', 'Intercompany customers', 'Net30'],
];

const orderStates: readonly (readonly [status: string, processing: string])[] = [
  ['Backorder', 'Active'],
  ['Backorder', 'Confirmed'],
  ['Delivered', 'Delivered'],
  ['Invoiced', 'Invoiced'],
  ['Canceled', 'Canceled'],
];

const neverEnds = '2154-12-31T23:59:59Z';
const dayMs = 86_400_000;
/** 2026-01-05T08:00:00Z. */
const firstDayMs = 1_767_600_000_000;

/** All rows a new environment starts with, and its counters. */
export function fnoSample(options: FnoSampleOptions): readonly RowChange[] {
  return new FnoSample(options).make();
}

class FnoSample {
  readonly #options: FnoSampleOptions;
  readonly #ids: Ids;
  readonly #changes: RowChange[] = [];
  readonly #counts = new Map<string, number>();
  #parties = 0;

  constructor(options: FnoSampleOptions) {
    this.#options = options;
    this.#ids = seededIds(options.settings.seed);
  }

  make(): readonly RowChange[] {
    const { customers, salesOrders } = this.#options.settings;
    for (const company of companies) this.#add('LegalEntities', this.#legalEntity(company));
    for (const [code, name, symbol] of currencies) {
      this.#add('Currencies', { CurrencyCode: code, Name: name, Symbol: symbol, GeneralRoundingRule: 0.01 });
    }
    for (const company of companies) this.#addGroups(company);
    const orders = sharesOf(salesOrders);
    for (const [index, count] of sharesOf(customers).entries()) {
      const company = companies[index];
      if (company !== undefined) this.#addCompany(company, count, orders[index] ?? 0);
    }
    for (const entity of this.#options.schema.entities) this.#add('DataManagementEntities', describeEntity(entity));
    this.#addCounters();
    return this.#changes;
  }

  #add(entitySet: string, own: Members): void {
    const { schema, store } = this.#options;
    const count = (this.#counts.get(entitySet) ?? 0) + 1;
    this.#counts.set(entitySet, count);
    own[recordIdMember] = firstRecordId + count - 1;
    own[recordVersionMember] = 1;
    const row = store.makeRow(entitySet, own);
    this.#changes.push({ table: entitySet, key: keyOfRow(row, schema.entity(entitySet)), row });
  }

  #addCounters(): void {
    const { store } = this.#options;
    const values: [string, number][] = [[partyCounter, this.#parties]];
    for (const [name, count] of this.#counts) {
      values.push(name.includes(' ') ? [name, count] : [recordIdCounter(name), firstRecordId + count - 1]);
    }
    for (const [key, value] of values) {
      this.#changes.push({ table: countersTable, key, row: store.makeRow(countersTable, { value }) });
    }
  }

  /** The next number of a sequence, in its company's form. */
  #number(entitySet: string, company: string): string {
    const name = sequenceCounter(entitySet, company);
    const count = (this.#counts.get(name) ?? 0) + 1;
    this.#counts.set(name, count);
    const sequence = entityRules[entitySet]?.numberSequence;
    return (sequence?.prefixes[company] ?? '') + String(count).padStart(sequence?.digits ?? 0, '0');
  }

  #party(): string {
    this.#parties += 1;
    return String(this.#parties).padStart(9, '0');
  }

  #legalEntity(company: SampleCompany): Members {
    const region = pick(company.country === 'DEU' ? regionsDe : regionsUs, this.#ids);
    return {
      LegalEntityId: company.id,
      Name: company.name,
      NameAlias: company.name.slice(0, 20),
      PartyNumber: this.#party(),
      LanguageId: company.language,
      CompanyCountry: company.country,
      AddressCity: region.city,
      AddressState: region.state,
      AddressCountryRegionId: region.country,
      AddressTimeZone: region.timeZone,
      AddressValidFrom: secondOf(firstDayMs),
      AddressValidTo: neverEnds,
    };
  }

  #addGroups(company: SampleCompany): void {
    for (const [CustomerGroupId, Description, PaymentTermId] of groups) {
      this.#add('CustomerGroups', { dataAreaId: company.id, CustomerGroupId, Description, PaymentTermId });
    }
  }

  #addCompany(company: SampleCompany, customerCount: number, orderCount: number): void {
    const customers: Members[] = [];
    for (let index = 0; index < customerCount; index += 1) {
      const customer = this.#customer(company);
      customers.push(customer);
      this.#add('CustomersV3', customer);
    }
    if (customers.length === 0) return;
    for (let index = 0; index < orderCount; index += 1) this.#addOrder(company, pick(customers, this.#ids));
  }

  #customer(company: SampleCompany): Members {
    const ids = this.#ids;
    const name = companyName(ids);
    const region = pick(company.country === 'DEU' ? regionsDe : regionsUs, ids);
    const [group, , terms] = pick(groups, ids);
    const street = streetName(ids);
    const zip = zipCode(region, ids);
    return {
      dataAreaId: company.id,
      CustomerAccount: this.#number('CustomersV3', company.id),
      PartyType: 'Organization',
      PartyNumber: this.#party(),
      OrganizationName: name,
      NameAlias: name.slice(0, 20),
      CustomerGroupId: group,
      SalesCurrencyCode: pick(company.currencies, ids),
      LanguageId: company.language,
      PaymentTerms: terms,
      CreditLimit: Math.floor(ids.random() * 200) * 500,
      PrimaryContactPhone: phoneNumber(ids),
      PrimaryContactEmail: `orders@${slug(name)}.example`,
      AddressStreet: street,
      AddressCity: region.city,
      AddressState: region.state,
      AddressZipCode: zip,
      AddressCountryRegionId: region.country,
      AddressTimeZone: region.timeZone,
      AddressDescription: name,
      FullPrimaryAddress: `${street}\n${region.city}, ${region.state} ${zip}\n${region.country}`,
      AddressValidTo: neverEnds,
      SiteId: '1',
      WarehouseId: '11',
    };
  }

  #addOrder(company: SampleCompany, customer: Members): void {
    const ids = this.#ids;
    const createdMs = firstDayMs + Math.floor(ids.random() * 110 * dayMs);
    const shipping = noonOf(createdMs + Math.floor(ids.random() * 14) * dayMs);
    const [status, processing] = pick(orderStates, ids);
    const number = this.#number('SalesOrderHeadersV2', company.id);
    const lines = Array.from({ length: 1 + Math.floor(ids.random() * 4) }, (_, index) =>
      this.#line(company, customer, { number, status, shipping, lineNumber: index + 1 }),
    );
    this.#add('SalesOrderHeadersV2', {
      dataAreaId: company.id,
      SalesOrderNumber: number,
      SalesOrderName: customer.OrganizationName ?? '',
      SalesOrderStatus: status,
      SalesOrderProcessingStatus: processing,
      OrderingCustomerAccountNumber: customer.CustomerAccount ?? '',
      InvoiceCustomerAccountNumber: customer.CustomerAccount ?? '',
      CurrencyCode: customer.SalesCurrencyCode ?? '',
      LanguageId: company.language,
      PaymentTermsName: customer.PaymentTerms ?? '',
      DeliveryAddressName: customer.OrganizationName ?? '',
      DeliveryAddressStreet: customer.AddressStreet ?? '',
      DeliveryAddressCity: customer.AddressCity ?? '',
      DeliveryAddressStateId: customer.AddressState ?? '',
      DeliveryAddressZipCode: customer.AddressZipCode ?? '',
      DeliveryAddressCountryRegionId: customer.AddressCountryRegionId ?? '',
      DefaultShippingSiteId: '1',
      DefaultShippingWarehouseId: '11',
      OrderCreationDateTime: secondOf(createdMs),
      RequestedShippingDate: shipping,
      RequestedReceiptDate: shipping,
      SkipCreateAutoCharges: 'Yes',
      OrderTotalAmount: Number(lines.reduce((total, line) => total + Number(line.LineAmount), 0).toFixed(2)),
    });
    for (const line of lines) this.#add('SalesOrderLines', line);
  }

  #line(
    company: SampleCompany,
    customer: Members,
    order: { readonly number: string; readonly status: string; readonly shipping: string; readonly lineNumber: number },
  ): Members {
    const ids = this.#ids;
    const quantity = 1 + Math.floor(ids.random() * 40);
    const price = (500 + Math.floor(ids.random() * 50_000)) / 100;
    return {
      dataAreaId: company.id,
      InventoryLotId: this.#number('SalesOrderLines', company.id),
      SalesOrderNumber: order.number,
      LineNumber: order.lineNumber,
      LineCreationSequenceNumber: order.lineNumber,
      ItemNumber: `D${String(1 + Math.floor(ids.random() * 100)).padStart(4, '0')}`,
      LineDescription: tradeName(ids),
      OrderedSalesQuantity: quantity,
      SalesPrice: price,
      SalesPriceQuantity: 1,
      LineAmount: Number((quantity * price).toFixed(2)),
      SalesUnitSymbol: 'ea',
      CurrencyCode: customer.SalesCurrencyCode ?? '',
      SalesOrderLineStatus: order.status,
      ShippingSiteId: '1',
      ShippingWarehouseId: '11',
      RequestedShippingDate: order.shipping,
      RequestedReceiptDate: order.shipping,
      DeliveryAddressName: customer.OrganizationName ?? '',
    };
  }
}

/** Splits a number over the companies by their shares; the first takes what rounding leaves. */
function sharesOf(total: number): readonly number[] {
  const [, ...others] = companies.map((company) => Math.floor(total * company.share));
  return [total - others.reduce((sum, count) => sum + count, 0), ...others];
}

function describeEntity({ data }: EntitySchema): Members {
  return {
    EntityName: data.label,
    TargetName: data.aotName,
    StagingTableName: `${data.aotName}Staging`,
    EntityKey: data.key.join(','),
    IsShared: data.key.includes('dataAreaId') ? 'No' : 'Yes',
    EntityIsEnabled: 'Yes',
  };
}
