/** What the CSDL builder keeps for each element that is open. */

import type { JsonValue } from '../../../base/json.ts';

export type Attributes = Readonly<Record<string, string>>;

/** One open element. Elements that it does not know are passed over with all they hold. */
export interface Frame {
  /** The frame of a child element; undefined passes over it. */
  open?(name: string, attributes: Attributes): Frame | undefined;
  text?(text: string): void;
  close?(): void;
}

/** What the frames need of the reader. */
export interface CsdlContext {
  /** One copy of each text, free of the chunk it was read from. */
  intern(text: string): string;
  /** The parts of a type name, `Collection(…)` taken off. */
  typeOf(name: string): { readonly type: string; readonly isCollection: boolean };
  /** The full name of a term or type name that may begin with an alias. */
  resolve(name: string): string;
  /** Raises CSDL_INVALID with line and column. */
  fail(message: string): never;
}

/** Annotations under construction. */
export type AnnotationsDraft = Record<string, JsonValue>;

/** The value of an attribute that must be there. Raises CSDL_INVALID. */
export function required(attributes: Attributes, attribute: string, element: string, context: CsdlContext): string {
  const value = attributes[attribute];
  if (value === undefined || value === '') context.fail(`${element} has no ${attribute}`);
  return context.intern(value);
}
