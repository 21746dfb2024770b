/** Text and attribute values whose bytes do not all stand for themselves. */

/** The text with its references replaced; what is wrong with the first bad one goes to `fail` (XML 1.0 4.1, 4.6). */
export function withReferences(text: string, fail: (message: string) => never): string {
  if (!text.includes('&')) return text;
  return text.replace(/&([^;&]*)(;?)/g, (whole, name: string, end: string) => {
    const character = end === '' ? undefined : (predefined.get(name) ?? characterOf(name));
    if (character !== undefined) return character;
    return fail(
      end === '' ? `'${whole.slice(0, 20)}' begins a reference that does not end` : `there is no entity '${whole}'`,
    );
  });
}

/** Line ends as XML has them (XML 1.0 2.11). */
export function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}

/** White space as attribute values have it (XML 1.0 3.3.3). */
export function withSpaces(text: string): string {
  return text.replace(/\r\n|[\r\n\t]/g, ' ');
}

/** True when the characters of a name that are beyond ASCII may stand there (XML 1.0 2.3). */
export function isName(text: string): boolean {
  return [...text].every((character, index) => {
    const code = character.codePointAt(0) ?? 0;
    const isIn = ([from, to]: readonly [number, number]) => code >= from && code <= to;
    return code < 0x80 || nameStart.some(isIn) || (index > 0 && nameMore.some(isIn));
  });
}

const nameStart: readonly (readonly [from: number, to: number])[] = [
  [0xc0, 0xd6],
  [0xd8, 0xf6],
  [0xf8, 0x2ff],
  [0x370, 0x37d],
  [0x37f, 0x1fff],
  [0x200c, 0x200d],
  [0x2070, 0x218f],
  [0x2c00, 0x2fef],
  [0x3001, 0xd7ff],
  [0xf900, 0xfdcf],
  [0xfdf0, 0xfffd],
  [0x10000, 0xeffff],
];

const nameMore: readonly (readonly [from: number, to: number])[] = [
  [0xb7, 0xb7],
  [0x300, 0x36f],
  [0x203f, 0x2040],
];

function characterOf(reference: string): string | undefined {
  const match = /^#(?:x([0-9A-Fa-f]{1,8})|([0-9]{1,8}))$/.exec(reference);
  if (match === null) return undefined;
  const code = match[1] === undefined ? Number(match[2]) : Number.parseInt(match[1], 16);
  const isCharacter =
    code === 0x9 ||
    code === 0xa ||
    code === 0xd ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff);
  return isCharacter ? String.fromCodePoint(code) : undefined;
}

const predefined: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);
