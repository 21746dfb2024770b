/** Puts the Dataverse environment together: model, tables, sample rows, Web API. */

import type { JsonObject } from '../../base/json.ts';
import type { BearerCheck } from '../identity/bearer.ts';
import type { Tenant } from '../identity/tenant.ts';
import type { EmulatorSettings } from '../options.ts';
import { dataverseSample } from '../sample/dataverse-sample.ts';
import type { Service } from '../service.ts';
import type { RowChange, TableStore } from '../store/table-store.ts';
import { dataverseModel } from './edm-model.ts';
import { dataverseTables } from './model/tables.ts';
import { contosoOrganization, organizationRows } from './organization.ts';
import { countersTable } from './records.ts';
import { type DataverseSchema, dataverseSchema } from './table-schema.ts';
import { dataverseWebApi } from './web-api.ts';

/** The schema of the environment. */
export function openDataverseSchema(settings: EmulatorSettings): DataverseSchema {
  const model = dataverseModel(dataverseTables, settings.dataverse);
  return dataverseSchema(dataverseTables, model, settings.dataverse);
}

/** Store tables and what their rows say of unset columns. */
export function dataverseStoreTables(schema: DataverseSchema): Readonly<Record<string, JsonObject>> {
  return {
    [countersTable]: {},
    ...Object.fromEntries(schema.tables.map((table) => [table.name, table.rowDefaults])),
  };
}

/** What a new environment holds. */
export function dataverseSeed(
  schema: DataverseSchema,
  store: TableStore,
  tenant: Tenant,
  settings: EmulatorSettings,
): readonly RowChange[] {
  return dataverseSample({
    schema,
    store,
    settings: settings.sample,
    organization: organizationRows(tenant.applications),
  });
}

export interface DataverseServiceOptions {
  readonly schema: DataverseSchema;
  readonly store: TableStore;
  readonly settings: EmulatorSettings;
  readonly tenant: Tenant;
  readonly bearer: BearerCheck;
}

/** The Web API over these tables. */
export function dataverseService(options: DataverseServiceOptions): Service {
  return dataverseWebApi({
    schema: options.schema,
    store: options.store,
    settings: options.settings.dataverse,
    organization: contosoOrganization,
    bearer: options.bearer,
    tenantId: options.tenant.tenantId,
    log: options.settings.log,
  });
}
