/** An XML tree as the XPath library sees it: DOM nodes, each look at which is counted against a limit. */

import { checkLimit } from '../../../base/limits.ts';
import { xpathStepsMax } from '../limits.ts';
import type { XmlAttribute, XmlContent, XmlDocument, XmlElement, XmlInstruction } from './xml-tree.ts';
import { declaredPrefix } from './xml-tree.ts';

/** Counts what an evaluation does. */
export interface StepBudget {
  steps: number;
}

/** What a node stands for; CDATA and text that stand together are one text (XPath 1.0 5.7). */
export type XPathSource =
  | XmlDocument
  | XmlElement
  | XmlAttribute
  | XmlInstruction
  | { readonly kind: 'text' | 'comment'; readonly text: string };

const nodeTypes = { element: 1, attribute: 2, text: 3, instruction: 7, comment: 8, document: 9 } as const;

/** A node with those members of the DOM that XPath needs. */
export class XPathNode {
  readonly source: XPathSource;
  readonly nodeType: number;
  /** Place in document order. */
  readonly index: number;
  readonly ownerElement: XPathNode | null;
  readonly root: XPathRoot;
  readonly children: XPathNode[] = [];
  readonly attributeNodes: XPathNode[] = [];
  private readonly parent: XPathNode | null;
  private readonly place: number;

  constructor(
    source: XPathSource,
    at: { readonly root: XPathRoot; readonly parent: XPathNode | null; readonly place: number },
  ) {
    this.source = source;
    this.nodeType = nodeTypes[source.kind];
    this.root = at.root;
    this.parent = source.kind === 'attribute' ? null : at.parent;
    this.ownerElement = source.kind === 'attribute' ? at.parent : null;
    this.place = at.place;
    this.index = at.root.nodes.length;
    at.root.nodes.push(this);
  }

  get nodeName(): string {
    const { source } = this;
    if (source.kind === 'element' || source.kind === 'attribute') return source.name.qualified;
    return source.kind === 'instruction' ? source.target : `#${source.kind}`;
  }

  get name(): string {
    return this.nodeName;
  }

  get target(): string | undefined {
    return this.source.kind === 'instruction' ? this.source.target : undefined;
  }

  get localName(): string | null {
    const { source } = this;
    return source.kind === 'element' || source.kind === 'attribute' ? source.name.local : null;
  }

  get namespaceURI(): string | null {
    const { source } = this;
    return source.kind === 'element' || source.kind === 'attribute' ? source.name.uri : null;
  }

  get prefix(): string | null {
    const { source } = this;
    return source.kind === 'element' || source.kind === 'attribute' ? source.name.prefix : null;
  }

  get nodeValue(): string | null {
    const { source } = this;
    const text = 'text' in source ? source.text : source.kind === 'attribute' ? source.value : null;
    spend(this.root.budget, 1 + (text?.length ?? 0) / 16);
    return text;
  }

  get value(): string | null {
    return this.nodeValue;
  }

  get parentNode(): XPathNode | null {
    spend(this.root.budget, 1);
    return this.parent;
  }

  get firstChild(): XPathNode | null {
    spend(this.root.budget, 1);
    return this.children[0] ?? null;
  }

  get nextSibling(): XPathNode | null {
    spend(this.root.budget, 1);
    return this.parent?.children[this.place + 1] ?? null;
  }

  get previousSibling(): XPathNode | null {
    spend(this.root.budget, 1);
    return this.parent?.children[this.place - 1] ?? null;
  }

  get ownerDocument(): XPathNode | null {
    return this.nodeType === nodeTypes.document ? null : (this.root.nodes[0] ?? null);
  }

  get documentElement(): XPathNode | null {
    return this.children.find((child) => child.nodeType === nodeTypes.element) ?? null;
  }

  /** Elements alone have attributes; namespace declarations are none (XPath 1.0 5.3). */
  get attributes(): { readonly length: number; item(index: number): XPathNode | null } | null {
    if (this.nodeType !== nodeTypes.element) return null;
    const list = this.attributeNodes;
    spend(this.root.budget, 1 + list.length);
    return { length: list.length, item: (index) => list[index] ?? null };
  }

  /** No attribute is known to be an id: that takes a document type definition, and none is read. */
  getElementById(): null {
    return null;
  }

  /** As in the DOM: 4 when `other` follows, 2 when it precedes. */
  compareDocumentPosition(other: XPathNode): number {
    spend(this.root.budget, 1);
    return other.index > this.index ? 4 : other.index < this.index ? 2 : 0;
  }
}

/** A document's nodes in their order. */
export interface XPathRoot {
  readonly nodes: XPathNode[];
  readonly budget: StepBudget;
}

/** The document node over a tree. */
export function xpathDocument(document: XmlDocument, budget: StepBudget): XPathNode {
  const root: XPathRoot = { nodes: [], budget };
  const node = new XPathNode(document, { root, parent: null, place: 0 });
  const content = document.children.filter(
    (child): child is XmlContent => child.kind !== 'declaration' && child.kind !== 'doctype',
  );
  addChildren(node, content);
  return node;
}

/** Counts steps; raises LIMIT_EXCEEDED when there have been too many. */
export function spend(budget: StepBudget, steps: number): void {
  budget.steps += steps;
  if (budget.steps > xpathStepsMax) {
    checkLimit('xpathStepsMax', xpathStepsMax, Math.ceil(budget.steps), 'The number of steps of xpath()');
  }
}

function addChildren(parent: XPathNode, children: readonly XmlContent[]): void {
  const { root } = parent;
  for (let index = 0; index < children.length; index += 1) {
    const child = children[index];
    if (child === undefined) continue;
    let source: XPathSource;
    if (child.kind === 'element' || child.kind === 'instruction') source = child;
    else if (child.kind === 'comment') source = { kind: 'comment', text: child.text };
    else {
      let text = child.text;
      for (let next = children[index + 1]; next?.kind === 'text' || next?.kind === 'cdata'; ) {
        text += next.text;
        index += 1;
        next = children[index + 1];
      }
      source = { kind: 'text', text };
    }
    const node = new XPathNode(source, { root, parent, place: parent.children.length });
    parent.children.push(node);
    if (child.kind !== 'element') continue;
    for (const attribute of child.attributes) {
      if (declaredPrefix(attribute.name.qualified) === undefined) {
        node.attributeNodes.push(new XPathNode(attribute, { root, parent: node, place: 0 }));
      }
    }
    addChildren(node, child.children);
  }
}
