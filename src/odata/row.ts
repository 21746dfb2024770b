/** A row: one entity as it stands in a JSON payload. */

import type { JsonValue } from '../base/json.ts';

/** Members by name: properties, expanded navigation properties, and annotations such as `@odata.etag`. */
export type Row = Readonly<Record<string, JsonValue>>;
