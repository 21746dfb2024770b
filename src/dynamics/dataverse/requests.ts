/** How requests to Dataverse are put: address, keys, preferences, pages. */

import { RialtoError } from '../../base/errors.ts';
import type { KeyInput, ListCall, ListPlan, RecordCall, RecordPlan } from '../../client/index.ts';
import { environmentRoot, orderByKey } from '../../client/index.ts';
import {
  type EntityType,
  isKeyPredicate,
  isLiteral,
  type KeyPredicate,
  type KeyValue,
  keyPredicateOf,
  literalOf,
  type Preference,
  printPreference,
} from '../../odata/index.ts';
import { capabilities } from './capabilities.ts';

/** `https://contoso.crm4.dynamics.com/api/data/v9.2/`; a URL that ends in `/api/data/v9.x` already is taken as well. */
export function serviceRoot(environmentUrl: string): string {
  return `${environmentRoot(environmentUrl).replace(/\/api(?:\/data(?:\/v\d+\.\d+)?)?$/i, '')}/api/data/v9.2/`;
}

/**
 * A record's id, or named values of an alternate key. Without metadata a text in the form of a GUID is taken for one;
 * give a literal where it is meant as text.
 */
export function keyPredicate(key: KeyInput, entityType: EntityType | undefined): KeyPredicate {
  if (entityType !== undefined || isKeyPredicate(key)) return keyPredicateOf(key, entityType);
  if (typeof key !== 'object' || key === null || isLiteral(key)) {
    const value = guidOrSame(key);
    if (isLiteral(value) && value.type === 'Edm.Guid') return keyPredicateOf(value);
    throw new RialtoError(
      'ODATA_KEY_INVALID',
      `Dataverse addresses a record by its id, a GUID, or by the named values of an alternate key; got ${describeValue(key)}.`,
    );
  }
  return keyPredicateOf(Object.fromEntries(Object.entries(key).map(([name, value]) => [name, guidOrSame(value)])));
}

/**
 * Annotations and pages of a list. Where the type is known and more than one page may come, an order given by the
 * caller is made total with the primary key; without one the service orders by the primary key itself.
 */
export function planList(call: ListCall): ListPlan {
  const { options, query, entityType } = call;
  if (call.kind === 'count') {
    return { query: { ...(query.filter === undefined ? {} : { filter: query.filter }), custom: {} }, headers: {} };
  }
  const { top, orderby: _orderby, ...others } = query;
  const page = pageOf(top, options.pageSize);
  const isOrdered = query.orderby !== undefined && entityType !== undefined && page.top === undefined;
  const orderby = isOrdered ? orderByKey(query.orderby, entityType) : query.orderby;
  return {
    query: {
      ...others,
      ...(orderby === undefined ? {} : { orderby }),
      ...(page.top === undefined ? {} : { top: page.top }),
    },
    headers: prefer([
      ...(page.size === undefined ? [] : [{ name: 'maxpagesize', value: page.size.toString() }]),
      ...annotationsOf(options.annotations),
    ]),
  };
}

/** Preferences and preconditions of a request for one record. An update never creates: If-Match is always sent. */
export function planRecord(call: RecordCall): RecordPlan {
  if (call.crossCompany !== undefined) {
    throw new RialtoError(
      'QUERY_UNSUPPORTED',
      `Dataverse does not offer the option crossCompany: ${capabilities.unsupportedListOptions.crossCompany}.`,
    );
  }
  const ifMatch = call.kind === 'update' ? (call.ifMatch ?? '*') : call.ifMatch;
  return {
    headers: {
      ...prefer([
        ...(call.returnRecord === true ? [{ name: 'return', value: 'representation' }] : []),
        ...annotationsOf(call.annotations),
      ]),
      ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
      // Keeps caches on the way from answering for the service.
      ...(call.kind === 'get' ? { 'if-none-match': 'null' } : {}),
    },
    custom: {},
  };
}

const guidPattern = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

function guidOrSame(value: KeyValue): KeyValue {
  return typeof value === 'string' && guidPattern.test(value) ? literalOf(value, 'Edm.Guid') : value;
}

function describeValue(value: KeyValue): string {
  return isLiteral(value) ? `'${value.text}'` : `'${String(value)}'`;
}

/**
 * `$top` gives no next link and is ignored beside a page size, so it is sent alone, for what fits in one page; beyond
 * that the client stops reading by itself.
 */
function pageOf(
  top: number | undefined,
  pageSize: number | undefined,
): { readonly top?: number; readonly size?: number } {
  if (top !== undefined) {
    return top <= (pageSize ?? capabilities.pageSizeMax) ? { top } : { size: pageSize ?? capabilities.pageSizeMax };
  }
  return pageSize === undefined ? {} : { size: pageSize };
}

function annotationsOf(annotations: string | undefined): readonly Preference[] {
  if (annotations === undefined) return [];
  if (!/^-?[\w*.]+(?:,-?[\w*.]+)*$/.test(annotations)) {
    throw new RialtoError(
      'OPTION_INVALID',
      `annotations is '${annotations}'; '*' or names such as OData.Community.Display.V1.FormattedValue, separated by commas, were expected.`,
    );
  }
  return [{ name: 'include-annotations', value: annotations }];
}

function prefer(preferences: readonly Preference[]): Readonly<Record<string, string>> {
  return preferences.length === 0 ? {} : { prefer: printPreference(preferences, { version: '4.0' }) };
}
