/** Puts the F&O environment together: model, tables, sample rows, OData service. */

import type { JsonObject } from '../../base/json.ts';
import type { BearerCheck } from '../identity/bearer.ts';
import type { EmulatorSettings } from '../options.ts';
import { fnoSample } from '../sample/fno-sample.ts';
import type { Service } from '../service.ts';
import type { RowChange, TableStore } from '../store/table-store.ts';
import { countersTable } from './counters.ts';
import { fnoModel } from './edm-model.ts';
import { type FnoSchema, fnoSchema } from './entity-schema.ts';
import { fnoDataEntities } from './model/data-entities.ts';
import { fnoODataService } from './odata-service.ts';

/** The schema of the environment. */
export function openFnoSchema(): FnoSchema {
  return fnoSchema(fnoDataEntities, fnoModel(fnoDataEntities));
}

/** Store tables and what their rows say of unset fields. */
export function fnoStoreTables(schema: FnoSchema): Readonly<Record<string, JsonObject>> {
  return {
    [countersTable]: {},
    ...Object.fromEntries(schema.entities.map((entity) => [entity.name, entity.rowDefaults])),
  };
}

/** What a new environment holds. */
export function fnoSeed(schema: FnoSchema, store: TableStore, settings: EmulatorSettings): readonly RowChange[] {
  return fnoSample({ schema, store, settings: settings.sample });
}

export interface FnoServiceOptions {
  readonly schema: FnoSchema;
  readonly store: TableStore;
  readonly settings: EmulatorSettings;
  readonly bearer: BearerCheck;
}

/** The OData service over these tables. */
export function fnoService(options: FnoServiceOptions): Service {
  return fnoODataService({
    schema: options.schema,
    store: options.store,
    settings: options.settings.fno,
    bearer: options.bearer,
    log: options.settings.log,
  });
}
