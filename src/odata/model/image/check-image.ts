/** What must hold between the elements of a metadata document. */

import { checkLimit } from '../../../base/limits.ts';
import { attributeOf, childrenOf, requiredOf } from './csdl-image.ts';
import { type Declared, type ImageIndex, type Steps, turnSteps } from './image-index.ts';
import { word } from './vocabulary.ts';

/** Most types that one inherits from, through each other. */
const csdlInheritanceMax = 200;

/** Raises CSDL_INVALID at the place of an element. */
export type FailAt = (node: number, message: string) => never;

/**
 * Checks that namespaces and aliases are declared once and differ, that base types, entity types of sets and extended containers
 * are there unless a reference includes their schema, and that nothing inherits from itself.
 */
export function* checkImage(index: ImageIndex, fail: FailAt): Steps<void> {
  checkSchemas(index, fail);
  yield* checkInheritance(index, fail);
  checkTypeDefinitions(index, fail);
  yield* checkSets(index, fail);
  checkContainers(index, fail);
}

/** The part of it without which following base types might not end. */
export function* checkInheritance(index: ImageIndex, fail: FailAt): Steps<void> {
  yield* checkBases(index, word.EntityType, 'BaseType', 'base type', fail);
  yield* checkBases(index, word.ComplexType, 'BaseType', 'base type', fail);
  yield* checkBases(index, word.EntityContainer, 'Extends', 'base container', fail);
}

/** The containers that no other one extends; a service has one (OData CSDL 4.01 13). */
export function serviceContainers(index: ImageIndex): readonly Declared[] {
  const containers = [...index.named(word.EntityContainer).values()];
  const extended = new Set(
    containers.flatMap(({ node }) => {
      const base = attributeOf(index.image, node, 'Extends');
      return base === undefined ? [] : [index.names.resolve(base)];
    }),
  );
  return containers.filter(({ qualifiedName }) => !extended.has(qualifiedName));
}

function checkSchemas(index: ImageIndex, fail: FailAt): void {
  const namespaces = new Set<string>();
  const aliases = new Set<string>();
  for (const { node, namespace, alias } of index.schemas) {
    if (namespaces.has(namespace)) fail(node, `the namespace '${namespace}' is declared twice`);
    if (alias !== undefined && aliases.has(alias)) fail(node, `the alias '${alias}' is declared twice`);
    namespaces.add(namespace);
    if (alias !== undefined) aliases.add(alias);
  }
  checkAliases(index, fail);
}

/** An alias stands for one schema only: for no other one that has it as its namespace or that a reference includes. */
function checkAliases(index: ImageIndex, fail: FailAt): void {
  const { image, schemas, references } = index;
  const includes = references
    .flatMap((reference) => childrenOf(image, reference, word.Include))
    .map((node) => ({
      namespace: requiredOf(image, node, 'Namespace'),
      alias: attributeOf(image, node, 'Alias'),
    }));
  const declared = new Map(schemas.map(({ node, namespace }) => [namespace, node]));
  const included = new Map(includes.map(({ namespace, alias }) => [alias, namespace]));
  for (const { namespace, alias } of [...schemas, ...includes]) {
    const other = alias === undefined || alias === namespace ? undefined : declared.get(alias);
    if (other !== undefined) fail(other, `the namespace '${alias}' is the alias of '${namespace}' as well`);
  }
  for (const { node, namespace, alias } of schemas) {
    if (alias === undefined || alias === namespace) continue;
    const other = index.included.has(alias) ? alias : included.get(alias);
    if (other !== undefined && other !== namespace) {
      fail(node, `the alias '${alias}' stands for the included schema '${other}' as well`);
    }
  }
}

/** Every base is declared, and none is its own ancestor. */
function* checkBases(
  index: ImageIndex,
  kind: number,
  attribute: 'BaseType' | 'Extends',
  what: string,
  fail: FailAt,
): Steps<void> {
  const declared = index.named(kind);
  const bases = new Map<string, string>();
  let steps = 0;
  for (const { node, qualifiedName } of declared.values()) {
    steps += 1;
    if (steps % turnSteps === 0) yield;
    const written = attributeOf(index.image, node, attribute);
    if (written === undefined) continue;
    const base = index.names.resolve(written);
    if (declared.has(base)) bases.set(qualifiedName, base);
    else if (!isElsewhere(index, base))
      fail(node, `'${qualifiedName}' has the ${what} '${base}', which is not declared`);
  }
  // How many bases each has above it: each is passed once, however long the chains are.
  const depths = new Map<string, number>();
  for (const qualifiedName of bases.keys()) {
    steps += 1;
    if (steps % turnSteps === 0) yield;
    const node = declared.get(qualifiedName)?.node ?? 0;
    const passed = new Set<string>();
    let name: string | undefined = qualifiedName;
    while (name !== undefined && !depths.has(name)) {
      if (passed.has(name)) fail(node, `'${qualifiedName}' inherits from itself through '${name}'`);
      passed.add(name);
      name = bases.get(name);
    }
    let depth = name === undefined ? -1 : (depths.get(name) ?? 0);
    for (const each of [...passed].reverse()) {
      depth += 1;
      depths.set(each, depth);
    }
    checkLimit('csdlInheritanceMax', csdlInheritanceMax, depth, `The number of bases of '${qualifiedName}'`);
  }
}

function checkTypeDefinitions(index: ImageIndex, fail: FailAt): void {
  for (const { node, qualifiedName } of index.named(word.TypeDefinition).values()) {
    const underlying = requiredOf(index.image, node, 'UnderlyingType');
    if (!underlying.startsWith('Edm.')) {
      fail(node, `'${qualifiedName}' has the underlying type '${underlying}'; expected a primitive type`);
    }
  }
}

function* checkSets(index: ImageIndex, fail: FailAt): Steps<void> {
  const entityTypes = index.named(word.EntityType);
  let steps = 0;
  for (const container of index.named(word.EntityContainer).values()) {
    for (const [kind, attribute] of [
      [word.EntitySet, 'EntityType'],
      [word.Singleton, 'Type'],
    ] as const) {
      for (const node of childrenOf(index.image, container.node, kind)) {
        steps += 1;
        if (steps % turnSteps === 0) yield;
        const written = requiredOf(index.image, node, attribute);
        const type = index.names.resolve(written);
        if (entityTypes.has(type) || isElsewhere(index, type)) continue;
        const what = kind === word.EntitySet ? 'Entity set' : 'Singleton';
        fail(node, `${what} '${requiredOf(index.image, node, 'Name')}' is of type '${written}', which is not declared`);
      }
    }
  }
}

function checkContainers(index: ImageIndex, fail: FailAt): void {
  const containers = serviceContainers(index);
  const [, second] = containers;
  if (second !== undefined) {
    fail(second.node, `there are ${containers.length} entity containers; expected at most one`);
  }
}

/** True for a name of a schema that a reference includes, and for the abstract types of Edm. */
function isElsewhere(index: ImageIndex, name: string): boolean {
  const namespace = name.slice(0, Math.max(name.lastIndexOf('.'), 0));
  return index.included.has(namespace) || namespace === 'Edm';
}
