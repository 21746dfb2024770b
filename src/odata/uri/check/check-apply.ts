/** Checks `$apply`: each transformation against what the one before leaves. */

import type { Model, StructuredType } from '../../model/model.ts';
import type {
  ApplySequence,
  ApplyTransformation,
  GroupByElement,
  JoinTransformation,
  NestTransformation,
  RecursiveHierarchy,
} from '../tree/apply-transformation.ts';
import type { AggregateItem, PropertyPath } from '../tree/filter-expression.ts';
import { aggregatedType, isCount } from './aggregated-type.ts';
import { groupMembers, mergeTypes } from './apply-shape.ts';
import { checkCall } from './check-call.ts';
import { itemType } from './check-collection.ts';
import { checkExpression } from './check-expression.ts';
import { checkComputeItems, checkOrder, type TypedComputeItem, type TypedOrderByItem } from './check-items.ts';
import { wantBoolean } from './check-operators.ts';
import { type CheckScope, nested } from './check-scope.ts';
import { type CheckOptions, scopeOf } from './expression-scope.ts';
import { collectionOf, type ExpressionType, isNumeric, typeName, withMembers, withOnly } from './expression-type.ts';
import { resolvePath } from './resolve-path.ts';
import { mismatch } from './type-errors.ts';
import type { TypedExpression } from './typed-expression.ts';

/** A sequence of transformations whose names and types are resolved. */
export interface CheckedApply {
  readonly kind: 'checkedApply';
  readonly sequence: TypedSequence;
  readonly model: Model;
}

/** The transformations, and the type of the instances that the last one leaves. */
export interface TypedSequence {
  readonly steps: readonly TypedTransformation[];
  readonly result: ExpressionType;
}

/** A transformation with its expressions typed, in the order in which they are written. */
export interface TypedTransformation {
  readonly transformation: ApplyTransformation;
  readonly expressions: readonly TypedExpression[];
  readonly aggregates: readonly TypedAggregate[];
  readonly groups: readonly TypedGroup[];
  readonly computed: readonly TypedComputeItem[];
  readonly order: readonly TypedOrderByItem[];
  readonly sequences: readonly TypedSequence[];
  readonly result: ExpressionType;
}

export interface TypedAggregate {
  readonly item: AggregateItem;
  readonly value: TypedExpression;
  /** The grouping properties of each `from`. */
  readonly from: readonly (readonly TypedExpression[])[];
  readonly name: string;
}

/** A grouping property, or the levels of a rollup, coarsest first; `element` is as it is written. */
export interface TypedGroup {
  readonly element: GroupByElement;
  readonly paths: readonly TypedExpression[];
}

/**
 * Checks `$apply` (OData Data Aggregation 4.0, section 3): names and types of each transformation against the properties
 * that are left by the one before. `result` of the sequence is what `$filter` and `$orderby` see. Raises
 * ODATA_PROPERTY_UNKNOWN, ODATA_TYPE_MISMATCH with the position, and LIMIT_EXCEEDED.
 */
export function checkApply(
  sequence: ApplySequence,
  entityType: StructuredType | undefined,
  model: Model,
  options: CheckOptions = {},
): CheckedApply {
  return { kind: 'checkedApply', sequence: checkSequence(sequence, scopeOf(entityType, model, options)), model };
}

/** The transformations one behind the other. */
export function checkSequence(sequence: ApplySequence, outer: CheckScope): TypedSequence {
  let scope = nested(outer);
  const steps = sequence.map((transformation) => {
    const step = { ...nothing, ...checkTransformation(transformation, scope) };
    scope = { ...scope, current: step.result };
    return step;
  });
  return { steps, result: scope.current };
}

const nothing = { expressions: [], aggregates: [], groups: [], computed: [], order: [], sequences: [] };

type Checked = Pick<TypedTransformation, 'transformation' | 'result'> & Partial<TypedTransformation>;

