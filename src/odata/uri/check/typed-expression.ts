/** Expressions whose names and types are resolved: what checking gives and evaluation takes. */

import type { ODataFunction, StructuredType } from '../../model/model.ts';
import type { FilterExpression } from '../tree/filter-expression.ts';
import { type ExpressionType, unknownType } from './expression-type.ts';

/** A node with its type and its parts, each typed in turn. */
export interface TypedExpression {
  readonly expression: FilterExpression;
  readonly type: ExpressionType;
  /** Operands, items, arguments, conditions and values, in the order in which they are written. */
  readonly parts: readonly TypedExpression[];
  /** What a path, a member or the key of a key lookup leads over. */
  readonly path?: ResolvedPath;
  /** Names of the key properties of a key lookup, in the order of its values. */
  readonly keyNames?: readonly string[];
  /** Where the variable of a lambda is kept while it runs. */
  readonly slot?: number;
  /** The overload that a call of a function of the service means; undefined when the model has none. */
  readonly operation?: ODataFunction;
  /** The type that a cast or a type test names. */
  readonly targetType?: ExpressionType;
}

/** A path whose names are resolved. */
export interface ResolvedPath {
  readonly root: PathRoot;
  readonly steps: readonly PathStep[];
}

/** Where a path begins. */
export type PathRoot =
  | { readonly kind: 'current' }
  | { readonly kind: 'it' }
  | { readonly kind: 'these' }
  | { readonly kind: 'source' }
  | { readonly kind: 'variable'; readonly slot: number }
  | { readonly kind: 'set'; readonly name: string; readonly isSingleton: boolean };

/** One step of a path: to a member or annotation, to the instances of a type, to the number of items. */
export type PathStep =
  | { readonly kind: 'member'; readonly name: string }
  | { readonly kind: 'cast'; readonly typeName: string; readonly from: StructuredType | undefined }
  | { readonly kind: 'count' };

/** One part of a node; a node that lacks it is a fault of ours. */
export function partOf(typed: TypedExpression, index: number): TypedExpression {
  return typed.parts[index] ?? { expression: typed.expression, type: unknownType, parts: [] };
}
