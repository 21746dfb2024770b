/** An image that was just read → Model. */

import { RialtoError } from '../../../base/errors.ts';
import { eventLoopTurn } from '../../../base/event-loop.ts';
import { checkImage } from '../image/check-image.ts';
import type { CsdlImage } from '../image/csdl-image.ts';
import { indexImage, type Steps } from '../image/image-index.ts';
import type { Model } from '../model.ts';
import { createModelView } from '../view/model-view.ts';

/** The model of an image, checked as a whole. Raises CSDL_INVALID at the place that `placeOf` has for an element. */
export async function modelOfImage(image: CsdlImage, placeOf: (node: number) => string): Promise<Model> {
  const fail = (node: number, message: string): never => {
    throw new RialtoError('CSDL_INVALID', `The metadata document is not valid at ${placeOf(node)}: ${message}.`);
  };
  await eventLoopTurn();
  const index = await inTurns(indexImage(image, (node, name) => fail(node, `'${name}' is declared twice`)));
  await inTurns(checkImage(index, fail));
  return createModelView(image, () => index);
}

/** Does the steps with a turn of the event loop after so many of them. */
export async function inTurns<T>(steps: Steps<T>, stepsPerTurn = 1): Promise<T> {
  for (let count = 1; ; count += 1) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (count % stepsPerTurn === 0) await eventLoopTurn();
  }
}
