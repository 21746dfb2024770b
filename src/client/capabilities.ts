/** What a service can and cannot do, as one table that code, tests and documentation read. */

import type { ListOptions } from './client.ts';

/** Why a thing is not offered, and what to do instead; ends a sentence that begins with the thing's name. */
export type Remedy = string;

export interface Capabilities {
  /** Most records in one page. */
  readonly pageSizeMax: number;
  /** How a smaller page is asked for: by `Prefer: odata.maxpagesize`, or by the client with `$top` and `$skip`. */
  readonly pageSizeBy: 'prefer' | 'top-and-skip';
  /** Where `$count` stops counting; undefined when it counts all. */
  readonly countMax: number | undefined;
  /** Longest URL; undefined when not known. */
  readonly urlLengthMax: number | undefined;
  /** Levels of `$expand`; undefined when the service sets no fixed number. */
  readonly expandDepthMax: number | undefined;
  /** `$expand` items in all. */
  readonly expandsMax: number | undefined;
  /** Comparisons and function calls in one `$filter`. */
  readonly filterConditionsMax: number | undefined;
  /** Requests in one `$batch`. */
  readonly batchRequestsMax: number;
  /** How a record is addressed: `('x')`, `(a='x',b=1)` of the key, or named values of an alternate key. */
  readonly keyForms: readonly ('single' | 'named' | 'alternate')[];
  /** Whether a list can be followed by its changes. */
  readonly hasChangeTracking: boolean;
  /** Whether an update can answer with the record as it is stored; if not, the client reads it afterwards. */
  readonly answersUpdates: boolean;
  /** Namespace of actions that are named without one. */
  readonly actionNamespace: string;
  /** List options that have no meaning here. */
  readonly unsupportedListOptions: Readonly<Partial<Record<keyof ListOptions, Remedy>>>;
  /** Operators, lambdas and functions of `$filter` and `$orderby` by name: `in`, `any`, `has`. */
  readonly unsupportedOperators: Readonly<Record<string, Remedy>>;
  /** Options inside `$expand`: `skip`, `count`. */
  readonly unsupportedExpandOptions: Readonly<Record<string, Remedy>>;
}
