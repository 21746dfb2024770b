/** JSON values to XML trees, as xml() does it (reference 8.9). */

import { checkLimit } from '../../../base/limits.ts';
import { xmlDepthMax } from '../limits.ts';
import { printValue } from '../print-value.ts';
import { type ArrayValue, describeValue, isArrayValue, isObjectValue, type ObjectValue, type Value } from '../value.ts';
import { encodeXmlName, isXmlText } from './xml-names.ts';
import {
  declaredPrefix,
  splitName,
  type XmlAttribute,
  type XmlContent,
  type XmlDocument,
  type XmlDocumentPart,
  type XmlElement,
  type XmlName,
  xmlNamespace,
} from './xml-tree.ts';

/** What is wrong with a value that is no XML document. */
export class XmlValueError extends Error {}

type Scope = ReadonlyMap<string, string>;

/** The document of an object with one member. Raises an XmlValueError, and LIMIT_EXCEEDED. */
export function jsonToXml(value: ObjectValue): XmlDocument {
  const children: XmlDocumentPart[] = [];
  for (const [name, member] of value) {
    if (name === '?xml') children.push(declarationOf(member));
    else if (name === '!DOCTYPE') children.push(doctypeOf(member));
    else if (name.startsWith('?')) children.push(instructionOf(name, member));
    else if (isArrayValue(member)) throw new XmlValueError(`the root '${name}' is an array; a document has one root`);
    else children.push(elementOf(name, member, new Map(), 1));
  }
  const roots = children.filter((child) => child.kind === 'element').length;
  if (roots !== 1) throw new XmlValueError(`the object has ${roots} roots; expected one member`);
  if (children.some((child, index) => child.kind === 'declaration' && index > 0)) {
    throw new XmlValueError("the declaration '?xml' does not stand first");
  }
  return { kind: 'document', children };
}

function elementOf(written: string, value: Value, outer: Scope, depth: number): XmlElement {
  checkLimit('xmlDepthMax', xmlDepthMax, depth, 'The nesting of an XML document');
  const members: readonly (readonly [string, Value])[] = isObjectValue(value) ? [...value] : [];
  const isAttribute = ([name]: readonly [string, Value]) => name.startsWith('@');
  const scope = new Map(outer);
  for (const [name, member] of members) {
    const prefix = declaredPrefix(name.slice(1));
    if (name.startsWith('@') && prefix !== undefined) scope.set(prefix, scalarText(name, member));
  }
  const attributes = members.filter(isAttribute).map(([name, member]) => attributeOf(name, member, scope));
  const children = isObjectValue(value)
    ? members
        .filter((member) => !isAttribute(member))
        .flatMap(([name, member]) => contentOf(name, member, scope, depth))
    : isArrayValue(value)
      ? itemsOf(written, value, scope, depth)
      : textContent(written, value);
  // A text that is empty is written with an end tag of its own.
  const isSelfClosing = typeof value !== 'string';
  return { kind: 'element', name: nameOf(written, scope), attributes, children, isSelfClosing };
}

function contentOf(name: string, value: Value, scope: Scope, depth: number): readonly XmlContent[] {
  if (name === '#text') return listOf(value).map((item) => ({ kind: 'text', text: scalarText(name, item) }));
  if (name === '#cdata-section') {
    return listOf(value).map((item) => {
      const text = scalarText(name, item);
      if (text.includes(']]>')) throw new XmlValueError("a CDATA section holds ']]>'");
      return { kind: 'cdata', text };
    });
  }
  if (name === '#whitespace' || name === '#significant-whitespace') {
    return listOf(value).map((item) => ({ kind: 'text', text: scalarText(name, item) }));
  }
  if (name.startsWith('?')) return [instructionOf(name, value)];
  return isArrayValue(value) ? itemsOf(name, value, scope, depth) : [elementOf(name, value, scope, depth + 1)];
}

/** An array repeats its element; an array in an array is an element that repeats it. */
function itemsOf(name: string, items: ArrayValue, scope: Scope, depth: number): readonly XmlElement[] {
  return items.map((item) => elementOf(name, item, scope, depth + 1));
}

