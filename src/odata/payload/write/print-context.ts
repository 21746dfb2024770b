/** What decides how a payload is written. */

import type { EntityType, Model } from '../../model/model.ts';
import { defaultJsonFormat, type JsonFormat, type PayloadVersion } from '../format/json-format.ts';
import type { InstanceType } from '../values/instance-type.ts';

export interface WriteOptions {
  /** What `formatOf` read; minimal metadata and numbers as numbers by default. */
  readonly format?: Partial<JsonFormat>;
  /** Spells `@odata.etag` in 4.0, which is the default, and `@etag` in 4.01. */
  readonly version?: PayloadVersion;
  /** With it values are written as their types have them. */
  readonly model?: Model;
  /** The declared type of the rows. */
  readonly entityType?: EntityType;
  /** For full metadata: the entity set, from which ids follow, and the root of the service with its final slash. */
  readonly entitySet?: string;
  readonly serviceRoot?: string;
}

/** The options with their defaults. */
export interface PrintContext {
  readonly format: JsonFormat;
  readonly version: PayloadVersion;
  readonly model: Model | undefined;
  readonly serviceRoot: string;
}

export function printContextOf(options: WriteOptions): PrintContext {
  return {
    format: { ...defaultJsonFormat, ...options.format },
    version: options.version ?? '4.0',
    model: options.model,
    serviceRoot: options.serviceRoot ?? '',
  };
}

/** Where a row comes from: its declared type, and the URL of the collection or entity that it is. */
export interface RowOrigin {
  readonly type?: InstanceType;
  /** `CustomersV3`: rows of it have the key behind; undefined where ids cannot be known. */
  readonly collection?: string;
}

export function originOf(options: WriteOptions): RowOrigin {
  const { model, entitySet } = options;
  const declared = entitySet === undefined ? undefined : model?.entitySet(entitySet)?.entityType;
  const type = options.entityType ?? (declared === undefined ? undefined : model?.entityType(declared));
  return {
    ...(type === undefined ? {} : { type }),
    ...(entitySet === undefined ? {} : { collection: entitySet }),
  };
}
