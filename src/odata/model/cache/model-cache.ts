/** A model as bytes that load in milliseconds, for whoever keeps metadata between processes. */

import { RialtoError } from '../../../base/errors.ts';
import { checkInheritance } from '../image/check-image.ts';
import { type CsdlImage, isSound, kindOf } from '../image/csdl-image.ts';
import { atOnce, type ImageIndex, indexImage } from '../image/image-index.ts';
import { word } from '../image/vocabulary.ts';
import type { Model } from '../model.ts';
import { once } from '../view/frozen.ts';
import { createModelView } from '../view/model-view.ts';
import { decodeCache, encodeCache } from './cache-format.ts';
import { imageOfModel } from './image-of-model.ts';

export interface ModelCacheOptions {
  /** What the model was read from: the ETag of the document, say, or a hash of it with the URL. */
  readonly source: string;
}

/** The model as bytes for `readModelCache`. They are not CSDL, and of use to this version of the library only. */
export function writeModelCache(model: Model, options: ModelCacheOptions): Uint8Array {
  return encodeCache(imageOfModel(model), options.source);
}

/**
 * The model of `writeModelCache`. Undefined when the bytes are damaged, were written by another version of the library
 * or on another kind of machine, or when `source` is not the one they were written for: the document must then be read
 * again. The model keeps the bytes, which must not change.
 */
export function readModelCache(bytes: Uint8Array, options: ModelCacheOptions): Model | undefined {
  const image = decodeCache(bytes, options.source);
  if (image === undefined || !isSound(image) || image.nodes.length === 0 || kindOf(image, 0) !== word.Edmx) {
    return undefined;
  }
  return createModelView(
    image,
    once(() => checkedIndex(image)),
  );
}

/** Names are indexed at the first lookup. Only bytes that someone made with a right checksum can fail there. */
function checkedIndex(image: CsdlImage): ImageIndex {
  const fail = (_node: number, message: string): never => {
    throw new RialtoError('CSDL_INVALID', `The cached model is not valid: ${message}.`);
  };
  const index = atOnce(indexImage(image, fail));
  atOnce(checkInheritance(index, fail));
  return index;
}
