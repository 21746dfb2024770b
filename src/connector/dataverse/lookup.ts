/**
 * Lookups as the older connectors write them: the id in `_customerid_value`, the target's entity set in
 * `_customerid_type`. The Web API wants `customerid_account@odata.bind` instead; the name comes from the metadata.
 */

import type { JsonObject, JsonValue } from '../../base/json.ts';
import { didYouMean } from '../../base/nearest.ts';
import {
  type EntityType,
  keyPredicateOf,
  literalOf,
  type Model,
  type NavigationProperty,
  printRequestUri,
} from '../../odata/index.ts';
import type { EntityTable } from '../entity-table.ts';
import { inputError } from '../input-error.ts';

/** One way to write a lookup: a navigation property, and the entity sets that it may be bound to. */
export interface LookupBranch {
  readonly navigationProperty: string;
  readonly entitySets: readonly string[];
}

/** The lookup columns of a table that can be written, by logical name, each with its branches, best first. */
export type Lookups = ReadonlyMap<string, readonly LookupBranch[]>;

const lookupProperty = /^_(.+)_value$/;

/** The logical name of the lookup that a property is the value of: `customerid` of `_customerid_value`. */
export function lookupColumnOf(propertyName: string): string | undefined {
  return lookupProperty.exec(propertyName)?.[1];
}

/** Works out the lookups of a table; costly in large models, so keep the answer. */
export function lookupsOf(table: EntityTable): Lookups {
  const lookups = new Map<string, readonly LookupBranch[]>();
  for (const property of table.entityType.properties) {
    const column = lookupColumnOf(property.name);
    if (column === undefined) continue;
    const branches = candidates(table.entityType, column)
      .map((item) => ({ navigationProperty: item.name, entitySets: setsOfType(table.model, item.type) }))
      .filter((branch) => branch.entitySets.length > 0);
    if (branches.length > 0) lookups.set(column, branches);
  }
  return lookups;
}

/** The entity sets that a lookup may point to. */
export function targetsOf(branches: readonly LookupBranch[]): readonly string[] {
  return [...new Set(branches.flatMap((branch) => branch.entitySets))];
}

/**
 * The record with its lookup pairs replaced by binds. A blank id is as if it were not given, null clears the lookup.
 * Raises OPERATION_INPUT_INVALID when the target is not one of the lookup's.
 */
export function bindLookups(record: JsonObject, lookups: Lookups): JsonObject {
  const bound: Record<string, JsonValue> = {};
  for (const [name, value] of Object.entries(record)) {
    const column = lookupColumnOf(name);
    if (column !== undefined) {
      if (value !== '') Object.assign(bound, bindOf(lookups, column, value, record[`_${column}_type`]));
    } else if (!isLookupType(record, name)) {
      bound[name] = value;
    }
  }
  return bound;
}

function isLookupType(record: JsonObject, name: string): boolean {
  const column = /^_(.+)_type$/.exec(name)?.[1];
  if (column === undefined) return false;
  const id = record[`_${column}_value`];
  if (id === undefined && record[name] !== '' && record[name] !== null) {
    throw inputError(`/body/${name}`, `'_${column}_value' with the id is missing beside it.`);
  }
  return true;
}

function bindOf(lookups: Lookups, column: string, id: JsonValue, type: JsonValue | undefined): JsonObject {
  const branches = lookups.get(column) ?? [];
  const first = branches[0];
  if (first === undefined) throw inputError(`/body/_${column}_value`, `Lookup '${column}' can only be read.`);
  // Setting one branch of a lookup with several targets clears the others: they share one column (Dataverse, lookups).
  if (id === null) return { [`${first.navigationProperty}@odata.bind`]: null };
  const targets = targetsOf(branches);
  const target = typeof type === 'string' && type !== '' ? type : targets.length === 1 ? targets[0] : undefined;
  const branch = branches.find((item) => target !== undefined && item.entitySets.includes(target));
  if (branch === undefined || target === undefined) {
    const found = target === undefined ? 'It is missing' : `Found '${target}'`;
    const suggestion = target === undefined ? '' : didYouMean(target, targets);
    throw inputError(`/body/_${column}_type`, `${found}; expected one of: ${targets.join(', ')}.${suggestion}`);
  }
  return { [`${branch.navigationProperty}@odata.bind`]: recordPath(target, String(id)) };
}

/** `/leads(7d1b5c1e-0a1c-ee11-8f6d-000d3a111111)`. */
function recordPath(entitySet: string, id: string): string {
  const key = keyPredicateOf(literalOf(id, 'Edm.Guid'));
  const segment = { kind: 'name', name: entitySet, key, position: 0 } as const;
  return `/${printRequestUri({ kind: 'requestUri', path: [segment], options: { custom: {} } })}`;
}

/**
 * The single-valued navigation properties of a lookup column, best first. Their names follow no single rule: the plain
 * name (`parentaccountid`), with the target (`customerid_account`), with the table of an activity (`ownerid_task`), or
 * both (`regardingobjectid_lead_task`); custom ones are in the case of the schema.
 */
function candidates(entityType: EntityType, column: string): readonly NavigationProperty[] {
  const wanted = column.toLowerCase();
  const found = entityType.navigationProperties.filter((item) => {
    if (item.isCollection) return false;
    const constraint = item.referentialConstraints[0];
    if (constraint !== undefined) return constraint.property === `_${column}_value`;
    const name = item.name.toLowerCase();
    return name === wanted || name.startsWith(`${wanted}_`);
  });
  return [...found].sort((left, right) => rank(left, entityType) - rank(right, entityType));
}

/** On activity tables the name with the table's suffix is the one that can be bound; the base type's comes second. */
function rank(item: NavigationProperty, entityType: EntityType): number {
  if (item.name.toLowerCase().endsWith(`_${entityType.name}`)) return 0;
  return item.referentialConstraints.length > 0 ? 1 : 2;
}

/** Entity sets of a type and of the types derived from it: `principal` stands for `systemusers` and `teams`. */
function setsOfType(model: Model, qualifiedName: string): readonly string[] {
  const target = model.entityType(qualifiedName);
  if (target === undefined) return [];
  return model.entitySets.filter((set) => isOfType(model, set.entityType, target)).map((set) => set.name);
}

function isOfType(model: Model, qualifiedName: string, base: EntityType): boolean {
  let type = model.entityType(qualifiedName);
  for (let depth = 0; type !== undefined && depth < inheritanceDepthMax; depth += 1) {
    if (type.qualifiedName === base.qualifiedName) return true;
    type = type.baseType === undefined ? undefined : model.entityType(type.baseType);
  }
  return false;
}

const inheritanceDepthMax = 16;
