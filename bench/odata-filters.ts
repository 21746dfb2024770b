/**
 * Reading and printing 20 filters as integrations send them, against the npm package odata-v4-parser, alternating in one
 * run. `npx tsx bench/odata-filters.ts` prints filters/s of each and their ratio.
 */

import { fileURLToPath } from 'node:url';
import { filter as readWithPeer } from 'odata-v4-parser';
import { parseFilter, printFilter } from '../src/odata/index.ts';

/** Filters of F&O and Dataverse that both can read. */
const filters: readonly string[] = [
  "CustomerAccount eq 'US-001'",
  "dataAreaId eq 'usmf' and CustomerAccount eq 'US-001'",
  "dataAreaId eq 'usmf' and CustomerGroupId eq '30' and CreditLimit gt 1000.50",
  "OnHoldStatus eq Microsoft.Dynamics.DataEntities.CustVendorBlocked'Invoice'",
  "dataAreaId eq 'usmf' and (SalesOrderStatus eq Microsoft.Dynamics.DataEntities.SalesStatus'Backorder' or SalesOrderStatus eq Microsoft.Dynamics.DataEntities.SalesStatus'Delivered')",
  'ModifiedDateTime gt 2026-07-01T00:00:00Z and ModifiedDateTime le 2026-07-30T23:59:59Z',
  'RecId gt 5637144576 and RecId lt 5637149999',
  "ItemNumber eq '1000' or ItemNumber eq '1001' or ItemNumber eq '1002' or ItemNumber eq '1003' or ItemNumber eq '1004'",
  "OrganizationName eq '*Retail*' and AddressCountryRegionId ne 'USA'",
  "not (AddressCity eq 'Seattle') and AddressState eq 'WA'",
  'statecode eq 0',
  '_primarycontactid_value eq 7d1b5c1e-0a1c-ee11-8f6d-000d3a111111',
  "statecode eq 0 and contains(name,'contoso') and revenue ge 100000",
  "startswith(name,'A') or endswith(emailaddress1,'@contoso.com')",
  'createdon ge 2026-07-01T00:00:00Z and createdon lt 2026-08-01T00:00:00Z and statuscode ne 2',
  '_parentaccountid_value ne null and numberofemployees gt 50 and numberofemployees le 500',
  "primarycontactid/fullname eq 'Contact 1'",
  'contact_customer_accounts/any(c:c/statecode eq 0)',
  'opportunity_customer_accounts/any(o:o/statecode eq 0 and o/estimatedvalue gt 5000)',
  'year(createdon) eq 2026 and month(createdon) eq 7 and round(revenue) gt 100',
];

const rounds = 5;

/** Prints the rates of both and their ratio. */
export function benchFilters(): void {
  const rates = { read: [] as number[], print: [] as number[], peer: [] as number[] };
  const trees = filters.map((text) => parseFilter(text));
  for (let round = 0; round <= rounds; round += 1) {
    const read = rate(() => filters.forEach((text) => void parseFilter(text)));
    const print = rate(() => trees.forEach((tree) => void printFilter(tree)));
    const peer = rate(() => filters.forEach((text) => void readWithPeer(text)));
    // The first round warms up.
    if (round === 0) continue;
    rates.read.push(read);
    rates.print.push(print);
    rates.peer.push(peer);
  }
  const best = (values: readonly number[]) => Math.max(...values);
  console.log(`${filters.length} filters, best of ${rounds}`);
  console.log(`parseFilter        ${perSecond(best(rates.read))}`);
  console.log(`printFilter        ${perSecond(best(rates.print))}`);
  console.log(`odata-v4-parser    ${perSecond(best(rates.peer))}`);
  console.log(`ratio of reading   ${(best(rates.read) / best(rates.peer)).toFixed(1)} (bar 3)`);
}

/** Filters per second, over half a second. */
function rate(readAll: () => void): number {
  const start = performance.now();
  let turns = 0;
  while (performance.now() - start < 500) {
    readAll();
    turns += 1;
  }
  return (turns * filters.length) / ((performance.now() - start) / 1000);
}

function perSecond(value: number): string {
  return `${Math.round(value).toLocaleString('en-US')} filters/s`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) benchFilters();
