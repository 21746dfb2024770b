/**
 * Runs one segment of a run: decide, do, write down, decide again, until the run ends or parks. Nothing that was
 * written down is done again, and nothing that is done next depends on what is not yet written down.
 */

import { setMaxListeners } from 'node:events';
import type { Clock } from '../../base/clock.ts';
import { isRialtoError, RialtoError } from '../../base/errors.ts';
import type { Ids } from '../../base/ids.ts';
import type { Log } from '../../base/log.ts';
import type { ConnectorHost } from '../../connector/contract.ts';
import type { ActionKey, ActionRecord, Command, EndCommand, InvokeCommand, InvokeOutcome } from '../engine/index.ts';
import { memberAt, parseValue, printValue } from '../expression/index.ts';
import type { ActionRow, JsonText, RunStore, SegmentRef } from '../store/store.ts';
import { makeCall } from './call.ts';
import type { Heartbeat } from './heartbeat.ts';
import { recordOfRow, rowOfRecord } from './history.ts';
import { idempotencyKey } from './idempotency-key.ts';
import type { RunnableFlow } from './open-flow.ts';
import { retryStore } from './store-retry.ts';
import type { WorkerLimits } from './worker-limits.ts';

/** A segment that this worker holds, with all that was written down before. */
export interface SegmentStart {
  readonly segment: SegmentRef;
  readonly flow: string;
  readonly flowVersion: number;
  readonly trigger: JsonText;
  readonly actions: readonly ActionRow[];
  /** Whether the worker before has died: calls that the history asks for may have been made. */
  readonly mayRepeat: boolean;
}

export interface SegmentContext {
  readonly runs: Pick<RunStore, 'append' | 'end' | 'park'>;
  readonly connectors: ConnectorHost;
  readonly heartbeat: Heartbeat;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly limits: WorkerLimits;
  /** Aborts when the worker must stop at once. */
  readonly stop: AbortSignal;
  /** Aborts when the worker drains: the segment parks as soon as nothing of it is under way. */
  readonly drain: AbortSignal;
}

/**
 * How a segment was left. `fenced`: another worker has the run. `stopped`: this worker must not go on.
 * `abandoned`: the run can neither go on nor be ended.
 */
export type SegmentResult = 'ended' | 'parked' | 'fenced' | 'stopped' | 'abandoned';

/** Runs a segment as far as it goes. Never rejects: a fault of the engine ends the run Failed and says why. */
export async function runSegment(
  start: SegmentStart,
  loadFlow: () => Promise<RunnableFlow>,
  context: SegmentContext,
): Promise<SegmentResult> {
  const log = context.log.child({ run: start.segment.runId, segment: start.segment.segment });
  const execution = new SegmentExecution(start, { ...context, log });
  try {
    return await execution.run(loadFlow);
  } catch (error) {
    const left = leftBecause(error, context.stop);
    if (left === undefined) return await failRun(execution, error, { ...context, log });
    log.debug('The segment is left.', { result: left });
    return left;
  } finally {
    execution.close();
  }
}

/** What an error says about the segment; undefined for a fault. */
function leftBecause(error: unknown, stop: AbortSignal): SegmentResult | undefined {
  if (isRialtoError(error) && error.code === 'RUN_FENCED') return 'fenced';
  return stop.aborted ? 'stopped' : undefined;
}

/** Ends a run that cannot be decided, so that it is not tried again for ever. */
async function failRun(execution: SegmentExecution, fault: unknown, context: SegmentContext): Promise<SegmentResult> {
  const code = isRialtoError(fault) ? fault.code : 'INTERNAL';
  const message = fault instanceof Error ? fault.message : String(fault);
  context.log.error('The run cannot go on and ends Failed.', { code, message });
  try {
    return await execution.end({ kind: 'end', status: 'Failed', code, error: { code, message } });
  } catch (error) {
    const left = leftBecause(error, context.stop);
    if (left === undefined) {
      context.log.error('The run could not be ended.', {
        message: error instanceof Error ? error.message : String(error),
      });
    }
    return left ?? 'abandoned';
  }
}

interface Completed {
  readonly command: InvokeCommand;
  readonly outcome: InvokeOutcome;
  readonly startTime: number;
  readonly endTime: number;
}

