/** Row → JSON text, at a metadata level and with the spelling of a version. */

import { isJsonObject, type JsonObject, type JsonValue } from '../../../base/json.ts';
import { checkLimit } from '../../../base/limits.ts';
import type { Row } from '../../row.ts';
import { control, controlName, controlText, memberNameOf } from '../member-name.ts';
import { payloadLimits } from '../payload-limits.ts';
import { type InstanceType, instanceType, structuredType, typeNameOf } from '../values/instance-type.ts';
import { computedControls } from './computed-controls.ts';
import type { PrintContext, RowOrigin } from './print-context.ts';
import { printPrimitive, printUntyped } from './print-value.ts';

/**
 * A row as text. Its own annotations stay, in the spelling of the version and as far as the metadata level has them
 * (OData JSON 4.01 3.1); full metadata adds what follows from type and key. Raises ODATA_LITERAL_INVALID for digits
 * that are none, and LIMIT_EXCEEDED.
 */
export function printRow(row: Row, origin: RowOrigin, context: PrintContext, head: readonly string[] = []): string {
  return `{${[...head, ...rowMembers(row, origin, context, 1)].join(',')}}`;
}

/** A value of a type, `Edm.Int64` or `Collection(Ns.Address)`, as text. */
export function printTypedValue(value: JsonValue, type: string | undefined, context: PrintContext): string {
  return printTyped(value, type === undefined ? undefined : itemType(type), context, 0);
}

/** One member as text. */
export function printMember(name: string, text: string): string {
  return `${JSON.stringify(name)}:${text}`;
}

/** Whether a metadata level has this control information. */
export function isWritten(term: string, context: PrintContext): boolean {
  return context.format.metadata !== 'none' || alwaysWritten.has(term);
}

/** Without these a payload would say something else (OData JSON 4.01 3.1.3). */
const alwaysWritten: ReadonlySet<string> = new Set(['nextLink', 'count', 'delta', 'removed', 'bind', 'null']);

function rowMembers(row: Row, origin: RowOrigin, context: PrintContext, depth: number): readonly string[] {
  checkLimit('payloadDepthMax', payloadLimits.payloadDepthMax, depth, 'The depth of the payload');
  const type = typeOf(row, origin.type, context);
  const isFull = context.format.metadata === 'full';
  const computed = isFull && type !== undefined ? computedControls(row, type, origin, context) : undefined;
  const members: string[] = [...(computed?.row ?? [])];
  for (const [name, value] of Object.entries(row)) {
    if (value === undefined) continue;
    const { kind, target, term } = memberNameOf(name);
    if (kind === 'property') {
      members.push(...typeAnnotation(name, value, row, type, context));
      members.push(...(computed?.links(name) ?? []));
      members.push(printMember(name, printProperty(name, value, { row, type, origin, computed, context, depth })));
    } else if (kind === 'operation') {
      if (context.format.metadata !== 'none') members.push(printMember(name, printUntyped(value, context, depth)));
    } else if (kind === 'annotation') members.push(printMember(name, printUntyped(value, context, depth)));
    else if (isWritten(term, context)) members.push(printControl(target, term, value, { type, context, depth }));
  }
  members.push(...(computed?.rest() ?? []));
  return members;
}

function typeOf(row: Row, declared: InstanceType | undefined, context: PrintContext): InstanceType | undefined {
  if (declared === undefined || context.model === undefined) return declared;
  return instanceType(row, declared, context.model) ?? declared;
}

function printControl(
  target: string,
  term: string,
  value: JsonValue,
  {
    type,
    context,
    depth,
  }: { readonly type: InstanceType | undefined; readonly context: PrintContext; readonly depth: number },
): string {
  const name = controlName(target, term, context.version);
  if (term === 'count' && typeof value === 'number') return printMember(name, printCount(value, context));
  if (term === 'type' && typeof value === 'string')
    return printMember(name, JSON.stringify(printType(typeNameOf(value), context)));
  if (term !== 'delta' || target === '') return printMember(name, printUntyped(value, context, depth));
  const navigation = type?.navigationProperty(target);
  const entityType = navigation === undefined ? undefined : context.model?.entityType(navigation.type);
  return printMember(name, printRows(value, entityType === undefined ? {} : { type: entityType }, context, depth));
}

