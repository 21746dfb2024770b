/** The error of a context URL that does not follow the grammar. */

import { foundAt, ODataSyntaxError } from '../../literal/odata-syntax-error.ts';

/** ODATA_SYNTAX: what should stand at a position of the context URL. */
export function unexpectedInUrl(source: string, position: number, expected: string): ODataSyntaxError {
  const found = foundAt(source, position);
  return new ODataSyntaxError({ what: 'The context URL', source, position, found, expected });
}
