/** The trigger and the actions of a run as one list of parts, and the part that the address names. */

import { useSearchParams } from 'wouter';
import type { ContentLink, RetryAnswer, StatusErrorAnswer } from '../../server/wire.ts';
import type { RunDetails } from '../api/queries.ts';
import { isFailure, type StatusWord } from '../parts/status-badge.tsx';

export interface RunPart {
  readonly kind: 'trigger' | 'action';
  readonly name: string;
  readonly status: StatusWord;
  readonly startTime: string | undefined;
  readonly endTime: string | undefined;
  readonly code: string | undefined;
  readonly error: StatusErrorAnswer | undefined;
  readonly inputsLink: ContentLink | undefined;
  readonly outputsLink: ContentLink | undefined;
  readonly retries: readonly RetryAnswer[];
}

const triggerStatuses: readonly StatusWord[] = ['Succeeded', 'Failed', 'Skipped', 'Running'];

/** Trigger first, then the actions in order of start. */
export function runParts({ run, actions }: RunDetails): readonly RunPart[] {
  const { trigger, startTime } = run.properties;
  const triggerPart: RunPart = {
    kind: 'trigger',
    name: trigger.name,
    // There is no run without a trigger that fired.
    status: triggerStatuses.find((status) => status === trigger.status) ?? 'Succeeded',
    startTime: trigger.startTime ?? startTime,
    endTime: trigger.endTime,
    code: trigger.code,
    error: undefined,
    inputsLink: trigger.inputsLink,
    outputsLink: trigger.outputsLink,
    retries: [],
  };
  const actionParts = actions.map(({ name, properties }): RunPart => {
    const { status, startTime: start, endTime, code, error, inputsLink, outputsLink, retryHistory } = properties;
    const retries = retryHistory ?? [];
    return { kind: 'action', name, status, startTime: start, endTime, code, error, inputsLink, outputsLink, retries };
  });
  return [triggerPart, ...actionParts];
}

/** The first action that failed on its own; a failed scope comes after the action that made it fail. */
export function firstFailure(parts: readonly RunPart[]): RunPart | undefined {
  const failures = parts.filter((part) => isFailure(part.status));
  return failures.find((part) => part.code !== 'ActionFailed') ?? failures[0];
}

/** The selected part: that of the address, else the first failure, else the trigger. */
export function useSelectedPart(parts: readonly RunPart[]) {
  const [search, setSearch] = useSearchParams();
  const kind = search.has('trigger') ? 'trigger' : 'action';
  const name = search.get(kind);
  const named = parts.find((part) => part.kind === kind && part.name === name);
  function select(part: RunPart): void {
    setSearch(part.kind === 'trigger' ? { trigger: part.name } : { action: part.name }, { replace: true });
  }
  return { selected: named ?? firstFailure(parts) ?? parts[0], select };
}
