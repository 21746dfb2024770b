/** Enumeration types, type definitions and terms of a model. */

import { attributeOf, childrenOf, flagOf, requiredOf } from '../image/csdl-image.ts';
import type { Declared } from '../image/image-index.ts';
import { word } from '../image/vocabulary.ts';
import type { EnumMember, EnumType, Term, TypeDefinition } from '../model.ts';
import { byName, once } from './frozen.ts';
import { facetsOf, typeReferenceOf, type ViewContext } from './view-context.ts';

/** An enumeration type (OData CSDL 4.01 10). */
export function createEnumType(context: ViewContext, { node, name, namespace, qualifiedName }: Declared): EnumType {
  const { image } = context;
  const members = once(() => Object.freeze(membersOf(context, node, qualifiedName)));
  const membersByName = once(() => byName(members()));
  return Object.freeze({
    kind: 'enumType',
    name,
    namespace,
    qualifiedName,
    isFlags: flagOf(image, node, 'IsFlags', false),
    underlyingType: attributeOf(image, node, 'UnderlyingType') ?? 'Edm.Int32',
    get members() {
      return members();
    },
    member: (wanted: string) => membersByName().get(wanted),
    annotations: context.annotations.of(node, qualifiedName),
  });
}

/** A type definition (OData CSDL 4.01 11). */
export function createTypeDefinition(context: ViewContext, declared: Declared): TypeDefinition {
  const { node, name, namespace, qualifiedName } = declared;
  return Object.freeze({
    kind: 'typeDefinition',
    name,
    namespace,
    qualifiedName,
    underlyingType: requiredOf(context.image, node, 'UnderlyingType'),
    ...facetsOf(context.image, node),
    annotations: context.annotations.of(node, qualifiedName),
  });
}

/** A term (OData CSDL 4.01 14.1). */
export function createTerm(context: ViewContext, { node, name, namespace, qualifiedName }: Declared): Term {
  const { image } = context;
  const baseTerm = attributeOf(image, node, 'BaseTerm');
  const defaultValue = attributeOf(image, node, 'DefaultValue');
  const appliesTo = attributeOf(image, node, 'AppliesTo') ?? '';
  return Object.freeze({
    kind: 'term',
    name,
    namespace,
    qualifiedName,
    ...typeReferenceOf(context, node),
    ...(baseTerm === undefined ? {} : { baseTerm: context.resolve(baseTerm) }),
    ...(defaultValue === undefined ? {} : { defaultValue }),
    appliesTo: Object.freeze(appliesTo.split(/\s+/).filter((part) => part !== '')),
    annotations: context.annotations.of(node, qualifiedName),
  });
}

/** A member without a value has one more than the member before it, the first one zero (OData CSDL XML 4.01 10.3). */
function membersOf(context: ViewContext, node: number, owner: string): readonly EnumMember[] {
  const { image } = context;
  let next = 0n;
  return childrenOf(image, node, word.Member).map((child) => {
    const name = requiredOf(image, child, 'Name');
    const text = attributeOf(image, child, 'Value');
    const exact = text === undefined || !/^[+-]?\d+$/.test(text) ? next : BigInt(text.replace(/^\+/, ''));
    next = exact + 1n;
    const value = Number.isSafeInteger(Number(exact)) ? Number(exact) : exact;
    return Object.freeze({ name, value, annotations: context.annotations.of(child, `${owner}/${name}`) });
  });
}
