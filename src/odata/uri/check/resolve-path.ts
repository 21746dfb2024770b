/** What a property path leads to. */

import { RialtoError } from '../../../base/errors.ts';
import type { Model, NavigationProperty, Property, StructuredType } from '../../model/model.ts';
import { unknownProperty } from '../../model/unknown-property.ts';
import { declaredType, type ExpressionType, primitiveType, typeName, unknownType } from './expression-type.ts';

/** Where a path begins: the entity type, and the lambda variables that are in sight. */
export interface PathScope {
  readonly entityType: StructuredType;
  readonly model: Model;
  readonly variables: ReadonlyMap<string, StructuredType>;
}

/** A path of names, and where it stands in its text. */
export interface PathText {
  readonly path: readonly string[];
  readonly position: number;
}

/**
 * Follows a path over properties, navigation properties and type casts (OData 4.01 URL 5.1.1.16). Raises
 * ODATA_PROPERTY_UNKNOWN, and ODATA_TYPE_MISMATCH where it goes on behind a collection or a primitive value.
 */
export function resolvePath({ path, position }: PathText, scope: PathScope): ExpressionType {
  const [first = ''] = path;
  const variable = scope.variables.get(first);
  const isRooted = first === '$it' || variable !== undefined;
  let type: ExpressionType = { kind: 'structured', type: variable ?? scope.entityType };
  let at = position + (isRooted ? first.length + 1 : 0);
  for (const name of isRooted ? path.slice(1) : path) {
    type = step(type, name, at, scope.model);
    at += name.length + 1;
  }
  return type;
}

function step(type: ExpressionType, name: string, position: number, model: Model): ExpressionType {
  if (type.kind === 'unknown') return unknownType;
  if (name === '$count' && type.kind === 'collection') return primitiveType('Edm.Int64');
  if (type.kind !== 'structured') {
    const hint = type.kind === 'collection' ? ' Use any or all to look into a collection.' : '';
    throw new RialtoError(
      'ODATA_TYPE_MISMATCH',
      `${typeName(type)} has no member ${name}, at position ${position}.${hint}`,
    );
  }
  if (name.includes('.')) return castTo(name, type.type, position, model);
  const member = type.type.property(name) ?? type.type.navigationProperty(name);
  if (member !== undefined) return memberType(member, model);
  if (type.type.isOpen) return unknownType;
  throw unknownProperty({ name, type: type.type, place: `at position ${position}` });
}

function memberType(member: Property | NavigationProperty, model: Model): ExpressionType {
  const item = declaredType(member.type, model);
  return member.isCollection ? { kind: 'collection', item } : item;
}

/** A segment with a dot casts to a derived type (OData 4.01 URL 4.11). */
function castTo(name: string, from: StructuredType, position: number, model: Model): ExpressionType {
  const target = model.entityType(name) ?? model.complexType(name);
  if (target === undefined) throw unknownProperty({ name, type: from, place: `at position ${position}` });
  return { kind: 'structured', type: target };
}
