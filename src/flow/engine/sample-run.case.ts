/** Runs for tests: a definition played against canned outcomes, in memory. */

import type { JsonObject, JsonValue } from '../../base/json.ts';
import { parseDefinition } from '../definition/index.ts';
import { sampleDefinition } from '../definition/sample-definition.case.ts';
import { fromJson, objectValue } from '../expression/index.ts';
import type { ActionRecord, ActionStatus, EndCommand, InvokeCommand, InvokeOutcome, RunHistory } from './command.ts';
import { decide } from './decide.ts';
import { settle } from './settle.ts';

/** The definition with these actions, parsed. */
export function definitionOf(actions: JsonObject, definition: JsonObject = {}) {
  return parseDefinition(sampleDefinition({ actions, definition }));
}

/** The history of a run that was started by this body. */
export function historyOf(
  definition: ReturnType<typeof definitionOf>,
  actions: readonly ActionRecord[] = [],
  body: JsonValue = null,
): RunHistory {
  return {
    run: { id: 'run-1', flow: 'leads', flowVersion: 1 },
    trigger: objectValue({ name: 'New_lead', outputs: objectValue({ body: fromJson(body) }) }),
    parameters: definition.parameterValues,
    actions,
  };
}

/** An answer with a status and a body. */
export function answer(
  statusCode: number,
  body?: JsonValue,
  headers: Readonly<Record<string, string>> = {},
): InvokeOutcome {
  return { kind: 'answer', statusCode, headers, ...(body === undefined ? {} : { body: fromJson(body) }) };
}

export interface Played {
  readonly end: EndCommand;
  /** Rows as a store keeps them: one per action and attempt. */
  readonly rows: readonly ActionRecord[];
  /** The last row of each action. */
  readonly last: ReadonlyMap<string, ActionRecord>;
  readonly calls: readonly InvokeCommand[];
}

export interface PlayOptions {
  readonly body?: JsonValue;
  /** What comes of a call. */
  readonly outcome?: (command: InvokeCommand) => InvokeOutcome;
  /** Picks which of the calls under way is answered next. */
  readonly pick?: (count: number) => number;
  /** Turns the rows before each decision: their order must not matter. */
  readonly shuffle?: (rows: readonly ActionRecord[]) => readonly ActionRecord[];
}

/** Plays a run to its end: one call is answered between two decisions. */
export function play(definition: ReturnType<typeof definitionOf>, options: PlayOptions = {}): Played {
  const { outcome = () => answer(200, {}), pick = () => 0, shuffle = (rows) => rows } = options;
  const rows = new Map<string, ActionRecord>();
  const calls: InvokeCommand[] = [];
  let now = 1_000_000;
  for (let decision = 0; decision < 2000; decision += 1) {
    const history = historyOf(definition, shuffle([...rows.values()]), options.body);
    const commands = decide(definition, history, now);
    for (const command of commands) if (command.kind === 'record') put(rows, command.record);
    const end = commands.find((command) => command.kind === 'end');
    if (end !== undefined) {
      const last = new Map([...rows.values()].sort((a, b) => a.attempt - b.attempt).map((row) => [row.action, row]));
      return { end, rows: [...rows.values()], last, calls };
    }
    const invokes = commands.filter((command) => command.kind === 'invoke');
    const invoke = invokes[pick(invokes.length)];
    if (invoke === undefined) throw new Error('The run neither ends nor asks for a call.');
    calls.push(invoke);
    now = Math.max(now, invoke.notBefore ?? 0) + 10;
    put(rows, settle(invoke, outcome(invoke), { startTime: now - 5, endTime: now }, 0.5));
  }
  throw new Error('The run does not end.');
}

/** Status of each action, by name. */
export function statusesOf(played: Played): Readonly<Record<string, ActionStatus | 'Retrying' | 'Started'>> {
  return Object.fromEntries([...played.last].map(([name, row]) => [name, row.status]));
}

function put(rows: Map<string, ActionRecord>, row: ActionRecord): void {
  const key = `${row.action} ${row.attempt}`;
  const known = rows.get(key);
  if (known !== undefined && known.status !== 'Started') throw new Error(`A second row for ${key}.`);
  rows.set(key, row);
}
