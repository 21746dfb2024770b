/** Actions, functions and containers of a schema in CSDL JSON → elements (OData CSDL JSON 4.01 12, 13). */

import type { JsonObject } from '../../../../base/json.ts';
import type { Attributes, JsonContext } from './json-context.ts';
import { typeAttributes } from './type-attributes.ts';

/** One overload of an action or function (OData CSDL JSON 4.01 12). */
export function operation(context: JsonContext, name: string, object: JsonObject): void {
  const kind = context.text(object, '$Kind');
  if (kind !== 'Action' && kind !== 'Function') {
    context.fail(`the $Kind is '${kind ?? ''}'; expected Action or Function`);
    return;
  }
  const attributes = {
    Name: name,
    IsBound: context.flag(object, '$IsBound'),
    IsComposable: context.flag(object, '$IsComposable'),
    EntitySetPath: context.text(object, '$EntitySetPath'),
  };
  context.write(kind, attributes, () => {
    context.eachObject(object, '$Parameter', (item) => {
      context.write('Parameter', { Name: context.text(item, '$Name'), ...typeAttributes(context, item) }, () =>
        context.annotations(item),
      );
    });
    const { $ReturnType: returnType } = object;
    if (returnType !== undefined) {
      context.at(['$ReturnType'], () => {
        const item = context.objectOf(returnType);
        context.write('ReturnType', typeAttributes(context, item), () => context.annotations(item));
      });
    }
    context.annotations(object);
  });
}

/** What an entity container says of itself; leaves its element open for its members (OData CSDL JSON 4.01 13). */
export function beginContainer(context: JsonContext, name: string, object: JsonObject): void {
  context.builder.begin('EntityContainer', { Name: name, Extends: context.text(object, '$Extends') });
  context.annotations(object);
}

/** An entity set, singleton or import (OData CSDL JSON 4.01 13.2 to 13.6). */
export function containerMember(context: JsonContext, name: string, object: JsonObject): void {
  const entitySet = context.text(object, '$EntitySet');
  const included = object.$IncludeInServiceDocument;
  const IncludeInServiceDocument = typeof included === 'boolean' ? String(included) : undefined;
  if (object.$Action !== undefined) {
    const attributes = { Name: name, Action: context.text(object, '$Action'), EntitySet: entitySet };
    context.write('ActionImport', attributes, () => context.annotations(object));
  } else if (object.$Function !== undefined) {
    const attributes = {
      Name: name,
      Function: context.text(object, '$Function'),
      EntitySet: entitySet,
      IncludeInServiceDocument,
    };
    context.write('FunctionImport', attributes, () => context.annotations(object));
  } else {
    const type = context.text(object, '$Type');
    const isSet = context.flag(object, '$Collection') !== undefined;
    const attributes: Attributes = isSet
      ? { EntityType: type, IncludeInServiceDocument }
      : { Type: type, Nullable: context.flag(object, '$Nullable') };
    context.write(isSet ? 'EntitySet' : 'Singleton', { Name: name, ...attributes }, () => {
      const { $NavigationPropertyBinding: bindings } = object;
      if (bindings !== undefined)
        context.at(['$NavigationPropertyBinding'], () => navigationBindings(context, context.objectOf(bindings)));
      context.annotations(object);
    });
  }
}

function navigationBindings(context: JsonContext, object: JsonObject): void {
  for (const path of Object.keys(object))
    context.write('NavigationPropertyBinding', { Path: path, Target: context.text(object, path) });
}
