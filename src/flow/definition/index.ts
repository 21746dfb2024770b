/** Workflow definitions: reading and checking. Pure. */

export type { ConnectorCatalog } from './check/check-connector.ts';
export {
  type CompatibilityOptions,
  type CompatibilityReport,
  checkDefinitions,
  compatibilityReport,
  type DefinitionReport,
  type Finding,
  type FindingSeverity,
  type Runs,
} from './compatibility-report.ts';
export { type CodeView, writeCodeView } from './container/code-view.ts';
export { isDefinitionFile } from './container/definition-files.ts';
export {
  type ConnectionReference,
  type ContainerKind,
  type FoundDefinition,
  writeDefinition,
  writeDocument,
  writeParameters,
} from './container/found-definition.ts';
export {
  type ContainerSource,
  type FolderSource,
  readDefinitionDocument,
  readDefinitions,
} from './container/read-definitions.ts';
export {
  type Action,
  type ActionGroup,
  type ApiConnectionAction,
  type ApiConnectionTrigger,
  type ComposeAction,
  type Condition,
  type Definition,
  groupsOf,
  type IfAction,
  type OutputDeclaration,
  type ParameterDeclaration,
  type ParameterType,
  type Recurrence,
  type RecurrenceFrequency,
  type RunAfterStatus,
  type ScopeAction,
  type TerminateAction,
  type Trigger,
} from './definition.ts';
export { parameterScope } from './parameter-scope.ts';
export {
  type DefinitionSource,
  parseDefinition,
  supportReport,
} from './parse-definition.ts';
export { type PlatformName, type PlatformRules, platforms } from './platform.ts';
export type { ParseDefinitionOptions } from './read-found-definition.ts';
export { defaultRetryPolicy, type RetryPolicy, readRetryPolicy, retryIntervalMaxMs } from './retry-policy.ts';
export { actionTypesRun, connectorsKnown, triggerTypesRun } from './supported.ts';
