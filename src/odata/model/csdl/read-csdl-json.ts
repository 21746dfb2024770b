/** CSDL JSON → Model. */

import { RialtoError } from '../../../base/errors.ts';
import { eventLoopTurn } from '../../../base/event-loop.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../base/json.ts';
import { checkLimit } from '../../../base/limits.ts';
import { JsonParser } from '../../payload/json-parser.ts';
import { ImageBuilder } from '../image/image-builder.ts';
import type { Model } from '../model.ts';
import { writeDocument } from './json/document.ts';
import { createJsonContext } from './json/json-context.ts';
import { inTurns, modelOfImage } from './model-of-image.ts';
import { slicesOf } from './source-slices.ts';

/** Longest document, in bytes: less than in XML, since its value is in memory as a whole. */
const csdlBytesMax = 128 * 1024 * 1024;
/** Deepest nesting of objects and arrays. */
const csdlDepthMax = 100;
/** Members of schemas and containers that are read between two turns of the event loop: a type may have hundreds itself. */
const turnMembers = 10;

/**
 * Reads a metadata document in JSON (OData CSDL JSON 4.01): its text, the bytes of that, or what JSON.parse made of it.
 * Raises CSDL_INVALID with the JSON pointer for what is not CSDL, declares a name twice or has a base type that is not
 * there, and with the offset for what is not JSON; LIMIT_EXCEEDED for a document that is too long or too deep.
 */
export async function readCsdlJson(
  source: string | Uint8Array | AsyncIterable<Uint8Array> | JsonObject,
): Promise<Model> {
  const document = isText(source) ? await parseDocument(source) : source;
  if (!isJsonObject(document)) invalid('an object is expected here', '');
  if (document === source) checkDepth(document, 1);
  const pointers = new Map<number, string>();
  const builder = new ImageBuilder(
    (message) => context.fail(message),
    (node) => pointers.set(node, context.pointer()),
  );
  const context = createJsonContext(builder, invalid);
  await inTurns(writeDocument(context, document), turnMembers);
  return modelOfImage(builder.seal(), (node) => pointers.get(node) ?? '/');
}

async function parseDocument(source: string | Uint8Array | AsyncIterable<Uint8Array>): Promise<JsonObject> {
  const parser = new JsonParser({ decimals: 'text', root: 'object', depthMax: csdlDepthMax });
  let offset = 0;
  for await (const slice of slicesOf(source)) {
    checkLimit('csdlBytesMax', csdlBytesMax, offset + slice.length, 'The length of the metadata document');
    parsePiece(parser, slice, offset);
    offset += slice.length;
    await eventLoopTurn();
  }
  if (!parser.isComplete) return invalid('it ends too early', '');
  return isJsonObject(parser.value) ? parser.value : invalid('an object is expected here', '');
}

/** Reads on; what stands behind the document must be blank, what stands before it may be a byte order mark. */
function parsePiece(parser: JsonParser, piece: Uint8Array, offset: number): void {
  const start = offset === 0 && piece[0] === 0xef && piece[1] === 0xbb && piece[2] === 0xbf ? 3 : 0;
  try {
    const end = parser.push(piece, start, offset);
    const rest = Buffer.from(piece.buffer, piece.byteOffset + end, piece.length - end).toString('latin1');
    if (/[^ \t\r\n]/.test(rest)) invalid(`there is more after the end, at byte ${offset + end}`, '');
  } catch (cause) {
    if (!(cause instanceof RialtoError) || cause.code !== 'ODATA_PAYLOAD_INVALID') throw cause;
    throw new RialtoError('CSDL_INVALID', `The metadata document is not valid JSON: ${cause.message}`, { cause });
  }
}

function invalid(message: string, pointer: string): never {
  throw new RialtoError('CSDL_INVALID', `The metadata document is not valid at ${pointer || '/'}: ${message}.`);
}

function isText(source: unknown): source is string | Uint8Array | AsyncIterable<Uint8Array> {
  if (typeof source === 'string' || source instanceof Uint8Array) return true;
  return typeof source === 'object' && source !== null && Symbol.asyncIterator in source;
}

/** A value that was parsed elsewhere may be of any depth, or hold itself. */
function checkDepth(value: JsonValue, depth: number): void {
  if (typeof value !== 'object' || value === null) return;
  checkLimit('csdlDepthMax', csdlDepthMax, depth, 'The depth of the metadata document');
  for (const member of Object.values(value)) checkDepth(member as JsonValue, depth + 1);
}
