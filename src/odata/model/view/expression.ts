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

type Members = Record<string, JsonValue>;

/** Adds the annotations among the children of an element to `target`, each under `prefix` and its term. */
export type AddAnnotations = (node: number, target: Members, prefix: string) => void;

/** The value of an `Annotation`, `PropertyValue` or `LabeledElement`: of an attribute or of the child expression. */
export function assignedValue(image: CsdlImage, node: number, add: AddAnnotations): JsonValue | undefined {
  const end = firstChild(image, node);
  for (let at = node + 2; at < end; at += 1) {
    const attribute = image.nodes[at] as number;
    const name = words[attribute >>> 24] ?? '';
    if (constants.has(name) || name === 'UrlRef') return constantValue(name, image.texts.text(attribute & 0xffffff));
  }
  const [child] = operandsOf(image, node);
  return child === undefined ? undefined : expressionOf(image, child, add);
}

function expressionOf(image: CsdlImage, node: number, add: AddAnnotations): JsonValue {
  const kind = words[kindOf(image, node)] ?? '';
  switch (kind) {
    case '#json':
      return parseJson(requiredOf(image, node, '#text'));
    case 'Collection':
      return operandsOf(image, node).map((child) => expressionOf(image, child, add));
    case 'Record':
      return recordOf(image, node, add);
    case 'Null': {
      const annotated: Members = { $Null: null };
      add(node, annotated, '@');
      return Object.keys(annotated).length === 1 ? null : annotated;
    }
    case 'LabeledElementReference':
      return { $LabeledElementReference: textOf(image, node) };
    default:
      if (constants.has(kind)) return constantValue(kind, textOf(image, node));
      return dynamicOf(image, node, kind, add);
  }
}

/** An object with a member for the operands, one for each attribute, and annotations. */
function dynamicOf(image: CsdlImage, node: number, kind: Word, add: AddAnnotations): JsonValue {
  const operands = operandsOf(image, node).map((child) => expressionOf(image, child, add));
  const dynamic: Members = {};
  if (kind === 'Not' || kind === 'Neg' || kind === 'Cast' || kind === 'IsOf') dynamic[`$${kind}`] = operands[0] ?? null;
  else if (kind === 'LabeledElement') dynamic.$LabeledElement = assignedValue(image, node, add) ?? null;
  else if (kind === 'UrlRef') dynamic.$UrlRef = operands.length > 0 ? (operands[0] ?? null) : textOf(image, node);
  else dynamic[`$${kind}`] = operands;
  if (kind === 'Apply') dynamic.$Function = requiredOf(image, node, 'Function');
  if (kind === 'LabeledElement') dynamic.$Name = requiredOf(image, node, 'Name');
  if (kind === 'Cast' || kind === 'IsOf') {
    const { type, isCollection } = splitCollection(requiredOf(image, node, 'Type'));
    dynamic.$Type = type;
    if (isCollection) dynamic.$Collection = true;
    for (const facet of facetWords) {
      const text = attributeOf(image, node, facet);
      if (text !== undefined) dynamic[`$${facet}`] = facetValue(facet, text);
    }
  }
  add(node, dynamic, '@');
  return dynamic;
}

function recordOf(image: CsdlImage, node: number, add: AddAnnotations): JsonValue {
  const record: Members = {};
  const type = attributeOf(image, node, 'Type');
  if (type !== undefined) record['@type'] = type;
  for (const child of childrenOf(image, node, word.PropertyValue)) {
    const property = requiredOf(image, child, 'Property');
    const value = assignedValue(image, child, add);
    setMember(record, property, value === undefined ? true : value);
    add(child, record, `${property}@`);
  }
  add(node, record, '@');
  return record;
}

/** The child expressions, annotations and text left out. */
function operandsOf(image: CsdlImage, node: number): readonly number[] {
  return childrenOf(image, node).filter((child) => {
    const kind = kindOf(image, child);
    return kind !== word.Annotation && kind !== word['#text'];
  });
}

function textOf(image: CsdlImage, node: number): string {
  const [text] = childrenOf(image, node, word['#text']);
  return text === undefined ? '' : requiredOf(image, text, '#text');
}

/** The value of a facet as CSDL JSON has it (OData CSDL JSON 4.01 7.2). */
export function facetValue(facet: Word, text: string): JsonValue {
  if (facet === 'Unicode') return isTrue(text);
  return /^\d+$/.test(text) ? Number(text) : text.toLowerCase();
}

const constants: ReadonlySet<string> = new Set(constantWords);
