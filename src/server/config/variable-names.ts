/** The environment variables that Rialto reads. */

import { RialtoError } from '../../base/errors.ts';
import { didYouMean } from '../../base/nearest.ts';
import type { Environment } from './env.ts';

/** Their names; `config.ts` says what each may hold. */
export const variableNames = [
  'RIALTO_HOME',
  'RIALTO_DATABASE_URL',
  'RIALTO_HOST',
  'RIALTO_PORT',
  'RIALTO_PORT_FNO',
  'RIALTO_PORT_DATAVERSE',
  'RIALTO_LOG_LEVEL',
  'RIALTO_SERVER',
] as const;

/** One of `variableNames`. */
export type VariableName = (typeof variableNames)[number];

/**
 * Raises OPTION_INVALID for a variable that almost has the name of one of these: that is a slip. Any other name may hold
 * a secret that a connection refers to.
 */
export function checkVariableNames(environment: Environment): void {
  const known: readonly string[] = variableNames;
  for (const name of Object.keys(environment)) {
    if (!name.startsWith('RIALTO_') || known.includes(name)) continue;
    const suggestion = didYouMean(name, known);
    if (suggestion !== '') {
      const message = `The environment variable ${name} is not one that Rialto reads.${suggestion}`;
      throw new RialtoError('OPTION_INVALID', message);
    }
  }
}
