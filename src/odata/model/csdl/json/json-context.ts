/** What reading CSDL JSON needs everywhere: the place that is being read, members of a kind, and the image. */

import { isJsonObject, type JsonObject, type JsonValue, jsonPointer, printJson } from '../../../../base/json.ts';
import { checkLimit } from '../../../../base/limits.ts';
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
  /** Writes the annotations of the object itself. */
  annotations(object: JsonObject): void;
  /** Writes the annotations of a member of an object, which is looked through once for all its members. */
  memberAnnotations(object: JsonObject): (member: string) => void;
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
      if (value === undefined || value === null) return undefined;
      return typeof value === 'object' ? context.fail(`${member} is neither a number nor text`) : String(value);
    },
    annotations: (object) => writeAnnotations(context, annotationsOf(object).get('')),
    memberAnnotations(object) {
      const byMember = annotationsOf(object);
      return (member) => writeAnnotations(context, byMember.get(member));
    },
  };
  return context;
}

type Annotations = readonly (readonly [term: string, value: JsonValue])[];

/** The annotations in an object by the member that they annotate, those of the object itself under the empty name. */
function annotationsOf(object: JsonObject): ReadonlyMap<string, Annotations> {
  const byMember = new Map<string, [term: string, value: JsonValue][]>();
  for (const [name, value] of Object.entries(object)) {
    const at = name.indexOf('@');
    if (at === -1) continue;
    const others = byMember.get(name.slice(0, at)) ?? [];
    others.push([name.slice(at + 1), value]);
    byMember.set(name.slice(0, at), others);
  }
  return byMember;
}

function writeAnnotations(context: JsonContext, annotations: Annotations = []): void {
  for (const [term, value] of annotations) {
    // Annotations of annotations nest within each other, like elements.
    const depth = term.split('@', nestingMax + 2).length;
    checkLimit('csdlDepthMax', nestingMax, depth, 'The depth of annotations of annotations');
    context.at([`@${term}`], () => {
      if (typeof value === 'string') context.write('Annotation', { Term: term, String: value });
      else {
        context.write('Annotation', { Term: term }, () => {
          context.write('#json', { '#text': printJson(withoutTypeMarks(value)) });
        });
      }
    });
  }
}

const nestingMax = 100;
