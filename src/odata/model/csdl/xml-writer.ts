/** A minimal writer of indented XML. */

import { RialtoError } from '../../../base/errors.ts';

export type XmlAttributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** An element with its attributes (undefined ones are left out) and children. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: XmlAttributes;
  readonly children: readonly XmlElement[];
  readonly text?: string;
}

/** An element. */
export function element(name: string, attributes: XmlAttributes, children: readonly XmlElement[] = []): XmlElement {
  return { name, attributes, children };
}

/**
 * The document with this root, encoded as UTF-8 by whoever sends it. Raises CSDL_INVALID for characters that XML does
 * not have.
 */
export function printXml(root: XmlElement): string {
  const lines = ['<?xml version="1.0" encoding="utf-8"?>'];
  printElement(root, '', lines);
  return `${lines.join('\n')}\n`;
}

function printElement(node: XmlElement, indent: string, lines: string[]): void {
  const start = `${indent}<${node.name}${printAttributes(node.attributes)}`;
  if (node.text !== undefined) {
    lines.push(`${start}>${escapeXml(node.text)}</${node.name}>`);
    return;
  }
  if (node.children.length === 0) {
    lines.push(`${start}/>`);
    return;
  }
  lines.push(`${start}>`);
  for (const child of node.children) printElement(child, `${indent}  `, lines);
  lines.push(`${indent}</${node.name}>`);
}

function printAttributes(attributes: XmlAttributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => (value === undefined ? '' : ` ${name}="${escapeXml(String(value))}"`))
    .join('');
}

/** Escapes text and attribute values (XML 1.0 2.4); line ends and tabs would otherwise be normalised away. */
function escapeXml(text: string): string {
  const wrong = noCharacter.exec(text);
  if (wrong !== null) {
    const code = wrong[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    throw new RialtoError('CSDL_INVALID', `CSDL XML cannot hold this model: a text has the character U+${code}.`);
  }
  return text.replace(/[&<>"\t\n\r]/g, (character) => escapes[character] ?? character);
}

/** What XML has no way to write (XML 1.0 2.2): most control characters, halves of surrogate pairs, two others. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are looked for.
const noCharacter = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/u;

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};
