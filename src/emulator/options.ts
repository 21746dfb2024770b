/** The options of the emulator: every switch with its default and meaning, parsed once at the door. */

import type { Clock } from '../base/clock.ts';
import { RialtoError } from '../base/errors.ts';
import type { Ids } from '../base/ids.ts';
import { type Log, silentLog } from '../base/log.ts';
import {
  choice,
  integer,
  keys,
  type OptionTable,
  type OptionValues,
  parseOptions,
  refuseUnknownNames,
  text,
} from './option-table.ts';

const urlForm = { pattern: /^https?:\/\/[^/?#\s]+$/, form: 'a URL without path, such as https://contoso.example' };

/** Options that hold for the whole emulator. */
export const generalOptions = {
  tenantId: text({
    default: 'c0a80101-5eed-4c0a-8a11-000000000001',
    pattern: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
    form: 'a lower-case GUID',
    meaning: 'The tenant in which both environments live.',
  }),
  requestBodyBytesMax: integer({
    default: 16_777_216,
    min: 1024,
    max: 268_435_456,
    meaning: 'Largest request body; a larger one is answered 413.',
  }),
  writesPendingMax: integer({
    default: 10_000,
    min: 1,
    max: 1_000_000,
    meaning: 'Writes that may wait for the journal of one environment; beyond it writes are answered 503.',
  }),
} as const satisfies OptionTable;

/** How much sample data is made. */
export const sampleOptions = {
  seed: integer({ default: 20_260_504, min: 0, max: 4_294_967_295, meaning: 'The same seed gives the same data.' }),
  customers: integer({ default: 26_000, min: 0, max: 1_000_000, meaning: 'Rows of CustomersV3 over all companies.' }),
  salesOrders: integer({
    default: 4000,
    min: 0,
    max: 1_000_000,
    meaning: 'Rows of SalesOrderHeadersV2; one to four lines each.',
  }),
  users: integer({ default: 12, min: 1, max: 1000, meaning: 'Rows of systemusers besides the application users.' }),
  accounts: integer({ default: 400, min: 0, max: 100_000, meaning: 'Rows of accounts.' }),
  contacts: integer({ default: 800, min: 0, max: 100_000, meaning: 'Rows of contacts.' }),
  leads: integer({ default: 300, min: 0, max: 100_000, meaning: 'Rows of leads.' }),
  tasks: integer({ default: 200, min: 0, max: 100_000, meaning: 'Rows of tasks.' }),
} as const satisfies OptionTable;

/** Switches of the Dataverse environment. */
export const dataverseOptions = {
  url: text({
    default: 'https://contoso-dataverse.example',
    ...urlForm,
    meaning: 'The environment URL for requests that do not come through a socket.',
  }),
  pageSizeMax: integer({ default: 5000, min: 1, max: 5000, meaning: 'Largest page, and the cap of every count.' }),
  alternateKeys: keys({
    default: { account: [['accountnumber']] },
    meaning: 'Alternate keys that a maker has defined; standard tables ship with none.',
  }),
  inheritedBinds: choice(
    ['reject', 'accept'],
    'Whether a bind on an activity may use the plain name of the base type (`ownerid` for `ownerid_task`).',
  ),
  unknownSetStatus: choice(['404', '400'], 'Status for an unknown entity set; both are reported of the service.'),
} as const satisfies OptionTable;

/** Switches of the F&O environment. */
export const fnoOptions = {
  url: text({
    default: 'https://contoso-fno.example',
    ...urlForm,
    meaning: 'The environment URL for requests that do not come through a socket.',
  }),
  defaultCompany: choice(['usmf', 'dat', 'demf'], 'The company of the user as whom every application runs.'),
  pageSize: integer({ default: 10_000, min: 1, max: 10_000, meaning: 'Rows per page.' }),
  stringFunctions: choice(
    ['deny', 'allow'],
    'Whether contains, startswith and endswith are answered or refused with 400.',
  ),
  etagMode: choice(['enforce', 'ignore'], 'Whether a stale If-Match is answered 412.'),
  xppErrorStatus: choice(['400', '500'], 'Status of failures in X++.'),
  unregisteredStatus: choice(['403', '401'], 'Status when the application is not registered in F&O.'),
  preferRepresentation: choice(
    ['ignore', 'honour'],
    'Whether PATCH with Prefer: return=representation answers 200 with the row.',
  ),
  overlongText: choice(['error', 'truncate'], 'What happens to a text longer than its field.'),
  nullInBody: choice(['reject', 'empty'], 'What null in a body means for a text, number or date.'),
  applicationVersion: text({
    default: '10.0.48',
    pattern: /^[\d.]{1,40}$/,
    form: 'digits and dots',
    meaning: 'Answer of GetApplicationVersion.',
  }),
  applicationBuildVersion: text({
    default: '10.0.2527.58',
    pattern: /^[\d.]{1,40}$/,
    form: 'digits and dots',
    meaning: 'Answer of GetApplicationBuildVersion.',
  }),
  platformBuildVersion: text({
    default: '7.0.7778.49',
    pattern: /^[\d.]{1,40}$/,
    form: 'digits and dots',
    meaning: 'Answer of GetPlatformBuildVersion.',
  }),
} as const satisfies OptionTable;

export type EnvironmentName = 'contoso-dataverse' | 'contoso-fno';

/** An application of the tenant. */
export interface ApplicationOptions {
  readonly clientId: string;
  /** Left out for the first application: generated at the first start and kept in the data directory. */
  readonly clientSecret?: string;
  readonly name?: string;
  /** Environments that know this application (application user, F&O registration); both when left out. */
  readonly environments?: readonly EnvironmentName[];
}

export interface EmulatorOptions {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log?: Log;
  /** Where data and keys are kept; left out, everything is in memory. */
  readonly dataDirectory?: string;
  readonly applications?: readonly ApplicationOptions[];
  readonly tenantId?: string;
  readonly requestBodyBytesMax?: number;
  readonly writesPendingMax?: number;
  readonly sample?: Partial<OptionValues<typeof sampleOptions>>;
  readonly dataverse?: Partial<OptionValues<typeof dataverseOptions>>;
  readonly fno?: Partial<OptionValues<typeof fnoOptions>>;
}

export type GeneralSettings = OptionValues<typeof generalOptions>;
export type SampleSettings = OptionValues<typeof sampleOptions>;
export type DataverseSettings = OptionValues<typeof dataverseOptions>;
export type FnoSettings = OptionValues<typeof fnoOptions>;

/** The options after parsing. */
export interface EmulatorSettings {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly dataDirectory: string | undefined;
  readonly applications: readonly ApplicationOptions[];
  readonly general: GeneralSettings;
  readonly sample: SampleSettings;
  readonly dataverse: DataverseSettings;
  readonly fno: FnoSettings;
}

/** The application that exists when none is given. */
const defaultApplication: ApplicationOptions = {
  clientId: 'a11ce000-5eed-4a11-8c0a-000000000002',
  name: 'Rialto',
};

const environmentNames: readonly EnvironmentName[] = ['contoso-dataverse', 'contoso-fno'];

/** Parses the options of the emulator. Raises OPTION_INVALID, which names the option. */
export function parseEmulatorOptions(options: EmulatorOptions): EmulatorSettings {
  const { clock, ids, log, dataDirectory, applications, sample, dataverse, fno, ...general } = options;
  return Object.freeze({
    clock,
    ids,
    log: log ?? silentLog,
    dataDirectory,
    applications: parseApplications(applications),
    general: parseOptions(generalOptions, general, 'emulator'),
    sample: parseOptions(sampleOptions, sample, 'emulator.sample'),
    dataverse: parseOptions(dataverseOptions, dataverse, 'emulator.dataverse'),
    fno: parseOptions(fnoOptions, fno, 'emulator.fno'),
  });
}

function parseApplications(given: readonly ApplicationOptions[] | undefined): readonly ApplicationOptions[] {
  const applications = given ?? [defaultApplication];
  if (applications.length === 0) {
    throw new RialtoError(
      'OPTION_INVALID',
      "Option 'emulator.applications' is empty; expected at least one application.",
    );
  }
  applications.forEach((application, index) => {
    const path = `emulator.applications[${index}]`;
    refuseUnknownNames(application, ['clientId', 'clientSecret', 'name', 'environments'], path);
    if (!generalOptions.tenantId.pattern.test(application.clientId)) {
      throw new RialtoError('OPTION_INVALID', `Option '${path}.clientId' is not a lower-case GUID.`);
    }
    if (index > 0 && application.clientSecret === undefined) {
      throw new RialtoError('OPTION_INVALID', `Option '${path}.clientSecret' is missing; only the first is generated.`);
    }
    for (const name of application.environments ?? []) {
      if (!environmentNames.includes(name)) {
        throw new RialtoError(
          'OPTION_INVALID',
          `Option '${path}.environments' names '${name}'; expected ${environmentNames.join(' or ')}.`,
        );
      }
    }
  });
  return applications;
}
