/** Geo values in payloads: GeoJSON objects (OData JSON 4.01 7.1, RFC 7946). */

import { isJsonObject, type JsonValue } from '../../../base/json.ts';

/** How deep the coordinates of each shape nest. */
const coordinateDepths: ReadonlyMap<string, number> = new Map([
  ['Point', 1],
  ['MultiPoint', 2],
  ['LineString', 2],
  ['MultiLineString', 3],
  ['Polygon', 3],
  ['MultiPolygon', 4],
]);

/** Collections within collections. */
const geometriesDepthMax = 10;

/** Whether a value is the GeoJSON object of an `Edm.Geography…` or `Edm.Geometry…` type. */
export function isGeoJson(value: JsonValue, type: string): boolean {
  const [, shape = ''] = /^Edm\.Geo(?:graphy|metry)(\w*)$/.exec(type) ?? [];
  if (!isJsonObject(value) || !isShape(value, 0)) return false;
  return shape === '' || value.type === (shape === 'Collection' ? 'GeometryCollection' : shape);
}

function isShape(value: JsonValue, depth: number): boolean {
  if (!isJsonObject(value) || typeof value.type !== 'string') return false;
  if (value.type === 'GeometryCollection') {
    const { geometries } = value;
    if (depth >= geometriesDepthMax || !Array.isArray(geometries)) return false;
    return (geometries as readonly JsonValue[]).every((item) => isShape(item, depth + 1));
  }
  const coordinateDepth = coordinateDepths.get(value.type);
  return coordinateDepth !== undefined && isCoordinates(value.coordinates ?? null, coordinateDepth);
}

/** Numbers with two to four in a position; a point without any is empty. */
function isCoordinates(value: JsonValue, depth: number): boolean {
  if (!Array.isArray(value)) return false;
  const items = value as readonly JsonValue[];
  if (depth > 1) return items.every((item) => isCoordinates(item, depth - 1));
  return (items.length === 0 || (items.length >= 2 && items.length <= 4)) && items.every(isNumber);
}

/** A coordinate with more digits than a double has is a text of digits. */
function isNumber(value: JsonValue): boolean {
  return typeof value === 'number' || typeof value === 'bigint' || (typeof value === 'string' && /^-?\d/.test(value));
}
