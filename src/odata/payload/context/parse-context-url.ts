/** Context URL → what it says. */

import { checkLimit } from '../../../base/limits.ts';
import { uriLimits } from '../../uri/uri-limits.ts';
import { unexpectedInUrl } from './context-url-error.ts';
import type { ContextItem, ContextSuffix, ContextUrl } from './context-url-tree.ts';
import { parseContextItems } from './parse-context-items.ts';
import { splitContextPath } from './split-context-path.ts';

const suffixes: ReadonlySet<string> = new Set(['$entity', '$delta', '$deletedEntity', '$link', '$deletedLink']);

/**
 * Takes a context URL apart (OData 4.01 Protocol 10): `…/$metadata#CustomersV3(Name,Orders(Id))/$entity`. Parentheses
 * with a quote, `=`, digits or a guid first hold a key, others a select list. Raises ODATA_SYNTAX and LIMIT_EXCEEDED.
 */
export function parseContextUrl(text: string): ContextUrl {
  checkLimit('uriLengthMax', uriLimits.uriLengthMax, text.length, 'The length of the context URL');
  const hash = text.indexOf('#');
  if (hash === -1) return { kind: 'serviceDocument', metadataUrl: text };
  const metadataUrl = text.slice(0, hash);
  const start = hash + 1;
  const fragment = text.slice(start);
  if (fragment === '$ref') return { kind: 'reference', metadataUrl, isCollection: false };
  if (fragment === 'Collection($ref)') return { kind: 'reference', metadataUrl, isCollection: true };
  const [collection, type] = /^Collection\(([\p{L}\p{N}\p{M}_.]+)\)(?=\(|$)/u.exec(fragment) ?? [];
  if (type !== undefined && collection !== undefined) {
    const end = start + collection.length;
    const select = end === text.length ? {} : { select: parseContextItems(text, end, text.length) };
    return { kind: 'type', metadataUrl, type, isCollection: true, ...select };
  }
  return resourceOf(text, start, metadataUrl);
}

function resourceOf(text: string, start: number, metadataUrl: string): ContextUrl {
  const segments = splitContextPath(text, start);
  const last = segments.at(-1)?.text ?? '';
  // `#$delta` alone is the context of changes that a request sends (OData JSON 4.01 15.5).
  const isSuffix = suffixes.has(last) && (segments.length > 1 || last === '$delta');
  const suffix = isSuffix ? (last as ContextSuffix) : undefined;
  const path = suffix === undefined ? segments : segments.slice(0, -1);
  const wrong = path.find(({ text: segment }) => segment === '' || segment.startsWith('(') || segment.startsWith('$'));
  if (wrong !== undefined) throw unexpectedInUrl(text, wrong.start, 'an entity set, a property or a type');
  const end = path.at(-1);
  const open = end === undefined ? -1 : end.text.indexOf('(');
  let select: readonly ContextItem[] | undefined;
  const texts = path.map((segment) => segment.text);
  if (end !== undefined && open !== -1 && !isKey(end.text.slice(open + 1))) {
    select = parseContextItems(text, end.start + open, end.start + end.text.length);
    texts[texts.length - 1] = end.text.slice(0, open);
  }
  const lastText = texts.at(-1) ?? '';
  const selected = select === undefined ? {} : { select };
  if (texts.length === 1 && suffix === undefined && lastText.includes('.') && !lastText.includes('(')) {
    return { kind: 'type', metadataUrl, type: lastText, isCollection: false, ...selected };
  }
  return {
    kind: 'resource',
    metadataUrl,
    path: texts,
    root: texts[0]?.replace(/\(.*$/s, '') ?? '',
    ...(lastText.includes('.') && !lastText.includes('(') ? { typeCast: lastText } : {}),
    ...selected,
    ...(suffix === undefined ? {} : { suffix }),
  };
}

/** What stands in parentheses is a key: a quote or `=` within, or a number or guid at the begin. */
function isKey(inside: string): boolean {
  return /^[^(]*['=]/.test(inside) || /^-?\d/.test(inside) || /^[0-9A-Fa-f]{8}-/.test(inside) || inside === 'true)';
}
