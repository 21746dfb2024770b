/** How requests to Finance & Operations are put: address, keys, companies, pages. */

import { RialtoError } from '../../base/errors.ts';
import type { KeyInput, ListCall, ListPlan, RecordCall, RecordPlan } from '../../client/index.ts';
import { environmentRoot, orderByKey } from '../../client/index.ts';
import {
  and,
  compare,
  type EntityType,
  type FilterExpression,
  type KeyPredicate,
  keyPredicateOf,
  literalOf,
  or,
  property,
  type QueryOptions,
} from '../../odata/index.ts';
import { capabilities } from './capabilities.ts';

/** `https://contoso.operations.dynamics.com/data/`; a URL that ends in `/data` already is taken as well. */
export function serviceRoot(environmentUrl: string): string {
  return `${environmentRoot(environmentUrl).replace(/\/data$/i, '')}/data/`;
}

/** The key in the order and with the types of the metadata, where they are known. */
export function keyPredicate(key: KeyInput, entityType: EntityType | undefined): KeyPredicate {
  return keyPredicateOf(key, entityType);
}

/**
 * Companies and pages of a list. Where the type is known and more than one page may come, the order is made total with
 * the key fields, since the service pages by offset and has no order of its own; otherwise the caller's order stands.
 */
export function planList(call: ListCall): ListPlan {
  const { options, query, entityType } = call;
  const filter = filterOf(call);
  const custom = options.crossCompany === true || options.companies !== undefined ? crossCompany : {};
  const common: QueryOptions = { ...(filter === undefined ? {} : { filter }), custom };
  if (call.kind === 'count') return { query: common, headers: {} };
  const { top: _top, orderby: _orderby, ...others } = query;
  const page = pageOf(call);
  const orderby = page.isWhole || entityType === undefined ? query.orderby : orderByKey(query.orderby, entityType);
  return {
    query: {
      ...others,
      ...common,
      ...(orderby === undefined ? {} : { orderby }),
      ...(page.top === undefined ? {} : { top: page.top }),
    },
    headers: {},
    ...(page.isOffset ? { offsetPageSize: page.top } : {}),
  };
}

/** Companies and precondition of a request for one record. A company in the key or in a new record is asked for. */
export function planRecord(call: RecordCall): RecordPlan {
  const namesCompany =
    call.key?.parts.some((part) => part.name === 'dataAreaId') === true ||
    (call.kind === 'create' && call.record?.dataAreaId !== undefined);
  return {
    headers: call.ifMatch === undefined ? {} : { 'if-match': call.ifMatch },
    custom: (call.crossCompany ?? namesCompany) ? crossCompany : {},
  };
}

/** Lifts the restriction to the default company of the caller. */
const crossCompany = { 'cross-company': 'true' } as const;

function filterOf({ options, query, entityType }: ListCall): FilterExpression | undefined {
  const [first, ...others] = (options.companies ?? []).map((company) =>
    compare('eq', property('dataAreaId'), literalOf(company, 'Edm.String')),
  );
  if (first === undefined) return query.filter;
  if (entityType !== undefined && entityType.property('dataAreaId') === undefined) {
    throw new RialtoError(
      'OPTION_INVALID',
      `Records of '${entityType.name}' belong to no company (there is no dataAreaId); leave companies out.`,
    );
  }
  const companies = or(first, ...others);
  return query.filter === undefined ? companies : and(companies, query.filter);
}

interface PagePlan {
  /** `$top` of each request. */
  readonly top: number | undefined;
  /** One page holds all that is wanted. */
  readonly isWhole: boolean;
  readonly isOffset: boolean;
}

/**
 * `$top` ends the result without a next link, so it is sent only for what fits in one page; beyond that the client
 * follows next links, or goes on with `$skip` when it wants pages smaller than the service's own.
 */
function pageOf({ options }: ListCall): PagePlan & ({ readonly isOffset: false } | { readonly top: number }) {
  const { top, pageSize } = options;
  if (top !== undefined && top <= (pageSize ?? capabilities.pageSizeMax))
    return { top, isWhole: true, isOffset: false };
  if (pageSize === undefined) return { top: undefined, isWhole: false, isOffset: false };
  return { top: pageSize, isWhole: false, isOffset: true };
}
