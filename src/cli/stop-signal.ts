/** Ctrl-C and its relatives as an abort signal. */

import type { Clock } from '../base/clock.ts';

/** A terminal and `npm` above us pass the same Ctrl-C on, each for itself: what comes this soon is no second one. */
const samePressMs = 1000;

/** Aborts at the first SIGINT, SIGTERM or SIGHUP; a second one ends the process at once with exit code 130. */
export function stopSignal(clock: Clock): AbortSignal {
  const controller = new AbortController();
  const pressed: { firstMs?: number } = {};
  const stop = (): void => {
    pressed.firstMs ??= clock.monotonicMs();
    if (clock.monotonicMs() - pressed.firstMs > samePressMs) process.exit(130);
    controller.abort();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, stop);
  return controller.signal;
}

/** Resolves when the signal aborts. */
export function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    // An abort signal alone keeps no process alive; the servers do.
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
