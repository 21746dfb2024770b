/** Looks whether ports are free before anything is started. */

import { createServer } from 'node:net';
import { listenError } from './listen-error.ts';

export interface WantedPort {
  readonly what: string;
  readonly host: string;
  /** 0 is always free. */
  readonly port: number;
  /** The option that chooses it. */
  readonly option: string;
}

/** Opens and closes each port. Raises PORT_IN_USE for the first that is taken, OPTION_INVALID for a foreign address. */
export async function checkPorts(wanted: readonly WantedPort[]): Promise<void> {
  for (const place of wanted) {
    if (place.port === 0) continue;
    await new Promise<void>((resolve, reject) => {
      const server = createServer();
      server.once('error', (cause) => reject(listenError(cause, place)));
      server.listen({ host: place.host, port: place.port }, () => server.close(() => resolve()));
    });
  }
}
