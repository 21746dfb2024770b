/** References to secrets: `env:NAME`, `file:PATH`, `secret:NAME`. */

import { RialtoError } from '../../base/errors.ts';

/** Where references are looked up; each is handed in by the composition root. */
export interface SecretSources {
  /** Value of an environment variable. */
  readonly env: (name: string) => string | undefined;
  /** Text of a file; rejects when there is none. */
  readonly readFile: (path: string) => Promise<string>;
  /** Value in a secret store. Left out where there is none. */
  readonly secret?: (name: string) => Promise<string | undefined>;
}

export interface SecretReference {
  readonly kind: 'env' | 'file' | 'secret';
  readonly name: string;
}

/** The reference that a text is; undefined for a literal secret. */
export function parseSecretReference(text: string): SecretReference | undefined {
  const match = /^(env|file|secret):(.+)$/s.exec(text);
  if (match === null) return undefined;
  return { kind: match[1] as SecretReference['kind'], name: match[2] ?? '' };
}

/** The secret that a reference points to. Raises SECRET_UNRESOLVED. */
export async function resolveSecret(
  reference: SecretReference,
  sources: SecretSources,
  place: string,
): Promise<string> {
  const value = await lookUp(reference, sources, place);
  if (value === undefined || value === '') throw unresolved(reference, place, 'it is not set, or empty');
  return value;
}

async function lookUp(reference: SecretReference, sources: SecretSources, place: string): Promise<string | undefined> {
  if (reference.kind === 'env') return sources.env(reference.name);
  if (reference.kind === 'secret') {
    if (sources.secret === undefined) throw unresolved(reference, place, 'this server has no secret store');
    return sources.secret(reference.name);
  }
  try {
    // Editors end files with a line break that is no part of the secret.
    return (await sources.readFile(reference.name)).replace(/\r?\n$/, '');
  } catch (cause) {
    throw unresolved(reference, place, 'the file cannot be read', cause);
  }
}

function unresolved(reference: SecretReference, place: string, reason: string, cause?: unknown): RialtoError {
  return new RialtoError(
    'SECRET_UNRESOLVED',
    `${place} refers to '${reference.kind}:${reference.name}', but ${reason}.`,
    { cause },
  );
}