function checkTransformation(transformation: ApplyTransformation, scope: CheckScope): Checked {
  const result = scope.current;
  switch (transformation.kind) {
    case 'aggregate': {
      const aggregates = transformation.items.map((item) => checkAggregate(item, scope));
      return { transformation, aggregates, result: withOnly(result, aggregateMembers(aggregates)) };
    }
    case 'compute': {
      const computed = checkComputeItems(transformation.items, scope);
      const members = new Map(computed.map(({ item, typed }) => [item.alias, typed.type]));
      return { transformation, computed, result: withMembers(result, members) };
    }
    case 'concat': {
      const sequences = transformation.sequences.map((sequence) => checkSequence(sequence, scope));
      return { transformation, sequences, result: mergeTypes(sequences.map((sequence) => sequence.result)) };
    }
    case 'groupby':
      return checkGroupBy(transformation.groups, transformation.apply, { transformation, scope });
    case 'filter': {
      const predicate = checkExpression(transformation.predicate, scope);
      wantBoolean('filter', predicate.type, transformation.position);
      return { transformation, expressions: [predicate], result };
    }
    case 'orderby':
      return { transformation, order: checkOrder(transformation.items, scope), result };
    case 'topcount':
    case 'topsum':
    case 'toppercent':
    case 'bottomcount':
    case 'bottomsum':
    case 'bottompercent':
      return checkRank(transformation, scope);
    case 'join':
    case 'outerjoin':
    case 'nest':
    case 'addnested':
      return checkNesting(transformation, scope);
    case 'ancestors':
    case 'descendants':
      checkHierarchy(transformation.hierarchy, scope);
      return { transformation, sequences: transformation.starts.map((start) => checkSequence(start, scope)), result };
    case 'traverse': {
      checkHierarchy(transformation.hierarchy, scope);
      const sequences = transformation.starts === undefined ? [] : [checkSequence(transformation.starts, scope)];
      return { transformation, sequences, order: checkOrder(transformation.items, scope), result };
    }
    case 'custom':
      return checkCustom(transformation, scope);
    default:
      return { transformation, result };
  }
}

/** A path of an aggregate may lead over collections, and begin with `$count` of the input (section 3.2.1). */
function checkAggregate(item: AggregateItem, scope: CheckScope): TypedAggregate {
  const crossing = { ...scope, crossesCollections: true };
  const name = item.alias ?? lastName(item);
  const isCustom = item.method === undefined && !isCount(item);
  const value = isCustom ? customAggregate(item) : checkExpression(item.expression, crossing);
  const from = item.from.map(({ properties }) => properties.map((path) => groupingProperty(path, scope)));
  return { item, value, from, name };
}

/** A custom aggregate is known to the service alone. */
function customAggregate(item: AggregateItem): TypedExpression {
  return { expression: item.expression, type: { kind: 'unknown' }, parts: [] };
}

function lastName({ expression }: AggregateItem): string {
  return expression.kind === 'propertyPath' ? (expression.path.at(-1) ?? '') : '';
}

function aggregateMembers(aggregates: readonly TypedAggregate[]): ReadonlyMap<string, ExpressionType> {
  const members = new Map<string, ExpressionType>();
  for (const { item, value, name } of aggregates) {
    if (members.has(name)) throw mismatch(`The alias ${name} is given twice, at position ${item.position}.`);
    members.set(name, aggregatedType(item, value.type));
  }
  return members;
}

/** A grouping property is single-valued (section 3.2.3.1). */
function groupingProperty(path: PropertyPath, scope: CheckScope): TypedExpression {
  const typed = { expression: path, ...resolvePath(path, scope), parts: [] };
  if (typed.type.kind !== 'collection') return typed;
  throw mismatch(
    `groupby at position ${path.position} is given ${typeName(typed.type)}; expected a path that leads to one value.`,
  );
}

