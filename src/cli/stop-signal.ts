/** Ctrl-C and its relatives as an abort signal. */

/** Aborts at the first SIGINT, SIGTERM or SIGHUP; a second one ends the process at once with exit code 130. */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  const stop = (): void => {
    if (controller.signal.aborted) process.exit(130);
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
