/** Changes → delta payload. */

import type { JsonObject } from '../../../base/json.ts';
import type { Row } from '../../row.ts';
import { parseContextUrl } from '../context/parse-context-url.ts';
import { printContextUrl } from '../context/print-context-url.ts';
import { control } from '../member-name.ts';
import type { ChangedEntity, DeletedEntity, DeltaItem, DeltaLink } from '../read/delta-item.ts';
import { originOf, type PrintContext, printContextOf, type RowOrigin, type WriteOptions } from './print-context.ts';
import { printMember, printRow } from './print-row.ts';
import { type AroundOptions, collectionHead, collectionTail, contextMember } from './write-collection.ts';

export interface WriteDeltaOptions extends WriteOptions, AroundOptions {
  readonly items: Iterable<DeltaItem>;
}

/**
 * A delta payload: in 4.0 removed entities and links have contexts of their own (OData JSON 4.0 14), in 4.01 removed
 * entities have `@removed` (OData JSON 4.01 15). An item without a context of its own takes that of the payload. Raises
 * ODATA_SYNTAX for a context that is none, ODATA_LITERAL_INVALID and LIMIT_EXCEEDED.
 */
export function writeDelta(options: WriteDeltaOptions): string {
  const context = printContextOf(options);
  const origin = originOf(options);
  const base = baseOf(options.context);
  const items: string[] = [];
  for (const item of options.items) items.push(printItem(item, { base, origin, context }));
  return `{${collectionHead(options, context).join(',')}${items.join(',')}]${collectionTail(options, context)}}`;
}

/** The context without its select list and `/$delta`. */
function baseOf(text: string): string {
  const context = parseContextUrl(text);
  if (context.kind !== 'resource') return text;
  const { kind, metadataUrl, path, root } = context;
  return printContextUrl({ kind, metadataUrl, path, root });
}

interface ItemAt {
  /** The context of the payload without `/$delta`. */
  readonly base: string;
  readonly origin: RowOrigin;
  readonly context: PrintContext;
}

function printItem(item: DeltaItem, at: ItemAt): string {
  switch (item.kind) {
    case 'entity':
      return printRow(withNested(item), at.origin, at.context);
    case 'deletedEntity':
      return printDeleted(item, at);
    default:
      return printLink(item, at);
  }
}

/** The row with the context and the changes of related entities that it does not have itself. */
function withNested({ row, nested, context }: ChangedEntity): Row {
  const missing = Object.entries(nested).filter(([name]) => control(row, 'delta', name) === undefined);
  const hasContext = context === undefined || control(row, 'context') !== undefined;
  if (missing.length === 0 && hasContext) return row;
  return {
    ...(hasContext ? {} : { '@context': context }),
    ...row,
    ...Object.fromEntries(missing.map(([name, items]) => [`${name}@delta`, items.flatMap(nestedRow)])),
  };
}

/** Links are items of the payload only, not of a row. */
function nestedRow(item: DeltaItem): readonly Row[] {
  if (item.kind === 'entity') return [withNested(item)];
  if (item.kind !== 'deletedEntity') return [];
  const { id, reason, row, context } = item;
  return [
    {
      ...(context === undefined ? {} : { '@context': context }),
      '@removed': { reason },
      ...(id === undefined ? {} : { '@id': id }),
      ...row,
    },
  ];
}

function printDeleted({ id, reason, row, context: own }: DeletedEntity, { base, origin, context }: ItemAt): string {
  if (context.version === '4.0') {
    const head = contextMember(own ?? `${base}/$deletedEntity`, alwaysWith(context));
    const members = { ...(id === undefined ? {} : { id }), reason };
    return `{${[...head, ...textMembers(members)].join(',')}}`;
  }
  const removed = { reason };
  const others = Object.fromEntries(
    Object.entries(row).filter(([name]) => !/^(?:id|reason|@(?:odata\.)?(?:id|removed|context))$/.test(name)),
  );
  // Full metadata has it always, others where the surroundings say something else.
  const url = own ?? (context.format.metadata === 'full' ? `${base}/$deletedEntity` : undefined);
  const head = [
    ...contextMember(url, alwaysWith(context)),
    printMember('@removed', JSON.stringify(removed)),
    ...(id === undefined ? [] : [printMember('@id', JSON.stringify(id))]),
  ];
  return printRow(others, origin, { ...context, format: { ...context.format, metadata: lessThanFull(context) } }, head);
}

/** A removed entity has no links of full metadata. */
function lessThanFull({ format }: PrintContext): 'minimal' | 'none' {
  return format.metadata === 'none' ? 'none' : 'minimal';
}

function printLink({ kind, source, relationship, target, context: own }: DeltaLink, { base, context }: ItemAt): string {
  const head = contextMember(own ?? `${base}/$${kind}`, alwaysWith(context));
  const members = { source, relationship, ...(target === undefined ? {} : { target }) };
  return `{${[...head, ...textMembers(members)].join(',')}}`;
}

/** Only the context says what these items are, so every metadata level has it. */
function alwaysWith(context: PrintContext): PrintContext {
  return { ...context, format: { ...context.format, metadata: 'minimal' } };
}

function textMembers(members: JsonObject): readonly string[] {
  return Object.entries(members).map(([name, value]) => printMember(name, JSON.stringify(value)));
}
