/** Search expression → text, not percent-encoded. */

import type { SearchExpression } from '../tree/search-expression.ts';

/** The value of `$search` (OData 4.01 URL 5.1.8); AND is written out. */
export function printSearch(tree: SearchExpression): string {
  return print(tree, 0);
}

/** NOT binds tighter than AND, AND tighter than OR. */
const precedence = { or: 1, and: 2, not: 3, term: 4 };

function print(tree: SearchExpression, demanded: number): string {
  switch (tree.kind) {
    case 'searchTerm':
      if (tree.form === 'word') return tree.text;
      return tree.form === 'phrase' ? `"${tree.text}"` : `'${tree.text.replaceAll("'", "''")}'`;
    case 'searchNot':
      return grouped(`NOT ${print(tree.operand, precedence.not)}`, precedence.not, demanded);
    case 'searchLogical': {
      const own = precedence[tree.operator];
      const text = `${print(tree.left, own)} ${tree.operator.toUpperCase()} ${print(tree.right, own + 1)}`;
      return grouped(text, own, demanded);
    }
  }
}

function grouped(text: string, own: number, demanded: number): string {
  return own < demanded ? `(${text})` : text;
}
