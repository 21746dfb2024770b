/** Sample rows of the Dataverse environment: users, accounts, contacts, leads and tasks, the same for the same seed. */

import { isoInstant } from '../../base/clock.ts';
import { type Ids, seededIds } from '../../base/ids.ts';
import type { JsonValue } from '../../base/json.ts';
import { computeColumns } from '../dataverse/computed-columns.ts';
import { contosoOrganization, organizationCreatedOn, seedChange, userRow } from '../dataverse/organization.ts';
import { countersTable } from '../dataverse/records.ts';
import type { DataverseSchema } from '../dataverse/table-schema.ts';
import type { SampleSettings } from '../options.ts';
import type { RowChange, TableStore } from '../store/table-store.ts';
import { companyName, phoneNumber, pick, placeName, regionsUs, slug, streetName, tradeName, zipCode } from './words.ts';

type Members = Record<string, JsonValue>;

const departments = ['Purchasing', 'Accounting', 'Logistics', 'Marketing', 'Engineering', 'Reception', 'Service'];
const desks = ['Desk', 'Office', 'Team', 'Counter', 'Hotline'];
const userNames = ['North', 'South', 'East', 'West', 'Central', 'Export', 'Retail', 'Wholesale', 'Online', 'Field'];
const dayMs = 86_400_000;
/** 2026-01-05T08:00:00Z. */
const firstDayMs = 1_767_600_000_000;

export interface DataverseSampleOptions {
  readonly schema: DataverseSchema;
  readonly store: TableStore;
  readonly settings: SampleSettings;
  /** The rows that every organization has. */
  readonly organization: readonly (readonly [string, Members])[];
}

/** All rows a new environment starts with, and the counter behind their version numbers. */
export function dataverseSample(options: DataverseSampleOptions): readonly RowChange[] {
  const { schema, store, settings } = options;
  const ids = seededIds(settings.seed);
  const rows: (readonly [string, Members])[] = [...options.organization];
  const users = times(settings.users, (index) => sampleUser(index, ids));
  const owners = users.map((user) => String(user.systemuserid));
  const accounts = times(settings.accounts, (index) => sampleAccount(index, owners, ids));
  const contacts = times(settings.contacts, () => sampleContact(accounts, owners, ids));
  const leads = times(settings.leads, () => sampleLead(owners, ids));
  const tasks = times(settings.tasks, () => sampleTask(leads, accounts, owners, ids));
  for (const [table, made] of Object.entries({
    systemuser: users,
    account: accounts,
    contact: contacts,
    lead: leads,
    task: tasks,
  })) {
    for (const row of made) rows.push([table, row]);
  }
  const changes = rows.map(([name, own], index): RowChange => {
    const table = schema.table(name);
    computeColumns(own, table);
    return seedChange(
      store,
      name,
      table.data.primaryId,
      { ...defaultsOf(name, schema), ...own },
      {
        version: 1000 + index,
        createdOn: organizationCreatedOn,
      },
    );
  });
  const counter = store.makeRow(countersTable, { value: 1000 + rows.length });
  return [...changes, { table: countersTable, key: 'version', row: counter }];
}

