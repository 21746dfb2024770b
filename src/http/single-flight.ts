/** One call in flight for many who wait for its result. */

import { abortedError } from '../base/clock.ts';

interface Flight<T> {
  readonly result: Promise<T>;
  readonly cancel: AbortController;
  waiting: number;
}

/**
 * Wraps a call so that whoever asks while it is in flight shares its result, failure included. Each caller's signal ends
 * only that caller's wait, with ABORTED; the call itself is aborted when nobody waits any more.
 */
export function singleFlight<T>(start: (signal: AbortSignal) => Promise<T>): (signal?: AbortSignal) => Promise<T> {
  let current: Flight<T> | undefined;

  function takeOff(): Flight<T> {
    const cancel = new AbortController();
    const flight: Flight<T> = { result: start(cancel.signal), cancel, waiting: 0 };
    const land = (): void => {
      if (current === flight) current = undefined;
    };
    // Both ways of landing are handled here, so a failure that nobody waits for any more is not left unhandled.
    flight.result.then(land, land);
    return flight;
  }

  return async (signal) => {
    if (signal?.aborted) throw abortedError(signal);
    current ??= takeOff();
    const flight = current;
    flight.waiting += 1;
    try {
      return await (signal === undefined ? flight.result : Promise.race([flight.result, aborted(signal, flight)]));
    } finally {
      flight.waiting -= 1;
      if (flight.waiting === 0) {
        if (current === flight) current = undefined;
        flight.cancel.abort();
      }
    }
  };
}

/** Rejects when `signal` aborts; stops listening when the flight lands. */
function aborted<T>(signal: AbortSignal, flight: Flight<T>): Promise<never> {
  return new Promise((_resolve, reject) => {
    const onAbort = (): void => reject(abortedError(signal));
    signal.addEventListener('abort', onAbort, { once: true });
    const stopListening = (): void => signal.removeEventListener('abort', onAbort);
    flight.result.then(stopListening, stopListening);
  });
}
