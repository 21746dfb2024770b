/** Flows, versions, triggers and trigger histories in the shapes of Microsoft.Logic (workflow language, REST surface). */

import { isoInstant } from '../../base/clock.ts';
import { isJsonObject, type JsonObject, parseJson } from '../../base/json.ts';
import type { Flow, FlowVersion, TriggerHistory, TriggerState } from '../../flow/store/store.ts';
import type {
  ResourceReference,
  TriggerAnswer,
  TriggerHistoryAnswer,
  WorkflowAnswer,
  WorkflowVersionAnswer,
} from '../wire.ts';
import { rawJson } from './json-answer.ts';

/** A reference to a flow. */
export function workflowReference(name: string): ResourceReference {
  return { id: `/workflows/${encodeURIComponent(name)}`, name, type: 'Microsoft.Logic/workflows' };
}

/** A reference to a version of a flow. */
export function versionReference(flow: string, version: number): ResourceReference {
  return {
    id: `${workflowReference(flow).id}/versions/${version}`,
    name: String(version),
    type: 'Microsoft.Logic/workflows/versions',
  };
}

/** A flow; with `withContent` also its definition and parameters. */
export function workflowAnswer(flow: Flow, options: { readonly withContent: boolean }): WorkflowAnswer {
  return {
    ...workflowReference(flow.name),
    properties: {
      state: flow.state,
      version: String(flow.version.version),
      createdTime: isoInstant(flow.createdTime),
      changedTime: isoInstant(flow.changedTime),
      provisioningState: 'Succeeded',
      ...(options.withContent ? contentOf(flow.version) : {}),
    },
  };
}

/** A version of a flow; with `withContent` also its definition and parameters. */
export function versionAnswer(version: FlowVersion, options: { readonly withContent: boolean }): WorkflowVersionAnswer {
  return {
    ...versionReference(version.flow, version.version),
    properties: {
      version: String(version.version),
      createdTime: isoInstant(version.createdTime),
      ...(options.withContent ? contentOf(version) : {}),
    },
  };
}

/** A trigger of a flow with its schedule. `lastExecutionTime` is the start of its latest check. */
export function triggerAnswer(
  flow: Flow,
  name: string,
  options: { readonly state: TriggerState | undefined; readonly lastCheck: TriggerHistory | undefined },
): TriggerAnswer {
  const recurrence = triggersOf(flow)[name]?.recurrence;
  return {
    ...triggerReference(flow.name, name),
    properties: {
      provisioningState: 'Succeeded',
      createdTime: isoInstant(flow.createdTime),
      changedTime: isoInstant(flow.changedTime),
      state: flow.state,
      ...(options.lastCheck === undefined ? {} : { lastExecutionTime: isoInstant(options.lastCheck.startTime) }),
      ...(options.state === undefined || flow.state === 'Disabled'
        ? {}
        : { nextExecutionTime: isoInstant(options.state.nextCheckTime) }),
      ...(recurrence === undefined ? {} : { recurrence }),
      workflow: workflowReference(flow.name),
    },
  };
}

/** One check of a trigger. */
export function triggerHistoryAnswer(history: TriggerHistory): TriggerHistoryAnswer {
  return {
    id: `${triggerReference(history.flow, history.trigger).id}/histories/${encodeURIComponent(history.id)}`,
    name: history.id,
    type: 'Microsoft.Logic/workflows/triggers/histories',
    properties: {
      startTime: isoInstant(history.startTime),
      endTime: isoInstant(history.endTime),
      status: history.status,
      code: history.code,
      ...(history.error === undefined ? {} : { error: history.error }),
      fired: history.fired,
    },
  };
}

/** The triggers in the definition of a flow, by name. */
export function triggersOf(flow: Flow): Readonly<Record<string, JsonObject>> {
  const definition = parseJson(flow.version.definition, { what: `the definition of '${flow.name}'` });
  const triggers = isJsonObject(definition) ? definition.triggers : undefined;
  if (!isJsonObject(triggers)) return {};
  return Object.fromEntries(
    Object.entries(triggers).map(([name, trigger]) => [name, isJsonObject(trigger) ? trigger : {}]),
  );
}

function triggerReference(flow: string, trigger: string): ResourceReference {
  return {
    id: `${workflowReference(flow).id}/triggers/${encodeURIComponent(trigger)}`,
    name: trigger,
    type: 'Microsoft.Logic/workflows/triggers',
  };
}

function contentOf(version: FlowVersion): { readonly definition: JsonObject; readonly parameters: JsonObject } {
  return { definition: rawJson(version.definition), parameters: rawJson(version.parameters) };
}
