/** Annotations → CSDL elements (OData CSDL XML 4.01 14), the inverse of `annotation-frame.ts`. */

import { isJsonObject, type JsonValue } from '../../../base/json.ts';
import type { Annotations } from '../model.ts';
import { constantOf, recordTypeMember } from './annotation-value.ts';
import { element, type XmlElement } from './xml-writer.ts';

/** One `Annotation` element per term; annotations of annotations become their children. */
export function annotationElements(annotations: Annotations): readonly XmlElement[] {
  const names = Object.keys(annotations);
  return names
    .filter((name) => !name.includes('@'))
    .map((name) => {
      const nested = names.filter((other) => other.startsWith(`${name}@`));
      const children = annotationElements(
        Object.fromEntries(nested.map((other) => [other.slice(name.length + 1), annotations[other] ?? null])),
      );
      const [Term, Qualifier] = name.split('#');
      return valued('Annotation', { Term, Qualifier }, annotations[name] ?? null, children);
    });
}

/** An element with its value as an attribute where it is a constant, as a child otherwise. */
function valued(
  name: string,
  attributes: Readonly<Record<string, string | undefined>>,
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
  const members = Object.entries(value);
  const type = value[recordTypeMember];
  const own = members.filter(([name]) => !name.startsWith('@'));
  const annotations = members.filter(([name]) => name.startsWith('@') && name !== recordTypeMember);
  return element('Record', { Type: typeof type === 'string' ? type : undefined }, [
    ...own.map(([Property, member]) => valued('PropertyValue', { Property }, member)),
    ...annotationElements(Object.fromEntries(annotations.map(([name, member]) => [name.slice(1), member]))),
  ]);
}
