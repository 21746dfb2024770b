/** xml() and xpath(), and the escapes of XML (reference 8.4, 8.9). */

import { checkLimit } from '../../../base/limits.ts';
import { convertPieces } from '../convert-text.ts';
import { encodeBase64, envelopeOf, envelopeValue } from '../envelope.ts';
import { xmlNameLengthMax } from '../limits.ts';
import { envelopeText } from '../to-text.ts';
import { isObjectValue, type Value } from '../value.ts';
import { evaluateXPath, type FoundNode, XPathError } from '../xml/evaluate-xpath.ts';
import { jsonToXml, XmlValueError } from '../xml/json-to-xml.ts';
import { parseXml, XmlSyntaxError } from '../xml/parse-xml.ts';
import { printXml } from '../xml/print-xml.ts';
import { decodeXmlName, encodeXmlName } from '../xml/xml-names.ts';
import type { XmlDocument } from '../xml/xml-tree.ts';
import {
  anyArgument,
  argumentError,
  callError,
  type ExpressionFunction,
  eager,
  type FunctionCall,
  textArgument,
} from './function.ts';

export const xmlFunctions: readonly ExpressionFunction[] = [
  eager('xml(value)', xml),
  eager('xpath(xml, xpath)', xpath),
  eager('encodeXmlName(text)', encodedName),
  eager('decodeXmlName(text)', (call) => decodeXmlName(textArgument(call, 0))),
  eager('encodeXmlValue(text)', (call) => encodeXmlValue(textArgument(call, 0))),
  eager('decodeXmlValue(text)', decodeXmlValue),
];

const xmlType = 'application/xml;charset=utf-8';

function xml(call: FunctionCall): Value {
  const value = anyArgument(call, 0);
  const envelope = envelopeOf(value);
  // The content of an envelope is not looked at before something asks for it.
  if (envelope !== undefined) return envelopeValue(xmlType, envelope.content);
  if (typeof value === 'string') return envelopeOfXml(documentOf(call, value));
  if (!isObjectValue(value))
    throw argumentError(call, 0, value, 'XML text, a content envelope or an object with one member');
  return envelopeOfXml(explained(call, () => jsonToXml(value)));
}

/** The document that a text is. Raises EXPRESSION_FAILED, and LIMIT_EXCEEDED. */
export function documentOf(call: FunctionCall, text: string): XmlDocument {
  return explained(call, () => parseXml(text.startsWith('\uFEFF') ? text.slice(1) : text));
}

function envelopeOfXml(node: Exclude<FoundNode, string>): Value {
  return envelopeValue(xmlType, encodeBase64(printXml(node)));
}

function xpath(call: FunctionCall): Value {
  const value = anyArgument(call, 0);
  const expression = textArgument(call, 1);
  const text = envelopeText(value, call.position);
  if (text === undefined) throw argumentError(call, 0, value, 'an XML envelope, as xml() gives it');
  const document = documentOf(call, text);
  const result = explained(call, () => evaluateXPath(document, expression));
  if (typeof result !== 'object') return result;
  return result.map((node) => (typeof node === 'string' ? node : envelopeOfXml(node)));
}

/** What is wrong with the XML, or with the path, as an error of the call. */
function explained<T>(call: FunctionCall, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof XmlSyntaxError)
      throw callError(call, `the argument is not XML: ${oneSentence(error.message)}`);
    if (error instanceof XmlValueError) throw callError(call, error.message);
    if (error instanceof XPathError) {
      throw callError(call, `argument 2 'xpath' cannot be evaluated as XPath 1.0: ${oneSentence(error.message)}`);
    }
    throw error;
  }
}

function oneSentence(message: string): string {
  return (message.split('\n')[0] ?? '').replace(/\.$/, '').slice(0, 200);
}

const entities: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": 'apos' };
const characters: ReadonlyMap<string, string> = new Map(Object.entries(entities).map(([one, name]) => [name, one]));

function encodedName(call: FunctionCall): string {
  const text = textArgument(call, 0);
  checkLimit('xmlNameLengthMax', xmlNameLengthMax, text.length, 'The length of an XML name');
  return encodeXmlName(text, true);
}

function encodeXmlValue(text: string): string {
  return convertPieces(text, (piece) => piece.replace(/[&<>"']/g, (character) => `&${entities[character]};`));
}

function decodeXmlValue(call: FunctionCall): string {
  return textArgument(call, 0).replace(/&(?:#x([0-9A-Fa-f]{1,6})|#(\d{1,7})|(\w+));/g, (entity, hex, digits, name) => {
    const known = characters.get(String(name));
    if (known !== undefined) return known;
    const code = hex === undefined ? Number(digits) : Number.parseInt(String(hex), 16);
    if (code <= 0x10ffff) return String.fromCodePoint(code);
    throw callError(call, `the text holds '${entity}', which is no entity of XML`);
  });
}
