/** What Dataverse accepts in `$filter` and `$orderby`, refused in its own words before anything is evaluated. */

import type { Comparison, EntityType, FilterExpression, Model, OrderByItem, PropertyPath } from '../../odata/index.ts';
import { areComparable, incompatibleTypes } from '../query/comparison-types.ts';
import { notImplemented, refusal } from '../wire/refusal.ts';

/** The codes of refused queries. */
const queryError = '0x80060888';
/** Conditions that one query may hold. */
const conditionsMax = 500;

/** Navigation paths that a query walks: `['primarycontactid']`. */
export interface QueryPaths {
  readonly navigation: ReadonlySet<string>;
}

/**
 * Checks a filter and an order; returns the single-valued navigation properties they walk.
 * Raises SERVICE_ERROR 400 for what the service refuses, 501 for what only the emulator lacks.
 */
export function checkQuery(
  query: { readonly filter?: FilterExpression | undefined; readonly orderby?: readonly OrderByItem[] | undefined },
  entityType: EntityType,
  model: Model,
): QueryPaths {
  const rules = new QueryRules(entityType, model);
  if (query.filter !== undefined) rules.checkFilter(query.filter);
  for (const item of query.orderby ?? []) {
    if (item.expression.kind !== 'propertyPath') {
      throw refusal(400, queryError, 'Only ordering by properties is supported.');
    }
    rules.propertyType(item.expression);
  }
  return { navigation: rules.navigation };
}

class QueryRules {
  readonly navigation = new Set<string>();
  readonly #entityType: EntityType;
  readonly #model: Model;
  #conditions = 0;

  constructor(entityType: EntityType, model: Model) {
    this.#entityType = entityType;
    this.#model = model;
  }

  checkFilter(tree: FilterExpression): void {
    switch (tree.kind) {
      case 'logical':
        this.checkFilter(tree.left);
        this.checkFilter(tree.right);
        return;
      case 'not':
        this.checkFilter(tree.operand);
        return;
      case 'comparison':
        this.#count();
        this.#checkComparison(tree);
        return;
      case 'functionCall':
        this.#count();
        this.#checkCall(tree);
        return;
      case 'propertyPath':
        this.propertyType(tree);
        return;
      case 'lambda':
        throw notImplemented('Lambda', `the lambda operator '${tree.operator}' in $filter`);
      case 'inList':
        throw refusal(400, queryError, 'The query node In is not supported. Use Microsoft.Dynamics.CRM.In instead.');
      case 'literal':
        return;
      default:
        throw refusal(400, queryError, `An expression of kind '${tree.kind}' is not supported in $filter.`);
    }
  }

  /** The EDM type at the end of a path. */
  propertyType(path: PropertyPath): string {
    let type = this.#entityType;
    for (const [index, name] of path.path.entries()) {
      const isLast = index === path.path.length - 1;
      const property = type.property(name);
      if (isLast && property !== undefined) return property.type;
      const navigation = type.navigationProperty(name);
      const target = navigation === undefined ? undefined : this.#model.entityType(navigation.type);
      if (navigation === undefined || target === undefined || isLast) {
        throw refusal(400, queryError, `Could not find a property named '${name}' on type '${type.qualifiedName}'.`);
      }
      if (navigation.isCollection) throw notImplemented('Lambda', `a path through the collection '${name}'`);
      if (index > 0) throw notImplemented('DeepPath', `a path over several lookups ('${path.path.join('/')}')`);
      this.navigation.add(name);
      type = target;
    }
    throw refusal(400, queryError, 'A property path is empty.');
  }

  #count(): void {
    this.#conditions += 1;
    if (this.#conditions > conditionsMax) {
      throw refusal(400, '0x8004430c', `Number of conditions in query exceeded maximum limit of ${conditionsMax}.`);
    }
  }

  #checkCall(tree: Extract<FilterExpression, { kind: 'functionCall' }>): void {
    if (tree.name.startsWith('Microsoft.Dynamics.CRM.')) {
      throw notImplemented('QueryFunction', `the query function ${tree.name}`);
    }
    if (!['contains', 'startswith', 'endswith'].includes(tree.name)) {
      throw refusal(400, queryError, `The function '${tree.name}' is not supported in $filter.`);
    }
    for (const argument of tree.arguments) {
      if (argument.value.kind === 'propertyPath') this.propertyType(argument.value);
      if (argument.value.kind === 'literal' && /[%_[\]]/.test(argument.value.text)) {
        throw notImplemented('LikeWildcard', `the wildcards % _ [ ] inside ${tree.name}`);
      }
    }
  }

  #checkComparison(tree: Comparison): void {
    if (tree.operator === 'has') throw refusal(400, queryError, "The operator 'has' is not supported in $filter.");
    const left = this.#operandType(tree.left);
    const right = this.#operandType(tree.right);
    if (left === undefined || right === undefined || areComparable(left, right)) return;
    throw refusal(400, queryError, incompatibleTypes(left, right, tree.operator));
  }

  /** The type of an operand; undefined when it fits anything. */
  #operandType(tree: FilterExpression): string | undefined {
    if (tree.kind === 'propertyPath') return this.propertyType(tree);
    if (tree.kind === 'literal') return tree.type === 'null' ? undefined : tree.type;
    if (tree.kind === 'functionCall') {
      this.#checkCall(tree);
      return 'Edm.Boolean';
    }
    throw refusal(400, queryError, `An expression of kind '${tree.kind}' is not supported in a comparison.`);
  }
}
