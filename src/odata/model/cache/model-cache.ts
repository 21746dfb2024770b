/** A model as bytes that load in milliseconds, for whoever keeps metadata between processes. */

import { isRialtoError, RialtoError } from '../../../base/errors.ts';
import { checkImage } from '../image/check-image.ts';
import { type CsdlImage, isSound, kindOf } from '../image/csdl-image.ts';
import { atOnce, indexImage } from '../image/image-index.ts';
import { word } from '../image/vocabulary.ts';
import type { Model } from '../model.ts';
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
 * again.
 */
export function readModelCache(bytes: Uint8Array, options: ModelCacheOptions): Model | undefined {
  const image = decodeCache(bytes, options.source);
  return image === undefined || !isSound(image) ? undefined : checkedModel(image);
}

/** What passed the checksum may still have been made by someone else. */
function checkedModel(image: CsdlImage): Model | undefined {
  const fail = (_node: number, message: string): never => {
    throw new RialtoError('CSDL_INVALID', `The cached model is not valid: ${message}.`);
  };
  try {
    if (image.nodes.length === 0 || kindOf(image, 0) !== word.Edmx) return undefined;
    const index = atOnce(indexImage(image, fail));
    atOnce(checkImage(index, fail));
    return createModelView(image, () => index);
  } catch (error) {
    if (isRialtoError(error)) return undefined;
    throw error;
  }
}
