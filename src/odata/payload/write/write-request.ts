/** Bodies of requests: entities to create and change, parameters of actions. */

import { RialtoError } from '../../../base/errors.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../../../base/json.ts';
import { checkLimit } from '../../../base/limits.ts';
import { didYouMean } from '../../../base/nearest.ts';
import type { ODataAction } from '../../model/model.ts';
import type { Row } from '../../row.ts';
import { controlText, memberNameOf } from '../member-name.ts';
import { payloadLimits } from '../payload-limits.ts';
import { originOf, printContextOf, type WriteOptions } from './print-context.ts';
import { printMember, printRow, printTypedValue } from './print-row.ts';

/**
 * An entity as a request has it, to create one with what it relates to, or to change one (OData JSON 4.01 8.5, 8.6):
 * references are `Group@odata.bind` in 4.0 and `"Group":{"@id":…}` in 4.01, whichever of them the row has. Raises
 * ODATA_LITERAL_INVALID and LIMIT_EXCEEDED.
 */
export function writeRequestEntity(options: WriteOptions & { readonly row: Row }): string {
  const context = printContextOf(options);
  const row = context.version === '4.0' ? withBindings(options.row, 1) : withReferences(options.row, 1);
  const format = { ...context.format, metadata: 'minimal' as const };
  return printRow(row, originOf(options), { ...context, format });
}

/** The parameters of an action (OData JSON 4.01 18), each of the type that it has. */
export interface ActionParametersOptions extends Pick<WriteOptions, 'format' | 'version' | 'model'> {
  readonly action: ODataAction;
  readonly values: JsonObject;
}

/**
 * Writes the parameters of an action; that of the binding is not among them. Raises ODATA_PROPERTY_UNKNOWN for a
 * parameter that the action does not have, ODATA_LITERAL_INVALID for one that is missing or not of its type.
 */
export function writeActionParameters(options: ActionParametersOptions): string {
  const { action, values } = options;
  const context = printContextOf(options);
  const parameters = action.isBound ? action.parameters.slice(1) : action.parameters;
  const names = parameters.map(({ name }) => name);
  for (const name of Object.keys(values)) {
    if (names.includes(memberNameOf(name).target)) continue;
    const hint = didYouMean(name, names);
    throw new RialtoError('ODATA_PROPERTY_UNKNOWN', `'${name}' is not a parameter of ${action.name}.${hint}`);
  }
  const given = (name: string) => (Object.hasOwn(values, name) ? values[name] : undefined);
  const missing = parameters.find(({ name, isNullable, isCollection }) => {
    return (!isNullable || isCollection) && (given(name) ?? undefined) === undefined;
  });
  if (missing !== undefined) {
    throw new RialtoError('ODATA_LITERAL_INVALID', `The action ${action.name} needs the parameter '${missing.name}'.`);
  }
  const members = parameters.flatMap(({ name, type, isCollection }) => {
    const value = given(name);
    if (value === undefined) return [];
    return [printMember(name, printTypedValue(value, isCollection ? `Collection(${type})` : type, context))];
  });
  return `{${members.join(',')}}`;
}

/** `{"@id":…}` with nothing else → `@odata.bind`. */
function withBindings(row: Row, depth: number): Row {
  return mapMembers(row, depth, (name, value) => {
    const kept: readonly Member[] = [[name, within(value, depth, withBindings)]];
    if (memberNameOf(name).kind !== 'property') return kept;
    const bind = `${name}@odata.bind`;
    if (!Array.isArray(value)) {
      const id = referenceIn(value);
      return id === undefined ? kept : [[bind, id]];
    }
    const items = value as readonly JsonValue[];
    const ids = items.flatMap((item) => referenceIn(item) ?? []);
    if (ids.length === 0) return kept;
    const others = items.filter((item) => referenceIn(item) === undefined);
    const rest: readonly Member[] = others.length === 0 ? [] : [[name, within(others, depth, withBindings)]];
    return [[bind, ids], ...rest];
  });
}

/** `@odata.bind` → `{"@id":…}`. */
function withReferences(row: Row, depth: number): Row {
  return mapMembers(row, depth, (name, value) => {
    const { kind, target, term } = memberNameOf(name);
    if (kind !== 'control' || term !== 'bind') return [[name, within(value, depth, withReferences)]];
    const reference = (id: JsonValue) => (id === null ? null : { '@id': id });
    return [[target, Array.isArray(value) ? (value as readonly JsonValue[]).map(reference) : reference(value)]];
  });
}

type Member = readonly [name: string, value: JsonValue];

/** Members that come to the same name are arrays of one collection. */
function mapMembers(row: Row, depth: number, change: (name: string, value: JsonValue) => readonly Member[]): Row {
  checkLimit('payloadDepthMax', payloadLimits.payloadDepthMax, depth, 'The depth of the payload');
  const members = new Map<string, JsonValue>();
  for (const [name, value] of Object.entries(row).flatMap(([name, value]) => change(name, value))) {
    const earlier = members.get(name);
    const isJoined = Array.isArray(earlier) && Array.isArray(value);
    members.set(name, isJoined ? [...(earlier as readonly JsonValue[]), ...(value as readonly JsonValue[])] : value);
  }
  return Object.fromEntries(members);
}

function within(value: JsonValue, depth: number, change: (row: Row, depth: number) => Row): JsonValue {
  checkLimit('payloadDepthMax', payloadLimits.payloadDepthMax, depth, 'The depth of the payload');
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map((item) => within(item, depth + 1, change));
  return isJsonObject(value) ? change(value, depth + 1) : value;
}

function referenceIn(value: JsonValue): string | undefined {
  return isJsonObject(value) && Object.keys(value).length === 1 ? controlText(value, 'id') : undefined;
}
