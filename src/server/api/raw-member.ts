/** A member of a JSON text as it is spelt there, so that a definition is stored as its author wrote it. */

/**
 * The text of the value at a path of member names: `rawMember('{"a":{"b":1.0}}', ['a', 'b'])` is `1.0`. Undefined when
 * a name is missing. The text must be valid JSON: parse it first. Of repeated names the last counts, as in parsing.
 */
export function rawMember(json: string, path: readonly string[]): string | undefined {
  let start = skipSpace(json, 0);
  for (const name of path) {
    const found = memberStart(json, start, name);
    if (found === undefined) return undefined;
    start = found;
  }
  return json.slice(start, valueEnd(json, start));
}

/** Where the value of a member of the object at `start` begins. */
function memberStart(json: string, start: number, wanted: string): number | undefined {
  if (json[start] !== '{') return undefined;
  let found: number | undefined;
  let at = skipSpace(json, start + 1);
  while (json[at] === '"') {
    const nameEnd = stringEnd(json, at);
    const name: unknown = JSON.parse(json.slice(at, nameEnd));
    const value = skipSpace(json, skipSpace(json, nameEnd) + 1);
    if (name === wanted) found = value;
    at = skipSpace(json, valueEnd(json, value));
    if (json[at] === ',') at = skipSpace(json, at + 1);
  }
  return found;
}

function valueEnd(json: string, start: number): number {
  const first = json[start];
  if (first === '"') return stringEnd(json, start);
  let at = start;
  if (first !== '{' && first !== '[') {
    while (at < json.length && !/[\s,\]}]/.test(json[at] ?? '')) at += 1;
    return at;
  }
  let depth = 0;
  while (at < json.length) {
    const letter = json[at];
    if (letter === '"') {
      at = stringEnd(json, at);
      continue;
    }
    if (letter === '{' || letter === '[') depth += 1;
    if (letter === '}' || letter === ']') depth -= 1;
    at += 1;
    if (depth === 0) break;
  }
  return at;
}

function stringEnd(json: string, start: number): number {
  let at = start + 1;
  while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at + 1;
}

function skipSpace(json: string, start: number): number {
  let at = start;
  while (at < json.length && /\s/.test(json[at] ?? '')) at += 1;
  return at;
}
