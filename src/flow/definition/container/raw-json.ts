/** JSON texts by place: a value as its author spelt it, and members that are named twice. The text must be valid JSON. */

import { jsonPointer } from '../../../base/json.ts';

/** The text of the value at a path of member names and indexes; undefined when there is none. Of repeated names the last counts. */
export function rawValue(json: string, path: readonly (string | number)[]): string | undefined {
  let start = blanksEnd(json, 0);
  for (const step of path) {
    let found: number | undefined;
    for (const part of partsOf(json, start)) if (part.name === step) found = part.start;
    if (found === undefined) return undefined;
    start = found;
  }
  return json.slice(start, valueEnd(json, start));
}

/** Pointers of members whose name stands more than once in their object, at most `max` of them. */
export function repeatedMembers(json: string, max: number): readonly string[] {
  const repeated: string[] = [];
  const open: { readonly names: Set<string> | undefined; step: string | number }[] = [];
  for (let at = 0; at < json.length && repeated.length < max; at += 1) {
    const inner = open.at(-1);
    switch (json[at]) {
      case '{':
        open.push({ names: new Set(), step: '' });
        break;
      case '[':
        open.push({ names: undefined, step: 0 });
        break;
      case '}':
      case ']':
        open.pop();
        break;
      case ',':
        if (inner !== undefined && typeof inner.step === 'number') inner.step += 1;
        break;
      case '"': {
        const end = stringEnd(json, at);
        if (inner?.names !== undefined && json[blanksEnd(json, end)] === ':') {
          const name = JSON.parse(json.slice(at, end)) as string;
          inner.step = name;
          if (inner.names.has(name)) repeated.push(jsonPointer(open.map(({ step }) => step)));
          inner.names.add(name);
        }
        at = end - 1;
      }
    }
  }
  return repeated;
}

/** The members or items of the object or array at `start`, with where their values begin; none for other values. */
function* partsOf(json: string, start: number): Iterable<{ readonly name: string | number; readonly start: number }> {
  const isObject = json[start] === '{';
  if (!isObject && json[start] !== '[') return;
  let at = blanksEnd(json, start + 1);
  for (let index = 0; json[at] !== '}' && json[at] !== ']' && at < json.length; index += 1) {
    let name: string | number = index;
    if (isObject) {
      const end = stringEnd(json, at);
      name = JSON.parse(json.slice(at, end)) as string;
      at = blanksEnd(json, blanksEnd(json, end) + 1);
    }
    yield { name, start: at };
    at = blanksEnd(json, valueEnd(json, at));
    if (json[at] === ',') at = blanksEnd(json, at + 1);
  }
}

function valueEnd(json: string, start: number): number {
  const first = json[start];
  if (first === '"') return stringEnd(json, start);
  if (first !== '{' && first !== '[') {
    const rest = /[^\s,\]}]*/y;
    rest.lastIndex = start;
    rest.exec(json);
    return rest.lastIndex;
  }
  let depth = 0;
  for (let at = start; at < json.length; at += 1) {
    const letter = json[at];
    if (letter === '"') at = stringEnd(json, at) - 1;
    else if (letter === '{' || letter === '[') depth += 1;
    else if ((letter === '}' || letter === ']') && --depth === 0) return at + 1;
  }
  return json.length;
}

function stringEnd(json: string, start: number): number {
  let at = start + 1;
  while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at + 1;
}

function blanksEnd(json: string, start: number): number {
  let at = start;
  while (json[at] === ' ' || json[at] === '\n' || json[at] === '\r' || json[at] === '\t') at += 1;
  return at;
}
