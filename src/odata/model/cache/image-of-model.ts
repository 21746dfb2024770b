/** Model → image: the one it is a view of, or that of its document when it is a copy with other members. */

import { writeCsdlXml } from '../csdl/write-csdl-xml.ts';
import type { CsdlImage } from '../image/csdl-image.ts';
import { ImageBuilder } from '../image/image-builder.ts';
import type { Model } from '../model.ts';
import { imageOf } from '../view/model-view.ts';
import { XmlScanner } from '../xml/xml-scanner.ts';

export function imageOfModel(model: Model): CsdlImage {
  const own = imageOf(model);
  if (own !== undefined) return own;
  const builder = new ImageBuilder((message) => scanner.fail(message));
  const scanner = new XmlScanner(builder.texts, builder);
  scanner.write(new TextEncoder().encode(writeCsdlXml(model)));
  scanner.end();
  return builder.seal();
}
