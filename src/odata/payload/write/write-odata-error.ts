/** What is wrong → error payload. */

import type { JsonObject } from '../../../base/json.ts';
import type { ODataErrorDetail } from '../read/read-odata-error.ts';
import { printContextOf } from './print-context.ts';
import { printUntyped } from './print-value.ts';

export interface WriteODataErrorOptions {
  readonly code: string;
  readonly message: string;
  readonly target?: string;
  readonly details?: readonly ODataErrorDetail[];
  /** For developers; what it holds is the service's business. */
  readonly innerError?: JsonObject;
  /** By term, without `@`. */
  readonly annotations?: JsonObject;
}

/**
 * An error (OData JSON 4.01 21.1), which `readODataError` reads; the same in every version and metadata level. Raises
 * LIMIT_EXCEEDED.
 */
export function writeODataError(options: WriteODataErrorOptions): string {
  const { code, message, target, details, innerError, annotations = {} } = options;
  const error: JsonObject = {
    code,
    message,
    ...(target === undefined ? {} : { target }),
    ...(details === undefined ? {} : { details: details.map((detail) => ({ ...detail })) }),
    ...(innerError === undefined ? {} : { innererror: innerError }),
    ...Object.fromEntries(Object.entries(annotations).map(([term, value]) => [`@${term}`, value])),
  };
  return printUntyped({ error }, printContextOf({}));
}
