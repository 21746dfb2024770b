/** Reading requests: bodies, path parts and query parameters against their schemas. */

import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { RialtoError } from '../../base/errors.ts';
import { isJsonObject, type JsonValue, parseJson } from '../../base/json.ts';
import { apiLimits } from './limits.ts';

/** A body as it came and as it was parsed. */
export interface JsonBody {
  readonly text: string;
  readonly value: JsonValue;
}

/** Any JSON object, its members unchecked. */
export const jsonObjectSchema = z.custom<{ readonly [name: string]: JsonValue }>(
  isJsonObject,
  'expected a JSON object',
);

/** `$top` of a list. */
export const topSchema = z.coerce.number().int().min(1).max(apiLimits.pageItemsMax);

/** Parses a JSON body for the routes. Raises JSON_INVALID. */
export function parseBody(text: string): JsonBody {
  return { text, value: parseJson(text, { what: 'the request body' }) };
}

/** The body of a request as its schema says. Raises REQUEST_INVALID naming the member, what was found and expected. */
export function bodyOf<Output>(request: FastifyRequest, schema: z.ZodType<Output>): Output {
  return parse(schema, (request.body as JsonBody | undefined)?.value, 'the body');
}

/** The query parameters of a request as their schema says. Raises REQUEST_INVALID. */
export function queryOf<Output>(request: FastifyRequest, schema: z.ZodType<Output>): Output {
  return parse(schema, request.query, 'the query string');
}

/** A named part of the path. */
export function pathPart(request: FastifyRequest, name: string): string {
  const value = (request.params as Readonly<Record<string, string>>)[name];
  if (value === undefined) throw new Error(`The route has no path part ':${name}'.`);
  return value;
}

/** A header that may stand once. */
export function headerOf(request: FastifyRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(', ') : value;
}

/** Aborts when the caller goes away before the answer is complete. */
export function signalOf(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.on('close', () => {
    if (!reply.raw.writableFinished) controller.abort(new Error('The caller closed the connection.'));
  });
  return controller.signal;
}

function parse<Output>(schema: z.ZodType<Output>, value: unknown, place: string): Output {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issues = result.error.issues.map((issue) => describeIssue(issue, value, place));
  throw new RialtoError('REQUEST_INVALID', issues.join(' '));
}

function describeIssue(issue: z.core.$ZodIssue, value: unknown, place: string): string {
  if (issue.code === 'unrecognized_keys') {
    const names = issue.keys.map((name) => `'${name}'`).join(', ');
    return `${memberName(issue.path, place)} has no member ${names} here.`;
  }
  const found = issue.path.reduce<unknown>(
    (holder, name) => (holder as Readonly<Record<PropertyKey, unknown>> | undefined)?.[name],
    value,
  );
  return `${memberName(issue.path, place)} is ${describeFound(found)}; ${expectation(issue)}.`;
}

function memberName(path: readonly PropertyKey[], place: string): string {
  return path.length === 0 ? `${place[0]?.toUpperCase()}${place.slice(1)}` : `'${path.join('.')}' in ${place}`;
}

/** Names the kind, and the value only where it is short and plain, so that no payload gets into a message. */
function describeFound(found: unknown): string {
  if (found === undefined) return 'missing';
  if (found === null) return 'null';
  if (Array.isArray(found)) return 'an array';
  if (typeof found === 'object') return 'an object';
  const text = String(found);
  return text.length > 40 ? `a ${typeof found} of ${text.length} characters` : `'${text}'`;
}

function expectation(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value')
    return `expected one of ${issue.values.map((one) => `'${String(one)}'`).join(', ')}`;
  if (issue.code === 'invalid_type') return `expected ${issue.expected}`;
  return issue.message.replace(/^Invalid input: /, '').replace(/^./, (letter) => letter.toLowerCase());
}
