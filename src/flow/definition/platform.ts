/** The hosts that definitions are written for, and where their rules part (reference 1.5, 11.3, 14.4): one table. */

/** `LogicApps` is the shared service (Consumption), `LogicAppsStandard` the single-tenant host. */
export type PlatformName = 'LogicApps' | 'LogicAppsStandard' | 'PowerAutomate';

export interface PlatformRules {
  readonly title: string;
  /** Most triggers of a definition. */
  readonly triggersMax: number;
  /** Parameters that are there without being declared: their values come from beside the definition. */
  readonly hasSharedParameters: boolean;
  /** Parameters of the platform itself, which need no value here. */
  readonly reservedParameters: readonly string[];
  /** How connector actions name their connection: `host.connection.name`, or an entry beside the definition. */
  readonly connectionMember: 'name' | 'referenceName' | 'connectionName';
  /** Shortest time between two checks, in seconds. */
  readonly recurrenceSecondsMin: number;
  /** Turns of a Foreach at the same time when it does not say. */
  readonly foreachRepetitionsDefault: number;
  /** What a retry policy that is not written means, in words. */
  readonly retryDefault: string;
}

/** The rules of each platform. */
export const platforms: Readonly<Record<PlatformName, PlatformRules>> = Object.freeze({
  LogicApps: Object.freeze({
    title: 'Logic Apps',
    triggersMax: 10,
    hasSharedParameters: false,
    reservedParameters: Object.freeze(['$connections']),
    connectionMember: 'name',
    recurrenceSecondsMin: 1,
    foreachRepetitionsDefault: 20,
    retryDefault: '4 retries, 5 to 45 s apart',
  }),
  LogicAppsStandard: Object.freeze({
    title: 'Logic Apps Standard',
    triggersMax: 1,
    hasSharedParameters: true,
    reservedParameters: Object.freeze([]),
    connectionMember: 'referenceName',
    recurrenceSecondsMin: 1,
    foreachRepetitionsDefault: 20,
    retryDefault: '4 retries, 5 to 45 s apart',
  }),
  PowerAutomate: Object.freeze({
    title: 'Power Automate',
    triggersMax: 1,
    hasSharedParameters: false,
    reservedParameters: Object.freeze(['$connections', '$authentication']),
    connectionMember: 'connectionName',
    recurrenceSecondsMin: 60,
    foreachRepetitionsDefault: 1,
    retryDefault: '2 retries about 5 minutes apart, or 8 that begin at 7 s, by licence',
  }),
} satisfies Record<PlatformName, PlatformRules>);
