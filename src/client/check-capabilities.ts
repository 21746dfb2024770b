/** Refuses by name, before anything is sent, what a service does not offer. */

import { RialtoError } from '../base/errors.ts';
import { checkLimit } from '../base/limits.ts';
import type { ExpandItem, FilterExpression, QueryOptions } from '../odata/index.ts';
import type { ListOptions } from './client.ts';
import type { Dialect } from './dialect.ts';

type Speaker = Pick<Dialect, 'name' | 'capabilities'>;

/** Raises QUERY_UNSUPPORTED for an option, operator or expand that the service does not offer; LIMIT_EXCEEDED. */
export function checkCapabilities(query: QueryOptions, options: ListOptions, dialect: Speaker): void {
  const { capabilities } = dialect;
  for (const [name, remedy] of Object.entries(capabilities.unsupportedListOptions)) {
    if (options[name as keyof ListOptions] !== undefined) throw unsupported(dialect, `the option ${name}`, remedy);
  }
  if (options.pageSize !== undefined && options.pageSize > capabilities.pageSizeMax) {
    checkLimit('pageSizeMax', capabilities.pageSizeMax, options.pageSize, `pageSize for ${dialect.name}`);
  }
  checkExpressions(query, dialect);
  checkExpands(query.expand ?? [], dialect);
}

function checkExpressions(query: QueryOptions, dialect: Speaker): void {
  const { filterConditionsMax } = dialect.capabilities;
  if (query.filter !== undefined) {
    const conditions = checkExpression(query.filter, '$filter', dialect);
    if (filterConditionsMax !== undefined) {
      checkLimit('filterConditionsMax', filterConditionsMax, conditions, 'The number of conditions in $filter');
    }
  }
  for (const item of query.orderby ?? []) checkExpression(item.expression, '$orderby', dialect);
}

function checkExpands(items: readonly ExpandItem[], dialect: Speaker): void {
  const { expandDepthMax, expandsMax, unsupportedExpandOptions } = dialect.capabilities;
  let count = 0;
  function visit(item: ExpandItem, depth: number): void {
    count += 1;
    if (expandsMax !== undefined) checkLimit('expandsMax', expandsMax, count, 'The number of $expand items');
    if (expandDepthMax !== undefined && depth > expandDepthMax) {
      const levels = expandDepthMax === 1 ? 'one level' : `${expandDepthMax} levels`;
      throw unsupported(
        dialect,
        `the nested $expand of '${item.path.join('/')}'`,
        `it expands ${levels}; read the deeper records on their own`,
      );
    }
    for (const [name, remedy] of Object.entries(unsupportedExpandOptions)) {
      if (item.options[name as keyof QueryOptions] !== undefined) {
        throw unsupported(dialect, `$${name} inside $expand of '${item.path.join('/')}'`, remedy);
      }
    }
    checkExpressions(item.options, dialect);
    for (const child of item.options.expand ?? []) visit(child, depth + 1);
  }
  for (const item of items) visit(item, 1);
}

/** Walks the whole expression; gives back the number of its conditions. */
function checkExpression(root: FilterExpression, where: string, dialect: Speaker): number {
  const { unsupportedOperators } = dialect.capabilities;
  const pending: FilterExpression[] = [root];
  let conditions = 0;
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    const name = operatorOf(node);
    const remedy = name === undefined ? undefined : unsupportedOperators[name];
    if (name !== undefined && remedy !== undefined) {
      throw unsupported(dialect, `'${name}' (position ${node.position} of ${where})`, remedy);
    }
    if (node.kind === 'comparison' || node.kind === 'functionCall') conditions += 1;
    if (node.kind === 'inList') conditions += node.items.length;
    pending.push(...operandsOf(node));
  }
  return conditions;
}

function operatorOf(node: FilterExpression): string | undefined {
  switch (node.kind) {
    case 'comparison':
    case 'logical':
    case 'arithmetic':
    case 'lambda':
      return node.operator;
    case 'functionCall':
    case 'typeFunction':
      return node.name;
    case 'inList':
    case 'inCollection':
      return 'in';
    case 'not':
    case 'case':
      return node.kind;
    default:
      return undefined;
  }
}

function operandsOf(node: FilterExpression): readonly FilterExpression[] {
  switch (node.kind) {
    case 'comparison':
    case 'logical':
    case 'arithmetic':
      return [node.left, node.right];
    case 'not':
    case 'negate':
      return [node.operand];
    case 'typeFunction':
      return node.operand === undefined ? [] : [node.operand];
    case 'functionCall':
      return [...(node.source === undefined ? [] : [node.source]), ...node.arguments.map(({ value }) => value)];
    case 'lambda':
      return node.predicate === undefined ? [node.collection] : [node.collection, node.predicate];
    case 'inList':
      return [node.operand, ...node.items];
    case 'inCollection':
      return [node.operand, node.collection];
    case 'array':
      return node.items;
    case 'object':
      return node.members.map(({ value }) => value);
    case 'case':
      return node.branches.flatMap(({ condition, value }) => [condition, value]);
    case 'member':
    case 'keyLookup':
      return [node.source];
    case 'filteredCollection':
      return [node.source, node.predicate];
    case 'countOf':
      return node.filter === undefined ? [node.source] : [node.source, node.filter];
    case 'aggregateOf':
      return [node.source, node.item.expression];
    default:
      return [];
  }
}

function unsupported(dialect: Speaker, what: string, remedy: string): RialtoError {
  return new RialtoError('QUERY_UNSUPPORTED', `${dialect.name} does not offer ${what}: ${remedy}.`);
}
