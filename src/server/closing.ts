/** Closes what was opened, newest first. */

import type { Log } from '../base/log.ts';

/** A stack of what must be closed. */
export interface Closing extends AsyncDisposable {
  /** Remembers how to close something, and gives it back. */
  add<Opened>(opened: Opened, close: (opened: Opened) => Promise<unknown>): Opened;
}

/** An empty stack. Closing goes on when one part fails; the failure is logged. */
export function createClosing(log: Log): Closing {
  const closers: (() => Promise<unknown>)[] = [];
  return {
    add(opened, close) {
      closers.push(() => close(opened));
      return opened;
    },
    async [Symbol.asyncDispose]() {
      for (let close = closers.pop(); close !== undefined; close = closers.pop()) {
        try {
          await close();
        } catch (error) {
          log.warn('A part did not close in order.', {
            message: error instanceof Error ? error.message : String(error),
          });
        }
      }
    },
  };
}

/** Disposes what was opened; fit for `Closing.add`. */
export async function dispose(opened: AsyncDisposable): Promise<void> {
  await opened[Symbol.asyncDispose]();
}
