/** Reads the text of geo literals (OData 4.01 ABNF, section 7: `fullPointLiteral` and its kin). */

import { checkLimit } from '../../base/limits.ts';

/** What a geo value is of: the end of its type's name, `Point` of `Edm.GeographyPoint`. */
export type GeoShape =
  | 'Point'
  | 'LineString'
  | 'Polygon'
  | 'MultiPoint'
  | 'MultiLineString'
  | 'MultiPolygon'
  | 'Collection';

/** Collections within collections. */
const geoDepthMax = 20;

/** The shape of `SRID=4326;Point(142.1 64.1)`; or the offset at which the text goes wrong and what should stand there. */
export function readGeoShape(text: string): GeoShape | { readonly offset: number; readonly expected: string } {
  const reader = new GeoReader(text);
  try {
    reader.take(/SRID=\d{1,5};/iy, 'SRID=, its number and ";"');
    const shape = reader.shape(0);
    if (reader.offset < text.length) return { offset: reader.offset, expected: 'the end of the geo value' };
    return shape;
  } catch (fault) {
    if (fault instanceof GeoFault) return fault;
    throw fault;
  }
}

class GeoFault {
  readonly offset: number;
  readonly expected: string;

  constructor(offset: number, expected: string) {
    this.offset = offset;
    this.expected = expected;
  }
}

const number = String.raw`(?:[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|NaN|-?INF)`;
/** `positionLiteral`: longitude, latitude, elevation, measure. */
const positionPattern = new RegExp(`${number}(?: ${number}){1,3}`, 'y');
const shapePattern = /(?:GeometryCollection|MultiLineString|MultiPolygon|MultiPoint|LineString|Polygon|Point)(?=\()/iy;

class GeoReader {
  readonly #text: string;
  offset = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Steps over what matches and gives it. */
  take(pattern: RegExp, expected: string): string {
    pattern.lastIndex = this.offset;
    const found = pattern.exec(this.#text)?.[0];
    if (found === undefined) throw new GeoFault(this.offset, expected);
    this.offset += found.length;
    return found;
  }

  /** `geoLiteral`. */
  shape(depth: number): GeoShape {
    checkLimit('geoDepthMax', geoDepthMax, depth, 'The depth of a geo literal');
    const name = this.take(shapePattern, 'Point, LineString, Polygon, Multi… or GeometryCollection').toLowerCase();
    switch (name) {
      case 'point':
        this.#list(() => this.#position(), 1, 1);
        return 'Point';
      case 'linestring':
        this.#line();
        return 'LineString';
      case 'polygon':
        this.#polygon();
        return 'Polygon';
      case 'multipoint':
        this.#list(() => this.#list(() => this.#position(), 1, 1), 0);
        return 'MultiPoint';
      case 'multilinestring':
        this.#list(() => this.#line(), 0);
        return 'MultiLineString';
      case 'multipolygon':
        this.#list(() => this.#polygon(), 0);
        return 'MultiPolygon';
      default:
        this.#list(() => this.shape(depth + 1), 1);
        return 'Collection';
    }
  }

  /** `lineStringData`: two positions at least. */
  #line(): void {
    this.#list(() => this.#position(), 2);
  }

  /** `polygonData`: rings, each of which ends where it began. */
  #polygon(): void {
    this.#list(() => this.#ring(), 1);
  }

  #ring(): void {
    const start = this.offset;
    const positions: string[] = [];
    this.#list(() => positions.push(this.#position()), 1);
    if (positions[0] !== positions.at(-1)) throw new GeoFault(start, 'a ring that ends where it began');
  }

  #position(): string {
    return this.take(positionPattern, 'two to four numbers with blanks between them');
  }

  /** `OPEN item *( COMMA item ) CLOSE`. */
  #list(item: () => unknown, least: number, most = Number.POSITIVE_INFINITY): void {
    this.take(/\(/y, '"("');
    let count = 0;
    if (least > 0 || this.#text[this.offset] !== ')') {
      do {
        if (count === most) throw new GeoFault(this.offset, '")"');
        item();
        count += 1;
      } while (this.#takesComma());
    }
    if (count < least) throw new GeoFault(this.offset, `${least} or more positions`);
    this.take(/\)/y, '"," or ")"');
  }

  #takesComma(): boolean {
    if (this.#text[this.offset] !== ',') return false;
    this.offset += 1;
    return true;
  }
}
