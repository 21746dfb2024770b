/** Plain data → Model. */

import { RialtoError } from '../../base/errors.ts';
import { checkImage } from './image/check-image.ts';
import { atOnce, indexImage } from './image/image-index.ts';
import { imageOfData } from './image/image-of-data.ts';
import type { Model } from './model.ts';
import type { ModelData } from './model-data.ts';
import { createModelView } from './view/model-view.ts';

/**
 * Makes a model: aliases are resolved, members are made when first asked for. Raises CSDL_INVALID for a name that is
 * declared twice, a base type or entity type that is not declared, a type that inherits from itself, a facet that is
 * no number, and a second container that does not extend the first.
 */
export function createModel(data: ModelData): Model {
  const fail = (message: string): never => {
    throw new RialtoError('CSDL_INVALID', `The model is not valid: ${message}.`);
  };
  const failAt = (_node: number, message: string): never => fail(message);
  const image = imageOfData(data, fail);
  const index = atOnce(indexImage(image, (node, name) => failAt(node, `'${name}' is declared twice`)));
  atOnce(checkImage(index, failAt));
  return createModelView(image, () => index);
}
