/** XML documents as plain trees, with what .NET's XmlDocument keeps of a text. */

/** A name taken apart; `uri` is the namespace, empty for none. */
export interface XmlName {
  /** As written: `p:name`. */
  readonly qualified: string;
  readonly prefix: string;
  readonly local: string;
  readonly uri: string;
}

/** An attribute, namespace declarations among them. */
export interface XmlAttribute {
  readonly kind: 'attribute';
  readonly name: XmlName;
  readonly value: string;
}

export interface XmlElement {
  readonly kind: 'element';
  readonly name: XmlName;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlContent[];
  /** Written `<a />`, which is not the same as `<a></a>` when it is turned to JSON. */
  readonly isSelfClosing: boolean;
}

/** A text, a CDATA section or a comment. */
export interface XmlCharacters {
  readonly kind: 'text' | 'cdata' | 'comment';
  readonly text: string;
}

export interface XmlInstruction {
  readonly kind: 'instruction';
  readonly target: string;
  readonly text: string;
}

/** `<?xml version="1.0" encoding="utf-8"?>` */
export interface XmlDeclaration {
  readonly kind: 'declaration';
  readonly version: string;
  readonly encoding: string | undefined;
  readonly standalone: string | undefined;
}

/** `<!DOCTYPE …>`; nothing that it names is ever read, and no entity that it declares is replaced. */
export interface XmlDoctype {
  readonly kind: 'doctype';
  readonly name: string;
  readonly publicId: string | undefined;
  readonly systemId: string | undefined;
  readonly internalSubset: string | undefined;
}

/** What can stand in an element. */
export type XmlContent = XmlElement | XmlCharacters | XmlInstruction;
/** What can stand in a document, in its order. */
export type XmlDocumentPart = XmlContent | XmlDeclaration | XmlDoctype;

export interface XmlDocument {
  readonly kind: 'document';
  readonly children: readonly XmlDocumentPart[];
}

/** The namespace of the prefix `xml`. */
export const xmlNamespace = 'http://www.w3.org/XML/1998/namespace';
/** The namespace of `xmlns` itself. */
export const xmlnsNamespace = 'http://www.w3.org/2000/xmlns/';

/** The one element of a document. */
export function rootElement(document: XmlDocument): XmlElement | undefined {
  return document.children.find((child) => child.kind === 'element');
}

/** Prefix and local part of a name as written. */
export function splitName(qualified: string): { readonly prefix: string; readonly local: string } {
  const colon = qualified.indexOf(':');
  if (colon < 0) return { prefix: '', local: qualified };
  return { prefix: qualified.slice(0, colon), local: qualified.slice(colon + 1) };
}

/** The prefix that an attribute declares: '' for `xmlns`, undefined when it declares none. */
export function declaredPrefix(attribute: string): string | undefined {
  if (attribute === 'xmlns') return '';
  return attribute.startsWith('xmlns:') ? attribute.slice('xmlns:'.length) : undefined;
}
