/**
 * Geo functions (OData 4.01 URL 5.1.1.11), evaluated simply: geometry on a plane, geography on a sphere of the mean
 * radius of the earth, in metres. Whatever SRID a value names, it changes neither. Values are well-known text, as in
 * literals, or GeoJSON, as in payloads.
 */

import { isStructure } from './structures.ts';

type Position = readonly [x: number, y: number];

interface GeoValue {
  readonly isGeography: boolean;
  /** Positions of a point or line string; the rings of a polygon. */
  readonly rings: readonly (readonly Position[])[];
}

/** `geo.distance` of two points; null for what is none. */
export function geoDistance(left: unknown, right: unknown): number | null {
  const [a, b] = [readGeo(left), readGeo(right)];
  const [from, to] = [a?.rings[0]?.[0], b?.rings[0]?.[0]];
  if (a === undefined || b === undefined || from === undefined || to === undefined) return null;
  return distance(from, to, a.isGeography && b.isGeography);
}

/** `geo.length` of a line string; null for what is none. */
export function geoLength(value: unknown): number | null {
  const geo = readGeo(value);
  const [line] = geo?.rings ?? [];
  if (geo === undefined || line === undefined) return null;
  return line.slice(1).reduce((sum, to, index) => sum + distance(line[index] ?? to, to, geo.isGeography), 0);
}

/** `geo.intersects` of a point and a polygon, whose border belongs to it; null for what is none. */
export function geoIntersects(point: unknown, polygon: unknown): boolean | null {
  const position = readGeo(point)?.rings[0]?.[0];
  const rings = readGeo(polygon)?.rings;
  const [outer, ...holes] = rings ?? [];
  if (position === undefined || outer === undefined) return null;
  if ([outer, ...holes].some((ring) => isOnBorder(position, ring))) return true;
  return isInside(position, outer) && !holes.some((hole) => isInside(position, hole));
}

/** Mean radius of the earth, in metres. */
const earthRadius = 6_371_008.8;

function distance([x1, y1]: Position, [x2, y2]: Position, isGeography: boolean): number {
  if (!isGeography) return Math.hypot(x2 - x1, y2 - y1);
  const [latitude1, latitude2] = [radians(y1), radians(y2)];
  const half =
    Math.sin((latitude2 - latitude1) / 2) ** 2 +
    Math.cos(latitude1) * Math.cos(latitude2) * Math.sin(radians(x2 - x1) / 2) ** 2;
  return 2 * earthRadius * Math.asin(Math.min(1, Math.sqrt(half)));
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}

/** A ray to the right crosses the ring an odd number of times. */
function isInside([x, y]: Position, ring: readonly Position[]): boolean {
  let isIn = false;
  for (const [index, [x1, y1]] of ring.entries()) {
    const [x2, y2] = ring[(index + 1) % ring.length] ?? [x1, y1];
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) isIn = !isIn;
  }
  return isIn;
}

function isOnBorder([x, y]: Position, ring: readonly Position[]): boolean {
  return ring.some(([x1, y1], index) => {
    const [x2, y2] = ring[(index + 1) % ring.length] ?? [x1, y1];
    const cross = (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1);
    const isBetween = Math.min(x1, x2) <= x && x <= Math.max(x1, x2) && Math.min(y1, y2) <= y && y <= Math.max(y1, y2);
    return cross === 0 && isBetween;
  });
}

function readGeo(value: unknown): GeoValue | undefined {
  if (typeof value === 'string') return readText(value);
  if (!isStructure(value)) return undefined;
  const { type, coordinates, crs } = value;
  // Without a reference system GeoJSON is on the earth; 0 is that of the plane (OData JSON 4.01 7.1).
  const isGeography = !JSON.stringify(crs ?? '').includes('EPSG:0"');
  if (type === 'Point') return { isGeography, rings: [[positionOf(coordinates)]] };
  if (!Array.isArray(coordinates)) return undefined;
  if (type === 'LineString') return { isGeography, rings: [coordinates.map(positionOf)] };
  if (type !== 'Polygon') return undefined;
  return { isGeography, rings: coordinates.map((ring) => (Array.isArray(ring) ? ring.map(positionOf) : [])) };
}

function positionOf(value: unknown): Position {
  return Array.isArray(value) ? [Number(value[0]), Number(value[1])] : [Number.NaN, Number.NaN];
}

/** `SRID=4326;Point(142.1 64.1)`: SRID 0 is that of the plane. */
function readText(text: string): GeoValue | undefined {
  const match = /^(?:SRID=(\d+);)?(Point|LineString|Polygon)\((.*)\)$/i.exec(text);
  if (match === null) return undefined;
  const [, srid, , inner = ''] = match;
  const rings = (inner.startsWith('(') ? inner.slice(1, -1).split(/\)\s*,\s*\(/) : [inner]).map((ring) =>
    ring.split(',').map((pair): Position => {
      const [x = '', y = ''] = pair.trim().split(/\s+/);
      return [Number(x), Number(y)];
    }),
  );
  return { isGeography: srid !== '0', rings };
}