class SegmentExecution {
  readonly #start: SegmentStart;
  readonly #context: SegmentContext;
  /** The history as the engine sees it, by key. */
  readonly #records = new Map<string, ActionRecord>();
  /** Keys of the calls that a dead worker may have made: those that the history asks for as it was left. */
  #suspects: ReadonlySet<string> | undefined;
  /** Keys of the calls under way. */
  readonly #underWay = new Set<string>();
  /** Aborts the calls under way when the segment is left. */
  readonly #calls = new AbortController();
  #unsaved: ActionRow[] = [];
  /** Whether something unsaved must be in the history before the next effect. */
  #mustSave = false;
  #completed: Completed[] = [];
  #wake: () => void = () => {};

  constructor(start: SegmentStart, context: SegmentContext) {
    this.#start = start;
    this.#context = context;
    // Every call under way listens.
    setMaxListeners(0, this.#calls.signal);
    context.stop.addEventListener('abort', this.#onSignal);
    context.drain.addEventListener('abort', this.#onSignal);
  }

  /** Lets go of everything. */
  close(): void {
    if (this.#underWay.size > 0) this.#calls.abort();
    this.#context.stop.removeEventListener('abort', this.#onSignal);
    this.#context.drain.removeEventListener('abort', this.#onSignal);
  }

  async run(loadFlow: () => Promise<RunnableFlow>): Promise<SegmentResult> {
    const flow = await this.#retry(loadFlow);
    for (const row of this.#start.actions) this.#records.set(recordKey(row), recordOfRow(row));
    const run = { id: this.#start.segment.runId, flow: this.#start.flow, flowVersion: this.#start.flowVersion };
    const trigger = parseValue(this.#start.trigger, 'the trigger of the run');
    const { clock, limits, stop } = this.#context;
    for (let decision = 1; decision <= limits.decisionsMax; decision += 1) {
      if (stop.aborted) return 'stopped';
      const facts = { run, trigger, parameters: flow.parameters };
      this.#settle(flow);
      const commands = flow.decide({ ...facts, actions: [...this.#records.values()] }, clock.now());
      const end = commands.find((command) => command.kind === 'end');
      const hasRecorded = this.#record(commands);
      if (end !== undefined) return await this.end(end);
      const result = await this.#pursue(commands, hasRecorded);
      if (result !== undefined) return result;
    }
    throw new RialtoError('INTERNAL', `The run did not end within ${limits.decisionsMax} decisions of one segment.`);
  }

  /** Ends the run with all that is not yet written down. */
  async end(end: EndCommand): Promise<SegmentResult> {
    const { kind: _kind, outputs, ...rest } = end;
    const written = {
      ...rest,
      ...(outputs === undefined ? {} : { outputs: printValue(outputs) }),
      endTime: this.#context.clock.now(),
    };
    const rows = this.#unsaved;
    await this.#retry(() => this.#context.runs.end(this.#start.segment, rows, written));
    return 'ended';
  }

  readonly #onSignal = (): void => this.#wake();

  /** Turns what calls gave into records. They must be written before anything is done that depends on them. */
  #settle(flow: RunnableFlow): void {
    const completed = this.#completed;
    this.#completed = [];
    for (const { command, outcome, startTime, endTime } of completed) {
      this.#underWay.delete(recordKey(command));
      this.#add(flow.settle(command, outcome, { startTime, endTime }, this.#context.ids.random()));
      this.#mustSave = true;
    }
  }

  /** Takes the records of a decision into the history. */
  #record(commands: readonly Command[]): boolean {
    let hasRecorded = false;
    for (const command of commands) {
      if (command.kind !== 'record') continue;
      this.#add(command.record);
      this.#mustSave ||= command.isVolatile;
      hasRecorded = true;
    }
    return hasRecorded;
  }

  /** Does what a decision asks for, or waits. Gives the result when the segment is over. */
  async #pursue(commands: readonly Command[], hasRecorded: boolean): Promise<SegmentResult | undefined> {
    const { clock, limits, drain } = this.#context;
    const wanted = commands.filter(
      (command): command is InvokeCommand => command.kind === 'invoke' && !this.#underWay.has(recordKey(command)),
    );
    if (wanted.length > 0) this.#suspects ??= new Set(this.#start.mayRepeat ? wanted.map(recordKey) : []);
    const now = clock.now();
    const room = limits.callsPerRunMax - this.#underWay.size;
    const due = drain.aborted ? [] : wanted.filter((command) => startOf(command, now) <= now).slice(0, room);
    // Records alone: the next decision builds on them, and they ride with its write.
    if (hasRecorded && due.length === 0) return undefined;
    for (const command of due) this.#noteInputs(command, now);
    if (this.#mustSave) await this.#save();
    for (const command of due) this.#call(command);
    if (this.#underWay.size > 0) {
      await this.#wait(
        earliest(
          wanted.filter((command) => startOf(command, now) > now),
          now,
        ),
      );
      return undefined;
    }
    if (wanted.length === 0) {
      throw new RialtoError('INTERNAL', 'The engine decided nothing although the run has not ended.');
    }
    const wakeTime = earliest(wanted, now) ?? now;
    if (drain.aborted || wakeTime - now > limits.parkAfterMs) return await this.#park(wakeTime);
    await this.#wait(wakeTime);
    return undefined;
  }

  /** Fixes the inputs of a call in the history when computing them again could give others. */
  #noteInputs(command: InvokeCommand, now: number): void {
    if (!command.isVolatile || this.#records.has(recordKey(command))) return;
    const { action, repetition, attempt, inputs } = command;
    this.#add({ action, repetition, attempt, status: 'Started', code: '', startTime: now, endTime: now, inputs });
    this.#mustSave = true;
  }

  #add(record: ActionRecord): void {
    const row = rowOfRecord(record);
    this.#records.set(recordKey(record), record);
    this.#unsaved = [...this.#unsaved.filter((earlier) => recordKey(earlier) !== recordKey(row)), row];
  }

  async #save(): Promise<void> {
    const rows = this.#unsaved;
    await this.#retry(() => this.#context.runs.append(this.#start.segment, rows));
    this.#unsaved = [];
    this.#mustSave = false;
  }

  async #park(wakeTime: number): Promise<SegmentResult> {
    const rows = this.#unsaved;
    await this.#retry(() => this.#context.runs.park(this.#start.segment, rows, wakeTime));
    return 'parked';
  }

  /** Starts a call; its outcome is settled before the next decision. */
  #call(command: InvokeCommand): void {
    const { connectors, clock, heartbeat, limits, log, stop } = this.#context;
    const { segment } = this.#start;
    this.#underWay.add(recordKey(command));
    const attempt = async (): Promise<void> => {
      await heartbeat.confirm();
      if (stop.aborted) return;
      const startTime = clock.now();
      const outcome = await makeCall(command.call, {
        connectors,
        clock,
        log: log.child({ action: command.action }),
        idempotencyKey: idempotencyKey(segment.runId, command),
        mayBeRepeat: this.#mayBeRepeat(command),
        timeoutMs: limits.callTimeoutMs,
        signal: this.#calls.signal,
      });
      this.#completed.push({ command, outcome, startTime, endTime: clock.now() });
      this.#wake();
    };
    // Rejects only when the segment was left and nobody waits for the outcome.
    attempt().catch((error: unknown) => {
      if (!this.#calls.signal.aborted) log.error('A call was lost.', { message: String(error) });
    });
  }

  /** Whether the service may have done this already: under a worker that died, or at an attempt that it did not refuse. */
  #mayBeRepeat(command: InvokeCommand): boolean {
    if (this.#suspects?.has(recordKey(command))) return true;
    for (let attempt = 1; attempt < command.attempt; attempt += 1) {
      const earlier = this.#records.get(recordKey({ ...command, attempt }));
      if (earlier === undefined || !wasRefusedUnread(earlier)) return true;
    }
    return false;
  }

  /** Waits until a call completes, a signal comes, or `until` is reached. */
  async #wait(until: number | undefined): Promise<void> {
    const { clock, stop } = this.#context;
    if (this.#completed.length > 0 || stop.aborted) return;
    const timer = until === undefined ? undefined : new AbortController();
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      if (until !== undefined) clock.sleep(until - clock.now(), timer?.signal).then(resolve, resolve);
    });
    timer?.abort('woken');
  }

  #retry<T>(attempt: () => Promise<T>): Promise<T> {
    return retryStore(attempt, { ...this.#context, signal: this.#context.stop });
  }
}

/** True for an answer that a service gives before it looks at the request: 429, and 503 that says when to come again. */
function wasRefusedUnread(record: ActionRecord): boolean {
  if (record.code === 'TooManyRequests') return true;
  return record.code === 'ServiceUnavailable' && memberAt(record.outputs, ['headers', 'retry-after']) !== undefined;
}

function recordKey(key: ActionKey & { readonly attempt: number }): string {
  return `${key.attempt} ${key.repetition} ${key.action}`;
}

function startOf(command: InvokeCommand, now: number): number {
  return command.notBefore ?? now;
}

/** When the first of these calls may be made; undefined when there is none. */
function earliest(commands: readonly InvokeCommand[], now: number): number | undefined {
  return commands.length === 0 ? undefined : Math.min(...commands.map((command) => startOf(command, now)));
}
