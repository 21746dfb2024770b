/** The type that a row says it has. */

import type { JsonObject } from '../../../base/json.ts';
import type { ComplexType, EntityType, Model } from '../../model/model.ts';
import { controlText } from '../member-name.ts';

/** A type of objects with members. */
export type InstanceType = EntityType | ComplexType;

/** `#Ns.VipCustomer`, `https://host/$metadata#Ns.VipCustomer`, `Ns.VipCustomer` → `Ns.VipCustomer`; `#Int64` → `Edm.Int64`. */
export function typeNameOf(text: string): string {
  const name = text.slice(text.indexOf('#') + 1);
  const [, item] = /^Collection\((.*)\)$/.exec(name) ?? [];
  if (item !== undefined) return `Collection(${typeNameOf(item)})`;
  return name.includes('.') || name === '' ? name : `Edm.${name}`;
}

/**
 * The type of a row: what its `@odata.type` says, else the declared one (OData JSON 4.01 4.5.3). Undefined when what it
 * says is not the declared type or one derived from it.
 */
export function instanceType(row: JsonObject, declared: InstanceType, model: Model): InstanceType | undefined {
  const text = controlText(row, 'type');
  if (text === undefined) return declared;
  const said = structuredType(typeNameOf(text), model);
  const isDerived = said !== undefined && derivesFrom(said, declared.qualifiedName, model);
  return isDerived ? said : undefined;
}

/** An entity type or complex type. */
export function structuredType(name: string, model: Model): InstanceType | undefined {
  return model.entityType(name) ?? model.complexType(name);
}

function derivesFrom(type: InstanceType, ancestor: string, model: Model): boolean {
  for (let each: InstanceType | undefined = type; each !== undefined; ) {
    if (each.qualifiedName === ancestor) return true;
    each = each.baseType === undefined ? undefined : structuredType(each.baseType, model);
  }
  return false;
}
