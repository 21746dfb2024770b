/** The tenant behind the emulated environments: its applications, their secrets, and the key that signs tokens. */

import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import { RialtoError } from '../../base/errors.ts';
import type { Ids } from '../../base/ids.ts';
import { isJsonObject, parseJson, printJson } from '../../base/json.ts';
import type { ApplicationOptions, EmulatorSettings, EnvironmentName } from '../options.ts';

/** An application with its secret, as one environment sees it. */
export interface TenantApplication {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly name: string;
  /** The object id of its service principal. */
  readonly objectId: string;
  readonly environments: readonly EnvironmentName[];
}

export interface Tenant {
  readonly tenantId: string;
  readonly applications: readonly TenantApplication[];
  readonly signingKey: SigningKey;
}

/** The RS256 key pair of the token endpoint. */
export interface SigningKey {
  readonly keyId: string;
  readonly privateKey: CryptoKey | Uint8Array;
  /** Public half, as the JWKS document gives it. */
  readonly publicJwk: JWK;
  readonly publicKey: CryptoKey | Uint8Array;
}

/** Opens the tenant: reads what earlier starts left in the data directory, or makes it. Raises EMULATOR_DATA_INVALID. */
export async function openTenant(settings: EmulatorSettings): Promise<Tenant> {
  const { dataDirectory, ids } = settings;
  if (dataDirectory !== undefined) await mkdir(dataDirectory, { recursive: true, mode: 0o700 });
  const keep = keeper(dataDirectory);
  const secret = await keep('application.json', async () => ({ clientSecret: newSecret(ids) }));
  if (typeof secret.clientSecret !== 'string') throw damaged('application.json');
  const clientSecret = secret.clientSecret;
  return {
    tenantId: settings.general.tenantId,
    applications: settings.applications.map((application) => openApplication(application, clientSecret)),
    signingKey: await openSigningKey(keep, ids),
  };
}

type Keep = (name: string, make: () => Promise<Record<string, string>>) => Promise<Record<string, unknown>>;

/** Reads a secret JSON file, or makes and writes it readable by its owner alone. */
function keeper(directory: string | undefined): Keep {
  return async (name, make) => {
    if (directory === undefined) return make();
    const path = join(directory, name);
    const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (text !== undefined) {
      const value = parseJson(text, { what: path });
      if (!isJsonObject(value)) throw damaged(name);
      return value;
    }
    const made = await make();
    // A kill in the middle must not leave half a file under the final name.
    await writeFile(`${path}.new`, printJson(made), { mode: 0o600, flush: true });
    await rename(`${path}.new`, path);
    return made;
  };
}

function openApplication(application: ApplicationOptions, generatedSecret: string): TenantApplication {
  return {
    clientId: application.clientId,
    clientSecret: application.clientSecret ?? generatedSecret,
    name: application.name ?? application.clientId,
    objectId: objectIdOf(application.clientId),
    environments: application.environments ?? ['contoso-dataverse', 'contoso-fno'],
  };
}

/** The service principal's object id: the client id with its first group reversed, so that the two never look equal. */
function objectIdOf(clientId: string): string {
  return [...clientId.slice(0, 8)].reverse().join('') + clientId.slice(8, 35) + (clientId.endsWith('0') ? '1' : '0');
}

/** 40 characters of the kind Entra generates. */
function newSecret(ids: Ids): string {
  return Buffer.from(ids.bytes(30)).toString('base64url');
}

async function openSigningKey(keep: Keep, ids: Ids): Promise<SigningKey> {
  const stored = (await keep('signing-key.json', async () => {
    const pair = await generateKeyPair('RS256', { modulusLength: 2048, extractable: true });
    const jwk = await exportJWK(pair.privateKey);
    return { ...(jwk as Record<string, string>), alg: 'RS256', kid: Buffer.from(ids.bytes(20)).toString('base64url') };
  })) as JWK;
  const { kty, n, e, kid } = stored;
  if (kty === undefined || n === undefined || e === undefined || kid === undefined) throw damaged('signing-key.json');
  const publicJwk = { kty, n, e, kid, use: 'sig', alg: 'RS256' };
  return {
    keyId: kid,
    privateKey: await importJWK(stored, 'RS256'),
    publicJwk,
    publicKey: await importJWK(publicJwk, 'RS256'),
  };
}

function damaged(name: string): RialtoError {
  return new RialtoError('EMULATOR_DATA_INVALID', `The file ${name} in the emulator's data directory is damaged.`);
}
