/** The literal node: a value of a primitive or enumeration type as it stands in a URI. */

/** Names of the primitive types that have values in URIs and payloads (OData CSDL 4.01 3.3). */
export const edmPrimitiveNames = [
  'Edm.String',
  'Edm.Guid',
  'Edm.Boolean',
  'Edm.Int16',
  'Edm.Int32',
  'Edm.Int64',
  'Edm.Byte',
  'Edm.SByte',
  'Edm.Decimal',
  'Edm.Double',
  'Edm.Single',
  'Edm.Date',
  'Edm.DateTimeOffset',
  'Edm.TimeOfDay',
  'Edm.Duration',
  'Edm.Binary',
  'Edm.Geography',
  'Edm.GeographyPoint',
  'Edm.GeographyLineString',
  'Edm.GeographyPolygon',
  'Edm.GeographyMultiPoint',
  'Edm.GeographyMultiLineString',
  'Edm.GeographyMultiPolygon',
  'Edm.GeographyCollection',
  'Edm.Geometry',
  'Edm.GeometryPoint',
  'Edm.GeometryLineString',
  'Edm.GeometryPolygon',
  'Edm.GeometryMultiPoint',
  'Edm.GeometryMultiLineString',
  'Edm.GeometryMultiPolygon',
  'Edm.GeometryCollection',
] as const;

/** Name of a primitive type. */
export type EdmPrimitiveName = (typeof edmPrimitiveNames)[number];

/**
 * A literal (OData 4.01 ABNF `primitiveLiteral`). `text` is the unquoted value of a string, the digits of a number as
 * they are written, the member list of an enumeration, the well-known text of a geo value with its SRID.
 */
export interface Literal {
  readonly kind: 'literal';
  readonly type: EdmPrimitiveName | 'null' | 'enum';
  readonly text: string;
  /** Qualified name of the enumeration type, when `type` is `enum`. */
  readonly enumType?: string;
  readonly position: number;
}

/** A value as callers give it; a Literal where the type matters, a guid for instance. */
export type KeyValue = string | number | bigint | boolean | null | Literal;

/** True when `name` is the name of a primitive type. */
export function isEdmPrimitiveName(name: string): name is EdmPrimitiveName {
  return primitiveNames.has(name);
}

/** Names of the primitive types that are numbers. */
export const numericTypes: ReadonlySet<string> = new Set<EdmPrimitiveName>([
  'Edm.Byte',
  'Edm.SByte',
  'Edm.Int16',
  'Edm.Int32',
  'Edm.Int64',
  'Edm.Decimal',
  'Edm.Double',
  'Edm.Single',
]);

/** True for a literal node. */
export function isLiteral(value: unknown): value is Literal {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'literal';
}

const primitiveNames: ReadonlySet<string> = new Set(edmPrimitiveNames);
