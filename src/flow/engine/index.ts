/** The engine: decides what a run does next. Pure. */

export type {
  ActionError,
  ActionKey,
  ActionRecord,
  ActionStatus,
  Command,
  EndCommand,
  InvokeCommand,
  InvokeOutcome,
  RecordCommand,
  RunHistory,
} from './command.ts';
export { type ApiCall, apiCallOf } from './connector-call.ts';
export { decide } from './decide.ts';
export { nextCheckTime, type RecurrenceState } from './recurrence-time.ts';
export { connectionName, type RequiredConnection, requiredConnections } from './required-connections.ts';
export { type InvokeTiming, settle } from './settle.ts';
export {
  splitItemsMax,
  splitTrigger,
  type TriggerCall,
  type TriggerItem,
  type TriggerObjectOptions,
  type TriggerSplit,
  triggerCall,
  triggerObject,
} from './trigger-check.ts';
