/** What compiling an expression needs, and what its functions of a row are given. */

import { RialtoError } from '../../../base/errors.ts';
import type { JsonValue } from '../../../base/json.ts';
import { checkLimit } from '../../../base/limits.ts';
import type { Model } from '../../model/model.ts';
import type { Row } from '../../row.ts';
import type { CheckOptions } from '../check/expression-scope.ts';
import type { TypedExpression } from '../check/typed-expression.ts';
import type { StringCollation } from './domain.ts';

/** A function of the service: its arguments by name, and what it is bound to. */
export type ServiceFunction = (args: Readonly<Record<string, JsonValue>>, source?: JsonValue) => JsonValue;

/** How expressions are evaluated. What is not given and is needed is refused by name when it is compiled. */
export interface EvaluateOptions extends CheckOptions {
  /** How texts compare. Default `ordinal`; the databases of both services have `case-insensitive`. */
  readonly stringCollation?: StringCollation;
  /** Whether `*` in a text literal of eq and ne stands for any text, as in F&O. Default false. */
  readonly wildcardEquals?: boolean;
  /** The current point in time for `now()`, as an Edm.DateTimeOffset. */
  readonly now?: () => string;
  /** Functions of the service by qualified name. */
  readonly functions?: Readonly<Record<string, ServiceFunction>>;
  /** The rows of an entity set for `$root`; of a singleton its one row. */
  readonly entitySet?: (name: string) => readonly Row[];
  /** Texts that `$search` looks into; by default the texts of the row itself. */
  readonly searchTexts?: (row: Row) => Iterable<string>;
  /** What `$it` stands for where the expression stands in a nested `$expand` or `$select`; by default the row. */
  readonly it?: Row;
}

/** What an expression is evaluated with, beside the row. */
export interface Frame {
  /** `$it`. */
  readonly it: unknown;
  /** `$these`: the collection that the row is of. */
  readonly these: readonly unknown[] | undefined;
  /** Items that the variables of lambdas stand for. */
  readonly slots: unknown[];
  /** Items that lambdas and filters within the expression have looked at. */
  visited: number;
}

/** Null is OData's null: neither true nor false. */
export type Condition = (row: unknown, frame: Frame) => boolean | null;
/** The JSON value of an expression; null where there is none. */
export type Getter = (row: unknown, frame: Frame) => unknown;

export interface CompileContext {
  readonly model: Model;
  readonly collation: StringCollation;
  readonly wildcardEquals: boolean;
  readonly options: EvaluateOptions;
  /** Whether `$these` is there when the expression runs. */
  readonly hasThese: boolean;
  /** Compiles an expression within another one. */
  readonly value: (typed: TypedExpression) => Getter;
  /** Compiles what is true, false or null. */
  readonly condition: (typed: TypedExpression) => Condition;
}

/** Items that one evaluation may look at: lambdas within lambdas multiply. */
const itemsVisitedMax = 1_000_000;

/** A frame for one row. */
export function frameOf(row: unknown, options: EvaluateOptions, these?: readonly unknown[]): Frame {
  return { it: options.it ?? row, these, slots: [], visited: 0 };
}

/** Counts items that are looked at. Raises LIMIT_EXCEEDED. */
export function visitItems(frame: Frame, count: number): void {
  frame.visited += count;
  checkLimit('itemsVisitedMax', itemsVisitedMax, frame.visited, 'The number of items that an expression looks at');
}

/** The value as JSON has it: absent is null, and numbers that JSON does not have are texts (OData JSON 4.01 7.1). */
export function jsonOf(value: unknown): JsonValue {
  if (typeof value !== 'number' || Number.isFinite(value)) return (value ?? null) as JsonValue;
  return Number.isNaN(value) ? 'NaN' : value > 0 ? 'INF' : '-INF';
}

/** ODATA_TYPE_MISMATCH: what the grammar knows and evaluation does not. */
export function notEvaluated(what: string, position: number): RialtoError {
  return new RialtoError('ODATA_TYPE_MISMATCH', `${what} at position ${position} is not supported here.`);
}

/** The text as it is compared. */
export function fold(text: string, { collation }: Pick<CompileContext, 'collation'>): string {
  return collation === 'case-insensitive' ? text.toLowerCase() : text;
}

/** `change(value)`, or null for null. */
export function mapped<T, Result>(value: T | null, change: (value: T) => Result): Result | null {
  return value === null ? null : change(value);
}
