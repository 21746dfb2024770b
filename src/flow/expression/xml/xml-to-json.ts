/** XML trees to JSON values, as json() does it (reference 8.9). */

import type { Value } from '../value.ts';
import type { XmlAttribute, XmlDoctype, XmlDocument, XmlDocumentPart, XmlElement } from './xml-tree.ts';

/** The value of a document: `{ "root": … }`. */
export function xmlToJson(document: XmlDocument): Value {
  const members = new Map<string, Value>();
  addGroups(members, document.children);
  return members;
}

function elementValue(element: XmlElement): Value {
  const { attributes, children } = element;
  const [only] = children;
  if (attributes.length === 0 && children.length === 0) return element.isSelfClosing ? null : '';
  if (attributes.length === 0 && children.length === 1 && only?.kind === 'text') return only.text;
  const members = attributeMembers(attributes);
  addGroups(members, children);
  return members;
}

function attributeMembers(attributes: readonly XmlAttribute[]): Map<string, Value> {
  return new Map(attributes.map(({ name, value }) => [`@${name.qualified}`, value]));
}

/** Nodes of one name become one member, an array when there are several, at the place of the first. */
function addGroups(members: Map<string, Value>, nodes: readonly XmlDocumentPart[]): void {
  const groups = new Map<string, XmlDocumentPart[]>();
  for (const node of nodes) {
    const name = memberName(node);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [node]);
    else group.push(node);
  }
  for (const [name, group] of groups) {
    const [first] = group;
    // A comment is not JSON: one leaves nothing, several leave the array that would hold them.
    if (first?.kind === 'comment') {
      if (group.length > 1) members.set(name, []);
    } else if (first !== undefined) members.set(name, group.length === 1 ? nodeValue(first) : group.map(nodeValue));
  }
}

function memberName(node: XmlDocumentPart): string {
  switch (node.kind) {
    case 'element':
      return node.name.qualified;
    case 'text':
      return '#text';
    case 'cdata':
      return '#cdata-section';
    case 'comment':
      return '#comment';
    case 'instruction':
      return `?${node.target}`;
    case 'declaration':
      return '?xml';
    case 'doctype':
      return '!DOCTYPE';
  }
}

function nodeValue(node: XmlDocumentPart): Value {
  switch (node.kind) {
    case 'element':
      return elementValue(node);
    case 'declaration':
      return present({ '@version': node.version, '@encoding': node.encoding, '@standalone': node.standalone });
    case 'doctype':
      return doctypeValue(node);
    default:
      return node.text;
  }
}

function doctypeValue({ name, publicId, systemId, internalSubset }: XmlDoctype): Value {
  const subset = internalSubset === '' ? undefined : internalSubset;
  return present({ '@name': name, '@public': publicId, '@system': systemId, '@internalSubset': subset });
}

function present(members: Readonly<Record<string, string | undefined>>): Value {
  return new Map(Object.entries(members).flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])));
}
