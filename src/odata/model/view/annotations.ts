/** Annotations of model elements, those that stand apart included (OData CSDL 4.01 14.2). */

import type { JsonValue } from '../../../base/json.ts';
import { attributeOf, type CsdlImage, childrenOf, endOf, firstChild, requiredOf } from '../image/csdl-image.ts';
import type { ImageIndex } from '../image/image-index.ts';
import { splitCollection, type TypeNames } from '../image/type-names.ts';
import { word } from '../image/vocabulary.ts';
import type { AnnotationGroup, Annotations } from '../model.ts';
import { defaultValueOf } from './default-value.ts';
import { assignedValue } from './expression.ts';
import { deepFrozen, noAnnotations, once, setMember } from './frozen.ts';
import { renamedName } from './term-names.ts';

/** The annotations of one model. */
export interface AnnotationView {
  /** The annotations of the element, and of `target`, its path: those on the element itself win. */
  of(node: number, target?: string): Annotations;
  readonly groups: () => readonly AnnotationGroup[];
}

export function createAnnotationView(image: CsdlImage, index: () => ImageIndex): AnnotationView {
  const expressions = { image, resolve: (name: string) => index().names.resolve(name), addAnnotations: add };
  const inline = (node: number): Annotations => {
    if (firstChild(image, node) === endOf(image, node)) return noAnnotations;
    const annotations: Record<string, JsonValue> = {};
    add(node, annotations, '');
    return Object.keys(annotations).length === 0 ? noAnnotations : deepFrozen(annotations);
  };
  function add(node: number, target: Record<string, JsonValue>, prefix: string): void {
    for (const child of childrenOf(image, node, word.Annotation)) {
      const name = `${prefix}${annotationName(image, child, index().names)}`;
      const value = assignedValue(expressions, child);
      setMember(target, name, value === undefined ? defaultOf(child, index()) : value);
      add(child, target, `${name}@`);
    }
  }
  const groups = once(() =>
    Object.freeze(
      index().schemas.flatMap((schema) =>
        childrenOf(image, schema.node, word.Annotations).map((node) => groupOf(node, schema.namespace)),
      ),
    ),
  );
  function groupOf(node: number, namespace: string): AnnotationGroup {
    const target = targetName(requiredOf(image, node, 'Target'), index().names.resolve);
    const qualifier = attributeOf(image, node, 'Qualifier');
    const own = inline(node);
    if (qualifier === undefined) return Object.freeze({ namespace, target, annotations: own });
    const qualified = Object.entries(own).map(([name, value]) => [withQualifier(name, qualifier), value]);
    return Object.freeze({ namespace, target, annotations: Object.freeze(Object.fromEntries(qualified)) });
  }
  const apart = once(() => {
    const byTarget = new Map<string, Record<string, JsonValue>>();
    for (const { target, annotations } of groups()) {
      const known = byTarget.get(target) ?? {};
      for (const [name, value] of Object.entries(annotations)) setMember(known, name, value);
      byTarget.set(target, known);
    }
    return byTarget;
  });
  return {
    of(node, target) {
      const own = inline(node);
      if (target === undefined || index().annotationGroups.length === 0) return own;
      const others = apart().get(target);
      return others === undefined ? own : Object.freeze({ ...others, ...own });
    },
    groups,
  };
}

/** The path with the names in its first segment renamed: of the element, and of the types of an overload. */
export function targetName(target: string, rename: (name: string) => string): string {
  const match = /^([^/(]*)(\([^/]*\))?(.*)$/s.exec(target);
  if (match === null) return target;
  const [, name = '', overload, rest = ''] = match;
  const types = overload === undefined ? '' : `(${overload.slice(1, -1).split(',').map(renameType).join(',')})`;
  return `${rename(name)}${types}${rest}`;

  function renameType(written: string): string {
    const { type, isCollection } = splitCollection(written.trim());
    return isCollection ? `Collection(${rename(type)})` : rename(type);
  }
}

/** `Term#Qualifier`; a term from data may be a whole path of annotations of annotations. */
function annotationName(image: CsdlImage, node: number, names: TypeNames): string {
  const qualifier = attributeOf(image, node, 'Qualifier');
  const term = renamedName(requiredOf(image, node, 'Term'), names.resolve);
  return qualifier === undefined ? term : `${term}#${qualifier}`;
}

/** What the term says of an annotation without a value; one that is not known is a tag (OData CSDL XML 4.01 14.2). */
function defaultOf(node: number, { image, names, named }: ImageIndex): JsonValue {
  const term = named(word.Term).get(names.resolve(requiredOf(image, node, 'Term')));
  if (term === undefined) return true;
  const { type, isCollection } = splitCollection(requiredOf(image, term.node, 'Type'));
  if (isCollection) return [];
  const name = names.resolve(type);
  if (named(word.ComplexType).has(name) || named(word.EntityType).has(name)) return {};
  const text = attributeOf(image, term.node, 'DefaultValue');
  const definition = named(word.TypeDefinition).get(name);
  if (text === undefined) return null;
  return defaultValueOf(text, definition === undefined ? name : requiredOf(image, definition.node, 'UnderlyingType'));
}

function withQualifier(name: string, qualifier: string): string {
  const [term = '', ...rest] = name.split('@');
  const qualified = term.includes('#') ? term : `${term}#${qualifier}`;
  return [qualified, ...rest].join('@');
}
