/** What is used of the package `xpath`, and how: its parser and functions, with location paths walked in linear time. */

import { createRequire } from 'node:module';
import { spend, type XPathNode } from './xpath-node.ts';

// Its type declarations would bring the types of the browser into the whole project.
const library = createRequire(import.meta.url)('xpath') as XPathLibrary;

/** A value of XPath 1.0: a string, a number, a boolean or a node-set. */
export interface XPathValue {
  readonly nodes?: readonly XPathNode[];
  stringValue(): string;
  numberValue(): number;
  booleanValue(): boolean;
}

export interface ParsedXPath {
  evaluate(options: {
    readonly node: XPathNode;
    readonly namespaces: (prefix: string) => string | undefined;
    readonly isHtml: false;
  }): XPathValue;
}

type Context = Record<string, unknown> & { contextNode: XPathNode };

/** A part of the tree that the parser makes, with the members of all kinds. */
interface Part {
  readonly lhs?: Part;
  readonly rhs?: Part;
  readonly arguments?: readonly Part[];
  readonly filter?: Part;
  readonly filterPredicates?: readonly Part[];
  readonly locationPath?: { readonly absolute: boolean; readonly steps: readonly Step[] };
  evaluate(context: Context): XPathValue;
}

interface Step {
  readonly axis: number;
  readonly predicates: readonly Part[];
  readonly nodeTest: { matches(node: XPathNode, context: Context): boolean };
}

interface NodeSet extends XPathValue {
  nodes: XPathNode[];
  size: number;
}

type Constructor<T extends object> = new () => T;

interface XPathLibrary {
  parse(expression: string): ParsedXPath & { readonly expression: { readonly expression: Part } };
  readonly XNodeSet: Constructor<NodeSet>;
  readonly XString: Constructor<XPathValue>;
  readonly XNumber: Constructor<XPathValue>;
  readonly XBoolean: Constructor<XPathValue>;
  readonly XPathContext: Constructor<object>;
  readonly BarOperation: Constructor<Part>;
  readonly Step: { readonly PRECEDING: number };
  readonly PathExpr: Constructor<Part> & {
    readonly prototype: {
      applyFilter(this: Part, outer: Context, inner: Context): { nodes: XPathNode[] } | { nonNodes: XPathValue };
    };
    applyStep(step: Step, context: Context, node: XPathNode): readonly XPathNode[];
    getRoot(context: Context, nodes: readonly XPathNode[]): XPathNode;
    predicateMatches(predicate: Part, context: Context): boolean;
  };
}

/** Reads an XPath 1.0 expression. Raises the library's errors. */
export function parseXPath(expression: string): ParsedXPath {
  const parsed = library.parse(expression);
  walkInLinearTime(parsed.expression.expression);
  return parsed;
}

/** The type of a value. */
export function xpathKind(value: object): 'string' | 'number' | 'boolean' | 'nodes' {
  if (value instanceof library.XString) return 'string';
  if (value instanceof library.XNumber) return 'number';
  return value instanceof library.XBoolean ? 'boolean' : 'nodes';
}

/**
 * The library removes double nodes from a set by comparing each with all others, and not at all between the steps of a
 * path. The trees of the parser are ours alone, so their paths and unions are given another way to be evaluated.
 */
function walkInLinearTime(part: Part | undefined): void {
  if (part === undefined) return;
  if (part instanceof library.PathExpr) Object.assign(part, { evaluate: evaluatePath });
  else if (part instanceof library.BarOperation) Object.assign(part, { evaluate: evaluateUnion });
  const steps = part.locationPath?.steps ?? [];
  const predicates = [...(part.filterPredicates ?? []), ...steps.flatMap((step) => step.predicates)];
  for (const inner of [part.lhs, part.rhs, part.filter, ...(part.arguments ?? []), ...predicates]) {
    walkInLinearTime(inner);
  }
}

/** What beginning a path costs, beside the nodes that it looks at. */
const pathSteps = 10;

function evaluatePath(this: Part, context: Context): XPathValue {
  const inner: Context = Object.assign(new library.XPathContext(), context);
  const filtered = library.PathExpr.prototype.applyFilter.call(this, context, inner);
  if ('nonNodes' in filtered) return filtered.nonNodes;
  const path = this.locationPath;
  let nodes: readonly XPathNode[] = filtered.nodes;
  spend(context.contextNode.root.budget, pathSteps);
  if (path?.absolute) nodes = [library.PathExpr.getRoot(inner, nodes)];
  for (const step of path?.steps ?? []) {
    const reached = new Set<XPathNode>();
    for (const node of nodes) for (const found of applyStep(step, inner, node)) reached.add(found);
    nodes = [...reached];
  }
  return nodeSet(nodes);
}

function evaluateUnion(this: Part, context: Context): XPathValue {
  const left = this.lhs?.evaluate(context).nodes;
  const right = this.rhs?.evaluate(context).nodes;
  if (left === undefined || right === undefined) throw new Error('Both sides of | must be node-sets.');
  return nodeSet(new Set([...left, ...right]));
}

function applyStep(step: Step, context: Context, node: XPathNode): readonly XPathNode[] {
  let nodes =
    step.axis === library.Step.PRECEDING
      ? preceding(node).filter((one) => step.nodeTest.matches(one, context))
      : library.PathExpr.applyStep(step, context, node);
  for (const predicate of step.predicates) {
    const at = Object.assign(new library.XPathContext(), context, { contextSize: nodes.length, contextPosition: 0 });
    nodes = nodes.filter((one, index) => {
      at.contextNode = one;
      at.contextPosition = index + 1;
      return library.PathExpr.predicateMatches(predicate, at);
    });
  }
  return nodes;
}

/** What ends before a node begins, the nearest first; the library would take quadratic time for it. */
function preceding(node: XPathNode): readonly XPathNode[] {
  const ancestors = new Set<XPathNode>();
  for (let up: XPathNode | null = node; up !== null; up = up.parentNode ?? up.ownerElement) ancestors.add(up);
  // Each node is looked at by several passes.
  spend(node.root.budget, node.index * 4);
  return node.root.nodes
    .slice(0, node.index)
    .filter((one) => one.ownerElement === null && !ancestors.has(one))
    .reverse();
}

function nodeSet(nodes: Iterable<XPathNode>): XPathValue {
  const set = new library.XNodeSet();
  set.nodes = [...nodes].sort((left, right) => left.index - right.index);
  set.size = set.nodes.length;
  return set;
}
