/** Frames of annotations and their expressions (OData CSDL XML 4.01 14). */

import type { JsonValue } from '../../../base/json.ts';
import { constantKinds, constantValue, recordTypeMember } from './annotation-value.ts';
import { type AnnotationsDraft, type Attributes, type CsdlContext, type Frame, required } from './csdl-frame.ts';

/** The frame of an `Annotation`; its value goes into `target` under its full term. */
export function annotationFrame(attributes: Attributes, target: AnnotationsDraft, context: CsdlContext): Frame {
  const term = context.intern(context.resolve(required(attributes, 'Term', 'Annotation', context)));
  const name = attributes.Qualifier === undefined ? term : context.intern(`${term}#${attributes.Qualifier}`);
  const expression = expressionFrame(attributes, context, (value) => {
    // An annotation without a value is a tag: the default of its term, which is true for tagging terms.
    target[name] = value === undefined ? true : value;
  });
  return {
    ...expression,
    open: (element, childAttributes) =>
      element === 'Annotation'
        ? annotationFrame(childAttributes, prefixed(target, `${name}@`), context)
        : expression.open?.(element, childAttributes),
  };
}

/** A frame for an element that has one child `Annotation` kind only: every leaf of a model. */
export function annotatedFrame(target: AnnotationsDraft, context: CsdlContext): Frame {
  return {
    open: (name, attributes) => (name === 'Annotation' ? annotationFrame(attributes, target, context) : undefined),
  };
}

/** The frame of an element whose value is a constant attribute or a child expression. */
function expressionFrame(
  attributes: Attributes,
  context: CsdlContext,
  done: (value: JsonValue | undefined) => void,
): Frame {
  let value = constantAttribute(attributes, context);
  return {
    open: (element, childAttributes) =>
      valueFrame(element, childAttributes, context, (child) => {
        value = child;
      }),
    close: () => done(value),
  };
}

/** The frame of an expression element; undefined for a dynamic expression, which has no place in a model. */
function valueFrame(
  element: string,
  attributes: Attributes,
  context: CsdlContext,
  done: (value: JsonValue) => void,
): Frame | undefined {
  if (element === 'Collection') {
    const items: JsonValue[] = [];
    return {
      open: (name, itemAttributes) => valueFrame(name, itemAttributes, context, (item) => items.push(item)),
      close: () => done(items),
    };
  }
  if (element === 'Record') return recordFrame(attributes, context, done);
  if (element === 'Null') return { close: () => done(null) };
  if (!constantKinds.has(element)) return undefined;
  let text = '';
  return {
    text: (part) => {
      text += part;
    },
    close: () => done(constant(element, text, context)),
  };
}

function recordFrame(attributes: Attributes, context: CsdlContext, done: (value: JsonValue) => void): Frame {
  const record: AnnotationsDraft = {};
  if (attributes.Type !== undefined) record[recordTypeMember] = context.intern(attributes.Type);
  return {
    open(name, childAttributes) {
      if (name === 'Annotation') return annotationFrame(childAttributes, prefixed(record, '@'), context);
      if (name !== 'PropertyValue') return undefined;
      const property = required(childAttributes, 'Property', 'PropertyValue', context);
      return expressionFrame(childAttributes, context, (value) => {
        record[property] = value === undefined ? true : value;
      });
    },
    close: () => done(record),
  };
}

function constantAttribute(attributes: Attributes, context: CsdlContext): JsonValue | undefined {
  for (const name of Object.keys(attributes)) {
    if (constantKinds.has(name)) return constant(name, attributes[name] ?? '', context);
  }
  return undefined;
}

function constant(kind: string, text: string, context: CsdlContext): JsonValue {
  if (kind === 'Int' && !/^[+-]?\d+$/.test(text)) context.fail(`Int is '${text}'; expected an integer`);
  return constantValue(kind, context.intern(text));
}

/** A view of `target` that puts `prefix` before each name, as CSDL JSON does for annotations of annotations. */
function prefixed(target: AnnotationsDraft, prefix: string): AnnotationsDraft {
  return new Proxy(target, {
    set(object, name, value: JsonValue) {
      object[prefix + String(name)] = value;
      return true;
    },
  });
}
