/** What the views of one model share. */

import { attributeOf, type CsdlImage, flagOf, requiredOf } from '../image/csdl-image.ts';
import type { Declared, ImageIndex } from '../image/image-index.ts';
import { splitCollection } from '../image/type-names.ts';
import { word } from '../image/vocabulary.ts';
import type { Annotations, Facets, TypeReference } from '../model.ts';
import { type AnnotationView, createAnnotationView } from './annotations.ts';

export interface ViewContext {
  readonly image: CsdlImage;
  readonly index: () => ImageIndex;
  readonly annotations: AnnotationView;
  /** The full name, an alias resolved. */
  resolve(name: string): string;
  /** The declaration of a type definition. */
  typeDefinition(qualifiedName: string): Declared | undefined;
  /** `Type` of an element: item type and whether it is a collection, each name made once. */
  typeOf(written: string): { readonly type: string; readonly isCollection: boolean };
}

export function createViewContext(image: CsdlImage, index: () => ImageIndex): ViewContext {
  const types = new Map<string, { readonly type: string; readonly isCollection: boolean }>();
  const resolve = (name: string) => index().names.resolve(name);
  return {
    image,
    index,
    annotations: createAnnotationView(image, index),
    resolve,
    typeDefinition: (qualifiedName) => index().named(word.TypeDefinition).get(qualifiedName),
    typeOf(written) {
      const known = types.get(written);
      if (known !== undefined) return known;
      const { type, isCollection } = splitCollection(written);
      const split = { type: resolve(type), isCollection };
      types.set(written, split);
      return split;
    },
  };
}

/** `Type`, `Nullable` and facets of an element (OData CSDL XML 4.01 7.2). */
export function typeReferenceOf(context: ViewContext, node: number): TypeReference {
  const { image } = context;
  const { type, isCollection } = context.typeOf(requiredOf(image, node, 'Type'));
  const definition = context.typeDefinition(type);
  const isNullable = flagOf(image, node, 'Nullable', true);
  if (definition === undefined) return { type, isCollection, isNullable, ...facetsOf(image, node) };
  return {
    type: requiredOf(image, definition.node, 'UnderlyingType'),
    typeDefinition: type,
    isCollection,
    isNullable,
    ...facetsOf(image, definition.node),
    ...facetsOf(image, node),
  };
}

/** `annotations` where there are some: elements that seldom have any do without the member. */
export function annotated(context: ViewContext, node: number, target?: string): { readonly annotations?: Annotations } {
  const annotations = context.annotations.of(node, target);
  return Object.keys(annotations).length === 0 ? {} : { annotations };
}

/** The facets that an element declares. */
export function facetsOf(image: CsdlImage, node: number): Facets {
  const facets: { -readonly [Name in keyof Facets]: Facets[Name] } = {};
  const maxLength = attributeOf(image, node, 'MaxLength');
  if (maxLength !== undefined) facets.maxLength = maxLength.toLowerCase() === 'max' ? 'max' : Number(maxLength);
  const precision = attributeOf(image, node, 'Precision');
  if (precision !== undefined) facets.precision = Number(precision);
  const scale = attributeOf(image, node, 'Scale');
  if (scale !== undefined) facets.scale = scaleOf(scale);
  if (attributeOf(image, node, 'Unicode') !== undefined) facets.unicode = flagOf(image, node, 'Unicode', true);
  const srid = attributeOf(image, node, 'SRID');
  if (srid !== undefined) facets.srid = /^\d+$/.test(srid) ? Number(srid) : 'variable';
  return facets;
}

function scaleOf(text: string): number | 'variable' | 'floating' {
  const lower = text.toLowerCase();
  return lower === 'variable' || lower === 'floating' ? lower : Number(text);
}
