/** Types and facets where they are used (OData CSDL JSON 4.01 7.1, 7.2). */

import type { JsonObject } from '../../../../base/json.ts';
import type { Attributes, JsonContext } from './json-context.ts';

/** A decimal without `$Scale` may have any (OData CSDL JSON 4.01 7.2.4). */
export function facets(context: JsonContext, object: JsonObject, type: string): Attributes {
  const scale = context.scalar(object, '$Scale') ?? (type === 'Edm.Decimal' ? 'variable' : undefined);
  return {
    MaxLength: context.scalar(object, '$MaxLength'),
    Precision: context.scalar(object, '$Precision'),
    Scale: scale,
    Unicode: context.scalar(object, '$Unicode'),
    SRID: context.scalar(object, '$SRID'),
  };
}

/** `$Type` is a string where it is left out, `$Nullable` is false. */
export function typeAttributes(context: JsonContext, object: JsonObject): Attributes {
  const type = context.text(object, '$Type') ?? 'Edm.String';
  const isNullable = context.flag(object, '$Nullable') !== undefined;
  return {
    Type: context.flag(object, '$Collection') === undefined ? type : `Collection(${type})`,
    Nullable: isNullable ? undefined : 'false',
    ...facets(context, object, type),
  };
}
