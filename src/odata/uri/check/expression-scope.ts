/** The scope in which checking an expression begins. */

import type { Model, StructuredType } from '../../model/model.ts';
import type { FilterExpression } from '../tree/filter-expression.ts';
import { checkExpression } from './check-expression.ts';
import type { CheckScope } from './check-scope.ts';
import { type ExpressionType, type Shape, unknownType } from './expression-type.ts';

/** How an expression is checked. */
export interface CheckOptions {
  /** Values of parameter aliases by name, without `@`; an alias without one is null (OData 4.01 Protocol 11.2.6.1.3). */
  readonly aliases?: Readonly<Record<string, FilterExpression>> | undefined;
  /** Type of the instance that `$it` stands for, where the expression stands in a nested `$expand` or `$select`. */
  readonly itType?: StructuredType | undefined;
  /** Properties that `$compute` adds, by name. */
  readonly computed?: ReadonlyMap<string, ExpressionType> | undefined;
}

/** The scope of an expression over instances of a type; without one nothing is known of them. */
export function scopeOf(type: StructuredType | undefined, model: Model, options: CheckOptions = {}): CheckScope {
  const shape: Shape | undefined =
    options.computed === undefined ? undefined : { members: options.computed, isClosed: false };
  const current: ExpressionType =
    type === undefined ? unknownType : { kind: 'structured', type, ...(shape === undefined ? {} : { shape }) };
  const it: ExpressionType = options.itType === undefined ? current : { kind: 'structured', type: options.itType };
  return scopeOfType(current, model, { aliases: options.aliases, it });
}

/** The scope of an expression over values of any type. */
export function scopeOfType(
  current: ExpressionType,
  model: Model,
  options: Pick<CheckOptions, 'aliases'> & { readonly it?: ExpressionType } = {},
): CheckScope {
  return {
    model,
    check: checkExpression,
    current,
    it: options.it ?? current,
    variables: new Map(),
    slots: 0,
    aliases: options.aliases ?? {},
    openAliases: [],
    crossesCollections: false,
    depth: 0,
    count: { nodes: 0 },
  };
}
