/** Key lookups, filters, counts and aggregates of collections → functions of a row. */

import type { EntityType } from '../../model/model.ts';
import type { Row } from '../../row.ts';
import { referencedType, unknownType } from '../check/expression-type.ts';
import { partOf, type TypedExpression } from '../check/typed-expression.ts';
import type { AggregateOf, CountOf } from '../tree/filter-expression.ts';
import { aggregator } from './aggregate.ts';
import { type CompileContext, type Getter, visitItems } from './compile-context.ts';
import { declaredStructure } from './compile-path.ts';
import { compileSearch, rowTexts } from './compile-search.ts';
import { areEqual, commonDomain } from './domain.ts';
import { isStructure, memberOf } from './structures.ts';

/** The item with this key; null when there is none (OData 4.01 URL 4.3). */
export function compileKeyLookup(typed: TypedExpression, context: CompileContext): Getter {
  const source = context.value(partOf(typed, 0));
  const entityType = declaredStructure(partOf(typed, 0).type) as EntityType | undefined;
  const tests = (typed.keyNames ?? []).map((given, index) => {
    const name = given === '' ? (entityType?.key[0] ?? given) : given;
    const value = partOf(typed, index + 1);
    const property = entityType?.property(name);
    const type = property === undefined ? unknownType : referencedType(property, context.model);
    return { name, value: context.value(value), domain: commonDomain(type, value.type, context) };
  });
  return (row, frame) => {
    const items = source(row, frame);
    if (!Array.isArray(items)) return null;
    visitItems(frame, items.length);
    const wanted = tests.map(({ value, domain }) => domain.read(value(row, frame)));
    const found = items.find(
      (item) =>
        isStructure(item) &&
        tests.every(({ name, domain }, index) =>
          areEqual(domain.read(memberOf(item, name)), wanted[index] ?? null, domain),
        ),
    );
    return found ?? null;
  };
}

/** The items for which the condition holds; null stays null (OData 4.01 URL 4.12). */
export function compileFiltered(typed: TypedExpression, context: CompileContext): Getter {
  const source = context.value(partOf(typed, 0));
  const predicate = context.condition(partOf(typed, 1));
  return (row, frame) => {
    const items = source(row, frame);
    if (!Array.isArray(items)) return null;
    visitItems(frame, items.length);
    return items.filter((item) => predicate(item, frame) === true);
  };
}

/** The number of items that the options leave (OData 4.01 URL 4.8). */
export function compileCountOf(tree: CountOf, typed: TypedExpression, context: CompileContext): Getter {
  const source = context.value(partOf(typed, 0));
  const [, filter] = typed.parts;
  const predicate = filter === undefined ? undefined : context.condition(filter);
  const search =
    tree.search === undefined ? undefined : compileSearch(tree.search, context.options.searchTexts ?? rowTexts);
  return (row, frame) => {
    const items = source(row, frame);
    if (!Array.isArray(items)) return null;
    visitItems(frame, items.length);
    return items.filter(
      (item) =>
        (predicate === undefined || predicate(item, frame) === true) &&
        (search === undefined || search(isStructure(item) ? item : ({ value: item } as Row))),
    ).length;
  };
}

/** One aggregate over the items of a collection (OData Data Aggregation 4.0, section 3.6). */
export function compileAggregateOf(tree: AggregateOf, typed: TypedExpression, context: CompileContext): Getter {
  const source = context.value(partOf(typed, 0));
  const value = partOf(typed, 1);
  const aggregate = aggregator({ item: tree.item, value, from: [], name: '' }, { ...context, hasThese: true });
  const isSame = isOfThese(partOf(typed, 0)) && isOfItemsAlone(value);
  let last: { readonly items: readonly unknown[]; readonly result: unknown } | undefined;
  return (row, frame) => {
    const items = source(row, frame);
    if (!Array.isArray(items)) return null;
    // What is the same for each of these rows is found once, or the time would grow with their square.
    if (isSame && last?.items === items) return last.result;
    visitItems(frame, items.length);
    const result = aggregate(items, frame);
    if (isSame) last = { items, result };
    return result;
  };
}

function isOfThese({ path }: TypedExpression): boolean {
  return path?.root.kind === 'these' && path.steps.length === 0;
}

/** True for a value that only the item decides: neither `$it` nor a variable around it. */
function isOfItemsAlone({ path, parts }: TypedExpression): boolean {
  return path?.root.kind !== 'it' && path?.root.kind !== 'variable' && parts.every(isOfItemsAlone);
}
