/** Workflow definitions, their expressions, and what a run of them does next: `rialto/flow`. */

export {
  type Definition,
  type DefinitionSource,
  type ParseDefinitionOptions,
  parseDefinition,
  supportReport,
} from './definition/index.ts';
export {
  type ActionRecord,
  type ActionStatus,
  type Command,
  decide,
  type EndCommand,
  type InvokeCommand,
  type InvokeOutcome,
  type InvokeTiming,
  type RecordCommand,
  type RunHistory,
  settle,
} from './engine/index.ts';
export {
  type ArgumentComplaint,
  type CompiledTemplate,
  compile,
  Decimal,
  type EvaluationContext,
  EvaluationError,
  evaluate,
  fromJson,
  parseValue,
  printValue,
  toJson,
  type Value,
} from './expression/index.ts';
