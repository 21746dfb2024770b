/** What reading CSDL JSON needs everywhere: the place that is being read, members of a kind, and the image. */

import { isJsonObject, type JsonObject, type JsonValue, jsonPointer, printJson } from '../../../../base/json.ts';
import type { ImageBuilder } from '../../image/image-builder.ts';
import type { Word } from '../../image/vocabulary.ts';
import { withoutTypeMarks } from '../json-annotations.ts';

export type Attributes = Partial<Record<Word, string | undefined>>;

/** Every method that finds something else than it looks for raises CSDL_INVALID with the JSON pointer. */
export interface JsonContext {
  readonly builder: ImageBuilder;
  fail(message: string): never;
  /** JSON pointer of the place that is being read. */
  pointer(): string;
  /** Does something at a member of that place. */
  at(names: readonly (string | number)[], work: () => void): void;
  /** Writes an element, and what `inside` writes into it. */
  write(name: Word, attributes: Attributes, inside?: () => void): void;
  objectOf(value: JsonValue | undefined): JsonObject;
  /** An array; an empty one when there is none. */
  listOf(value: JsonValue | undefined): readonly JsonValue[];
  /** The items of a member, which are objects. */
  eachObject(object: JsonObject, member: string, work: (item: JsonObject) => void): void;
  /** A member that is text, or absent. */
  text(object: JsonObject, member: string): string | undefined;
  /** `true` for a member that is true; absent and false are the same. */
  flag(object: JsonObject, member: string): 'true' | undefined;
  /** A number, text or truth value as text. */
  scalar(object: JsonObject, member: string): string | undefined;
  /** Writes the annotations of the object itself, or of one of its members. */
  annotations(object: JsonObject, prefix?: string): void;
}

export function createJsonContext(
  builder: ImageBuilder,
  raise: (message: string, pointer: string) => never,
): JsonContext {
  const path: (string | number)[] = [];
  const context: JsonContext = {
    builder,
    pointer: () => jsonPointer(path),
    fail: (message) => raise(message, jsonPointer(path)),
    at(names, work) {
      path.push(...names);
      work();
      path.length -= names.length;
    },
    write(name, attributes, inside) {
      builder.begin(name, attributes);
      inside?.();
      builder.close();
    },
    objectOf: (value) => (isJsonObject(value) ? value : context.fail('an object is expected here')),
    listOf(value) {
      if (value === undefined) return [];
      return Array.isArray(value) ? (value as readonly JsonValue[]) : context.fail('an array is expected here');
    },
    eachObject(object, member, work) {
      context.listOf(object[member]).forEach((item, index) => {
        context.at([member, index], () => work(context.objectOf(item)));
      });
    },
    text(object, member) {
      const value = object[member];
      return value === undefined || typeof value === 'string' ? value : context.fail(`${member} is not a string`);
    },
    flag(object, member) {
      const value = object[member];
      if (value === undefined || value === false) return undefined;
      return value === true ? 'true' : context.fail(`${member} is neither true nor false`);
    },
    scalar(object, member) {
      const value = object[member];
      return value === undefined || value === null || typeof value === 'object' ? undefined : String(value);
    },
    annotations: (object, prefix = '') => writeAnnotations(context, object, `${prefix}@`),
  };
  return context;
}

function writeAnnotations(context: JsonContext, object: JsonObject, start: string): void {
  for (const [name, value] of Object.entries(object)) {
    if (!name.startsWith(start)) continue;
    const term = name.slice(start.length);
    context.at([name], () => {
      if (typeof value === 'string') context.write('Annotation', { Term: term, String: value });
      else {
        context.write('Annotation', { Term: term }, () => {
          context.write('#json', { '#text': printJson(withoutTypeMarks(value)) });
        });
      }
    });
  }
}
