/** The key predicate node. */

import type { Literal } from '../../literal/literal.ts';
import type { ParameterAlias } from './parameter-alias.ts';

/** `name=value`; a single unnamed value has no name. */
export interface KeyPart {
  readonly name: string | undefined;
  readonly value: Literal | ParameterAlias;
  readonly position: number;
}

/** `('x')` or `(dataAreaId='usmf',CustomerAccount='C-1')` (OData 4.01 URL 4.3.1). */
export interface KeyPredicate {
  readonly kind: 'keyPredicate';
  readonly parts: readonly KeyPart[];
  /** Each value stands in a segment of its own: `/usmf/C-1` (OData 4.01 URL 4.3.6). Their types are not known. */
  readonly isSegments?: true;
  readonly position: number;
}

/** True for a key predicate node. */
export function isKeyPredicate(value: unknown): value is KeyPredicate {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'keyPredicate';
}
