/** Reads the environment: the only file that does. `config.ts` gives it shape. */

export type Environment = Readonly<Record<string, string | undefined>>;

/** The variables of this process. */
export function readEnvironment(): Environment {
  return { ...process.env };
}
