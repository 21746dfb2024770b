/** Types of `cast`, `isof` and `case`. */

import { edmPrimitiveNames } from '../../literal/literal.ts';
import type { CaseExpression, TypeFunction } from '../tree/filter-expression.ts';
import { retyped } from './check-literal.ts';
import { wantBoolean } from './check-operators.ts';
import type { CheckScope } from './check-scope.ts';
import {
  booleanType,
  collectionItemName,
  commonType,
  declaredType,
  type ExpressionType,
  nullType,
  typeName,
} from './expression-type.ts';
import { mismatch, unknownTypeName } from './type-errors.ts';
import { areInOneHierarchy, derivedTypeNamed } from './type-hierarchy.ts';
import type { TypedExpression } from './typed-expression.ts';

/**
 * `cast(operand,Type)`, `isof(operand,Type)` (OData 4.01 URL 5.1.1.10). Raises ODATA_TYPE_MISMATCH for a type that is
 * not there, and for structured types that are not related.
 */
export function checkTypeFunction(tree: TypeFunction, scope: CheckScope): TypedExpression {
  const { name, position } = tree;
  const operand = tree.operand === undefined ? currentInstance(tree, scope) : scope.check(tree.operand, scope);
  const from = operand.type;
  const given = namedType(tree, from, scope);
  const to = from.kind === 'structured' && given.kind === 'structured' ? { ...from, type: given.type } : given;
  if (!canCast(from, to, scope)) {
    throw mismatch(`${name} at position ${position} is given ${typeName(from)}, which cannot be ${tree.typeName}.`);
  }
  return {
    expression: tree,
    type: name === 'isof' ? booleanType : to,
    parts: [operand],
    targetType: to,
  };
}

/** `case(condition:value,…)` (OData 4.01 URL 5.1.1.12). Values of different types are of no known type. */
export function checkCase(tree: CaseExpression, scope: CheckScope): TypedExpression {
  const conditions = tree.branches.map(({ condition }) => scope.check(condition, scope));
  for (const { type } of conditions) wantBoolean('case', type, tree.position);
  const given = tree.branches.map(({ value }) => scope.check(value, scope));
  const beside = given.find(({ type }) => type.kind === 'enum')?.type ?? nullType;
  const values = given.map((value) => retyped(value, beside, scope.model));
  const types = values.map(({ type }) => type);
  const type = types.reduce((left, right) => commonType(left, right, scope.model), nullType);
  const parts = conditions.flatMap((condition, index) => {
    const value = values[index];
    return value === undefined ? [] : [condition, value];
  });
  return { expression: tree, type, parts };
}

function currentInstance({ position }: TypeFunction, { current }: CheckScope): TypedExpression {
  const expression = { kind: 'propertyPath', path: ['$this'], position } as const;
  return { expression, type: current, path: { root: { kind: 'current' }, steps: [] }, parts: [] };
}

/** Types of the language that no value here is of (OData CSDL 4.01 3.3, 4.1, 4.2). */
const abstractTypes: ReadonlySet<string> = new Set([
  'Edm.ComplexType',
  'Edm.EntityType',
  'Edm.PrimitiveType',
  'Edm.Stream',
  'Edm.Untyped',
]);

function namedType(
  { typeName: name, position }: TypeFunction,
  from: ExpressionType,
  { model }: CheckScope,
): ExpressionType {
  // Without its namespace it is a derived type.
  const derived = from.kind === 'structured' ? derivedTypeNamed(name, from.type, model) : undefined;
  if (derived !== undefined) return { kind: 'structured', type: derived };
  const type = declaredType(name, model);
  const itemName = collectionItemName(name) ?? name;
  const item = type.kind === 'collection' ? type.item : type;
  if (item.kind !== 'unknown' || abstractTypes.has(itemName)) return type;
  const declared = [...model.entityTypes, ...model.complexTypes, ...model.enumTypes].map((each) => each.qualifiedName);
  const known = [...declared, ...edmPrimitiveNames];
  throw unknownTypeName('type', itemName, { known, position });
}

/** Structured values keep to their hierarchy, and become nothing else. */
function canCast(from: ExpressionType, to: ExpressionType, scope: CheckScope): boolean {
  if (from.kind === 'structured' && to.kind === 'structured') return areInOneHierarchy(from.type, to.type, scope.model);
  if (from.kind === 'collection' && to.kind === 'collection') return canCast(from.item, to.item, scope);
  const isSimple = (type: ExpressionType) => type.kind === 'primitive' || type.kind === 'enum';
  return !((from.kind === 'structured' && isSimple(to)) || (isSimple(from) && to.kind === 'structured'));
}
