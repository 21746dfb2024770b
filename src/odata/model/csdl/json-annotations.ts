/** Annotations in CSDL JSON: members whose names begin with `@` or hold one (OData CSDL JSON 4.01 14.2). */

import { isJsonObject, type JsonArray, type JsonValue } from '../../../base/json.ts';
import type { Annotations } from '../model.ts';
import { setMember } from '../view/frozen.ts';
import { mapMembers, mapObjects, renamedName, renameTerms } from '../view/term-names.ts';

/** Adds the annotations to an object, each name with `@` before it; `prefix` is the member that they annotate. */
export function addAnnotations(
  target: object,
  annotations: Annotations | undefined,
  options: { readonly prefix?: string; readonly rename: (term: string) => string; readonly isPlain: boolean },
): void {
  for (const [name, value] of Object.entries(annotations ?? {})) {
    const renamed = renameTerms(value, options.rename);
    const written = withTypeMarks(options.isPlain ? withPlainConstants(renamed) : renamed);
    setMember(
      target as Record<string, JsonValue>,
      `${options.prefix ?? ''}@${renamedName(name, options.rename)}`,
      written,
    );
  }
}

/** `#` before the types of records, which makes them URIs of types (OData CSDL JSON 4.01 14.4.12). */
function withTypeMarks(value: JsonValue): JsonValue {
  return mapObjects(value, (object) =>
    mapMembers(object, ([name, member]) =>
      name === '@type' && typeof member === 'string' && !member.includes('#') ? [name, `#${member}`] : [name, member],
    ),
  );
}

/** Without them, the inverse. */
export function withoutTypeMarks(value: JsonValue): JsonValue {
  return mapObjects(value, (object) =>
    mapMembers(object, ([name, member]) => {
      if (name === '@odata.type' && !('@type' in object)) return withoutTypeMark('@type', member);
      return name === '@type' ? withoutTypeMark(name, member) : [name, member];
    }),
  );
}

function withoutTypeMark(name: string, member: JsonValue): [string, JsonValue] {
  return [name, typeof member === 'string' && member.startsWith('#') ? member.slice(1) : member];
}

/** Constants as CSDL JSON has them, which leaves their kind to the term. */
function withPlainConstants(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return (value as JsonArray).map(withPlainConstants);
  if (!isJsonObject(value)) return value;
  const [only, ...others] = Object.entries(value);
  if (only !== undefined && others.length === 0 && typeof only[1] === 'string' && plainKinds.has(only[0])) {
    return plainConstant(only[0], only[1]);
  }
  return mapMembers(value, ([name, member]) => [name, withPlainConstants(member)]);
}

function plainConstant(kind: string, text: string): JsonValue {
  if (kind === '$EnumMember') {
    const members = text.trim().split(/\s+/);
    return members.map((member) => member.slice(member.lastIndexOf('/') + 1)).join(',');
  }
  if (kind === '$Decimal' || kind === '$Float') {
    const value = Number(text);
    return Number.isFinite(value) && text.trim() !== '' ? value : text;
  }
  return text;
}

const plainKinds: ReadonlySet<string> = new Set([
  ...[
    '$Binary',
    '$Bool',
    '$Date',
    '$DateTimeOffset',
    '$Decimal',
    '$Duration',
    '$EnumMember',
    '$Float',
    '$Guid',
    '$Int',
  ],
  ...['$TimeOfDay', '$AnnotationPath', '$ModelElementPath', '$NavigationPropertyPath', '$PropertyPath'],
]);
