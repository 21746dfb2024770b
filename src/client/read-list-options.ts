/** List and record options as trees. */

import { RialtoError } from '../base/errors.ts';
import { didYouMean } from '../base/nearest.ts';
import {
  type ExpandItem,
  type FilterExpression,
  type OrderByItem,
  parseExpand,
  parseFilter,
  parseOrderBy,
  parseSelect,
  type QueryOptions,
  type SelectItem,
} from '../odata/index.ts';
import type { ListOptions, RecordOptions } from './client.ts';

const listOptionNames: readonly (keyof ListOptions)[] = [
  'filter',
  'select',
  'orderby',
  'expand',
  'top',
  'skip',
  'count',
  'pageSize',
  'crossCompany',
  'companies',
  'annotations',
  'signal',
];

/**
 * The query options of a list, texts parsed. Raises ODATA_SYNTAX with the position in the text, and OPTION_INVALID for
 * an option that there is not or a value that makes no sense.
 */
export function readListOptions(options: ListOptions): QueryOptions {
  for (const name of Object.keys(options)) {
    if (!(listOptionNames as readonly string[]).includes(name)) {
      throw new RialtoError('OPTION_INVALID', `A list has no option '${name}'.${didYouMean(name, listOptionNames)}`);
    }
  }
  for (const [name, least] of [
    ['top', 0],
    ['skip', 0],
    ['pageSize', 1],
  ] as const)
    refuseBelow(name, options[name], least);
  refuseBadCompanies(options);
  return {
    ...readFilter(options.filter),
    ...readSelect(options.select),
    ...readOrderBy(options.orderby),
    ...readExpand(options.expand),
    ...(options.top === undefined ? {} : { top: options.top }),
    ...(options.skip === undefined ? {} : { skip: options.skip }),
    ...(options.count === undefined ? {} : { count: options.count }),
    custom: {},
  };
}

/** The query options of a request for one record. Raises as `readListOptions` does. */
export function readRecordOptions(options: Pick<RecordOptions, 'select' | 'expand'>): QueryOptions {
  return { ...readSelect(options.select), ...readExpand(options.expand), custom: {} };
}

function readFilter(filter: string | FilterExpression | undefined): { readonly filter?: FilterExpression } {
  if (filter === undefined) return {};
  return { filter: typeof filter === 'string' ? parseFilter(filter) : filter };
}

function readSelect(names: readonly string[] | undefined): { readonly select?: readonly SelectItem[] } {
  if (names === undefined || names.length === 0) return {};
  return {
    select: names.map((name) => {
      const [item, ...others] = parseSelect(name);
      if (item === undefined || others.length > 0) {
        throw new RialtoError('OPTION_INVALID', `'${name}' in select is not one property; give each its own member.`);
      }
      return item;
    }),
  };
}

function readOrderBy(orderby: ListOptions['orderby']): { readonly orderby?: readonly OrderByItem[] } {
  if (orderby === undefined) return {};
  const items = typeof orderby === 'string' ? parseOrderBy(orderby) : orderby;
  return items.length === 0 ? {} : { orderby: items };
}

function readExpand(expand: ListOptions['expand']): { readonly expand?: readonly ExpandItem[] } {
  if (expand === undefined) return {};
  const items = typeof expand === 'string' ? parseExpand(expand) : expand;
  return items.length === 0 ? {} : { expand: items };
}

function refuseBelow(name: string, value: number | undefined, least: number): void {
  if (value !== undefined && (!Number.isSafeInteger(value) || value < least)) {
    throw new RialtoError('OPTION_INVALID', `${name} is ${value}; a whole number from ${least} was expected.`);
  }
}

function refuseBadCompanies(options: ListOptions): void {
  const { companies } = options;
  if (companies === undefined) return;
  if (companies.length === 0 || companies.some((company) => company === '')) {
    throw new RialtoError('OPTION_INVALID', 'companies names no company; leave it out to read the default company.');
  }
  if (options.crossCompany === false) {
    throw new RialtoError('OPTION_INVALID', 'companies and crossCompany: false contradict each other.');
  }
}
