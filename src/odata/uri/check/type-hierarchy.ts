/** Which structured types derive from which. */

import type { Model, StructuredType } from '../../model/model.ts';

/** True when `type` is the type of this qualified name or derives from it (OData CSDL 4.01 6.2, 9.2). */
export function isDerivedFrom(type: StructuredType, baseName: string, model: Model): boolean {
  let candidate: StructuredType | undefined = type;
  while (candidate !== undefined) {
    if (candidate.qualifiedName === baseName) return true;
    candidate = structuredType(candidate.baseType, model);
  }
  return false;
}

/** The entity or complex type of a qualified name. */
export function structuredType(name: string | undefined, model: Model): StructuredType | undefined {
  return name === undefined ? undefined : (model.entityType(name) ?? model.complexType(name));
}

/** True when one of the types derives from the other, so that a cast between them can hold. */
export function areInOneHierarchy(left: StructuredType, right: StructuredType, model: Model): boolean {
  return isDerivedFrom(left, right.qualifiedName, model) || isDerivedFrom(right, left.qualifiedName, model);
}

/** A type derived from `base` by its name without namespace, as OData 4.01 allows for default namespaces. */
export function derivedTypeNamed(name: string, base: StructuredType, model: Model): StructuredType | undefined {
  const kind = model.entityType(base.qualifiedName) === undefined ? model.complexTypes : model.entityTypes;
  return kind.find((type) => type.name === name && isDerivedFrom(type, base.qualifiedName, model));
}
