/** XML text to a tree (XML 1.0). Entities other than the five that XML defines are refused, none is ever fetched. */

import { SaxesParser, type SaxesTagNS } from 'saxes';
import { checkLimit } from '../../../base/limits.ts';
import { xmlDepthMax, xmlNodesMax, xmlTextMax } from '../limits.ts';
import type { XmlAttribute, XmlCharacters, XmlContent, XmlDoctype, XmlDocument, XmlDocumentPart } from './xml-tree.ts';

/** What is wrong with a text that is not XML. */
export class XmlSyntaxError extends Error {}

interface OpenElement {
  readonly tag: SaxesTagNS;
  readonly children: XmlContent[];
}

/**
 * Reads a document; white space between elements is dropped, as .NET drops it.
 * Raises an XmlSyntaxError, and LIMIT_EXCEEDED.
 */
export function parseXml(text: string): XmlDocument {
  checkLimit('xmlTextMax', xmlTextMax, text.length, 'The length of an XML text');
  const parser = new SaxesParser({ xmlns: true });
  const document: XmlDocumentPart[] = [];
  const open: OpenElement[] = [];
  let nodes = 0;

  function add(node: XmlDocumentPart): void {
    nodes += 1;
    checkLimit('xmlNodesMax', xmlNodesMax, nodes, 'The number of nodes of an XML text');
    const parent = open.at(-1);
    if (parent === undefined) document.push(node);
    else if (node.kind !== 'declaration' && node.kind !== 'doctype') parent.children.push(node);
  }
  function addCharacters(kind: XmlCharacters['kind']): (content: string) => void {
    return (content) => {
      if (kind !== 'text' || /[^ \t\r\n]/.test(content)) add({ kind, text: content });
    };
  }
  parser.on('error', (error) => {
    throw new XmlSyntaxError(error.message);
  });
  parser.on('xmldecl', ({ version, encoding, standalone }) => {
    if (version !== '1.0') throw new XmlSyntaxError(`the version of XML is '${version}', expected 1.0`);
    add({ kind: 'declaration', version, encoding, standalone });
  });
  parser.on('doctype', (content) => add(doctypeOf(content)));
  parser.on('text', addCharacters('text'));
  parser.on('cdata', addCharacters('cdata'));
  parser.on('comment', addCharacters('comment'));
  parser.on('processinginstruction', ({ target, body }) => add({ kind: 'instruction', target, text: body }));
  parser.on('opentag', (tag) => {
    open.push({ tag, children: [] });
    checkLimit('xmlDepthMax', xmlDepthMax, open.length, 'The nesting of an XML text');
    nodes += Object.keys(tag.attributes).length;
  });
  parser.on('closetag', () => {
    const element = open.pop();
    if (element !== undefined) add(elementOf(element));
  });
  parser.write(text).close();
  return { kind: 'document', children: document };
}

function elementOf({ tag, children }: OpenElement): XmlContent {
  const { name, prefix, local, uri, isSelfClosing } = tag;
  const attributes = Object.values(tag.attributes).map(
    (one): XmlAttribute => ({
      kind: 'attribute',
      name: { qualified: one.name, prefix: one.prefix, local: one.local, uri: one.uri },
      value: one.value,
    }),
  );
  return { kind: 'element', name: { qualified: name, prefix, local, uri }, attributes, children, isSelfClosing };
}

const doctypePattern =
  /^\s*([^\s[]+)(?:\s+(?:PUBLIC\s+("[^"]*"|'[^']*')\s+|SYSTEM\s+)("[^"]*"|'[^']*'))?\s*(?:\[([\s\S]*)\])?\s*$/;

function doctypeOf(content: string): XmlDoctype {
  const match = doctypePattern.exec(content);
  if (match === null) throw new XmlSyntaxError('the document type declaration is malformed');
  const [, name = '', publicId, systemId, internalSubset] = match;
  return {
    kind: 'doctype',
    name,
    publicId: publicId?.slice(1, -1),
    systemId: systemId?.slice(1, -1),
    // As in .NET, where one that is read has a subset, be it empty, and is printed with it: `<!DOCTYPE r[]>`.
    internalSubset: internalSubset ?? '',
  };
}
