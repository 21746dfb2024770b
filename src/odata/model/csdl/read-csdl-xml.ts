/** CSDL XML → Model, as the document arrives. */

import { SaxesParser } from 'saxes';
import { isRialtoError, RialtoError } from '../../../base/errors.ts';
import { checkLimit } from '../../../base/limits.ts';
import { createModel } from '../create-model.ts';
import type { Model } from '../model.ts';
import type { SchemaData } from '../model-data.ts';
import { createTypeNames, splitCollection } from '../type-names.ts';
import { documentFrame } from './csdl-builder.ts';
import type { CsdlContext, Frame } from './csdl-frame.ts';

/** Longest metadata document, in bytes; F&O's is 50 MB and more. */
const csdlBytesMax = 256 * 1024 * 1024;
/** Deepest nesting of elements. */
const csdlDepthMax = 100;
/** Texts shorter than this are copied by the JavaScript engine anyway. */
const cutLengthMin = 13;
/** Bytes handed to the XML parser at a time. */
const sliceBytes = 64 * 1024;

/**
 * Reads a metadata document (OData CSDL XML 4.01). Terms, type definitions and dynamic expressions are passed over.
 * Raises CSDL_INVALID with line and column for what is not XML, not CSDL 4, or has a document type declaration;
 * LIMIT_EXCEEDED for a document that is too long or too deep.
 */
export async function readCsdlXml(source: Uint8Array | string | AsyncIterable<Uint8Array>): Promise<Model> {
  const reader = createReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let bytes = 0;
  for await (const slice of slices(source)) {
    bytes += slice.byteLength;
    checkLimit('csdlBytesMax', csdlBytesMax, bytes, 'The length of the metadata document');
    reader.write(() => decoder.decode(slice, { stream: true }));
  }
  reader.write(() => decoder.decode());
  return reader.close();
}

async function* slices(source: Uint8Array | string | AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  if (typeof source !== 'string' && !(source instanceof Uint8Array)) {
    for await (const chunk of source) yield* slicesOf(chunk);
  } else {
    yield* slicesOf(typeof source === 'string' ? new TextEncoder().encode(source) : source);
  }
}

/** Slices, so that a text that is kept holds on to little of what stood around it. */
function* slicesOf(bytes: Uint8Array): Iterable<Uint8Array> {
  for (let start = 0; start < bytes.byteLength; start += sliceBytes) yield bytes.subarray(start, start + sliceBytes);
}

/** The parser with the stack of open elements. */
function createReader() {
  const parser = new SaxesParser();
  const model = { schemas: [] as SchemaData[], aliases: new Map<string, string>() };
  const context = createContext(model.aliases, fail);
  const stack: (Frame | undefined)[] = [documentFrame(model, context)];

  function fail(message: string): never {
    throw new RialtoError(
      'CSDL_INVALID',
      `The metadata document is not valid at ${parser.line}:${parser.column + 1}: ${message}.`,
    );
  }
  parser.on('doctype', () => fail('a document type declaration is not allowed'));
  parser.on('error', (error) => fail(error.message.replace(/^\d+:\d+: /, '').replace(/\.$/, '')));
  parser.on('opentag', (tag) => {
    checkLimit('csdlDepthMax', csdlDepthMax, stack.length, 'The depth of the metadata document');
    stack.push(stack.at(-1)?.open?.(localName(tag.name), tag.attributes));
  });
  parser.on('text', (text) => stack.at(-1)?.text?.(text));
  parser.on('closetag', () => stack.pop()?.close?.());

  return {
    write(decode: () => string): void {
      parser.write(guarded(decode, fail));
    },
    close(): Model {
      parser.close();
      return createModel({ schemas: model.schemas });
    },
  };
}

/** Bytes that are not UTF-8 are the document's fault. */
function guarded(decode: () => string, fail: (message: string) => never): string {
  try {
    return decode();
  } catch (cause) {
    if (isRialtoError(cause)) throw cause;
    return fail('the text is not UTF-8');
  }
}

function createContext(aliases: ReadonlyMap<string, string>, fail: (message: string) => never): CsdlContext {
  const interned = new Map<string, string>();
  const types = new Map<string, ReturnType<CsdlContext['typeOf']>>();
  function intern(text: string): string {
    const known = interned.get(text);
    if (known !== undefined) return known;
    // A text cut out of a slice keeps the whole slice alive; a copy through bytes does not. Short ones are no cuts.
    const copy = text.length < cutLengthMin ? text : Buffer.from(text).toString();
    interned.set(copy, copy);
    return copy;
  }
  return {
    fail,
    intern,
    typeOf(name) {
      const known = types.get(name);
      if (known !== undefined) return known;
      const { type, isCollection } = splitCollection(name);
      const split = { type: intern(type), isCollection };
      types.set(intern(name), split);
      return split;
    },
    resolve: (name) => createTypeNames([...aliases].map(([alias, namespace]) => ({ alias, namespace }))).resolve(name),
  };
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
}
