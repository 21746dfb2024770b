/** The literal of a key part. */

import { RialtoError } from '../../base/errors.ts';
import type { Literal } from '../literal/literal.ts';
import type { KeyPart } from './tree/key-predicate.ts';

/** The value of a part. Raises ODATA_KEY_INVALID for a parameter alias that nothing has resolved. */
export function keyLiteral({ value }: KeyPart): Literal {
  if (value.kind === 'literal') return value;
  throw new RialtoError('ODATA_KEY_INVALID', `The key uses the parameter alias @${value.name}, which has no value.`);
}
