/** Literal → text. Quoting is done here and nowhere else. */

import type { Literal } from './literal.ts';

/** The literal as OData text, not percent-encoded (OData 4.01 ABNF `primitiveLiteral`). */
export function printLiteral(literal: Literal): string {
  switch (literal.type) {
    case 'Edm.String':
      return quoted(literal.text);
    case 'Edm.Duration':
      return `duration${quoted(literal.text)}`;
    case 'Edm.Binary':
      return `binary${quoted(literal.text)}`;
    case 'enum':
      return `${literal.enumType ?? ''}${quoted(literal.text)}`;
    case 'null':
      return 'null';
    default:
      return geoPrefix(literal.type) + (literal.type.startsWith('Edm.Geo') ? quoted(literal.text) : literal.text);
  }
}

function geoPrefix(type: string): string {
  return type.startsWith('Edm.Geography') ? 'geography' : type.startsWith('Edm.Geometry') ? 'geometry' : '';
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
