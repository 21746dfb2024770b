/** The fixed rows of the Dataverse organization: root business unit, default team, currency, application users. */

import { createHash } from 'node:crypto';
import type { JsonValue } from '../../base/json.ts';
import type { TenantApplication } from '../identity/tenant.ts';
import type { RowChange, TableStore } from '../store/table-store.ts';

export interface DataverseOrganization {
  readonly organizationId: string;
  readonly businessUnitId: string;
  readonly teamId: string;
  readonly currencyId: string;
  /** The user that owns what no person created. */
  readonly systemUserId: string;
}

/** Ids of the organization; the same at every start. */
export const contosoOrganization: DataverseOrganization = Object.freeze({
  organizationId: '4f0e8a52-5eed-4b11-9a00-00000000a001',
  businessUnitId: '4f0e8a52-5eed-4b11-9a00-00000000b001',
  teamId: '4f0e8a52-5eed-4b11-9a00-00000000b002',
  currencyId: '4f0e8a52-5eed-4b11-9a00-00000000c001',
  systemUserId: '4f0e8a52-5eed-4b11-9a00-00000000d001',
});

/** The instant at which the organization was set up. */
export const organizationCreatedOn = '2026-01-05T08:00:00Z';

type Members = Record<string, JsonValue>;

/** The rows every organization has, without their version numbers. */
export function organizationRows(applications: readonly TenantApplication[]): readonly (readonly [string, Members])[] {
  const { businessUnitId, teamId, currencyId, systemUserId } = contosoOrganization;
  const applicationUsers = applications
    .filter((application) => application.environments.includes('contoso-dataverse'))
    .map((application) => ['systemuser', applicationUser(application)] as const);
  return [
    [
      'businessunit',
      {
        businessunitid: businessUnitId,
        name: 'contoso',
        divisionname: 'contoso',
        isdisabled: false,
        _transactioncurrencyid_value: currencyId,
      },
    ],
    [
      'transactioncurrency',
      {
        transactioncurrencyid: currencyId,
        currencyname: 'US Dollar',
        isocurrencycode: 'USD',
        currencysymbol: '$',
        currencyprecision: 2,
        exchangerate: 1,
        statecode: 0,
        statuscode: 1,
      },
    ],
    [
      'team',
      {
        teamid: teamId,
        ownerid: teamId,
        name: 'contoso',
        isdefault: true,
        teamtype: 0,
        _businessunitid_value: businessUnitId,
      },
    ],
    ['systemuser', userRow(systemUserId, { lastname: 'SYSTEM', fullname: 'SYSTEM', isdisabled: false, accessmode: 3 })],
    ...applicationUsers,
  ];
}

/** A systemuser with what all users have. */
export function userRow(id: string, members: Members): Members {
  return {
    systemuserid: id,
    ownerid: id,
    _businessunitid_value: contosoOrganization.businessUnitId,
    islicensed: false,
    ...members,
  };
}

/** Changes that store rows of a table with the columns every row has: creation, last change, version. */
export function seedChange(
  store: TableStore,
  table: string,
  primaryId: string,
  own: Members,
  seed: { readonly version: number; readonly createdOn: string },
): RowChange {
  const { systemUserId } = contosoOrganization;
  const row = store.makeRow(table, {
    ...own,
    createdon: own.createdon ?? seed.createdOn,
    modifiedon: own.modifiedon ?? seed.createdOn,
    _createdby_value: systemUserId,
    _modifiedby_value: systemUserId,
    versionnumber: seed.version,
  });
  return { table, key: String(own[primaryId]), row };
}

function applicationUser(application: TenantApplication): Members {
  return userRow(applicationUserId(application.clientId), {
    firstname: '#',
    lastname: application.name,
    fullname: `# ${application.name}`,
    domainname: application.clientId,
    applicationid: application.clientId,
    azureactivedirectoryobjectid: application.objectId,
    accessmode: 4,
    isdisabled: false,
  });
}

/** The same application has the same user id in every data directory. */
function applicationUserId(clientId: string): string {
  const hex = createHash('sha256').update(`application user ${clientId}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
