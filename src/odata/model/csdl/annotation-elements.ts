/** Annotations → CSDL elements (OData CSDL XML 4.01 14), the inverse of `view/expression.ts`. */

import { isJsonObject, type JsonObject, type JsonValue } from '../../../base/json.ts';
import { operatorWords } from '../image/vocabulary.ts';
import type { Annotations } from '../model.ts';
import { constantOf } from '../view/constant.ts';
import { element, type XmlAttributes, type XmlElement } from './xml-writer.ts';

/** One `Annotation` element per term; annotations of annotations become their children. */
export function annotationElements(annotations: Annotations | undefined): readonly XmlElement[] {
  return annotations === undefined ? [] : nestedElements(Object.entries(annotations));
}

type Entries = readonly (readonly [name: string, value: JsonValue])[];

/** Those whose names begin with the name of another and `@` are its children. */
function nestedElements(entries: Entries): readonly XmlElement[] {
  const children = new Map<string, [name: string, value: JsonValue][]>();
  for (const [name, value] of entries) {
    const at = name.indexOf('@');
    if (at === -1) continue;
    const parent = name.slice(0, at);
    const nested = children.get(parent) ?? [];
    nested.push([name.slice(at + 1), value]);
    children.set(parent, nested);
  }
  return entries
    .filter(([name]) => !name.includes('@'))
    .map(([name, value]) => {
      const hash = name.indexOf('#');
      const Term = hash === -1 ? name : name.slice(0, hash);
      const Qualifier = hash === -1 ? undefined : name.slice(hash + 1);
      return valued('Annotation', { Term, Qualifier }, value, nestedElements(children.get(name) ?? []));
    });
}

/** An element with its value as an attribute where it is a constant, as a child otherwise. */
function valued(
  name: string,
  attributes: XmlAttributes,
  value: JsonValue,
  more: readonly XmlElement[] = [],
): XmlElement {
  const constant = constantOf(value);
  return constant === undefined
    ? element(name, attributes, [expressionElement(value), ...more])
    : element(name, { ...attributes, [constant.kind]: constant.text }, more);
}

function expressionElement(value: JsonValue): XmlElement {
  if (Array.isArray(value)) return element('Collection', {}, (value as readonly JsonValue[]).map(expressionElement));
  const constant = constantOf(value);
  if (constant !== undefined) return { ...element(constant.kind, {}), text: constant.text };
  if (!isJsonObject(value)) return element('Null', {});
  const kind = Object.keys(value).find((name) => dynamicKinds.has(name));
  return kind === undefined ? recordElement(value) : dynamicElement(kind.slice(1), value);
}

function recordElement(record: JsonObject): XmlElement {
  const members = Object.entries(record);
  const type = record['@type'];
  const annotations = new Map<string, [name: string, value: JsonValue][]>();
  for (const [name, member] of members) {
    const at = name.indexOf('@');
    if (at === -1 || name === '@type') continue;
    const others = annotations.get(name.slice(0, at)) ?? [];
    others.push([name.slice(at + 1), member]);
    annotations.set(name.slice(0, at), others);
  }
  return element('Record', { Type: typeof type === 'string' ? type : undefined }, [
    ...members
      .filter(([name]) => !name.includes('@'))
      .map(([Property, member]) =>
        valued('PropertyValue', { Property }, member, nestedElements(annotations.get(Property) ?? [])),
      ),
    ...nestedElements(annotations.get('') ?? []),
  ]);
}

function annotationsOf(members: Entries, prefix: string): readonly XmlElement[] {
  return nestedElements(
    members.filter(([name]) => name.startsWith(prefix)).map(([name, member]) => [name.slice(prefix.length), member]),
  );
}

function dynamicElement(kind: string, value: JsonObject): XmlElement {
  const operand = value[`$${kind}`] ?? null;
  const annotations = annotationsOf(Object.entries(value), '@');
  switch (kind) {
    case 'Null':
      return element('Null', {}, annotations);
    case 'LabeledElementReference':
      return { ...element(kind, {}), text: String(operand) };
    case 'LabeledElement':
      return valued(kind, { Name: textOf(value.$Name) }, operand, annotations);
    case 'Apply':
      return element(kind, { Function: textOf(value.$Function) }, [...operands(operand), ...annotations]);
    case 'Cast':
    case 'IsOf':
      return element(kind, typeAttributes(value), [expressionElement(operand), ...annotations]);
    case 'Not':
    case 'Neg':
    case 'UrlRef':
      return element(kind, {}, [expressionElement(operand), ...annotations]);
    default:
      return element(kind, {}, [...operands(operand), ...annotations]);
  }
}

function operands(value: JsonValue): readonly XmlElement[] {
  return Array.isArray(value) ? (value as readonly JsonValue[]).map(expressionElement) : [expressionElement(value)];
}

function typeAttributes({ $Type, $Collection, $MaxLength, $Precision, $Scale, $Unicode, $SRID }: JsonObject) {
  const type = textOf($Type) ?? 'Edm.String';
  return {
    Type: $Collection === true ? `Collection(${type})` : type,
    MaxLength: textOf($MaxLength),
    Precision: textOf($Precision),
    Scale: textOf($Scale),
    Unicode: textOf($Unicode),
    SRID: textOf($SRID),
  };
}

function textOf(value: JsonValue | undefined): string | undefined {
  return value === undefined || value === null || typeof value === 'object' ? undefined : String(value);
}

const dynamicKinds: ReadonlySet<string> = new Set([
  ...operatorWords.map((name) => `$${name}`),
  ...['$If', '$Apply', '$Cast', '$IsOf', '$LabeledElement', '$LabeledElementReference', '$UrlRef', '$Null'],
]);
