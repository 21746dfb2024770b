/** JSON answers that hold stored JSON documents as they were written, number spelling and member order included. */

import { type JsonObject, type JsonValue, printJson } from '../../base/json.ts';

const rawText: unique symbol = Symbol('raw JSON text');

/** A stored JSON document as a member of an answer: printed letter by letter, never parsed. */
export function rawJson(text: string): JsonObject {
  const holder: { readonly [rawText]: string } = Object.freeze({ [rawText]: text });
  return holder;
}

/** Prints an answer; members that are undefined are left out. */
export function printAnswer(value: unknown): string {
  if (typeof value !== 'object' || value === null) return printJson(value as JsonValue | undefined);
  if (rawText in value) return value[rawText] as string;
  if (Array.isArray(value)) return `[${value.map(printAnswer).join(',')}]`;
  const members: string[] = [];
  for (const [name, member] of Object.entries(value)) {
    if (member !== undefined) members.push(`${JSON.stringify(name)}:${printAnswer(member)}`);
  }
  return `{${members.join(',')}}`;
}
