/** Percent-encoding as .NET does it (reference 8.4). */

import { convertPieces } from './convert-text.ts';

/** Everything but `A–Z a–z 0–9 - _ . ~` as %XX of its UTF-8 bytes. */
export function percentEncode(text: string): string {
  return convertPieces(text, encodePiece);
}

function encodePiece(text: string): string {
  // The detour over bytes turns lone surrogates into U+FFFD, which encodeURIComponent would refuse.
  const wellFormed = Buffer.from(text, 'utf8').toString('utf8');
  return encodeURIComponent(wellFormed).replace(
    /[!*'()]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The reverse; a % that no two hexadecimal digits follow stands for itself. */
export function percentDecode(text: string): string {
  let decoded = '';
  let position = 0;
  for (let start = text.indexOf('%'); start >= 0; start = text.indexOf('%', position)) {
    let end = start;
    while (/^%[0-9A-Fa-f]{2}/.test(text.slice(end, end + 3))) end += 3;
    decoded += text.slice(position, start);
    // A run is decoded as a whole: a character may take several bytes.
    decoded += end > start ? Buffer.from(text.slice(start, end).replaceAll('%', ''), 'hex').toString('utf8') : '%';
    position = Math.max(end, start + 1);
  }
  return decoded + text.slice(position);
}
