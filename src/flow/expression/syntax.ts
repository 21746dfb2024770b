/** The trees of expressions and templates (reference 7.2, 7.3). Positions are offsets in the template string. */

import type { Value } from './value.ts';

/** A string, number, true, false or null written in the expression. */
export interface LiteralExpression {
  readonly kind: 'literal';
  readonly value: null | boolean | string | bigint | number;
  readonly position: number;
}

/** `name(arguments)`. */
export interface CallExpression {
  readonly kind: 'call';
  /** As written. */
  readonly name: string;
  readonly arguments: readonly Expression[];
  readonly position: number;
}

/** `object.name`, `object[index]`, and both with `?` before. A name after a dot is a literal index. */
export interface MemberExpression {
  readonly kind: 'member';
  readonly object: Expression;
  readonly index: Expression;
  /** Written with `?`: a missing member is null. */
  readonly isOptional: boolean;
  /** Position of the dot or bracket, or of the `?` before it. */
  readonly position: number;
}

export type Expression = LiteralExpression | CallExpression | MemberExpression;

/** A part of a definition without any expression in it. */
export interface LiteralTemplate {
  readonly kind: 'literal';
  readonly value: Value;
}

/** `@expression`: keeps the type of its result. */
export interface ExpressionTemplate {
  readonly kind: 'expression';
  readonly expression: Expression;
  readonly source: string;
}

/** Text with `@{expression}` in it: always gives a string. */
export interface InterpolationTemplate {
  readonly kind: 'interpolation';
  readonly parts: readonly (string | Expression)[];
  readonly source: string;
}

export interface ArrayTemplate {
  readonly kind: 'array';
  readonly items: readonly Template[];
}

/** Member names are templates too. */
export interface ObjectTemplate {
  readonly kind: 'object';
  readonly members: readonly { readonly name: StringTemplate; readonly value: Template }[];
}

/** What a string of a definition is. */
export type StringTemplate = LiteralTemplate | ExpressionTemplate | InterpolationTemplate;
/** What any JSON value of a definition is. */
export type Template = StringTemplate | ArrayTemplate | ObjectTemplate;
