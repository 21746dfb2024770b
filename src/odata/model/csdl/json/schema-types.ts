/** Types and terms of a schema in CSDL JSON → elements (OData CSDL JSON 4.01 6 to 11, 14.1). */

import type { JsonObject, JsonValue } from '../../../../base/json.ts';
import { defaultText } from '../../view/default-value.ts';
import type { Attributes, JsonContext } from './json-context.ts';
import { facets, typeAttributes } from './type-attributes.ts';

/** An entity type or complex type (OData CSDL JSON 4.01 6, 9). */
export function structuredType(
  context: JsonContext,
  kind: 'EntityType' | 'ComplexType',
  name: string,
  object: JsonObject,
): void {
  const attributes = {
    Name: name,
    BaseType: context.text(object, '$BaseType'),
    Abstract: context.flag(object, '$Abstract'),
    OpenType: context.flag(object, '$OpenType'),
    HasStream: context.flag(object, '$HasStream'),
  };
  context.write(kind, attributes, () => {
    if (object.$Key !== undefined) context.at(['$Key'], () => key(context, context.listOf(object.$Key)));
    for (const [member, value] of Object.entries(object)) {
      if (member.startsWith('$') || member.includes('@')) continue;
      context.at([member], () => property(context, member, context.objectOf(value)));
    }
    context.annotations(object);
  });
}

/** Names of properties, or objects with the path under the alias (OData CSDL JSON 4.01 6.5). */
function key(context: JsonContext, parts: readonly JsonValue[]): void {
  context.write('Key', {}, () => {
    parts.forEach((part, index) => {
      context.at([index], () => context.write('PropertyRef', keyPart(context, part)));
    });
  });
}

function keyPart(context: JsonContext, part: JsonValue): Attributes {
  if (typeof part === 'string') return { Name: part };
  const [alias, ...others] = Object.entries(context.objectOf(part));
  if (alias === undefined || others.length > 0 || typeof alias[1] !== 'string') {
    return context.fail('an object with one member, the path under the alias, is expected here');
  }
  return { Name: alias[1], Alias: alias[0] };
}

function property(context: JsonContext, name: string, object: JsonObject): void {
  const kind = context.text(object, '$Kind') ?? 'Property';
  if (kind === 'NavigationProperty') {
    navigationProperty(context, name, object);
    return;
  }
  if (kind !== 'Property') context.fail(`the $Kind is '${kind}'; expected Property or NavigationProperty`);
  const { $DefaultValue } = object;
  const DefaultValue = $DefaultValue === undefined ? undefined : defaultText($DefaultValue);
  const attributes = { Name: name, ...typeAttributes(context, object), DefaultValue };
  context.write('Property', attributes, () => context.annotations(object));
}

function navigationProperty(context: JsonContext, name: string, object: JsonObject): void {
  const type = context.text(object, '$Type');
  const isCollection = context.flag(object, '$Collection') !== undefined;
  const attributes = {
    Name: name,
    Type: isCollection && type !== undefined ? `Collection(${type})` : type,
    Nullable: isCollection || context.flag(object, '$Nullable') !== undefined ? undefined : 'false',
    Partner: context.text(object, '$Partner'),
    ContainsTarget: context.flag(object, '$ContainsTarget'),
  };
  context.write('NavigationProperty', attributes, () => {
    const { $ReferentialConstraint: constraints } = object;
    if (constraints !== undefined)
      context.at(['$ReferentialConstraint'], () => referentialConstraints(context, context.objectOf(constraints)));
    const onDelete = context.text(object, '$OnDelete');
    if (onDelete !== undefined)
      context.write('OnDelete', { Action: onDelete }, () => context.memberAnnotations(object)('$OnDelete'));
    context.annotations(object);
  });
}

function referentialConstraints(context: JsonContext, object: JsonObject): void {
  const annotate = context.memberAnnotations(object);
  for (const name of Object.keys(object)) {
    if (name.includes('@')) continue;
    const pair = { Property: name, ReferencedProperty: context.text(object, name) };
    context.write('ReferentialConstraint', pair, () => annotate(name));
  }
}

/** An enumeration type (OData CSDL JSON 4.01 10). */
export function enumType(context: JsonContext, name: string, object: JsonObject): void {
  const attributes = {
    Name: name,
    UnderlyingType: context.text(object, '$UnderlyingType'),
    IsFlags: context.flag(object, '$IsFlags'),
  };
  context.write('EnumType', attributes, () => {
    const annotate = context.memberAnnotations(object);
    for (const member of Object.keys(object)) {
      if (member.startsWith('$') || member.includes('@')) continue;
      context.at([member], () => {
        const isScalar = typeof object[member] !== 'object';
        const Value =
          (isScalar ? context.scalar(object, member) : undefined) ?? context.fail('a number is expected here');
        context.write('Member', { Name: member, Value }, () => annotate(member));
      });
    }
    context.annotations(object);
  });
}

/** A type definition (OData CSDL JSON 4.01 11). */
export function typeDefinition(context: JsonContext, name: string, object: JsonObject): void {
  const underlying = context.text(object, '$UnderlyingType');
  const attributes = { Name: name, UnderlyingType: underlying, ...facets(context, object, underlying ?? '') };
  context.write('TypeDefinition', attributes, () => context.annotations(object));
}

/** A term (OData CSDL JSON 4.01 14.1). */
export function term(context: JsonContext, name: string, object: JsonObject): void {
  const { $AppliesTo, $DefaultValue } = object;
  const attributes = {
    Name: name,
    ...typeAttributes(context, object),
    BaseTerm: context.text(object, '$BaseTerm'),
    DefaultValue: $DefaultValue === undefined ? undefined : defaultText($DefaultValue),
    AppliesTo: $AppliesTo === undefined ? undefined : appliesTo(context, context.listOf($AppliesTo)),
  };
  context.write('Term', attributes, () => context.annotations(object));
}

function appliesTo(context: JsonContext, elements: readonly JsonValue[]): string {
  return elements
    .map((each) => (typeof each === 'string' ? each : context.fail('$AppliesTo is not an array of strings')))
    .join(' ');
}