function times<Item>(count: number, make: (index: number) => Item): Item[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

/** Column defaults, state and status, and the owner's companions. */
function defaultsOf(name: string, schema: DataverseSchema): Members {
  const table = schema.table(name);
  const defaults: Members = {};
  for (const column of table.data.columns) if (column.default !== undefined) defaults[column.name] = column.default;
  const [state] = table.columns.get('statecode')?.options ?? [];
  if (state?.status !== undefined) {
    defaults.statecode = state.value;
    defaults.statuscode = state.status;
  }
  if (table.data.isUserOwned) defaults._owningbusinessunit_value = contosoOrganization.businessUnitId;
  return defaults;
}

function ownedBy(owners: readonly string[], ids: Ids): Members {
  const owner = pick(owners, ids);
  return { _ownerid_value: owner, '#ownerid': 'systemuser', _owninguser_value: owner };
}

function createdOn(ids: Ids): Members {
  const instant = `${isoInstant(firstDayMs + Math.floor(ids.random() * 100 * dayMs)).slice(0, 19)}Z`;
  return { createdon: instant, modifiedon: instant };
}

function sampleUser(index: number, ids: Ids): Members {
  const name = `${userNames[index % userNames.length]} ${1 + Math.floor(index / userNames.length)}`;
  return userRow(ids.uuid(), {
    firstname: 'Sales',
    lastname: name,
    fullname: `Sales ${name}`,
    domainname: `sales-${slug(name)}@contoso.example`,
    internalemailaddress: `sales-${slug(name)}@contoso.example`,
    isdisabled: false,
    accessmode: 0,
    islicensed: true,
  });
}

function sampleAccount(index: number, owners: readonly string[], ids: Ids): Members {
  const name = companyName(ids);
  const region = pick(regionsUs, ids);
  return {
    accountid: ids.uuid(),
    name,
    accountnumber: `A-${String(index + 1).padStart(5, '0')}`,
    telephone1: phoneNumber(ids),
    emailaddress1: `info@${slug(name)}.example`,
    websiteurl: `https://${slug(name)}.example`,
    address1_addressid: ids.uuid(),
    address1_line1: streetName(ids),
    address1_city: region.city,
    address1_stateorprovince: region.state,
    address1_postalcode: zipCode(region, ids),
    address1_country: region.country,
    revenue: Math.floor(ids.random() * 500) * 10_000,
    _transactioncurrencyid_value: contosoOrganization.currencyId,
    exchangerate: 1,
    numberofemployees: 5 + Math.floor(ids.random() * 2000),
    ...ownedBy(owners, ids),
    ...createdOn(ids),
  };
}

function sampleContact(accounts: readonly Members[], owners: readonly string[], ids: Ids): Members {
  const firstname = pick(departments, ids);
  const lastname = pick(desks, ids);
  const account = accounts.length === 0 ? undefined : pick(accounts, ids);
  const parent = account?.accountid;
  return {
    contactid: ids.uuid(),
    firstname,
    lastname,
    jobtitle: firstname,
    telephone1: phoneNumber(ids),
    emailaddress1: `${slug(`${firstname} ${lastname}`)}.${ids.uuid().slice(0, 4)}@contoso.example`,
    ...(parent === undefined ? {} : { _parentcustomerid_value: parent, '#parentcustomerid': 'account' }),
    ...ownedBy(owners, ids),
    ...createdOn(ids),
  };
}

function sampleLead(owners: readonly string[], ids: Ids): Members {
  const company = companyName(ids);
  const region = pick(regionsUs, ids);
  return {
    leadid: ids.uuid(),
    subject: `Interested in ${tradeName(ids)}`,
    firstname: pick(departments, ids),
    lastname: pick(desks, ids),
    companyname: company,
    emailaddress1: `info@${slug(company)}.example`,
    telephone1: phoneNumber(ids),
    address1_city: region.city,
    address1_stateorprovince: region.state,
    address1_country: region.country,
    leadqualitycode: 1 + Math.floor(ids.random() * 3),
    ...ownedBy(owners, ids),
    ...createdOn(ids),
  };
}

function sampleTask(
  leads: readonly Members[],
  accounts: readonly Members[],
  owners: readonly string[],
  ids: Ids,
): Members {
  const isForLead = leads.length > 0 && (accounts.length === 0 || ids.random() < 0.5);
  const regarding = isForLead
    ? pick(leads, ids).leadid
    : accounts.length === 0
      ? undefined
      : pick(accounts, ids).accountid;
  return {
    activityid: ids.uuid(),
    activitytypecode: 'task',
    isregularactivity: true,
    subject: `Call about ${placeName(ids)}`,
    scheduledend: `${isoInstant(firstDayMs + Math.floor(ids.random() * 200) * dayMs).slice(0, 19)}Z`,
    ...(regarding === undefined
      ? {}
      : { _regardingobjectid_value: regarding, '#regardingobjectid': isForLead ? 'lead' : 'account' }),
    ...ownedBy(owners, ids),
    ...createdOn(ids),
  };
}
