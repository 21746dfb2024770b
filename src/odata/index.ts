/** The OData V4 language, both directions: literals, URIs, models, payloads. No I/O. */

export type { EdmPrimitiveName, KeyValue, Literal } from './literal/literal.ts';
export { edmPrimitiveNames, isEdmPrimitiveName, isLiteral } from './literal/literal.ts';
export { literalOf } from './literal/literal-of.ts';
export { literalValue } from './literal/literal-value.ts';
export { ODataSyntaxError } from './literal/odata-syntax-error.ts';
export { parseLiteral } from './literal/parse-literal.ts';
export { printLiteral } from './literal/print-literal.ts';
export { createModel } from './model/create-model.ts';
export { readCsdlXml } from './model/csdl/read-csdl-xml.ts';
export { writeCsdlXml } from './model/csdl/write-csdl-xml.ts';
export type {
  Annotations,
  ComplexType,
  EntitySet,
  EntityType,
  EnumMember,
  EnumType,
  Model,
  NavigationBinding,
  NavigationProperty,
  ODataAction,
  ODataFunction,
  ODataParameter,
  OperationImport,
  Property,
  ReferentialConstraint,
  Singleton,
  StructuredType,
  TypeReference,
} from './model/model.ts';
export type {
  ContainerData,
  EntitySetData,
  EntityTypeData,
  EnumTypeData,
  ModelData,
  NavigationPropertyData,
  OperationData,
  OperationImportData,
  PropertyData,
  SchemaData,
  StructuredTypeData,
  TypeReferenceData,
} from './model/model-data.ts';
export type { CheckPayloadOptions } from './payload/check-payload.ts';
export { checkPayload } from './payload/check-payload.ts';
export type { CollectionAnnotations } from './payload/collection-annotations.ts';
export type { ContextUrlOptions } from './payload/context-url.ts';
export { contextUrl } from './payload/context-url.ts';
export type { Collection } from './payload/read-collection.ts';
export { readCollection } from './payload/read-collection.ts';
export type { ODataErrorBody } from './payload/read-odata-error.ts';
export { readODataError } from './payload/read-odata-error.ts';
export type { RowStream, SplitRowsOptions } from './payload/split-rows.ts';
export { splitRows } from './payload/split-rows.ts';
export type { WriteCollectionOptions } from './payload/write.ts';
export { writeCollection, writeEntity } from './payload/write.ts';
export type { PreferenceVersion } from './preference/known-preferences.ts';
export type { ParsePreferenceOptions } from './preference/parse-preference.ts';
export { parsePreference } from './preference/parse-preference.ts';
export type { ParsedPreference, Preference, PreferenceParameter } from './preference/preference.ts';
export { findPreference } from './preference/preference.ts';
export type { PrintPreferenceOptions } from './preference/print-preference.ts';
export { printPreference } from './preference/print-preference.ts';
export type { Row } from './row.ts';
export { checkFilter } from './uri/check/check-filter.ts';
export { checkExpand, checkOrderBy, checkSelect } from './uri/check/check-query-options.ts';
export { compareRows } from './uri/evaluate/compare-rows.ts';
export type { EvaluateOptions } from './uri/evaluate/compile-filter.ts';
export { compileFilter, evaluateFilter } from './uri/evaluate/compile-filter.ts';
export { keyPredicateOf } from './uri/key-predicate-of.ts';
export { parseExpand } from './uri/parse/expand.ts';
export { parseFilter } from './uri/parse/filter.ts';
export { parseKeyPredicate } from './uri/parse/key-predicate.ts';
export { parseOrderBy } from './uri/parse/order-by.ts';
export { parseRequestUri } from './uri/parse/request-uri.ts';
export { parseSelect } from './uri/parse/select.ts';
export { printFilter } from './uri/print/filter.ts';
export { printKeyPredicate } from './uri/print/key-predicate.ts';
export { printExpand, printOrderBy, printSelect } from './uri/print/query-options.ts';
export { printRequestUri } from './uri/print/request-uri.ts';
export type {
  Arithmetic,
  ArithmeticOperator,
  ArrayExpression,
  Comparison,
  ComparisonOperator,
  FilterExpression,
  FunctionArgument,
  FunctionCall,
  InList,
  Lambda,
  Logical,
  Negate,
  Not,
  PropertyPath,
} from './uri/tree/filter-expression.ts';
export { and, call, compare, not, or, property } from './uri/tree/filter-expression.ts';
export type { KeyPart, KeyPredicate } from './uri/tree/key-predicate.ts';
export { isKeyPredicate } from './uri/tree/key-predicate.ts';
export type { OrderByItem } from './uri/tree/order-by-item.ts';
export type { ExpandItem, QueryOptions } from './uri/tree/query-options.ts';
export type {
  NameSegment,
  PathSegment,
  QualifiedNameSegment,
  RequestUri,
  SystemSegment,
  SystemSegmentName,
} from './uri/tree/request-uri.ts';
export type { SelectItem } from './uri/tree/query-options.ts';
