/** JSON Schemas of columns, as the managed connectors describe the fields of a table. */

import type { JsonObject, JsonValue } from '../base/json.ts';
import type { Model, Property } from '../odata/index.ts';
import type { JsonSchema } from './contract.ts';

/** Whole numbers of each Edm type; those of Int64 that a double cannot hold travel as `bigint`. */
const wholeNumberBounds: Readonly<Record<string, readonly [number, number]>> = {
  'Edm.Byte': [0, 255],
  'Edm.SByte': [-128, 127],
  'Edm.Int16': [-32_768, 32_767],
  'Edm.Int32': [-2_147_483_648, 2_147_483_647],
  'Edm.Int64': [-(2 ** 63), 2 ** 63],
};

const textFormats: Readonly<Record<string, string>> = {
  'Edm.Guid': 'uuid',
  'Edm.Date': 'date',
  'Edm.DateTimeOffset': 'date-time',
  'Edm.Binary': 'byte',
};

/** The schema of a column: type, limits and choices, with `x-ms-summary` for forms. */
export function columnSchema(property: Property, model: Model): JsonSchema {
  const value = valueSchema(property, model);
  const schema = property.isCollection ? { type: 'array', items: value } : value;
  return {
    ...(property.isNullable && !property.isCollection ? orNull(schema) : schema),
    'x-ms-summary': summaryOf(property),
  };
}

/** The schema that also allows null. */
export function orNull(schema: JsonSchema): JsonSchema {
  return {
    ...schema,
    ...(typeof schema.type === 'string' ? { type: [schema.type, 'null'] } : {}),
    ...(Array.isArray(schema.enum) ? { enum: [...schema.enum, null] } : {}),
  };
}

/** The schema of an object with these members and no others. */
export function objectSchema(
  properties: JsonObject,
  options: { readonly required?: readonly string[]; readonly isOpen?: boolean } = {},
): JsonSchema {
  return {
    type: 'object',
    properties,
    ...(options.required === undefined || options.required.length === 0 ? {} : { required: options.required }),
    ...(options.isOpen ? {} : { additionalProperties: false }),
  };
}

function valueSchema(property: Property, model: Model): JsonSchema {
  const bounds = wholeNumberBounds[property.type];
  if (bounds !== undefined) {
    const format = property.type === 'Edm.Int64' ? { format: 'int64' } : {};
    return { type: 'integer', minimum: bounds[0], maximum: bounds[1], ...format };
  }
  if (property.type === 'Edm.Boolean') return { type: 'boolean' };
  if (property.type === 'Edm.Decimal') return { type: 'number', format: 'decimal' };
  if (property.type === 'Edm.Double' || property.type === 'Edm.Single') return { type: 'number' };
  if (property.type.startsWith('Edm.')) {
    const format = textFormats[property.type];
    return {
      type: 'string',
      ...(format === undefined ? {} : { format }),
      ...(typeof property.maxLength === 'number' ? { maxLength: property.maxLength } : {}),
    };
  }
  const members = model.enumType(property.type)?.members;
  if (members !== undefined) return { type: 'string', enum: members.map((member) => member.name) };
  // A complex type: the service knows its members.
  return { type: 'object' };
}

function summaryOf(property: Property): JsonValue {
  const description = property.annotations['Org.OData.Core.V1.Description'];
  return typeof description === 'string' && description !== '' ? description : property.name;
}
