/** Expressions of annotations as JSON (OData CSDL JSON 4.01 14.3, 14.4). */

import { type JsonValue, parseJson } from '../../../base/json.ts';
import {
  attributeOf,
  type CsdlImage,
  childrenOf,
  firstChild,
  isTrue,
  kindOf,
  requiredOf,
} from '../image/csdl-image.ts';
import { facetWords } from '../image/element-rules.ts';
import { splitCollection } from '../image/type-names.ts';
import { constantWords, type Word, word, words } from '../image/vocabulary.ts';
import { constantValue } from './constant.ts';
import { setMember } from './frozen.ts';
import { renameTerms } from './term-names.ts';

type Members = Record<string, JsonValue>;

export interface ExpressionContext {
  readonly image: CsdlImage;
  /** The full name, an alias resolved. */
  resolve(name: string): string;
  /** Adds the annotations among the children of an element to `target`, each under `prefix` and its term. */
  addAnnotations(node: number, target: Members, prefix: string): void;
}

/** The value of an `Annotation`, `PropertyValue` or `LabeledElement`: of an attribute or of the child expression. */
export function assignedValue(context: ExpressionContext, node: number): JsonValue | undefined {
  const end = firstChild(context.image, node);
  for (let at = node + 2; at < end; at += 1) {
    const attribute = context.image.nodes[at] as number;
    const name = words[attribute >>> 24] ?? '';
    if (constants.has(name) || name === 'UrlRef')
      return constantValue(name, context.image.texts.text(attribute & 0xffffff));
  }
  const [child] = operandsOf(context, node);
  return child === undefined ? undefined : expressionOf(context, child);
}

function expressionOf(context: ExpressionContext, node: number): JsonValue {
  const kind = words[kindOf(context.image, node)] ?? '';
  switch (kind) {
    case '#json':
      return renameTerms(parseJson(requiredOf(context.image, node, '#text')), context.resolve);
    case 'Collection':
      return operandsOf(context, node).map((child) => expressionOf(context, child));
    case 'Record':
      return recordOf(context, node);
    case 'Null': {
      const annotated: Members = { $Null: null };
      context.addAnnotations(node, annotated, '@');
      return Object.keys(annotated).length === 1 ? null : annotated;
    }
    case 'LabeledElementReference':
      return { $LabeledElementReference: textOf(context, node) };
    default:
      if (constants.has(kind)) return constantValue(kind, textOf(context, node));
      return dynamicOf(context, node, kind);
  }
}

/** An object with a member for the operands, one for each attribute, and annotations. */
function dynamicOf(context: ExpressionContext, node: number, kind: Word): JsonValue {
  const operands = operandsOf(context, node).map((child) => expressionOf(context, child));
  const dynamic: Members = {};
  if (kind === 'Not' || kind === 'Neg' || kind === 'Cast' || kind === 'IsOf') dynamic[`$${kind}`] = operands[0] ?? null;
  else if (kind === 'LabeledElement') dynamic.$LabeledElement = assignedValue(context, node) ?? null;
  else if (kind === 'UrlRef') dynamic.$UrlRef = operands.length > 0 ? (operands[0] ?? null) : textOf(context, node);
  else dynamic[`$${kind}`] = operands;
  if (kind === 'Apply') dynamic.$Function = requiredOf(context.image, node, 'Function');
  if (kind === 'LabeledElement') dynamic.$Name = requiredOf(context.image, node, 'Name');
  if (kind === 'Cast' || kind === 'IsOf') {
    const { type, isCollection } = splitCollection(requiredOf(context.image, node, 'Type'));
    dynamic.$Type = type;
    if (isCollection) dynamic.$Collection = true;
    for (const facet of facetWords) {
      const text = attributeOf(context.image, node, facet);
      if (text !== undefined) dynamic[`$${facet}`] = facetValue(facet, text);
    }
  }
  context.addAnnotations(node, dynamic, '@');
  return dynamic;
}

function recordOf(context: ExpressionContext, node: number): JsonValue {
  const record: Members = {};
  const type = attributeOf(context.image, node, 'Type');
  if (type !== undefined) record['@type'] = type;
  for (const child of childrenOf(context.image, node, word.PropertyValue)) {
    const property = requiredOf(context.image, child, 'Property');
    const value = assignedValue(context, child);
    setMember(record, property, value === undefined ? true : value);
    context.addAnnotations(child, record, `${property}@`);
  }
  context.addAnnotations(node, record, '@');
  return record;
}

/** The child expressions, annotations and text left out. */
function operandsOf({ image }: ExpressionContext, node: number): readonly number[] {
  return childrenOf(image, node).filter((child) => {
    const kind = kindOf(image, child);
    return kind !== word.Annotation && kind !== word['#text'];
  });
}

function textOf({ image }: ExpressionContext, node: number): string {
  const [text] = childrenOf(image, node, word['#text']);
  return text === undefined ? '' : requiredOf(image, text, '#text');
}

/** The value of a facet as CSDL JSON has it (OData CSDL JSON 4.01 7.2). */
export function facetValue(facet: Word, text: string): JsonValue {
  if (facet === 'Unicode') return isTrue(text);
  if (facet === 'SRID') return text.toLowerCase();
  return /^\d+$/.test(text) ? Number(text) : text.toLowerCase();
}

const constants: ReadonlySet<string> = new Set(constantWords);
