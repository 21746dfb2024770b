/** One item of `$select`. */

/** A property path, or `['*']` (OData 4.01 URL 5.1.4). */
export interface SelectItem {
  readonly kind: 'selectItem';
  readonly path: readonly string[];
  readonly position: number;
}
