/** Boundaries that do not occur in what they stand between (RFC 2046 5.1). */

import { RialtoError } from '../../../base/errors.ts';
import type { Ids } from '../../../base/ids.ts';
import { boundaryPattern } from '../media-type.ts';

export interface BoundaryChoice {
  /** `batch` or `changeset`, for those that are made. */
  readonly prefix: string;
  readonly ids: Ids | undefined;
}

/** A text that holds a hundred boundaries on purpose is refused rather than searched for ever. */
const attemptsMax = 100;

/** A new boundary; the first that occurs in none of the messages. Raises OPTION_INVALID when there is none. */
export function chooseBoundary(messages: readonly Buffer[], { prefix, ids }: BoundaryChoice): string {
  for (let attempt = 1; attempt <= attemptsMax; attempt += 1) {
    const boundary = `${prefix}_${ids?.uuid() ?? attempt}`;
    if (!occursIn(messages, boundary)) return boundary;
  }
  throw new RialtoError(
    'OPTION_INVALID',
    `The messages of the batch hold ${attemptsMax} numbered boundaries; pass ids or a boundary.`,
  );
}

/** Raises OPTION_INVALID when the boundary of a caller is none, or occurs in a message. */
export function checkBoundary(boundary: string, messages: readonly Buffer[]): void {
  if (!boundaryPattern.test(boundary)) {
    throw new RialtoError(
      'OPTION_INVALID',
      `"${boundary}" is no boundary; expected 1 to 70 of letters, digits and '()+_,-./:=? without a blank at the end.`,
    );
  }
  if (occursIn(messages, boundary)) {
    throw new RialtoError('OPTION_INVALID', `The boundary "${boundary}" occurs in a message of the batch.`);
  }
}

function occursIn(messages: readonly Buffer[], boundary: string): boolean {
  const delimiter = Buffer.from(`--${boundary}`, 'latin1');
  return messages.some((message) => message.includes(delimiter));
}
