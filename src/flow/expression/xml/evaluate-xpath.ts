/** XPath 1.0 over an XML tree (reference 8.9). */

import { isRialtoError } from '../../../base/errors.ts';
import { checkLimit } from '../../../base/limits.ts';
import { xpathDepthMax, xpathLengthMax } from '../limits.ts';
import { declaredPrefix, rootElement, type XmlDocument, type XmlElement, xmlNamespace } from './xml-tree.ts';
import { parseXPath, type XPathValue, xpathKind } from './xpath-library.ts';
import { xpathDocument } from './xpath-node.ts';

/** A node that was found: an element, the whole document, or the text of any other node. */
export type FoundNode = XmlDocument | XmlElement | string;
export type XPathResult = string | number | boolean | readonly FoundNode[];

/** An expression that is not XPath 1.0, or cannot be evaluated. */
export class XPathError extends Error {}

/**
 * The value of an expression at the root of a document. Prefixes are those that its root element declares.
 * Raises an XPathError, and LIMIT_EXCEEDED.
 */
export function evaluateXPath(document: XmlDocument, expression: string): XPathResult {
  checkLimit('xpathLengthMax', xpathLengthMax, expression.length, 'The length of an XPath expression');
  checkLimit('xpathDepthMax', xpathDepthMax, nestingOf(expression), 'The nesting of an XPath expression');
  try {
    const value = parseXPath(expression).evaluate({
      node: xpathDocument(document, { steps: 0 }),
      namespaces: (prefix) => namespaceOf(document, prefix),
      isHtml: false,
    });
    return resultOf(value);
  } catch (error) {
    if (isRialtoError(error)) throw error;
    throw new XPathError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function resultOf(value: XPathValue): XPathResult {
  switch (xpathKind(value)) {
    case 'string':
      return value.stringValue();
    case 'number':
      return value.numberValue();
    case 'boolean':
      return value.booleanValue();
    case 'nodes':
      return (value.nodes ?? []).map(({ source }) => {
        if (source.kind === 'element' || source.kind === 'document') return source;
        return source.kind === 'attribute' ? source.value : source.text;
      });
  }
}

function namespaceOf(document: XmlDocument, prefix: string): string | undefined {
  if (prefix === 'xml') return xmlNamespace;
  const declaration = rootElement(document)?.attributes.find(
    ({ name }) => prefix !== '' && declaredPrefix(name.qualified) === prefix,
  );
  return declaration?.value;
}

/** How deep brackets and operators nest at most; the library's evaluator calls itself that often. */
function nestingOf(expression: string): number {
  let depth = 0;
  let deepest = 0;
  let operators = 0;
  for (const [token] of expression.matchAll(/'[^']*'|"[^"]*"|[()[\]]|[-+*|=<>]|\b(?:and|or|div|mod)\b/g)) {
    if (token === '(' || token === '[') depth += 1;
    else if (token === ')' || token === ']') depth -= 1;
    else if (!/^['"]/.test(token)) operators += 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest + Math.ceil(operators / 8);
}
