/** A document in CSDL JSON by its parts, each of which is parsed when it is read: a whole one would hold the thread. */

import { RialtoError } from '../../../../base/errors.ts';
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '../../../../base/json.ts';
import type { Steps } from '../../image/image-index.ts';
import { type JsonMember, memberSpans } from './member-spans.ts';

/** A member with its value to be had. */
export type LateMember = readonly [name: string, value: () => JsonValue];

export interface JsonSchema {
  readonly namespace: string;
  /** Members that begin with `$` or hold `@`; what stands in place of an object otherwise. */
  readonly facts: JsonValue;
  readonly members: readonly LateMember[];
}

export interface JsonDocument {
  readonly facts: JsonObject;
  readonly schemas: readonly JsonSchema[];
}

/** Names of facts begin with `$`, those of annotations hold `@`; all others declare something. */
export function isDeclaration(name: string): boolean {
  return !name.startsWith('$') && !name.includes('@');
}

/** The parts of a document that was parsed elsewhere. */
export function documentOf(document: JsonObject): JsonDocument {
  const entries = Object.entries(document);
  return {
    facts: Object.fromEntries(entries.filter(([name]) => !isDeclaration(name))),
    schemas: entries.filter(([name]) => isDeclaration(name)).map(([namespace, value]) => schemaOf(namespace, value)),
  };
}

/** The parts of a text. Raises CSDL_INVALID with the offset of what is not JSON. */
export function* documentIn(bytes: Uint8Array): Steps<JsonDocument> {
  const facts: [string, JsonValue][] = [];
  const schemas: JsonSchema[] = [];
  for (const member of yield* memberSpans(bytes)) {
    if (!isDeclaration(member.name)) facts.push([member.name, valueIn(bytes, member)]);
    else if (bytes[member.start] !== 0x7b) schemas.push(schemaOf(member.name, valueIn(bytes, member)));
    else schemas.push(schemaIn(bytes, member.name, yield* memberSpans(bytes, member)));
    yield;
  }
  return { facts: Object.fromEntries(facts), schemas };
}

function schemaOf(namespace: string, value: JsonValue): JsonSchema {
  if (!isJsonObject(value)) return { namespace, facts: value, members: [] };
  const entries = Object.entries(value);
  return {
    namespace,
    facts: Object.fromEntries(entries.filter(([name]) => !isDeclaration(name))),
    members: entries.filter(([name]) => isDeclaration(name)).map(([name, member]) => [name, () => member]),
  };
}

function schemaIn(bytes: Uint8Array, namespace: string, members: readonly JsonMember[]): JsonSchema {
  const facts = members.filter(({ name }) => !isDeclaration(name));
  return {
    namespace,
    facts: Object.fromEntries(facts.map((member) => [member.name, valueIn(bytes, member)])),
    members: members
      .filter(({ name }) => isDeclaration(name))
      .map((member) => [member.name, () => valueIn(bytes, member)]),
  };
}

function valueIn(bytes: Uint8Array, { start, end }: JsonMember): JsonValue {
  try {
    return parseJson(Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('utf8'));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `The metadata document is not valid JSON in what begins at byte ${start}: ${reason}`;
    throw new RialtoError('CSDL_INVALID', message, { cause });
  }
}
