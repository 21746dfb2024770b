/** Settings as they are stored and shown: secrets encrypted or by reference at rest, never in an answer. */

import { isJsonObject, type JsonObject, type JsonValue, parseJson, printJson } from '../../base/json.ts';
import { secretSettings } from './connection-settings.ts';
import type { SecretBox } from './secret-box.ts';
import { parseSecretReference } from './secret-reference.ts';

/** A secret at rest: `{ "reference": "env:NAME" }` or `{ "sealed": "v1:…" }`. */
type StoredSecret = { readonly reference: string } | { readonly sealed: string };

/** The settings as text for the store: literal secrets are sealed to their connection, references stay. */
export function printStoredSettings(name: string, settings: JsonObject, secretBox: SecretBox): string {
  const stored: Record<string, JsonValue> = { ...settings };
  for (const secret of secretSettings) {
    const value = settings[secret];
    if (typeof value === 'string') stored[secret] = storeSecret(value, secretPlace(name, secret), secretBox);
  }
  return printJson(stored);
}

/** The settings of a stored text with their secrets: references as they are, sealed ones opened. */
export function openStoredSettings(name: string, text: string, secretBox: SecretBox): JsonObject {
  const settings: Record<string, JsonValue> = { ...readStored(text) };
  for (const secret of secretSettings) {
    const stored = settings[secret];
    if (!isStoredSecret(stored)) continue;
    settings[secret] =
      'reference' in stored ? stored.reference : secretBox.open(stored.sealed, secretPlace(name, secret));
  }
  return settings;
}

/** The settings of a stored text for answers: `{ "isSet": true }` in place of a secret, with its reference if it is one. */
export function showStoredSettings(text: string): JsonObject {
  const settings: Record<string, JsonValue> = { ...readStored(text) };
  for (const secret of secretSettings) {
    const stored = settings[secret];
    if (!isStoredSecret(stored)) continue;
    settings[secret] = 'reference' in stored ? { isSet: true, reference: stored.reference } : { isSet: true };
  }
  return settings;
}

/** The names of the secrets that have a value. */
export function secretsSetIn(text: string): readonly string[] {
  const settings = readStored(text);
  return secretSettings.filter((secret) => isStoredSecret(settings[secret]));
}

/**
 * Secrets that an update leaves as they are, because they are not given, or given as they were shown: in their stored
 * form, and with placeholders that satisfy the schema until that form takes their place.
 */
export function keptSecrets(
  given: JsonObject,
  storedText: string,
): { readonly stored: JsonObject; readonly placeholders: JsonObject } {
  const stored = readStored(storedText);
  const kept: Record<string, JsonValue> = {};
  for (const secret of secretSettings) {
    const value = given[secret];
    const isLeft = value === undefined || value === null || (isJsonObject(value) && value.isSet === true);
    const before = stored[secret];
    if (isLeft && before !== undefined) kept[secret] = before;
  }
  return { stored: kept, placeholders: Object.fromEntries(Object.keys(kept).map((name) => [name, 'kept'])) };
}

/** What a secret belongs to, in words: it binds the ciphertext to its place and names it in messages. */
export function secretPlace(name: string, secret: string): string {
  return `'${secret}' of connection '${name}'`;
}

function storeSecret(value: string, place: string, secretBox: SecretBox): StoredSecret {
  return parseSecretReference(value) === undefined ? { sealed: secretBox.seal(value, place) } : { reference: value };
}

function readStored(text: string): JsonObject {
  const settings = parseJson(text, { what: 'the stored settings of a connection' });
  return isJsonObject(settings) ? settings : {};
}

function isStoredSecret(value: JsonValue | undefined): value is StoredSecret {
  return isJsonObject(value) && (typeof value.reference === 'string' || typeof value.sealed === 'string');
}
