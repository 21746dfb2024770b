/** Settings of a connection, one schema per connector, parsed once at the door. */

import { z } from 'zod';
import { RialtoError } from '../../base/errors.ts';
import { isJsonObject, type JsonObject, type JsonValue, jsonPointer } from '../../base/json.ts';
import { isLoopbackHost } from '../../base/loopback.ts';
import { didYouMean } from '../../base/nearest.ts';
import type { ConnectorKind } from '../open-connection.ts';

/** The authentication scheme; the name is that of the drivers that integration tools use. */
export const authScheme = 'AzureServicePrincipal';

/** Settings with everything filled in. The client secret is the text that was given: a value, or a reference. */
export interface ConnectionSettings {
  readonly environmentUrl: string;
  readonly authScheme: typeof authScheme;
  readonly authority: string;
  readonly tenant: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly allowLoopbackHttp: boolean;
}

/** Names of the settings that are secrets. */
export const secretSettings = ['clientSecret'] as const;

const nameMax = 80;
const namePattern = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** Checks the name of a connection: what the last segment of a connection id may be. Raises CONNECTION_INVALID. */
export function checkConnectionName(name: string): void {
  if (name.length <= nameMax && namePattern.test(name)) return;
  throw new RialtoError(
    'CONNECTION_INVALID',
    `'${name.slice(0, nameMax)}' cannot name a connection; expected 1 to ${nameMax} letters, digits, dots, dashes` +
      ' and underscores, beginning with a letter or a digit.',
  );
}

/**
 * Reads the settings of a connection of this kind. Unknown settings are refused by name.
 * Raises CONNECTION_INVALID, which lists every problem with its JSON pointer and never shows a secret.
 */
export function parseConnectionSettings(kind: ConnectorKind, settings: JsonObject): ConnectionSettings {
  const parsed = connectionSettingsSchemas[kind].safeParse(settings);
  if (!parsed.success) throw invalid(parsed.error.issues.flatMap((issue) => describeIssue(issue, settings)));
  const problems = addressProblems(parsed.data);
  if (problems.length > 0) throw invalid(problems);
  return Object.freeze({
    ...parsed.data,
    environmentUrl: new URL(parsed.data.environmentUrl).origin,
    authority: parsed.data.authority.replace(/\/+$/, ''),
  });
}

/** Audience of a human: what the environment's address looks like. */
const environmentExamples: Readonly<Record<ConnectorKind, string>> = {
  dynamicscrmonline: 'https://contoso.crm4.dynamics.com',
  commondataservice: 'https://contoso.crm4.dynamics.com',
  dynamicsax: 'https://contoso.operations.dynamics.com',
};

/** The schema of each connector's settings; forms are made from it. */
export const connectionSettingsSchemas = Object.freeze({
  dynamicscrmonline: settingsSchema('dynamicscrmonline'),
  commondataservice: settingsSchema('commondataservice'),
  dynamicsax: settingsSchema('dynamicsax'),
});

function settingsSchema(kind: ConnectorKind) {
  return z.strictObject({
    environmentUrl: z.string().max(2048).describe(`Root of the environment, such as ${environmentExamples[kind]}`),
    authScheme: z.literal(authScheme).default(authScheme).describe('Client credentials of an application'),
    authority: z.string().max(2048).default('https://login.microsoftonline.com').describe('Token service'),
    tenant: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9.-]{0,252}$/, 'expected a directory id (GUID) or a domain')
      .refine((text) => !/^(common|organizations|consumers)$/i.test(text), {
        error: 'is for sign-in by people; an application needs its own directory id or domain',
      }),
    clientId: z.string().regex(/^\S{1,256}$/, 'expected the id of the application'),
    clientSecret: z.string().min(1, 'expected a value, or a reference env:NAME, file:PATH or secret:NAME').max(4096),
    allowLoopbackHttp: z.boolean().default(false).describe('Allow http: for addresses of this machine'),
  });
}

function addressProblems(settings: z.infer<ReturnType<typeof settingsSchema>>): readonly string[] {
  return (['environmentUrl', 'authority'] as const).flatMap((name) => {
    const reason = addressProblem(settings[name], settings.allowLoopbackHttp, name === 'authority');
    return reason === undefined ? [] : [`/${name}: ${reason}`];
  });
}

/** What is wrong with an address; never shows a user name or password in it. */
function addressProblem(text: string, allowLoopbackHttp: boolean, allowPath: boolean): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) return 'expected an address such as https://host.';
  if (url.username !== '' || url.password !== '') return 'an address with a user name or password is not allowed.';
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return `found the scheme '${url.protocol}', expected https.`;
  if (url.protocol === 'http:' && !(allowLoopbackHttp && isLoopbackHost(url.hostname))) {
    return `found http for '${url.host}'; it is allowed only for addresses of this machine, with allowLoopbackHttp: true.`;
  }
  if (url.search !== '' || url.hash !== '') return 'an address with a query or a fragment is not allowed.';
  if (!allowPath && url.pathname !== '/') {
    return `found the path '${url.pathname}'; expected the root of the environment, '${url.origin}'.`;
  }
  return undefined;
}

function describeIssue(issue: z.core.$ZodIssue, settings: JsonObject): readonly string[] {
  const pointer = jsonPointer(issue.path.map(String)) || '/';
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(connectionSettingsSchemas.dynamicsax.shape);
    return issue.keys.map((key) => `${jsonPointer([key])}: there is no setting '${key}'.${didYouMean(key, known)}`);
  }
  const name = String(issue.path[0] ?? '');
  const found = settings[name];
  if (found === undefined) return [`${pointer}: is missing.`];
  if (name === 'authScheme') return [`${pointer}: found ${shown(found)}; only '${authScheme}' is supported.`];
  const isSecret = (secretSettings as readonly string[]).includes(name);
  return [`${pointer}: ${isSecret ? '' : `found ${shown(found)}; `}${issue.message}.`];
}

function shown(value: JsonValue): string {
  if (typeof value === 'string') return `'${value.slice(0, 60)}'`;
  return isJsonObject(value) || Array.isArray(value) ? 'an object or array' : String(value);
}

function invalid(problems: readonly string[]): RialtoError {
  return new RialtoError('CONNECTION_INVALID', `The settings of the connection are wrong.\n${problems.join('\n')}`);
}
