/** CSDL XML → Model, as the document arrives. */

import { eventLoopTurn } from '../../../base/event-loop.ts';
import { ImageBuilder } from '../image/image-builder.ts';
import type { Model } from '../model.ts';
import { XmlScanner } from '../xml/xml-scanner.ts';
import { modelOfImage } from './model-of-image.ts';
import { slicesOf, turnBytes } from './source-slices.ts';

/**
 * Reads a metadata document (OData CSDL XML 4.01). Elements that CSDL does not have are passed over. The event loop
 * turns every millisecond or two. Raises CSDL_INVALID with line and column for what is not XML in UTF-8, not CSDL 4,
 * has a document type declaration, or declares a name twice or a base type that is not there; LIMIT_EXCEEDED for a
 * document that is too long or too deep.
 */
export async function readCsdlXml(source: Uint8Array | string | AsyncIterable<Uint8Array>): Promise<Model> {
  const places = new Map<number, string>();
  const builder = new ImageBuilder(
    (message) => scanner.fail(message),
    (node) => {
      const { line, column } = scanner.place();
      places.set(node, `${line}:${column}`);
    },
  );
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
  await eventLoopTurn();
  return modelOfImage(builder.seal(), (node) => places.get(node) ?? '1:1');
}
