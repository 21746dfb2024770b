/** XML trees to text, as .NET's XmlWriter prints them: no indentation, `<a />` for an empty element (reference 8.9). */

import { checkLimit } from '../../../base/limits.ts';
import { xmlTextMax } from '../limits.ts';
import {
  declaredPrefix,
  type XmlAttribute,
  type XmlDoctype,
  type XmlDocument,
  type XmlDocumentPart,
  type XmlElement,
  type XmlName,
  xmlNamespace,
} from './xml-tree.ts';

/** Prefix → namespace, as declared in what is printed already. */
type Scope = ReadonlyMap<string, string>;

const outermost: Scope = new Map([
  ['', ''],
  ['xml', xmlNamespace],
]);

/**
 * The text of a document, or of one element with the namespaces declared that it uses.
 * Raises LIMIT_EXCEEDED.
 */
export function printXml(node: XmlDocument | XmlElement): string {
  const printer = { text: '' };
  for (const child of node.kind === 'document' ? node.children : [node]) print(printer, child, outermost);
  return printer.text;
}

interface Printer {
  text: string;
}

function append(printer: Printer, piece: string): void {
  printer.text += piece;
  checkLimit('xmlTextMax', xmlTextMax, printer.text.length, 'The length of an XML text');
}

function print(printer: Printer, node: XmlDocumentPart, scope: Scope): void {
  switch (node.kind) {
    case 'element':
      printElement(printer, node, scope);
      return;
    case 'text':
      append(printer, escapeText(node.text));
      return;
    case 'cdata':
      append(printer, `<![CDATA[${node.text}]]>`);
      return;
    case 'comment':
      append(printer, `<!--${node.text}-->`);
      return;
    case 'instruction':
      append(printer, `<?${node.target}${node.text === '' ? '' : ` ${node.text}`}?>`);
      return;
    case 'declaration': {
      const { version, encoding, standalone } = node;
      const rest = `${pseudoAttribute('encoding', encoding)}${pseudoAttribute('standalone', standalone)}`;
      append(printer, `<?xml version="${version}"${rest}?>`);
      return;
    }
    case 'doctype':
      append(printer, doctypeText(node));
  }
}

function printElement(printer: Printer, element: XmlElement, outer: Scope): void {
  const scope = new Map(outer);
  for (const { name, value } of element.attributes) {
    const prefix = declaredPrefix(name.qualified);
    if (prefix !== undefined) scope.set(prefix, value);
  }
  const name = writtenName(element.name);
  append(printer, `<${name}${attributesText(element.attributes)}`);
  for (const used of [element.name, ...element.attributes.map((attribute) => attribute.name)]) {
    // A prefix whose declaration stood outside of what is printed is declared where it is used first.
    if (!needsDeclaration(used, scope) || (used !== element.name && used.prefix === '')) continue;
    scope.set(used.prefix, used.uri);
    append(printer, ` ${used.prefix === '' ? 'xmlns' : `xmlns:${used.prefix}`}="${escapeAttribute(used.uri)}"`);
  }
  if (element.children.length === 0 && element.isSelfClosing) append(printer, ' />');
  else {
    append(printer, '>');
    for (const child of element.children) print(printer, child, scope);
    append(printer, `</${name}>`);
  }
}

function needsDeclaration(name: XmlName, scope: Scope): boolean {
  if (declaredPrefix(name.qualified) !== undefined) return false;
  return (name.uri !== '' || name.prefix === '') && scope.get(name.prefix) !== name.uri;
}

/** A prefix without a namespace means nothing and is not written. */
function writtenName(name: XmlName): string {
  return name.uri === '' ? name.local : name.qualified;
}

function attributesText(attributes: readonly XmlAttribute[]): string {
  return attributes.map(({ name, value }) => ` ${writtenName(name)}="${escapeAttribute(value)}"`).join('');
}

function pseudoAttribute(name: string, value: string | undefined): string {
  return value === undefined ? '' : ` ${name}="${value}"`;
}

function doctypeText({ name, publicId, systemId, internalSubset }: XmlDoctype): string {
  const external =
    publicId !== undefined
      ? ` PUBLIC "${publicId}" "${systemId ?? ''}"`
      : systemId !== undefined
        ? ` SYSTEM "${systemId}"`
        : '';
  return `<!DOCTYPE ${name}${external}${internalSubset === undefined ? '' : `[${internalSubset}]`}>`;
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
};

function escapeText(text: string): string {
  return text.replace(/[&<>\r]/g, (character) => escapes[character] ?? character);
}

function escapeAttribute(text: string): string {
  return text.replace(/[&<>"\t\n\r]/g, (character) => escapes[character] ?? character);
}
