import type { JsonValue } from '../../base/json.ts';
import type { EntityType, Model } from '../model/model.ts';
export interface CheckPayloadOptions {
  /** Whether properties that are not nullable may be absent, as in a PATCH. */
  readonly allowMissing: boolean;
  /** Whether `nav@odata.bind` members may stand. */
  readonly allowBind: boolean;
  /** Whether `2026-07-23` will do for a DateTimeOffset. */
  readonly allowDateOnly?: boolean;
}
/** x */
export function checkPayload(row: JsonValue, entityType: EntityType, model: Model, options: CheckPayloadOptions): void {
  void row;
  void entityType;
  void model;
  void options;
  throw new Error('not written yet');
}
