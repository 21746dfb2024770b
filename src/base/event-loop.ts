/** Lets the event loop turn within work that would hold it for long. */

/** Resolves when timers and sockets have had their turn, which awaiting a resolved promise does not give them. */
export function eventLoopTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
