/** CSDL JSON → Model. */

import { isUtf8 } from 'node:buffer';
import { RialtoError } from '../../../base/errors.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../base/json.ts';
import { checkLimit } from '../../../base/limits.ts';
import { ImageBuilder } from '../image/image-builder.ts';
import type { Model } from '../model.ts';
import { writeDocument } from './json/document.ts';
import { createJsonContext } from './json/json-context.ts';
import { documentIn, documentOf, type JsonDocument } from './json/json-document.ts';
import { inTurns, modelOfImage } from './model-of-image.ts';
import { slicesOf } from './source-slices.ts';

/** Longest document, in bytes: less than in XML, since it is in memory as a whole. */
const csdlBytesMax = 128 * 1024 * 1024;
/** Deepest nesting of objects and arrays. */
const csdlDepthMax = 100;
/** Members of schemas and containers that are read between two turns of the event loop: a type may have hundreds itself. */
const turnMembers = 10;

/**
 * Reads a metadata document in JSON (OData CSDL JSON 4.01): its text, the bytes of that, or what JSON.parse made of it.
 * Raises CSDL_INVALID with the JSON pointer for what is not CSDL, declares a name twice or has a base type that is not
 * there, and with the offset for what is not JSON; LIMIT_EXCEEDED for a document that is too long or too deep. The
 * event loop turns every few milliseconds, but for a value that was parsed elsewhere.
 */
export async function readCsdlJson(
  source: string | Uint8Array | AsyncIterable<Uint8Array> | JsonObject,
): Promise<Model> {
  const document = await documentFrom(source);
  const pointers = new Map<number, string>();
  const builder = new ImageBuilder(
    (message) => context.fail(message),
    (node) => pointers.set(node, context.pointer()),
  );
  const context = createJsonContext(builder, invalid);
  await inTurns(writeDocument(context, document, checkDepth), turnMembers);
  return modelOfImage(builder.seal(), (node) => pointers.get(node) ?? '/');
}

async function documentFrom(
  source: string | Uint8Array | AsyncIterable<Uint8Array> | JsonObject,
): Promise<JsonDocument> {
  if (isText(source)) return inTurns(documentIn(await bytesOf(source)));
  if (!isJsonObject(source)) return invalid('an object is expected here', '');
  checkDepth(source);
  return documentOf(source);
}

async function bytesOf(source: string | Uint8Array | AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of slicesOf(source)) {
    length += piece.length;
    checkLimit('csdlBytesMax', csdlBytesMax, length, 'The length of the metadata document');
    pieces.push(piece);
  }
  const bytes = Buffer.concat(pieces, length);
  return isUtf8(bytes) ? bytes : invalid('the bytes are not UTF-8', '');
}

function invalid(message: string, pointer: string): never {
  throw new RialtoError('CSDL_INVALID', `The metadata document is not valid at ${pointer || '/'}: ${message}.`);
}

function isText(source: unknown): source is string | Uint8Array | AsyncIterable<Uint8Array> {
  if (typeof source === 'string' || source instanceof Uint8Array) return true;
  return typeof source === 'object' && source !== null && Symbol.asyncIterator in source;
}

/** Values may be of any depth, and those that were parsed elsewhere may hold themselves. */
function checkDepth(value: JsonValue, depth = 1): void {
  if (typeof value !== 'object' || value === null) return;
  checkLimit('csdlDepthMax', csdlDepthMax, depth, 'The depth of the metadata document');
  for (const member of Object.values(value)) checkDepth(member as JsonValue, depth + 1);
}
