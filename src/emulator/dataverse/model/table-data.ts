/** The compact form in which the emulator keeps Dataverse tables. */

/** A column type as Dataverse names it; the EDM type follows from it. */
export type ColumnType =
  | 'BigInt'
  | 'Boolean'
  | 'Customer'
  | 'DateTime'
  | 'Decimal'
  | 'Double'
  | 'EntityName'
  | 'Integer'
  | 'Lookup'
  | 'Memo'
  | 'Money'
  | 'Owner'
  | 'Picklist'
  | 'State'
  | 'Status'
  | 'String'
  | 'Uniqueidentifier';

/** One choice of a Picklist, State or Status column. */
export interface ChoiceData {
  readonly value: number;
  readonly label: string;
  /** State column: the status it takes when only the state is written. */
  readonly status?: number;
  /** Status column: the state it belongs to. */
  readonly state?: number;
}

/** One table a lookup may point to; without `navigation` the column is a read-only echo. */
export interface LookupTargetData {
  readonly table: string;
  /** Case-sensitive single-valued navigation property. */
  readonly navigation?: string;
}

export interface ColumnData {
  /** Logical name; a lookup appears in JSON as `_name_value`. */
  readonly name: string;
  readonly type: ColumnType;
  readonly maxLength?: number;
  readonly min?: number;
  readonly max?: number;
  readonly precision?: number;
  /** DateTime column of behaviour DateOnly: `Edm.Date`. */
  readonly dateOnly?: boolean;
  /** DateTime column whose formatted value shows the date alone. */
  readonly showsDateOnly?: boolean;
  readonly options?: readonly ChoiceData[];
  /** Labels of false and true where they are not No and Yes. */
  readonly labels?: readonly [string, string];
  readonly default?: number | boolean | string;
  readonly targets?: readonly LookupTargetData[];
  /** Navigation properties of this lookup to tables that the emulator does not serve. */
  readonly elsewhere?: readonly string[];
  readonly systemRequired?: boolean;
  /** Not valid for create or update through ordinary writes. */
  readonly readOnly?: boolean;
}

/** A collection-valued navigation property: the rows of `table` whose lookup `column` points here. */
export interface CollectionData {
  readonly name: string;
  readonly table: string;
  readonly column: string;
  /** Navigation property of the other side. */
  readonly partner: string;
}

export interface TableData {
  readonly logicalName: string;
  readonly displayName: string;
  readonly entitySet: string;
  readonly objectTypeCode: number;
  readonly baseType: string;
  readonly primaryId: string;
  readonly edmKey: string;
  readonly primaryName: string;
  readonly isUserOwned: boolean;
  readonly columns: readonly ColumnData[];
  readonly collections: readonly CollectionData[];
}

/** What activity types inherit in the EDM. */
export interface ActivityBaseData {
  /** Columns that the base type declares; the tables list them too, with their facts. */
  readonly columns: readonly string[];
  readonly navigation: readonly { readonly name: string; readonly type: string; readonly column: string }[];
}

/** The JSON name of a column: `_primarycontactid_value` for a lookup, else its logical name. */
export function propertyName(column: ColumnData): string {
  return isLookup(column) ? `_${column.name}_value` : column.name;
}

/** True for Lookup, Customer and Owner columns. */
export function isLookup(column: ColumnData): boolean {
  return column.type === 'Lookup' || column.type === 'Customer' || column.type === 'Owner';
}

const edmTypes: Readonly<Record<ColumnType, string>> = {
  BigInt: 'Edm.Int64',
  Boolean: 'Edm.Boolean',
  Customer: 'Edm.Guid',
  DateTime: 'Edm.DateTimeOffset',
  Decimal: 'Edm.Decimal',
  Double: 'Edm.Double',
  EntityName: 'Edm.String',
  Integer: 'Edm.Int32',
  Lookup: 'Edm.Guid',
  Memo: 'Edm.String',
  Money: 'Edm.Decimal',
  Owner: 'Edm.Guid',
  Picklist: 'Edm.Int32',
  State: 'Edm.Int32',
  Status: 'Edm.Int32',
  String: 'Edm.String',
  Uniqueidentifier: 'Edm.Guid',
};

/** The EDM type of a column. */
export function edmTypeOf(column: ColumnData): string {
  return column.dateOnly === true ? 'Edm.Date' : edmTypes[column.type];
}
