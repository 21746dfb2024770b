/** Names that XML cannot hold, written with `_xHHHH_` escapes (reference 8.4, 8.9). */

const nameStart =
  'A-Z_a-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D' +
  '\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\u{10000}-\\u{EFFFF}';
const startCharacter = new RegExp(`^[${nameStart}]$`, 'u');
const nameCharacter = new RegExp(`^[${nameStart}\\-.0-9\\u00B7\\u0300-\\u036F\\u203F-\\u2040]$`, 'u');
const escapePattern = /_x([0-9A-Fa-f]{4}|[0-9A-Fa-f]{8})_/g;
const startsWithEscape = /^_x(?:[0-9A-Fa-f]{4}|[0-9A-Fa-f]{8})_/;

/**
 * The name with each character that a name cannot hold as `_xHHHH_`: `a b` is `a_x0020_b`. Colons stay unless
 * `isLocal`; the first character of a part after a colon is not held to the rule for first characters.
 */
export function encodeXmlName(text: string, isLocal = false): string {
  let name = '';
  let position = 0;
  for (const character of text) {
    const allowed = position === 0 ? startCharacter : nameCharacter;
    // An underscore that begins what looks like an escape is escaped, so that decoding gives the same text.
    const isEscapeLike = character === '_' && startsWithEscape.test(text.slice(position, position + 11));
    if (!isEscapeLike && (allowed.test(character) || (character === ':' && !isLocal))) name += character;
    else {
      const code = character.codePointAt(0) ?? 0;
      name += `_x${code
        .toString(16)
        .toUpperCase()
        .padStart(code > 0xffff ? 8 : 4, '0')}_`;
    }
    position += character.length;
  }
  return name;
}

/** The reverse: `a_x0020_b` is `a b`. */
export function decodeXmlName(name: string): string {
  return name.replace(escapePattern, (written, digits: string) => {
    const code = Number.parseInt(digits, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : written;
  });
}

/** True for a text that XML 1.0 can hold: no control characters but tab and line ends, no lone surrogates. */
export function isXmlText(text: string): boolean {
  return !/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(text);
}
