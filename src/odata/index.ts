/** The OData V4 language, both directions: literals, URIs, models, payloads. No I/O. */

export { batchBodyJson, batchBodyOf } from './batch/batch-body.ts';
export type { BatchFormat } from './batch/batch-format.ts';
export type { BatchHeader, BatchHeaders } from './batch/batch-headers.ts';
export { batchHeaderRecord, batchHeaderValue } from './batch/batch-headers.ts';
export type { BatchLimits } from './batch/batch-limits.ts';
export type { BatchReference, BatchReferent } from './batch/batch-references.ts';
export { findBatchReferences, resolveBatchReferences } from './batch/batch-references.ts';
export type { BatchRequest, ChangeSet, IndividualRequest } from './batch/batch-request.ts';
export type { BatchResponse, ChangeSetResponse, IndividualResponse } from './batch/batch-response.ts';
export { resolveBatchUrl } from './batch/batch-url.ts';
export type { BatchSource } from './batch/collect-bytes.ts';
export type { BatchAnswer } from './batch/match-batch-responses.ts';
export { matchBatchResponses } from './batch/match-batch-responses.ts';
export { readBatchRequest } from './batch/read-batch-request.ts';
export { readBatchResponse } from './batch/read-batch-response.ts';
export type { ReadBatchOptions } from './batch/read-options.ts';
export { writeBatchRequest } from './batch/write-batch-request.ts';
export { writeBatchResponse } from './batch/write-batch-response.ts';
export type { WriteBatchOptions, WrittenBatch } from './batch/write-options.ts';
export type { EdmPrimitiveName, KeyValue, Literal } from './literal/literal.ts';
export { edmPrimitiveNames, isEdmPrimitiveName, isLiteral } from './literal/literal.ts';
export { literalOf } from './literal/literal-of.ts';
export { literalValue } from './literal/literal-value.ts';
export { ODataSyntaxError } from './literal/odata-syntax-error.ts';
export { parseLiteral } from './literal/parse-literal.ts';
export { printLiteral } from './literal/print-literal.ts';
export type { MediaType } from './media-type.ts';
export { parseMediaType, parseMediaTypes } from './media-type.ts';
export type { ModelCacheOptions } from './model/cache/model-cache.ts';
export { readModelCache, writeModelCache } from './model/cache/model-cache.ts';
export { createModel } from './model/create-model.ts';
export { readCsdlJson } from './model/csdl/read-csdl-json.ts';
export { readCsdlXml } from './model/csdl/read-csdl-xml.ts';
export type { WriteCsdlJsonOptions } from './model/csdl/write-csdl-json.ts';
export { writeCsdlJson } from './model/csdl/write-csdl-json.ts';
export { writeCsdlXml } from './model/csdl/write-csdl-xml.ts';
export type {
  AnnotationGroup,
  Annotations,
  ComplexType,
  EntityContainer,
  EntitySet,
  EntityType,
  EnumMember,
  EnumType,
  Facets,
  Model,
  NavigationBinding,
  NavigationProperty,
  ODataAction,
  ODataFunction,
  ODataParameter,
  OnDelete,
  OperationImport,
  Property,
  PropertyRef,
  Reference,
  ReferentialConstraint,
  ReturnType,
  Schema,
  Singleton,
  StructuredType,
  Term,
  TypeDefinition,
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
  TermData,
  TypeDefinitionData,
  TypeReferenceData,
} from './model/model-data.ts';
export type { RowAnnotations } from './payload/annotations-of.ts';
export { annotationsOf, propertiesOf } from './payload/annotations-of.ts';
export type { CheckPayloadOptions } from './payload/check/check-payload.ts';
export { checkPayload } from './payload/check/check-payload.ts';
export type { ContextUrlOptions } from './payload/context/context-url.ts';
export { contextUrl } from './payload/context/context-url.ts';
export type {
  ContextItem,
  ContextSuffix,
  ContextUrl,
  ReferenceContext,
  ResourceContext,
  ServiceDocumentContext,
  TypeContext,
} from './payload/context/context-url-tree.ts';
export { parseContextUrl } from './payload/context/parse-context-url.ts';
export { printContextUrl } from './payload/context/print-context-url.ts';
export type { DecimalForm } from './payload/exact-number.ts';
export type { JsonFormat, MetadataLevel, PayloadVersion } from './payload/format/json-format.ts';
export { defaultJsonFormat, formatOf, printFormat } from './payload/format/json-format.ts';
export type { CollectionAnnotations } from './payload/read/collection-annotations.ts';
export type { ChangedEntity, DeletedEntity, DeltaItem, DeltaLink } from './payload/read/delta-item.ts';
export { deltaItemOf } from './payload/read/delta-item.ts';
export type { PayloadText } from './payload/read/parse-payload.ts';
export { parsePayload } from './payload/read/parse-payload.ts';
export type { Collection } from './payload/read/read-collection.ts';
export { readCollection } from './payload/read/read-collection.ts';
export type { Delta } from './payload/read/read-delta.ts';
export { readDelta } from './payload/read/read-delta.ts';
export type { Entity } from './payload/read/read-entity.ts';
export { readEntity } from './payload/read/read-entity.ts';
export type { ODataErrorBody, ODataErrorDetail } from './payload/read/read-odata-error.ts';
export { readODataError } from './payload/read/read-odata-error.ts';
export type { PropertyValue } from './payload/read/read-property.ts';
export { readProperty, readRawValue } from './payload/read/read-property.ts';
export type { References } from './payload/read/read-references.ts';
export { readReference, readReferences } from './payload/read/read-references.ts';
export type { ServiceDocument, ServiceResource } from './payload/read/read-service-document.ts';
export { readServiceDocument } from './payload/read/read-service-document.ts';
export type { ReadRowsOptions, RowStream } from './payload/rows/read-rows.ts';
export { readRows } from './payload/rows/read-rows.ts';
export { readValue } from './payload/values/read-value.ts';
export type { WriteOptions } from './payload/write/print-context.ts';
export type { AroundOptions, WriteCollectionOptions } from './payload/write/write-collection.ts';
export { writeCollection, writeCollectionChunks } from './payload/write/write-collection.ts';
export type { WriteDeltaOptions } from './payload/write/write-delta.ts';
export { writeDelta } from './payload/write/write-delta.ts';
export type { WriteEntityOptions } from './payload/write/write-entity.ts';
export { writeEntity } from './payload/write/write-entity.ts';
export type { WriteODataErrorOptions } from './payload/write/write-odata-error.ts';
export { writeODataError } from './payload/write/write-odata-error.ts';
export type { WritePropertyOptions } from './payload/write/write-property.ts';
export {
  writeProperty,
  writeReference,
  writeReferences,
  writeServiceDocument,
} from './payload/write/write-property.ts';
export type { ActionParametersOptions } from './payload/write/write-request.ts';
export { writeActionParameters, writeRequestEntity } from './payload/write/write-request.ts';
export type { PreferenceVersion } from './preference/known-preferences.ts';
export type { ParsePreferenceOptions } from './preference/parse-preference.ts';
export { parsePreference } from './preference/parse-preference.ts';
export type { ParsedPreference, Preference, PreferenceParameter } from './preference/preference.ts';
export { findPreference } from './preference/preference.ts';
export type { PrintPreferenceOptions } from './preference/print-preference.ts';
export { printPreference } from './preference/print-preference.ts';
export type { Row } from './row.ts';
export { resolveAliases } from './uri/alias/resolve-aliases.ts';
export type { CheckedApply } from './uri/check/check-apply.ts';
export { checkApply } from './uri/check/check-apply.ts';
export type { CheckedFilter } from './uri/check/check-filter.ts';
export { checkFilter } from './uri/check/check-filter.ts';
export type { CheckedCompute, CheckedOrderBy } from './uri/check/check-query-options.ts';
export { checkCompute, checkExpand, checkOrderBy, checkSelect } from './uri/check/check-query-options.ts';
export type { CheckedRequestUri } from './uri/check/check-request-uri.ts';
export { checkRequestUri } from './uri/check/check-request-uri.ts';
export type { CheckOptions } from './uri/check/expression-scope.ts';
export type { ExpressionType } from './uri/check/expression-type.ts';
export type { CheckedSegment, SegmentRole } from './uri/check/resource.ts';
export type { TypedExpression } from './uri/check/typed-expression.ts';
export { applyTransformations } from './uri/evaluate/apply-transformations.ts';
export { compareRows } from './uri/evaluate/compare-rows.ts';
export { compileCompute, compileExpression } from './uri/evaluate/compile-compute.ts';
export type { EvaluateOptions, ServiceFunction } from './uri/evaluate/compile-context.ts';
export { compileFilter, evaluateFilter } from './uri/evaluate/compile-filter.ts';
export { compileSearch } from './uri/evaluate/compile-search.ts';
export { keyLiteral } from './uri/key-literal.ts';
export { keyPredicateOf } from './uri/key-predicate-of.ts';
export type { ODataVersion, ParseOptions } from './uri/parse/cursor.ts';
export {
  parseApply,
  parseCompute,
  parseExpand,
  parseExpression,
  parseFilter,
  parseKeyPredicate,
  parseOrderBy,
  parseSearch,
  parseSelect,
} from './uri/parse/parse-text.ts';
export { parseQueryOptions } from './uri/parse/query-options.ts';
export type { ParseRequestUriOptions } from './uri/parse/request-uri.ts';
export { parseRequestUri } from './uri/parse/request-uri.ts';
export { parseResourcePath } from './uri/parse/resource-path.ts';
export { printApply, printCompute, printOrderBy } from './uri/print/apply.ts';
export { printExpression, printFilter } from './uri/print/filter.ts';
export { printKeyPredicate } from './uri/print/key-predicate.ts';
export { printExpand, printSelect } from './uri/print/query-options.ts';
export { printQueryOptions, printRequestUri, printResourcePath } from './uri/print/request-uri.ts';
export { printSearch } from './uri/print/search.ts';
export type {
  AggregateTransformation,
  ApplySequence,
  ApplyTransformation,
  ComputeTransformation,
  ConcatTransformation,
  CustomTransformation,
  FilterTransformation,
  GroupByElement,
  GroupByTransformation,
  HierarchyTransformation,
  IdentityTransformation,
  JoinTransformation,
  LimitTransformation,
  NestTransformation,
  OrderByTransformation,
  RankTransformation,
  RecursiveHierarchy,
  RollupLevels,
  RollupRecursive,
  SearchTransformation,
  TraverseTransformation,
} from './uri/tree/apply-transformation.ts';
export type { ComputeItem } from './uri/tree/compute-item.ts';
export type {
  AggregateFrom,
  AggregateItem,
  AggregateOf,
  Arithmetic,
  ArithmeticOperator,
  ArrayExpression,
  CaseExpression,
  Comparison,
  ComparisonOperator,
  CountOf,
  FilterExpression,
  FilteredCollection,
  FunctionArgument,
  FunctionCall,
  InCollection,
  InList,
  KeyLookup,
  Lambda,
  Logical,
  Member,
  Negate,
  Not,
  ObjectExpression,
  PropertyPath,
  TypeFunction,
} from './uri/tree/filter-expression.ts';
export { and, call, compare, not, or, property } from './uri/tree/filter-expression.ts';
export type { KeyPart, KeyPredicate } from './uri/tree/key-predicate.ts';
export { isKeyPredicate } from './uri/tree/key-predicate.ts';
export type { OrderByItem } from './uri/tree/order-by-item.ts';
export type { ParameterAlias } from './uri/tree/parameter-alias.ts';
export type { ExpandItem, QueryOptions, SelectItem } from './uri/tree/query-options.ts';
export type {
  CrossjoinSegment,
  FilterSegment,
  KeySegment,
  NameSegment,
  PathSegment,
  QualifiedNameSegment,
  RequestUri,
  ResourcePath,
  SystemSegment,
  SystemSegmentName,
} from './uri/tree/request-uri.ts';
export type { SearchExpression, SearchLogical, SearchNot, SearchTerm } from './uri/tree/search-expression.ts';
