/** Syntax errors of query options, in the words of the OData library. */

import type { ODataSyntaxError } from '../../odata/index.ts';

/** `There is an unterminated literal …` or `Syntax error at position 14 in '…'.` */
export function syntaxMessage({ part }: ODataSyntaxError): string {
  const { text: source, position } = part;
  // An odd number of quotes means that the last literal never ends.
  return source.split("'").length % 2 === 0
    ? `There is an unterminated literal at position ${source.length} in '${source}'.`
    : `Syntax error at position ${position} in '${source}'.`;
}
