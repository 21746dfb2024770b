/** A document in whatever form it is at hand → small pieces of bytes. */

/** Bytes read between two turns of the event loop: a millisecond or two. */
export const turnBytes = 64 * 1024;

/** The document in pieces that are read within one turn of the event loop. */
export async function* slicesOf(source: Uint8Array | string | AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  if (typeof source === 'string') {
    for (let start = 0; start < source.length; ) {
      const end = sliceEnd(source, start + turnBytes / 4);
      yield encoder.encode(source.slice(start, end));
      start = end;
    }
  } else if (source instanceof Uint8Array) yield* piecesOf(source);
  else for await (const chunk of source) yield* piecesOf(chunk);
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