function checkGroupBy(
  elements: readonly GroupByElement[],
  apply: ApplySequence | undefined,
  { transformation, scope }: { readonly transformation: ApplyTransformation; readonly scope: CheckScope },
): Checked {
  const groups = elements.map((element): TypedGroup => {
    if (element.kind === 'propertyPath') return { element, paths: [groupingProperty(element, scope)] };
    // The one name of a rollup is that of a hierarchy, which annotations describe.
    if (element.kind === 'rollup' && element.properties.length === 1) return { element, paths: [] };
    if (element.kind === 'rollup')
      return { element, paths: element.properties.map((path) => groupingProperty(path, scope)) };
    checkHierarchy(element.hierarchy, scope);
    if (element.apply !== undefined) checkSequence(element.apply, scope);
    return { element, paths: [groupingProperty(element.hierarchy.property, scope)] };
  });
  const members = groupMembers(
    groups.flatMap(({ paths }) => paths),
    scope,
  );
  if (apply === undefined) return { transformation, groups, result: withOnly(scope.current, members) };
  const sequence = checkSequence(apply, scope);
  return { transformation, groups, sequences: [sequence], result: withMembers(sequence.result, members) };
}

function checkRank(
  transformation: Extract<ApplyTransformation, { readonly amount: unknown }>,
  scope: CheckScope,
): Checked {
  const { kind, position } = transformation;
  const amount = checkExpression(transformation.amount, scope);
  const by = checkExpression(transformation.by, scope);
  const wantsNumber = kind.endsWith('sum') || kind.endsWith('percent') ? [amount, by] : [amount];
  for (const { type } of wantsNumber) {
    if (!isNumeric(type))
      throw mismatch(`${kind} at position ${position} is given ${typeName(type)}; expected a number.`);
  }
  if (by.type.kind === 'collection' || by.type.kind === 'structured') {
    throw mismatch(
      `${kind} at position ${position} is given ${typeName(by.type)}; expected a value that has an order.`,
    );
  }
  return { transformation, expressions: [amount, by], result: scope.current };
}

/** `join` adds one related instance to each, `nest` and `addnested` a collection (sections 3.5.1 to 3.5.3). */
function checkNesting(transformation: JoinTransformation | NestTransformation, scope: CheckScope): Checked {
  const { kind, position } = transformation;
  if (kind === 'nest') {
    const sequences = transformation.items.map(({ apply }) => checkSequence(apply, scope));
    return { transformation, sequences, result: withOnly(scope.current, nestedMembers(transformation, sequences)) };
  }
  const { property } = transformation;
  if (property === undefined) return { transformation, result: scope.current };
  const resolved = resolvePath(property, { ...scope, crossesCollections: true });
  const { type } = resolved;
  const expressions = [{ expression: property, ...resolved, parts: [] }];
  if ('items' in transformation) {
    const current = type.kind === 'collection' ? type.item : type;
    const sequences = transformation.items.map(({ apply }) => checkSequence(apply, { ...scope, current }));
    const members = nestedMembers(transformation, sequences);
    return { transformation, expressions, sequences, result: withMembers(scope.current, members) };
  }
  const { apply, alias } = transformation;
  const current = itemType(kind, type, position);
  const sequences = apply === undefined ? [] : [checkSequence(apply, { ...scope, current })];
  const joined = sequences[0]?.result ?? current;
  return { transformation, expressions, sequences, result: withMembers(scope.current, new Map([[alias, joined]])) };
}

function nestedMembers(
  { items }: NestTransformation,
  sequences: readonly TypedSequence[],
): ReadonlyMap<string, ExpressionType> {
  return new Map(
    items.flatMap(({ alias }, index) => {
      const sequence = sequences[index];
      return sequence === undefined ? [] : [[alias, collectionOf(sequence.result)] as const];
    }),
  );
}

function checkHierarchy({ nodes, property }: RecursiveHierarchy, scope: CheckScope): void {
  checkExpression(nodes, scope);
  groupingProperty(property, scope);
}

/** A function of the service that is bound to the input (section 3.6.6). */
function checkCustom(
  { call, ...rest }: Extract<ApplyTransformation, { readonly kind: 'custom' }>,
  scope: CheckScope,
): Checked {
  const source: TypedExpression = {
    expression: { kind: 'propertyPath', path: ['$these'], position: call.position },
    type: collectionOf(scope.current),
    path: { root: { kind: 'these' }, steps: [] },
    parts: [],
  };
  const given = call.arguments.map(({ value }) => checkExpression(value, scope));
  const typed = checkCall(call, source, given, scope);
  const result = typed.type.kind === 'collection' ? typed.type.item : typed.type;
  return { transformation: { call, ...rest }, expressions: [typed], result };
}
