/** Workflow definitions: reading and checking. Pure. */

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
  type ParseDefinitionOptions,
  parseDefinition,
  supportReport,
} from './parse-definition.ts';
export { defaultRetryPolicy, type RetryPolicy, readRetryPolicy, retryIntervalMaxMs } from './retry-policy.ts';
