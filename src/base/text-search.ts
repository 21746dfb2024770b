/** Searching in texts in time proportional to them; the engine's own search takes the product for long hostile texts. */

/** Longest text that the engine's search is trusted with: its worst case is that many looks at each character. */
const nativeLengthMax = 256;

/** The positions of a text that is not empty, in ascending order. */
export function* occurrencesOf(text: string, search: string, isOverlapping: boolean): Generator<number, void> {
  if (search.length <= nativeLengthMax) {
    const step = isOverlapping ? 1 : search.length;
    for (let at = text.indexOf(search); at >= 0; at = text.indexOf(search, at + step)) yield at;
    return;
  }
  // Knuth, Morris and Pratt: no character of the text is looked at again.
  const borders = bordersOf(search);
  let matched = 0;
  for (let position = 0; position < text.length; position += 1) {
    const code = text.charCodeAt(position);
    while (matched > 0 && search.charCodeAt(matched) !== code) matched = borders[matched - 1] ?? 0;
    if (search.charCodeAt(matched) === code) matched += 1;
    if (matched === search.length) {
      yield position + 1 - search.length;
      matched = isOverlapping ? (borders[matched - 1] ?? 0) : 0;
    }
  }
}

/** The first position, -1 when there is none; an empty text is found at once. */
export function firstIndexOf(text: string, search: string): number {
  if (search.length <= nativeLengthMax) return text.indexOf(search);
  for (const position of occurrencesOf(text, search, false)) return position;
  return -1;
}

/** The last position, -1 when there is none. */
export function lastIndexIn(text: string, search: string): number {
  if (search.length <= nativeLengthMax) return text.lastIndexOf(search);
  let last = -1;
  for (const position of occurrencesOf(text, search, true)) last = position;
  return last;
}

export function countOf(text: string, search: string, isOverlapping = false): number {
  let count = 0;
  if (search.length === 1) {
    for (let at = text.indexOf(search); at >= 0; at = text.indexOf(search, at + 1)) count += 1;
    return count;
  }
  for (const _ of occurrencesOf(text, search, isOverlapping)) count += 1;
  return count;
}

/** The pieces between the occurrences. */
export function piecesBetween(text: string, search: string): string[] {
  if (search.length <= nativeLengthMax) return text.split(search);
  const pieces: string[] = [];
  let start = 0;
  for (const position of occurrencesOf(text, search, false)) {
    pieces.push(text.slice(start, position));
    start = position + search.length;
  }
  pieces.push(text.slice(start));
  return pieces;
}

/** The text with each occurrence replaced. */
export function replaceText(text: string, search: string, replacement: string): string {
  return piecesBetween(text, search).join(replacement);
}

/** For each prefix, the length of its longest border: a part that both begins and ends it. */
function bordersOf(search: string): Int32Array {
  const borders = new Int32Array(search.length);
  let length = 0;
  for (let position = 1; position < search.length; position += 1) {
    const code = search.charCodeAt(position);
    while (length > 0 && search.charCodeAt(length) !== code) length = borders[length - 1] ?? 0;
    if (search.charCodeAt(length) === code) length += 1;
    borders[position] = length;
  }
  return borders;
}
