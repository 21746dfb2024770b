/** A document in whatever form it is at hand → small pieces of bytes. */

import { RialtoError } from '../../../base/errors.ts';

/** Bytes read between two turns of the event loop: some milliseconds before code is compiled, far less than one later. */
export const turnBytes = 16 * 1024;

/** The document in pieces that are read within one turn of the event loop. Raises CSDL_INVALID for anything else. */
export async function* slicesOf(source: Uint8Array | string | AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  if (typeof source === 'string') {
    for (let start = 0; start < source.length; ) {
      const end = sliceEnd(source, start + turnBytes / 4);
      yield encoder.encode(source.slice(start, end));
      start = end;
    }
  } else if (source instanceof Uint8Array) yield* piecesOf(source);
  else if (isIterable(source)) for await (const chunk of source) yield* piecesOf(bytesOf(chunk));
  else fail(`The metadata document is ${kindOf(source)}; expected bytes, text or a stream of bytes.`);
}

function isIterable(source: unknown): boolean {
  return typeof source === 'object' && source !== null && (Symbol.asyncIterator in source || Symbol.iterator in source);
}

/** A stream with an encoding, say, gives strings. */
function bytesOf(chunk: unknown): Uint8Array {
  return chunk instanceof Uint8Array
    ? chunk
    : fail(`A piece of the metadata document is ${kindOf(chunk)}; expected bytes.`);
}

function kindOf(value: unknown): string {
  return value === null || value === undefined ? String(value) : `of type ${typeof value}`;
}

function fail(message: string): never {
  throw new RialtoError('CSDL_INVALID', message);
}

function* piecesOf(bytes: Uint8Array): Iterable<Uint8Array> {
  for (let start = 0; start < bytes.byteLength; start += turnBytes) yield bytes.subarray(start, start + turnBytes);
}

/** An end that does not part a surrogate pair. */
function sliceEnd(text: string, end: number): number {
  const code = text.charCodeAt(end - 1);
  return code >= 0xd800 && code <= 0xdbff ? end + 1 : end;
}

const encoder = new TextEncoder();
