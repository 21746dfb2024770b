/** The parameter alias node. */

/** `@name`: stands for the value that the query option `@name` gives (OData 4.01 URL 5.3). */
export interface ParameterAlias {
  readonly kind: 'parameterAlias';
  /** Without the `@`. */
  readonly name: string;
  readonly position: number;
}
