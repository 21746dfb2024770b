/** Which properties instances have after `groupby` and `concat`. */

import type { CheckScope } from './check-scope.ts';
import { type ExpressionType, unknownType, withMembers, withOnly } from './expression-type.ts';
import { memberType } from './resolve-path.ts';
import type { TypedExpression } from './typed-expression.ts';

/** A member of a projection: with members of its own where a path goes on behind it. */
interface Projected {
  readonly type: ExpressionType;
  readonly members: Map<string, Projected>;
}

/** The members that grouping properties leave: of `Customer/Country` a Customer that has a Country and nothing else. */
export function groupMembers(
  paths: readonly TypedExpression[],
  scope: CheckScope,
): ReadonlyMap<string, ExpressionType> {
  const root = new Map<string, Projected>();
  for (const { path, type } of paths) {
    let members = root;
    let owner: ExpressionType = scope.current;
    const steps = path?.steps ?? [];
    for (const [index, step] of steps.entries()) {
      if (step.kind !== 'member') continue;
      const isLast = index === steps.length - 1;
      const found: ExpressionType | undefined =
        owner.kind === 'structured' ? memberType(owner, step.name, scope) : undefined;
      owner = isLast ? type : (found ?? unknownType);
      const known = members.get(step.name) ?? { type: owner, members: new Map() };
      members.set(step.name, known);
      members = known.members;
    }
  }
  return projection(root);
}

function projection(members: ReadonlyMap<string, Projected>): ReadonlyMap<string, ExpressionType> {
  return new Map(
    [...members].map(([name, { type, members: inner }]) => [
      name,
      inner.size === 0 ? type : withOnly(type, projection(inner)),
    ]),
  );
}

/** The type of instances of several results one behind the other: members of any of them. */
export function mergeTypes(types: readonly ExpressionType[]): ExpressionType {
  const [first = unknownType, ...others] = types;
  return others.reduce(mergeTwo, first);
}

function mergeTwo(left: ExpressionType, right: ExpressionType): ExpressionType {
  if (left.kind !== 'structured' || right.kind !== 'structured') return unknownType;
  const [open, closed] = left.shape?.isClosed === true ? [right, left] : [left, right];
  return withMembers(open, closed.shape?.members ?? new Map());
}