/** A count, as text where the format is IEEE754Compatible. */
export function printCount(count: number, context: PrintContext): string {
  return printPrimitive(count, 'Edm.Int64', context);
}

/** `#Int64` in 4.0, `Int64` in 4.01; other types with `#` in both (OData JSON 4.01 4.5.3). */
function printType(name: string, { version }: PrintContext): string {
  const plain = name.replace(/^(Collection\()?Edm\./, '$1');
  return plain !== name && version === '4.01' ? plain : `#${plain}`;
}

interface PropertyAt {
  readonly row: Row;
  readonly type: InstanceType | undefined;
  readonly origin: RowOrigin;
  readonly computed: ReturnType<typeof computedControls> | undefined;
  readonly context: PrintContext;
  readonly depth: number;
}

function printProperty(name: string, value: JsonValue, at: PropertyAt): string {
  const { row, type, computed, context, depth } = at;
  const navigation = type?.navigationProperty(name);
  if (navigation !== undefined) {
    const entityType = context.model?.entityType(navigation.type);
    const collection = computed?.collection(navigation);
    const origin = {
      ...(entityType === undefined ? {} : { type: entityType }),
      ...(collection === undefined ? {} : { collection }),
    };
    return printRows(value, origin, context, depth);
  }
  const said = controlText(row, 'type', name);
  const declared = type?.property(name)?.type ?? (said === undefined ? undefined : itemType(typeNameOf(said)));
  return printTyped(value, declared, context, depth);
}

function itemType(name: string): string {
  return /^Collection\((.*)\)$/.exec(name)?.[1] ?? name;
}

function printTyped(value: JsonValue, type: string | undefined, context: PrintContext, depth: number): string {
  checkLimit('payloadDepthMax', payloadLimits.payloadDepthMax, depth, 'The depth of the payload');
  if (value === null) return 'null';
  if (Array.isArray(value)) {
    return `[${(value as readonly JsonValue[]).map((item) => printTyped(item, type, context, depth + 1)).join(',')}]`;
  }
  if (!isJsonObject(value)) return printPrimitive(value, type, context);
  if (type?.startsWith('Edm.') === true) return printUntyped(value, context, depth);
  const structured =
    type === undefined || context.model === undefined ? undefined : structuredType(type, context.model);
  const origin = structured === undefined ? {} : { type: structured };
  return `{${rowMembers(value, origin, context, depth + 1).join(',')}}`;
}

/** One related row or several. */
function printRows(value: JsonValue, origin: RowOrigin, context: PrintContext, depth: number): string {
  checkLimit('payloadDepthMax', payloadLimits.payloadDepthMax, depth, 'The depth of the payload');
  if (Array.isArray(value)) {
    return `[${(value as readonly JsonValue[]).map((item) => printRows(item, origin, context, depth + 1)).join(',')}]`;
  }
  return isJsonObject(value)
    ? `{${rowMembers(value, origin, context, depth + 1).join(',')}}`
    : printUntyped(value, context, depth);
}

/**
 * The type of a property where readers could not tell it (OData JSON 4.01 4.5.3): of a property that is not declared and
 * no text, boolean or double; with full metadata of every property like that.
 */
function typeAnnotation(
  name: string,
  value: JsonValue,
  row: JsonObject,
  type: InstanceType | undefined,
  context: PrintContext,
): readonly string[] {
  const { metadata } = context.format;
  if (metadata === 'none' || value === null || control(row, 'type', name) !== undefined) return [];
  const property = type?.property(name);
  const isDynamic = property === undefined && type !== undefined && type.navigationProperty(name) === undefined;
  if (isDynamic && typeof value === 'bigint') return [typeMember(name, 'Edm.Int64', context)];
  if (isDynamic && typeof value === 'number' && !Number.isFinite(value)) {
    return [typeMember(name, 'Edm.Double', context)];
  }
  if (metadata !== 'full' || property === undefined || (!property.isCollection && isInferred(property.type))) return [];
  return [typeMember(name, property.isCollection ? `Collection(${property.type})` : property.type, context)];
}

function typeMember(name: string, type: string, context: PrintContext): string {
  return printMember(controlName(name, 'type', context.version), JSON.stringify(printType(type, context)));
}

function isInferred(type: string): boolean {
  return type === 'Edm.String' || type === 'Edm.Boolean' || type === 'Edm.Double';
}