function listOf(value: Value): ArrayValue {
  return isArrayValue(value) ? value : [value];
}

function textContent(name: string, value: Value): readonly XmlContent[] {
  const text = scalarText(name, value);
  return text === '' ? [] : [{ kind: 'text', text }];
}

function attributeOf(written: string, value: Value, scope: Scope): XmlAttribute {
  const name = written.slice(1);
  if (declaredPrefix(name) !== undefined) {
    return {
      kind: 'attribute',
      name: { qualified: name, prefix: '', local: name, uri: '' },
      value: scalarText(written, value),
    };
  }
  const parts = nameOf(name, scope);
  // An attribute without a prefix is in no namespace (XML Namespaces 6.2).
  const qualified = parts.prefix === '' ? { ...parts, uri: '' } : parts;
  return { kind: 'attribute', name: qualified, value: scalarText(written, value) };
}

function nameOf(written: string, scope: Scope): XmlName {
  if (written === '') throw new XmlValueError('a member has an empty name');
  const qualified = encodeXmlName(written);
  const { prefix, local } = splitName(qualified);
  if (local === '' || local.includes(':') || qualified.startsWith(':')) {
    throw new XmlValueError(`the name '${written}' is no name of XML`);
  }
  const uri = prefix === 'xml' ? xmlNamespace : (scope.get(prefix) ?? '');
  return { qualified, prefix, local, uri };
}

function scalarText(name: string, value: Value): string {
  if (value === null) return '';
  if (isArrayValue(value) || isObjectValue(value)) {
    throw new XmlValueError(`the member '${name}' is ${describeValue(value)}; expected a text`);
  }
  const text = typeof value === 'string' ? value : printValue(value);
  if (!isXmlText(text)) throw new XmlValueError(`the member '${name}' holds a character that XML cannot hold`);
  return text;
}

function memberText(name: string, value: Value, member: string): string | undefined {
  if (!isObjectValue(value))
    throw new XmlValueError(`the member '${name}' is ${describeValue(value)}; expected an object`);
  const found = value.get(member);
  return found === undefined || found === null ? undefined : scalarText(member, found);
}

function declarationOf(value: Value): XmlDocumentPart {
  const version = memberText('?xml', value, '@version') ?? '1.0';
  const encoding = memberText('?xml', value, '@encoding');
  const standalone = memberText('?xml', value, '@standalone');
  if (version !== '1.0') throw new XmlValueError(`the version of XML is '${version}'; expected 1.0`);
  if (encoding !== undefined && !/^[A-Za-z][\w.-]*$/.test(encoding)) {
    throw new XmlValueError(`'${encoding}' is no name of an encoding`);
  }
  if (standalone !== undefined && standalone !== 'yes' && standalone !== 'no') {
    throw new XmlValueError(`'@standalone' is '${standalone}'; expected yes or no`);
  }
  return { kind: 'declaration', version, encoding, standalone };
}

function doctypeOf(value: Value): XmlDocumentPart {
  const part = (member: string, pattern: RegExp) => {
    const text = memberText('!DOCTYPE', value, member);
    if (text !== undefined && !pattern.test(text)) throw new XmlValueError(`'${member}' of '!DOCTYPE' is malformed`);
    return text;
  };
  const quoted = /^[^"]*$/;
  return {
    kind: 'doctype',
    name: part('@name', /^[^\s<>"'[\]]+$/) ?? 'root',
    publicId: part('@public', quoted),
    systemId: part('@system', quoted),
    internalSubset: part('@internalSubset', /^[^\]]*$/),
  };
}

function instructionOf(name: string, value: Value): XmlContent {
  const target = name.slice(1);
  const text = scalarText(name, value);
  if (target === '' || encodeXmlName(target) !== target || /^xml$/i.test(target) || text.includes('?>')) {
    throw new XmlValueError(`'${name}' is no processing instruction`);
  }
  return { kind: 'instruction', target, text };
}
