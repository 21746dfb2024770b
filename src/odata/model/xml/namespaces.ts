/** Which elements are those of CSDL: the namespaces that prefixes stand for (XML Namespaces 1.0). */

/** The declarations that hold at the element that is read. */
export interface Namespaces {
  /** `xmlns` or `xmlns:prefix` on the element at this depth. */
  declare(prefix: string, uri: string, depth: number): void;
  /** The elements at this depth and below are closed. */
  leave(depth: number): void;
  /** Whether the prefix, or none, stands for CSDL; undefined for a prefix that is not declared. */
  isCsdl(prefix: string): boolean | undefined;
}

/** No declaration holds; elements without a namespace count as CSDL's, since some writers leave it out. */
export function createNamespaces(): Namespaces {
  const declared: { readonly prefix: string; readonly isCsdl: boolean; readonly depth: number }[] = [];
  return {
    declare(prefix, uri, depth) {
      declared.push({ prefix, isCsdl: uri === '' || /\/edmx?$/.test(uri), depth });
    },
    leave(depth) {
      while ((declared.at(-1)?.depth ?? -1) >= depth) declared.pop();
    },
    isCsdl(prefix) {
      const found = declared.findLast((declaration) => declaration.prefix === prefix);
      if (found !== undefined) return found.isCsdl;
      if (prefix === '') return true;
      return prefix === 'xml' ? false : undefined;
    },
  };
}
