/** Paths → functions of a row. */

import type { Model, StructuredType } from '../../model/model.ts';
import type { Row } from '../../row.ts';
import type { ExpressionType } from '../check/expression-type.ts';
import { isDerivedFrom, structuredType } from '../check/type-hierarchy.ts';
import type { PathRoot, PathStep, TypedExpression } from '../check/typed-expression.ts';
import { type CompileContext, type Getter, notEvaluated } from './compile-context.ts';
import { isStructure, memberOf } from './structures.ts';

/**
 * What a path leads to; what is absent is null, and so is all behind it (OData 4.01 URL 5.1.1.15). A step behind a
 * collection is taken for each of its items.
 */
export function compilePath(typed: TypedExpression, context: CompileContext): Getter {
  const { path, expression } = typed;
  const root = path?.root ?? { kind: 'current' };
  const steps = path?.steps ?? [];
  const [only] = steps;
  if (root.kind === 'current' && steps.length === 1 && only?.kind === 'member') return compileMember(only.name);
  const begin = compileRoot(root, typed, context);
  const follow = steps.map((step) => compileStep(step, context.model));
  if (begin === undefined) throw notEvaluated(rootName(root), expression.position);
  return (row, frame) => {
    let value: unknown = begin(row, frame);
    for (const step of follow) value = step(value);
    return value ?? null;
  };
}

/** The name of the member when the path is nothing else. */
export function memberNameOf({ path, expression }: TypedExpression): string | undefined {
  if (expression.kind !== 'propertyPath' || path?.root.kind !== 'current' || path.steps.length !== 1) return undefined;
  const [step] = path.steps;
  return step?.kind === 'member' && !(step.name in Object.prototype) ? step.name : undefined;
}

function compileMember(name: string): Getter {
  const read = memberReader(name);
  return (row) => (typeof row === 'object' && row !== null && !Array.isArray(row) ? (read(row as Row) ?? null) : null);
}

/** Reads a member; a name that all objects have is read with care. */
function memberReader(name: string): (row: Row) => unknown {
  return name in Object.prototype ? (row) => memberOf(row, name) : (row) => row[name];
}

function compileRoot(root: PathRoot, typed: TypedExpression, context: CompileContext): Getter | undefined {
  switch (root.kind) {
    case 'current':
      return (row) => row;
    case 'it':
      return (_row, frame) => frame.it;
    case 'these':
      return context.hasThese ? (_row, frame) => frame.these : undefined;
    case 'variable':
      return (_row, frame) => frame.slots[root.slot];
    case 'source': {
      const [source] = typed.parts;
      return source === undefined ? undefined : context.value(source);
    }
    case 'set': {
      const { entitySet } = context.options;
      if (entitySet === undefined) return undefined;
      return root.isSingleton ? () => entitySet(root.name)[0] : () => entitySet(root.name);
    }
  }
}

function rootName(root: PathRoot): string {
  if (root.kind === 'set') return `$root/${root.name}`;
  return root.kind === 'these' ? '$these' : root.kind;
}

type Step = (value: unknown) => unknown;

function compileStep(step: PathStep, model: Model): Step {
  if (step.kind === 'count') return (value) => (Array.isArray(value) ? value.length : null);
  if (step.kind === 'cast') {
    const holds = instanceTest(step.typeName, step.from, model);
    return (value) => (Array.isArray(value) ? value.filter(holds) : holds(value) ? value : null);
  }
  const read = memberReader(step.name);
  const take: Step = (value) => (isStructure(value) ? read(value) : null);
  // A collection holds no collections (OData CSDL 4.01 4.5).
  return (value) => (Array.isArray(value) ? value.flatMap((item) => take(item) ?? []) : take(value));
}

/**
 * Whether an instance is of a type or of one derived from it. Its own type is what its `@odata.type` says, or the
 * declared one (OData JSON 4.01 4.6.3).
 */
export function instanceTest(
  typeName: string,
  declared: StructuredType | undefined,
  model: Model,
): (value: unknown) => boolean {
  const known = new Map<string, boolean>();
  const isDerived = (name: string): boolean => {
    const type = structuredType(name, model);
    return type === undefined ? name === typeName : isDerivedFrom(type, typeName, model);
  };
  const isDeclaredDerived = declared !== undefined && isDerivedFrom(declared, typeName, model);
  return (value) => {
    if (!isStructure(value)) return false;
    const own = instanceTypeName(value);
    if (own === undefined) return isDeclaredDerived;
    const found = known.get(own) ?? isDerived(own);
    if (known.size < 1_000) known.set(own, found);
    return found;
  };
}

/** The qualified name of an instance's type, where the payload says it. */
export function instanceTypeName(row: Row): string | undefined {
  const text = row['@odata.type'] ?? row['@type'];
  return typeof text === 'string' ? text.slice(text.lastIndexOf('#') + 1) : undefined;
}

/** The declared structured type of an expression, also of the items of a collection. */
export function declaredStructure(type: ExpressionType): StructuredType | undefined {
  const item = type.kind === 'collection' ? type.item : type;
  return item.kind === 'structured' ? item.type : undefined;
}
