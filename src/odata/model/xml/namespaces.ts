/** Which elements are those of CSDL: the namespaces that prefixes stand for (XML Namespaces 1.0). */

interface Declaration {
  readonly prefix: string;
  readonly isCsdl: boolean;
  readonly depth: number;
}

/** The declarations that hold at the element that is read. */
export class Namespaces {
  /** Whether names without a prefix are CSDL's; those without a namespace are, since some writers leave it out. */
  isDefaultCsdl = true;
  private readonly declared: Declaration[] = [];

  /** `xmlns` or `xmlns:prefix` on the element at this depth. */
  declare(prefix: string, uri: string, depth: number): void {
    this.declared.push({ prefix, isCsdl: uri === '' || /\/edmx?$/.test(uri), depth });
    this.isDefaultCsdl = this.isCsdl('') ?? true;
  }

  /** The element at this depth is closed. */
  leave(depth: number): void {
    const { declared } = this;
    let last = declared.at(-1);
    if (last === undefined || last.depth < depth) return;
    while (last !== undefined && last.depth >= depth) {
      declared.pop();
      last = declared.at(-1);
    }
    this.isDefaultCsdl = this.isCsdl('') ?? true;
  }

  /** Whether the prefix stands for CSDL; undefined for one that is not declared. */
  isCsdl(prefix: string): boolean | undefined {
    const found = this.declared.findLast((declaration) => declaration.prefix === prefix);
    if (found !== undefined) return found.isCsdl;
    return prefix === 'xml' ? false : undefined;
  }
}
