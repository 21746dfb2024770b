/** JSON text laid out for reading, without parsing it: numbers keep every digit, and a cut-off text works as well. */

const token = /"(?:[^"\\]|\\.)*"?|[{}[\],:]|[^\s{}[\],:"]+/g;

/** The JSON text with one member per line, indented by two spaces per level. */
export function layOutJson(json: string): string {
  let depth = 0;
  let laidOut = '';
  let previous = '';
  for (const [part] of json.matchAll(token)) {
    const closes = part === '}' || part === ']';
    if (closes) depth -= 1;
    const opened = previous === '{' || previous === '[';
    if (closes ? !opened : opened || previous === ',') laidOut += `\n${'  '.repeat(depth)}`;
    laidOut += part === ':' ? ': ' : part;
    if (part === '{' || part === '[') depth += 1;
    previous = part;
  }
  return laidOut;
}
