/** Names of the members of a JSON object: properties, control information, annotations. */

import type { JsonObject, JsonValue } from '../../base/json.ts';

/** `Name@odata.type` is control information of `Name`; `@Ns.Term` an annotation of the object (OData JSON 4.01 4.6, 20). */
export interface MemberName {
  readonly kind: 'property' | 'control' | 'annotation' | 'operation';
  /** What it is about: the name of a property, `prop@Ns.Term` for the annotation of an annotation, or nothing. */
  readonly target: string;
  /** The name itself, without `odata.`: `etag`, `Ns.Term#Qualifier`. Empty for a property. */
  readonly term: string;
}

/** Control information that may stand without its prefix (OData JSON 4.01 4.6, 8.5, 15). */
const controlNames: ReadonlySet<string> = new Set([
  'associationLink',
  'bind',
  'collectionAnnotations',
  'context',
  'count',
  'delta',
  'deltaLink',
  'editLink',
  'etag',
  'id',
  'mediaContentType',
  'mediaEditLink',
  'mediaEtag',
  'mediaReadLink',
  'metadataEtag',
  'navigationLink',
  'nextLink',
  'null',
  'readLink',
  'removed',
  'type',
]);

const prefix = 'odata.';

/** Takes a name apart, in either spelling. */
export function memberNameOf(name: string): MemberName {
  const at = name.lastIndexOf('@');
  if (at === -1) {
    // `#Ns.Approve` says that an action can be called, `Orders#Ns.Approve` one on related entities (OData JSON 4.01 17).
    const hash = name.indexOf('#');
    if (hash === -1) return { kind: 'property', target: name, term: '' };
    return { kind: 'operation', target: name.slice(0, hash), term: name.slice(hash + 1) };
  }
  const term = name.slice(at + 1);
  const target = name.slice(0, at);
  if (term.startsWith(prefix)) return { kind: 'control', target, term: term.slice(prefix.length) };
  return { kind: controlNames.has(term) ? 'control' : 'annotation', target, term };
}

/** `Name@odata.type` in version 4.0, `Name@type` in 4.01. `removed` is 4.01's own. */
export function controlName(target: string, term: string, version: '4.0' | '4.01'): string {
  return `${target}@${version === '4.0' && term !== 'removed' ? prefix : ''}${term}`;
}

/** The control information of an object, or of its property `target`, in either spelling. */
export function control(object: JsonObject, term: string, target = ''): JsonValue | undefined {
  return object[`${target}@${prefix}${term}`] ?? object[`${target}@${term}`];
}

/** The same where it is a text. */
export function controlText(object: JsonObject, term: string, target = ''): string | undefined {
  const value = control(object, term, target);
  return typeof value === 'string' ? value : undefined;
}
