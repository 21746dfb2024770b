/** Names of types and terms: aliases resolved, `Collection(…)` taken off. */

/** Resolves names by the aliases of one document. */
export interface TypeNames {
  /** Namespace by alias, of the schemas of the document. */
  readonly aliases: Readonly<Record<string, string>>;
  /** The name with its namespace in place of an alias: `mscrm.account` is `Microsoft.Dynamics.CRM.account`. */
  resolve(name: string): string;
}

interface Aliased {
  readonly namespace: string;
  readonly alias: string | undefined;
}

/** The names of these schemas, and of those that references include (OData CSDL 4.01 4.1, 5.1.2). */
export function createTypeNames(schemas: readonly Aliased[], included: readonly Aliased[] = []): TypeNames {
  const own = aliasesOf(schemas);
  const byAlias = new Map([...aliasesOf(included), ...own]);
  const resolved = new Map<string, string>();
  return {
    aliases: Object.freeze(Object.fromEntries(own)),
    resolve(name) {
      const known = resolved.get(name);
      if (known !== undefined) return known;
      const dot = name.lastIndexOf('.');
      const namespace = dot === -1 ? undefined : byAlias.get(name.slice(0, dot));
      if (namespace === undefined) return name;
      const full = `${namespace}${name.slice(dot)}`;
      // One text per type, however often it is referred to: a large service has 22,000 navigation properties.
      if (resolved.size < resolvedMax) resolved.set(name, full);
      return full;
    },
  };
}

/** Parts `Collection(Edm.String)` into its item type and the fact. */
export function splitCollection(type: string): { readonly type: string; readonly isCollection: boolean } {
  const isCollection = type.startsWith('Collection(') && type.endsWith(')');
  return { type: isCollection ? type.slice('Collection('.length, -1) : type, isCollection };
}

/** Names kept: lookups bring names from outside, which must not fill the memory. */
const resolvedMax = 100_000;

function aliasesOf(schemas: readonly Aliased[]): readonly (readonly [string, string])[] {
  return schemas.flatMap(({ namespace, alias }) => (alias === undefined ? [] : [[alias, namespace] as const]));
}
