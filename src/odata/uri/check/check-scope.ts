/** What is in sight where an expression stands. */

import { checkLimit } from '../../../base/limits.ts';
import type { Model } from '../../model/model.ts';
import type { FilterExpression } from '../tree/filter-expression.ts';
import type { ExpressionType } from './expression-type.ts';
import type { TypedExpression } from './typed-expression.ts';

/** Limits on an expression tree, however it was made. Passing one is LIMIT_EXCEEDED with its name. */
export const expressionLimits = {
  /** Nesting of nodes; a chain of `and`, of `or` or of arithmetic counts once. What the parsers read stays below it. */
  expressionDepthMax: 800,
  /** Nodes of one expression, those of parameter aliases each time they are used. */
  expressionNodesMax: 200_000,
} as const;

export interface CheckScope {
  readonly model: Model;
  /** Checks an expression within another one. */
  readonly check: (tree: FilterExpression, scope: CheckScope) => TypedExpression;
  /** What a path without a root begins at, and `$this`. */
  readonly current: ExpressionType;
  /** `$it`: the instance that the resource path leads to. */
  readonly it: ExpressionType;
  readonly variables: ReadonlyMap<string, LambdaVariable>;
  /** How many lambdas stand around. */
  readonly slots: number;
  readonly aliases: Readonly<Record<string, FilterExpression>>;
  /** Aliases whose values are being checked, outermost first. */
  readonly openAliases: readonly string[];
  /** Whether a path may go on behind a collection, as the paths of `aggregate` do. */
  readonly crossesCollections: boolean;
  readonly depth: number;
  readonly count: { nodes: number };
}

export interface LambdaVariable {
  readonly type: ExpressionType;
  readonly slot: number;
}

/** Counts a node, and a level of nesting. Raises LIMIT_EXCEEDED. */
export function nested(scope: CheckScope): CheckScope {
  countNode(scope);
  const depth = scope.depth + 1;
  checkLimit('expressionDepthMax', expressionLimits.expressionDepthMax, depth, 'The nesting of an expression');
  return { ...scope, depth };
}

/** Counts a node. Raises LIMIT_EXCEEDED. */
export function countNode(scope: CheckScope): void {
  scope.count.nodes += 1;
  checkLimit(
    'expressionNodesMax',
    expressionLimits.expressionNodesMax,
    scope.count.nodes,
    'The number of nodes of an expression',
  );
}
