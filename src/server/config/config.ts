/** Options and environment variables as one checked, frozen configuration. */

import { isAbsolute, resolve } from 'node:path';
import { z } from 'zod';
import { RialtoError } from '../../base/errors.ts';
import { defaultPorts } from './default-ports.ts';
import type { Environment } from './env.ts';
import { checkVariableNames, type VariableName } from './variable-names.ts';

/** What a caller (the command line, a test) may set; everything has a default. */
export interface ConfigOptions {
  readonly dataDirectory?: string | undefined;
  readonly host?: string | undefined;
  readonly port?: number | undefined;
  readonly portFno?: number | undefined;
  readonly portDataverse?: number | undefined;
  readonly emulator?: boolean | undefined;
  readonly logLevel?: string | undefined;
}

export interface Config {
  /** Absolute path of the data directory. */
  readonly dataDirectory: string;
  /** Undefined: the embedded PostgreSQL in the data directory. */
  readonly databaseUrl: string | undefined;
  readonly host: string;
  /** Port 0 takes a free one. */
  readonly port: number;
  readonly portFno: number;
  readonly portDataverse: number;
  readonly hasEmulator: boolean;
  readonly logLevel: LogLevel;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

const port = z.number().int().min(0).max(65535);
const portText = z
  .string()
  .regex(/^\d+$/, 'expected a whole number from 0 to 65535')
  .transform(Number)
  .pipe(z.number().max(65535, 'expected a whole number from 0 to 65535'));
const variables = {
  RIALTO_HOME: z.string().min(1),
  RIALTO_DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'expected postgres://user:password@host:port/database'),
  RIALTO_HOST: z.string().min(1),
  RIALTO_PORT: portText,
  RIALTO_PORT_FNO: portText,
  RIALTO_PORT_DATAVERSE: portText,
  RIALTO_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']),
  RIALTO_SERVER: z.string(),
} as const satisfies Readonly<Record<VariableName, z.ZodType>>;

/**
 * The configuration from options, then `RIALTO_*` variables, then defaults; a value given twice is the option's.
 * Raises OPTION_INVALID naming the option or variable, what was found and what is expected. Values of variables that
 * may hold a password are not repeated.
 */
export function readConfig(options: ConfigOptions, environment: Environment, workingDirectory: string): Config {
  const set = readVariables(environment);
  checkText('--data-dir', options.dataDirectory);
  checkText('--host', options.host);
  const home = options.dataDirectory ?? set.RIALTO_HOME ?? '.rialto';
  const config = {
    dataDirectory: isAbsolute(home) ? home : resolve(workingDirectory, home),
    databaseUrl: set.RIALTO_DATABASE_URL,
    host: options.host ?? set.RIALTO_HOST ?? '127.0.0.1',
    port: checkPort('--port', options.port) ?? set.RIALTO_PORT ?? defaultPorts.server,
    portFno: checkPort('--port-fno', options.portFno) ?? set.RIALTO_PORT_FNO ?? defaultPorts.fno,
    portDataverse:
      checkPort('--port-dataverse', options.portDataverse) ?? set.RIALTO_PORT_DATAVERSE ?? defaultPorts.dataverse,
    hasEmulator: options.emulator ?? true,
    logLevel: checkLogLevel(options.logLevel) ?? set.RIALTO_LOG_LEVEL ?? 'warn',
  };
  checkPortsDiffer(config);
  return Object.freeze(config);
}

function readVariables(environment: Environment): { [Name in VariableName]?: z.infer<(typeof variables)[Name]> } {
  checkVariableNames(environment);
  return Object.fromEntries(
    Object.entries(variables)
      .filter(([name]) => environment[name] !== undefined && environment[name] !== '')
      .map(([name, schema]) => {
        const parsed = schema.safeParse(environment[name]);
        if (parsed.success) return [name, parsed.data];
        const found = name === 'RIALTO_DATABASE_URL' ? 'the text it has' : `'${environment[name]}'`;
        throw new RialtoError('OPTION_INVALID', `${name} cannot be ${found}: ${parsed.error.issues[0]?.message}.`);
      }),
  );
}

function checkPort(option: string, value: number | undefined): number | undefined {
  if (value !== undefined && !port.safeParse(value).success) {
    throw new RialtoError('OPTION_INVALID', `${option} is ${value}; expected a whole number from 0 to 65535.`);
  }
  return value;
}

function checkText(option: string, value: string | undefined): void {
  if (value === '') throw new RialtoError('OPTION_INVALID', `${option} is empty; leave it out to have its default.`);
}

/** Raises here what would otherwise be found when half of everything runs. */
function checkPortsDiffer({ port, portFno, portDataverse, hasEmulator }: Config): void {
  const ports = [
    ['--port', port],
    ...(hasEmulator
      ? ([
          ['--port-fno', portFno],
          ['--port-dataverse', portDataverse],
        ] as const)
      : []),
  ] as const;
  for (const [index, [option, value]] of ports.entries()) {
    const twin = ports.slice(index + 1).find((other) => value !== 0 && other[1] === value);
    if (twin === undefined) continue;
    throw new RialtoError('OPTION_INVALID', `${option} and ${twin[0]} are both ${value}; expected different ports.`);
  }
}

function checkLogLevel(value: string | undefined): LogLevel | undefined {
  if (value === undefined) return undefined;
  const parsed = variables.RIALTO_LOG_LEVEL.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new RialtoError('OPTION_INVALID', `--log-level is '${value}'; expected debug, info, warn, error or silent.`);
}
