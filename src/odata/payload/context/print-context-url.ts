/** What a context URL says → its text. */

import type { ContextItem, ContextUrl } from './context-url-tree.ts';

/** The context URL that `parseContextUrl` takes apart (OData 4.01 Protocol 10). */
export function printContextUrl(context: ContextUrl): string {
  return context.kind === 'serviceDocument' ? context.metadataUrl : `${context.metadataUrl}#${fragmentOf(context)}`;
}

function fragmentOf(context: Exclude<ContextUrl, { kind: 'serviceDocument' }>): string {
  switch (context.kind) {
    case 'reference':
      return context.isCollection ? 'Collection($ref)' : '$ref';
    case 'type':
      return (context.isCollection ? `Collection(${context.type})` : context.type) + listText(context.select);
    case 'resource':
      return [
        ...(context.path.length === 0 ? [] : [context.path.join('/') + listText(context.select)]),
        ...(context.suffix === undefined ? [] : [context.suffix]),
      ].join('/');
  }
}

function listText(items: readonly ContextItem[] | undefined): string {
  return items === undefined ? '' : `(${items.map(itemText).join(',')})`;
}

function itemText({ path, items, isRecursive = false }: ContextItem): string {
  return path.join('/') + (isRecursive ? '+' : '') + listText(items);
}
