/** What an image declares, by name. */

import { attributeOf, type CsdlImage, childrenOf, endOf, firstChild, kindOf, requiredOf } from './csdl-image.ts';
import { createTypeNames, type TypeNames } from './type-names.ts';
import { word } from './vocabulary.ts';

/** A child of a schema, and the namespace that it is declared in. */
export interface Declared {
  readonly node: number;
  readonly name: string;
  readonly namespace: string;
  readonly qualifiedName: string;
}

export interface ImageIndex {
  readonly image: CsdlImage;
  readonly names: TypeNames;
  readonly schemas: readonly {
    readonly node: number;
    readonly namespace: string;
    readonly alias: string | undefined;
  }[];
  readonly references: readonly number[];
  /** Namespaces that references include: what is in them is declared elsewhere. */
  readonly included: ReadonlySet<string>;
  /** Types, terms and containers by qualified name, in document order. */
  named(kind: number): ReadonlyMap<string, Declared>;
  /** Actions or functions with all their overloads, in document order. */
  overloads(kind: number): readonly Declared[];
  /** `Annotations` elements. */
  readonly annotationGroups: readonly number[];
}

/** Elements looked at between two turns of the event loop: a fraction of a millisecond, more before code is compiled. */
export const turnSteps = 200;

/** A step of work that may be spread over turns of the event loop. */
export type Steps<T> = Generator<void, T>;

/** Indexes an image; `onTwice` hears of names that are declared again. */
export function* indexImage(image: CsdlImage, onTwice: (node: number, name: string) => void): Steps<ImageIndex> {
  const references = rootChildren(image, word.Reference);
  const schemas = rootChildren(image, word.DataServices)
    .flatMap((services) => childrenOf(image, services, word.Schema))
    .map((node) => ({
      node,
      namespace: requiredOf(image, node, 'Namespace'),
      alias: attributeOf(image, node, 'Alias'),
    }));
  const includes = references.flatMap((reference) => childrenOf(image, reference, word.Include));
  const included = includes.map((node) => ({
    namespace: requiredOf(image, node, 'Namespace'),
    alias: attributeOf(image, node, 'Alias'),
  }));
  const named = new Map<number, Map<string, Declared>>();
  const overloads = new Map<number, Declared[]>();
  const annotationGroups: number[] = [];
  let steps = 0;
  for (const schema of schemas) {
    const end = endOf(image, schema.node);
    for (let node = firstChild(image, schema.node); node < end; node = endOf(image, node)) {
      steps += 1;
      if (steps % turnSteps === 0) yield;
      const kind = kindOf(image, node);
      if (kind === word.Annotation) continue;
      if (kind === word.Annotations) {
        annotationGroups.push(node);
        continue;
      }
      const name = requiredOf(image, node, 'Name');
      const declared = { node, name, namespace: schema.namespace, qualifiedName: `${schema.namespace}.${name}` };
      if (kind === word.Action || kind === word.Function) listOf(overloads, kind).push(declared);
      else {
        const others = mapOf(named, kind);
        if (others.has(declared.qualifiedName)) onTwice(node, declared.qualifiedName);
        others.set(declared.qualifiedName, declared);
      }
    }
  }
  return {
    image,
    names: createTypeNames(schemas, included),
    schemas,
    references,
    included: new Set(included.map(({ namespace }) => namespace)),
    named: (kind) => named.get(kind) ?? noneNamed,
    overloads: (kind) => overloads.get(kind) ?? [],
    annotationGroups,
  };
}

/** Does all steps at once. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

const noneNamed: ReadonlyMap<string, Declared> = new Map();

function rootChildren(image: CsdlImage, kind: number): readonly number[] {
  return image.nodes.length === 0 ? [] : childrenOf(image, 0, kind);
}

function listOf<T>(lists: Map<number, T[]>, kind: number): T[] {
  const list = lists.get(kind) ?? [];
  lists.set(kind, list);
  return list;
}

function mapOf<T>(maps: Map<number, Map<string, T>>, kind: number): Map<string, T> {
  const map = maps.get(kind) ?? new Map<string, T>();
  maps.set(kind, map);
  return map;
}
