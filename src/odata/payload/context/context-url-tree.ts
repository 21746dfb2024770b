/** What a context URL says about its payload. */

/** A selected property, or an expanded navigation property with a list of its own (OData 4.01 Protocol 10.8, 10.9). */
export interface ContextItem {
  /** Properties and type names; `['*']` for all. */
  readonly path: readonly string[];
  /** The list in parentheses behind an expanded navigation property, which may be empty. */
  readonly items?: readonly ContextItem[];
  /** `Manager+(…)`: expanded with `$levels`. */
  readonly isRecursive?: boolean;
}

/** What the payload holds, at the end of the context URL. */
export type ContextSuffix = '$entity' | '$delta' | '$deletedEntity' | '$link' | '$deletedLink';

/** A service document (OData 4.01 Protocol 10.1). */
export interface ServiceDocumentContext {
  readonly kind: 'serviceDocument';
  /** The URL before `#`. */
  readonly metadataUrl: string;
}

/**
 * Entities, an entity, a property, changes: what a path of the service leads to (OData 4.01 Protocol 10.2 to 10.7,
 * 10.11 to 10.14, 10.16, 10.17).
 */
export interface ResourceContext {
  readonly kind: 'resource';
  readonly metadataUrl: string;
  /** Segments as they stand, keys and type names included: `["Customers(1)", "Orders"]`; none for `#$delta`. */
  readonly path: readonly string[];
  /** The first segment without its key: an entity set or a singleton. */
  readonly root: string;
  /** The qualified type name that ends the path. */
  readonly typeCast?: string;
  readonly select?: readonly ContextItem[];
  readonly suffix?: ContextSuffix;
}

/** A value of a type, or several of it (OData 4.01 Protocol 10.15, 10.18). */
export interface TypeContext {
  readonly kind: 'type';
  readonly metadataUrl: string;
  /** Without `Collection()`. */
  readonly type: string;
  readonly isCollection: boolean;
  readonly select?: readonly ContextItem[];
}

/** An entity reference, or a collection of them (OData 4.01 Protocol 10.10). */
export interface ReferenceContext {
  readonly kind: 'reference';
  readonly metadataUrl: string;
  readonly isCollection: boolean;
}

/** A context URL, taken apart. */
export type ContextUrl = ServiceDocumentContext | ResourceContext | TypeContext | ReferenceContext;
