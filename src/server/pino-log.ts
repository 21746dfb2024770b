/** The log seam on pino: one JSON line per message on standard error. */

import { destination, type Logger, pino } from 'pino';
import type { Log, LogFields } from '../base/log.ts';
import type { LogLevel } from './config/config.ts';

/** A log that writes lines of `level` and above. Field names that hold secrets elsewhere are cut, should one slip in. */
export function createPinoLog(level: LogLevel): Log {
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: ['authorization', 'token', 'clientSecret', 'password', 'secret'], remove: true },
    },
    destination({ dest: 2, sync: true }),
  );
  return wrap(logger);
}

function wrap(logger: Logger): Log {
  return {
    debug: (message, fields) => logger.debug(fields ?? {}, message),
    info: (message, fields) => logger.info(fields ?? {}, message),
    warn: (message, fields) => logger.warn(fields ?? {}, message),
    error: (message, fields) => logger.error(fields ?? {}, message),
    child: (fields: LogFields) => wrap(logger.child(fields)),
  };
}
