/** `cast` and `isof` → functions of a row. */

import { type ExpressionType, unknownType } from '../check/expression-type.ts';
import { partOf, type TypedExpression } from '../check/typed-expression.ts';
import type { TypeFunction } from '../tree/filter-expression.ts';
import { castSimple } from './cast-value.ts';
import type { CompileContext, Getter } from './compile-context.ts';
import { declaredStructure, instanceTest } from './compile-path.ts';

/** A value as another type, null where it is none (OData 4.01 URL 5.1.1.10); of null both functions are null. */
export function compileTypeFunction(tree: TypeFunction, typed: TypedExpression, context: CompileContext): Getter {
  const operand = partOf(typed, 0);
  const value = context.value(operand);
  const to = typed.targetType ?? unknownType;
  const cast = castTo(operand.type, to, tree.typeName, context);
  if (tree.name === 'cast') return (row, frame) => cast(value(row, frame) ?? null);
  return (row, frame) => {
    const given = value(row, frame) ?? null;
    return given === null ? null : cast(given) !== null;
  };
}

type Cast = (value: unknown) => unknown;

function castTo(from: ExpressionType, to: ExpressionType, typeName: string, context: CompileContext): Cast {
  if (to.kind === 'collection') {
    const fromItem = from.kind === 'collection' ? from.item : unknownType;
    const castItem = castTo(fromItem, to.item, typeName.replace(/^Collection\(|\)$/g, ''), context);
    return (value) => {
      if (!Array.isArray(value)) return null;
      const items = value.map(castItem);
      // The cast of a collection fails as a whole.
      return items.some((item, index) => item === null && value[index] !== null) ? null : items;
    };
  }
  if (to.kind === 'structured' || to.kind === 'unknown') {
    const holds = instanceTest(
      to.kind === 'structured' ? to.type.qualifiedName : typeName,
      declaredStructure(from),
      context.model,
    );
    return (value) => (holds(value) ? value : null);
  }
  return (value) => castSimple(value, from, to, context.model);
}
