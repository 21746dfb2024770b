/** Rows → what is about them: control information and annotations, apart from the properties. */

import type { JsonObject, JsonValue } from '../../base/json.ts';
import type { Row } from '../row.ts';
import { memberNameOf } from './member-name.ts';

/** Terms without `@` and without `odata.`: `etag`, `type`, `Microsoft.Dynamics.CRM.lookuplogicalname`. */
export interface RowAnnotations {
  /** About the row itself. */
  readonly row: JsonObject;
  /** About its properties, by their names. */
  readonly properties: Readonly<Record<string, JsonObject>>;
}

/** The control information and annotations of a row, in either spelling (OData JSON 4.01 4.6, 20). */
export function annotationsOf(row: Row): RowAnnotations {
  const ofRow: [string, JsonValue][] = [];
  const ofProperties = new Map<string, [string, JsonValue][]>();
  for (const [name, value] of Object.entries(row)) {
    const at = name.indexOf('@');
    if (at === -1) continue;
    const term = name.slice(at + 1).replace(/^odata\./, '');
    if (at === 0) ofRow.push([term, value]);
    else {
      const property = name.slice(0, at);
      const terms = ofProperties.get(property) ?? [];
      terms.push([term, value]);
      ofProperties.set(property, terms);
    }
  }
  return {
    row: Object.fromEntries(ofRow),
    properties: Object.fromEntries([...ofProperties].map(([name, terms]) => [name, Object.fromEntries(terms)])),
  };
}

/** The row without control information, annotations and operations. */
export function propertiesOf(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([name]) => memberNameOf(name).kind === 'property'));
}
