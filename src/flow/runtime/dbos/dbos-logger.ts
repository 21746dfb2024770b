/** DBOS's log lines as ours, one level quieter: what it calls information concerns nobody who runs flows. */

import type { DBOSConfig } from '@dbos-inc/dbos-sdk';
import type { Log } from '../../../base/log.ts';

type DbosLogger = NonNullable<DBOSConfig['logger']>;

/** A logger for DBOS that writes to `log`. Nothing goes to the console. */
export function dbosLogger(log: Log): DbosLogger {
  const dbos = log.child({ part: 'dbos' });
  return {
    debug: () => {},
    info: (entry) => dbos.debug(text(entry)),
    warn: (entry) => dbos.info(text(entry)),
    error: (entry) => dbos.warn(text(entry)),
  };
}

function text(entry: unknown): string {
  return entry instanceof Error ? entry.message : String(entry);
}
