/** The canonical functions: what they take and what they give (OData 4.01 URL 5.1.1.5 to 5.1.1.11). */

import type { EdmPrimitiveName } from '../../literal/literal.ts';
import type { Model } from '../../model/model.ts';
import {
  areComparable,
  collectionOf,
  commonType,
  type ExpressionType,
  isAny,
  isInteger,
  isNumeric,
  isPrimitive,
  primitiveType,
  unknownType,
} from './expression-type.ts';

/** One overload of a canonical function. */
export interface CanonicalFunction {
  readonly parameters: readonly FunctionParameter[];
  /** How many of the parameters may be left out, from the end. */
  readonly optional: number;
  /** The type of the result, from those of the arguments. */
  result(types: readonly ExpressionType[], model: Model): ExpressionType;
}

/** What a parameter takes; `what` says so in messages. */
export interface FunctionParameter {
  readonly what: string;
  accepts(type: ExpressionType, others: readonly ExpressionType[], model: Model): boolean;
  /** The type that a text literal is read as. */
  readonly literalType?: ExpressionType;
}

const text: FunctionParameter = takes('Edm.String');
const whole: FunctionParameter = { what: 'an integer', accepts: (type) => isAny(type) || isInteger(type) };
const numeric: FunctionParameter = { what: 'a number', accepts: isNumeric };
const dateOrInstant: FunctionParameter = takes('Edm.Date', 'Edm.DateTimeOffset');
const timeOrInstant: FunctionParameter = takes('Edm.TimeOfDay', 'Edm.DateTimeOffset');
const instant: FunctionParameter = takes('Edm.DateTimeOffset');
const duration: FunctionParameter = { ...takes('Edm.Duration'), literalType: primitiveType('Edm.Duration') };
const point: FunctionParameter = takesGeo('Point');
const lineString: FunctionParameter = takesGeo('LineString');
const polygon: FunctionParameter = takesGeo('Polygon');
const collection: FunctionParameter = {
  what: 'a collection',
  accepts: (type, others, model) =>
    isAny(type) || (type.kind === 'collection' && others.every((other) => areItemsComparable(type, other, model))),
};

/** The item type of what takes part in a concatenation or is a part of the first argument. */
const items = (types: readonly ExpressionType[], model: Model): ExpressionType =>
  collectionOf(
    types
      .map((type) => (type.kind === 'collection' ? type.item : unknownType))
      .reduce((a, b) => commonType(a, b, model)),
  );

/** By name, as the specification spells it. `cast`, `isof` and `case` have nodes of their own. */
export const canonicalFunctions: ReadonlyMap<string, readonly CanonicalFunction[]> = new Map([
  ['contains', textOrCollection('Edm.Boolean')],
  ['startswith', textOrCollection('Edm.Boolean')],
  ['endswith', textOrCollection('Edm.Boolean')],
  ['indexof', textOrCollection('Edm.Int32')],
  ['concat', [gives('Edm.String', text, text), { ...gives('Edm.String', collection, collection), result: items }]],
  ['length', [gives('Edm.Int32', text), gives('Edm.Int32', collection)]],
  [
    'substring',
    [
      { ...gives('Edm.String', text, whole, whole), optional: 1 },
      { ...gives('Edm.String', collection, whole, whole), optional: 1, result: first },
    ],
  ],
  ['hassubset', [gives('Edm.Boolean', collection, collection)]],
  ['hassubsequence', [gives('Edm.Boolean', collection, collection)]],
  ['matchesPattern', [{ ...gives('Edm.Boolean', text, text, text), optional: 1 }]],
  ['tolower', [gives('Edm.String', text)]],
  ['toupper', [gives('Edm.String', text)]],
  ['trim', [gives('Edm.String', text)]],
  ['year', [gives('Edm.Int32', dateOrInstant)]],
  ['month', [gives('Edm.Int32', dateOrInstant)]],
  ['day', [gives('Edm.Int32', dateOrInstant)]],
  ['hour', [gives('Edm.Int32', timeOrInstant)]],
  ['minute', [gives('Edm.Int32', timeOrInstant)]],
  ['second', [gives('Edm.Int32', timeOrInstant)]],
  ['fractionalseconds', [gives('Edm.Decimal', timeOrInstant)]],
  ['totalseconds', [gives('Edm.Decimal', duration)]],
  ['totaloffsetminutes', [gives('Edm.Int32', instant)]],
  ['date', [gives('Edm.Date', instant)]],
  ['time', [gives('Edm.TimeOfDay', instant)]],
  ['now', [gives('Edm.DateTimeOffset')]],
  ['mindatetime', [gives('Edm.DateTimeOffset')]],
  ['maxdatetime', [gives('Edm.DateTimeOffset')]],
  ['round', [{ parameters: [numeric], optional: 0, result: first }]],
  ['floor', [{ parameters: [numeric], optional: 0, result: first }]],
  ['ceiling', [{ parameters: [numeric], optional: 0, result: first }]],
  ['geo.distance', [gives('Edm.Double', point, point)]],
  ['geo.intersects', [gives('Edm.Boolean', point, polygon)]],
  ['geo.length', [gives('Edm.Double', lineString)]],
]);

function first([type = unknownType]: readonly ExpressionType[]): ExpressionType {
  return type;
}

function gives(result: EdmPrimitiveName, ...parameters: readonly FunctionParameter[]): CanonicalFunction {
  return { parameters, optional: 0, result: () => primitiveType(result) };
}

/** Two texts, or two collections (OData 4.01 URL 5.1.1.5). */
function textOrCollection(result: EdmPrimitiveName): readonly CanonicalFunction[] {
  return [gives(result, text, text), gives(result, collection, collection)];
}

function takes(...names: readonly EdmPrimitiveName[]): FunctionParameter {
  return { what: names.join(' or '), accepts: (type) => isPrimitive(type, ...names) };
}

/** A geography or geometry of this shape; all arguments are of the same of the two. */
function takesGeo(shape: 'Point' | 'LineString' | 'Polygon'): FunctionParameter {
  const pattern = new RegExp(`^Edm\\.(Geography|Geometry)(?:${shape})?$`);
  const kindOf = (type: ExpressionType) =>
    type.kind === 'primitive' ? type.name.slice(0, 'Edm.Geog'.length) : undefined;
  return {
    what: `Edm.Geography${shape} or Edm.Geometry${shape}, as the other argument is`,
    accepts: (type, others) =>
      isAny(type) ||
      (type.kind === 'primitive' &&
        pattern.test(type.name) &&
        others.every((other) => isAny(other) || kindOf(other) === kindOf(type))),
  };
}

function areItemsComparable(left: ExpressionType, right: ExpressionType, model: Model): boolean {
  return right.kind !== 'collection' || areComparable(left, right, model);
}
