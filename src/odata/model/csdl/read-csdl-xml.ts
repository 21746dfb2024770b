/** CSDL XML → Model, as the document arrives. */

import { RialtoError } from '../../../base/errors.ts';
import { eventLoopTurn } from '../../../base/event-loop.ts';
import { checkImage } from '../image/check-image.ts';
import type { CsdlImage } from '../image/csdl-image.ts';
import { ImageBuilder } from '../image/image-builder.ts';
import { indexImage, type Steps } from '../image/image-index.ts';
import type { Model } from '../model.ts';
import { createModelView } from '../view/model-view.ts';
import { XmlScanner } from '../xml/xml-scanner.ts';

/** Bytes read between two turns of the event loop: one or two milliseconds. */
const turnBytes = 64 * 1024;

/**
 * Reads a metadata document (OData CSDL XML 4.01). Elements that CSDL does not have are passed over. The event loop
 * turns every millisecond or two. Raises CSDL_INVALID with line and column for what is not XML in UTF-8, not CSDL 4,
 * has a document type declaration, or declares a name twice or a base type that is not there; LIMIT_EXCEEDED for a
 * document that is too long or too deep.
 */
export async function readCsdlXml(source: Uint8Array | string | AsyncIterable<Uint8Array>): Promise<Model> {
  const places = new Map<number, string>();
  const builder = new ImageBuilder((node) => {
    const { line, column } = scanner.place();
    places.set(node, `${line}:${column}`);
  });
  const scanner = new XmlScanner(builder.texts, builder);
  let untilTurn = turnBytes;
  for await (const slice of slicesOf(source)) {
    scanner.write(slice);
    untilTurn -= slice.byteLength;
    if (untilTurn > 0) continue;
    untilTurn = turnBytes;
    await eventLoopTurn();
  }
  scanner.end();
  const image = builder.seal();
  return finish(image, (node) => places.get(node) ?? '1:1');
}

/** The model of an image that was just read, checked as a whole. */
async function finish(image: CsdlImage, placeOf: (node: number) => string): Promise<Model> {
  const fail = (node: number, message: string): never => {
    throw new RialtoError('CSDL_INVALID', `The metadata document is not valid at ${placeOf(node)}: ${message}.`);
  };
  const index = await inTurns(indexImage(image, (node, name) => fail(node, `'${name}' is declared twice`)));
  await inTurns(checkImage(index, fail));
  return createModelView(image, () => index);
}

/** Does the steps with a turn of the event loop after each. */
async function inTurns<T>(steps: Steps<T>): Promise<T> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    await eventLoopTurn();
  }
}

async function* slicesOf(source: Uint8Array | string | AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
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
