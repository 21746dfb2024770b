/** A value, entity references, a service document → payload. */

import type { JsonValue } from '../../../base/json.ts';
import { controlName } from '../member-name.ts';
import type { ServiceResource } from '../read/read-service-document.ts';
import { printContextOf, type WriteOptions } from './print-context.ts';
import { printMember, printTypedValue } from './print-row.ts';
import { type AroundOptions, collectionHead, collectionTail, contextMember } from './write-collection.ts';

export interface WritePropertyOptions extends WriteOptions {
  readonly context?: string;
  readonly value: JsonValue;
  /** Of the value, `Edm.Int64` or `Collection(Ns.Address)`. */
  readonly type?: string;
}

/**
 * A property or the result of an operation (OData JSON 4.01 11, 12, 18): primitive values and collections as `value`, a
 * complex value or entity as the object itself. Raises ODATA_LITERAL_INVALID and LIMIT_EXCEEDED.
 */
export function writeProperty(options: WritePropertyOptions): string {
  const context = printContextOf(options);
  const head = contextMember(options.context, context);
  const value = printTypedValue(options.value, options.type, context);
  const isOfMembers = value.startsWith('{') && options.type?.startsWith('Edm.') !== true;
  if (!isOfMembers) return `{${[...head, printMember('value', value)].join(',')}}`;
  const members = value.slice(1, -1);
  return `{${[...head, ...(members === '' ? [] : [members])].join(',')}}`;
}

/** An entity reference (OData JSON 4.01 14), which is `{"@id":…}` in a request too. */
export function writeReference(
  options: Pick<WriteOptions, 'format' | 'version'> & { readonly context?: string; readonly id: string },
): string {
  const context = printContextOf(options);
  const id = printMember(controlName('', 'id', context.version), JSON.stringify(options.id));
  return `{${[...contextMember(options.context, context), id].join(',')}}`;
}

/** A collection of entity references (OData JSON 4.01 14). */
export function writeReferences(
  options: Pick<WriteOptions, 'format' | 'version'> & AroundOptions & { readonly ids: Iterable<string> },
): string {
  const context = printContextOf(options);
  const name = controlName('', 'id', context.version);
  const references = [...options.ids].map((id) => `{${printMember(name, JSON.stringify(id))}}`);
  return `{${collectionHead(options, context).join(',')}${references.join(',')}]${collectionTail(options, context)}}`;
}

/** A service document (OData JSON 4.01 5). */
export function writeServiceDocument(
  options: Pick<WriteOptions, 'format' | 'version'> & {
    readonly context: string;
    readonly resources: readonly ServiceResource[];
  },
): string {
  const context = printContextOf(options);
  return `{${[...contextMember(options.context, context), printMember('value', JSON.stringify(options.resources))].join(',')}}`;
}
