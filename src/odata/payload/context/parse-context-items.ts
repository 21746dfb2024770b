/** The select list of a context URL. */

import { checkLimit } from '../../../base/limits.ts';
import { uriLimits } from '../../uri/uri-limits.ts';
import { unexpectedInUrl } from './context-url-error.ts';
import type { ContextItem } from './context-url-tree.ts';

const pathText = /[^,()+]+/uy;
const name = /^(?:\*|[\p{L}_][\p{L}\p{N}\p{M}_]*(?:\.(?:[\p{L}_][\p{L}\p{N}\p{M}_]*|\*))*)$/u;

/**
 * `selectList` (OData 4.01 ABNF): names, and lists within lists, between `(` at `start` and `)` before `end`. Raises
 * ODATA_SYNTAX and LIMIT_EXCEEDED.
 */
export function parseContextItems(source: string, start: number, end: number): readonly ContextItem[] {
  const list = listAt(source, start, 1);
  if (list.end !== end) throw unexpectedInUrl(source, list.end, '"/" or the end');
  return list.items;
}

function listAt(
  source: string,
  start: number,
  depth: number,
): { readonly items: readonly ContextItem[]; readonly end: number } {
  checkLimit('uriDepthMax', uriLimits.uriDepthMax, depth, 'The depth of the context URL');
  const items: ContextItem[] = [];
  let position = start + 1;
  if (source[position] === ')') return { items, end: position + 1 };
  for (;;) {
    const item = itemAt(source, position, depth);
    items.push(item.item);
    checkLimit('uriClausesMax', uriLimits.uriClausesMax, items.length, 'The items of the context URL');
    position = item.end;
    if (source[position] === ')') return { items, end: position + 1 };
    if (source[position] !== ',') throw unexpectedInUrl(source, position, '"," or ")"');
    position += 1;
  }
}

function itemAt(source: string, start: number, depth: number): { readonly item: ContextItem; readonly end: number } {
  pathText.lastIndex = start;
  const text = pathText.exec(source)?.[0] ?? '';
  const path = text.split('/');
  if (!path.every((segment) => name.test(segment))) throw unexpectedInUrl(source, start, 'a property');
  let end = start + text.length;
  const isRecursive = source[end] === '+';
  if (isRecursive) end += 1;
  if (source[end] !== '(') return { item: { path, ...(isRecursive ? { isRecursive } : {}) }, end };
  const list = listAt(source, end, depth + 1);
  return { item: { path, items: list.items, ...(isRecursive ? { isRecursive } : {}) }, end: list.end };
}
