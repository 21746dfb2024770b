/** A workflow definition as the engine reads it: checked, with its templates parsed (reference 1 to 3). */

import type { DefinitionProblem } from '../../base/errors.ts';
import type { ObjectValue, Template, Value } from '../expression/index.ts';

export interface Definition {
  /** The bare definition as it was given, nothing lost: print it to store it. */
  readonly source: ObjectValue;
  /** The parameter values as they were given: `{ "<name>": { "value": … } }`. */
  readonly parametersSource: ObjectValue;
  readonly parameters: ReadonlyMap<string, ParameterDeclaration>;
  /** Value of every parameter: the one given, else the default. */
  readonly parameterValues: ReadonlyMap<string, Value>;
  readonly trigger: Trigger;
  readonly actions: ActionGroup;
  /** Actions of all depths by name. */
  readonly actionsByName: ReadonlyMap<string, Action>;
  readonly outputs: ReadonlyMap<string, OutputDeclaration>;
  /** What is to be said of it although it runs: where it differs from the cloud, and what is doubtful. */
  readonly differences: readonly DefinitionProblem[];
}

export type ParameterType = 'String' | 'SecureString' | 'Int' | 'Float' | 'Bool' | 'Array' | 'Object' | 'SecureObject';

export interface ParameterDeclaration {
  readonly name: string;
  readonly type: ParameterType;
  readonly defaultValue?: Value;
  readonly allowedValues?: readonly Value[];
}

export interface OutputDeclaration {
  readonly name: string;
  readonly type: string;
  readonly value: Template;
}

export type RecurrenceFrequency = 'Second' | 'Minute' | 'Hour' | 'Day' | 'Week';

export interface Recurrence {
  readonly frequency: RecurrenceFrequency;
  readonly interval: number;
  /** Milliseconds since 1970. */
  readonly startTime?: number;
}

/** A polling trigger of a managed connector. */
export interface ApiConnectionTrigger {
  readonly kind: 'ApiConnection';
  readonly name: string;
  readonly pointer: string;
  readonly recurrence: Recurrence;
  readonly inputs: Template;
  readonly splitOn?: Template;
  readonly conditions: readonly Template[];
}

export type Trigger = ApiConnectionTrigger;

export type RunAfterStatus = 'Succeeded' | 'Failed' | 'Skipped' | 'TimedOut' | 'Cancelled';

/** The actions of one map: the root, a scope, one branch. */
export interface ActionGroup {
  /** In the order of the definition. */
  readonly actions: ReadonlyMap<string, Action>;
  /** The same, each behind all that it runs after. */
  readonly ordered: readonly Action[];
  /** Those that no other runs after. */
  readonly leaves: readonly Action[];
}

interface ActionBase {
  readonly name: string;
  /** JSON pointer into the document that was parsed. */
  readonly pointer: string;
  /** Siblings that must have ended, each with the statuses that let this action run. */
  readonly runAfter: ReadonlyMap<string, readonly RunAfterStatus[]>;
}

/** Calls an operation of a managed connector (reference 3.3). */
export interface ApiConnectionAction extends ActionBase {
  readonly kind: 'ApiConnection';
  readonly inputs: Template;
}

/** Gives its evaluated input (reference 3.7). */
export interface ComposeAction extends ActionBase {
  readonly kind: 'Compose';
  readonly inputs: Template;
}

/** Runs one of two branches (reference 3.10). */
export interface IfAction extends ActionBase {
  readonly kind: 'If';
  readonly expression: Condition;
  readonly whenTrue: ActionGroup;
  readonly whenFalse: ActionGroup;
}

/** Groups actions (reference 3.10). */
export interface ScopeAction extends ActionBase {
  readonly kind: 'Scope';
  readonly body: ActionGroup;
}

/** Ends the run at once (reference 3.11). */
export interface TerminateAction extends ActionBase {
  readonly kind: 'Terminate';
  readonly inputs: Template;
}

export type Action = ApiConnectionAction | ComposeAction | IfAction | ScopeAction | TerminateAction;

/** A template, or the structured form `{ "and": [ … ] }`. */
export type Condition =
  | { readonly kind: 'template'; readonly template: Template }
  | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly Condition[] };

/** The groups directly inside an action; empty for one that holds none. */
export function groupsOf(action: Action): readonly ActionGroup[] {
  switch (action.kind) {
    case 'If':
      return [action.whenTrue, action.whenFalse];
    case 'Scope':
      return [action.body];
    default:
      return [];
  }
}
