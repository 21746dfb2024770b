/** Names of types: aliases resolved, `Collection(…)` taken off. */

import type { SchemaData } from './model-data.ts';

/** Resolves names by the aliases of one model. */
export interface TypeNames {
  /** Namespace by alias. */
  readonly aliases: Readonly<Record<string, string>>;
  /** The name with its namespace in place of an alias: `mscrm.account` is `Microsoft.Dynamics.CRM.account`. */
  resolve(name: string): string;
}

/** The names of these schemas (OData CSDL 4.01 4.1). */
export function createTypeNames(schemas: readonly Pick<SchemaData, 'namespace' | 'alias'>[]): TypeNames {
  const byAlias = new Map(schemas.flatMap(({ namespace, alias }) => (alias === undefined ? [] : [[alias, namespace]])));
  const resolved = new Map<string, string>();
  return {
    aliases: Object.fromEntries(byAlias),
    resolve(name) {
      const known = resolved.get(name);
      if (known !== undefined) return known;
      const dot = name.lastIndexOf('.');
      const namespace = dot === -1 ? undefined : byAlias.get(name.slice(0, dot));
      if (namespace === undefined) return name;
      const full = `${namespace}${name.slice(dot)}`;
      // One text per type, however often it is referred to: a large service has 22,000 navigation properties.
      resolved.set(name, full);
      return full;
    },
  };
}

/** Parts `Collection(Edm.String)` into its item type and the fact. */
export function splitCollection(type: string): { readonly type: string; readonly isCollection: boolean } {
  const isCollection = type.startsWith('Collection(') && type.endsWith(')');
  return { type: isCollection ? type.slice('Collection('.length, -1) : type, isCollection };
}
