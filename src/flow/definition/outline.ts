/**
 * The outline of a definition: all actions of all depths, of whatever type, with their names, places and order. It is
 * what names in expressions and in runAfter are checked against.
 */

import { jsonPointer } from '../../base/json.ts';
import { didYouMean } from '../../base/nearest.ts';
import { describeValue, isArrayValue, isObjectValue, type ObjectValue, type Value } from '../expression/index.ts';
import { actionTypeNames, findActionType } from './action-types.ts';
import type { RunAfterStatus } from './definition.ts';
import { actionsMax, nameLengthMax, nestingDepthMax } from './limits.ts';
import type { Problems } from './problems.ts';

export interface OutlineNode {
  readonly name: string;
  readonly pointer: string;
  /** As the catalogue spells it. */
  readonly type: string;
  readonly source: ObjectValue;
  readonly runAfter: ReadonlyMap<string, readonly RunAfterStatus[]>;
  /** Name of the action that holds it; undefined at the top. */
  readonly parent: string | undefined;
  readonly groups: readonly OutlineGroup[];
}

/** One map of actions: the root, a scope, one branch. */
export interface OutlineGroup {
  readonly pointer: string;
  readonly nodes: readonly OutlineNode[];
}

export interface Outline {
  readonly root: OutlineGroup;
  readonly byName: ReadonlyMap<string, OutlineNode>;
}

/** Reads the outline below the member `actions`, and reports names, types, nesting and runAfter that are wrong. */
export function readOutline(actions: Value | undefined, pointer: string, problems: Problems): Outline {
  const reader: Reader = { byName: new Map(), lowerNames: new Map(), problems };
  const root = readGroup(reader, actions ?? new Map(), { pointer, parent: undefined, depth: 1 });
  if (reader.byName.size > actionsMax) {
    problems.invalid(pointer, `There are ${reader.byName.size} actions; at most ${actionsMax} are allowed.`);
  }
  return { root, byName: reader.byName };
}

/** The action of a name: exact first, then without regard to case. */
export function findNode(outline: Outline, name: string): OutlineNode | undefined {
  const exact = outline.byName.get(name);
  if (exact !== undefined) return exact;
  const lowered = name.toLowerCase();
  return [...outline.byName.values()].find((node) => node.name.toLowerCase() === lowered);
}

interface Reader {
  readonly byName: Map<string, OutlineNode>;
  readonly lowerNames: Map<string, string>;
  readonly problems: Problems;
}

interface Place {
  readonly pointer: string;
  readonly parent: string | undefined;
  readonly depth: number;
}

function readGroup(reader: Reader, source: Value, place: Place): OutlineGroup {
  if (!isObjectValue(source)) {
    reader.problems.invalid(place.pointer, `The actions are ${describeValue(source)}; expected an object.`);
    return { pointer: place.pointer, nodes: [] };
  }
  if (place.depth > nestingDepthMax) {
    reader.problems.invalid(place.pointer, `Actions are nested deeper than ${nestingDepthMax} levels.`);
    return { pointer: place.pointer, nodes: [] };
  }
  const nodes: OutlineNode[] = [];
  for (const [name, action] of source) {
    const node = readNode(reader, name, action, { ...place, pointer: place.pointer + jsonPointer([name]) }, source);
    if (node !== undefined) nodes.push(node);
  }
  return { pointer: place.pointer, nodes };
}

function readNode(
  reader: Reader,
  name: string,
  source: Value,
  place: Place,
  siblings: ObjectValue,
): OutlineNode | undefined {
  const { problems } = reader;
  if (!isObjectValue(source)) {
    problems.invalid(place.pointer, `The action '${name}' is ${describeValue(source)}; expected an object.`);
    return undefined;
  }
  checkName('action', name, place.pointer, problems);
  const same = reader.lowerNames.get(name.toLowerCase());
  if (same !== undefined) {
    problems.invalid(place.pointer, `There is another action '${same}'; names are unique in the whole definition.`);
    return undefined;
  }
  reader.lowerNames.set(name.toLowerCase(), name);
  const written = source.get('type');
  const type = typeof written === 'string' ? findActionType(written) : undefined;
  if (type === undefined) {
    const found = typeof written === 'string' ? `'${written}'` : describeValue(written ?? null);
    const hint = typeof written === 'string' ? didYouMean(written, actionTypeNames()) : '';
    problems.invalid(`${place.pointer}/type`, `The type of the action '${name}' is ${found}, which is none.${hint}`);
  }
  const groups = (type?.groups(source) ?? []).map(({ path, actions }) =>
    readGroup(reader, actions, { pointer: place.pointer + jsonPointer(path), parent: name, depth: place.depth + 1 }),
  );
  const node: OutlineNode = {
    name,
    pointer: place.pointer,
    type: type?.name ?? '',
    source,
    runAfter: readRunAfter(name, source.get('runAfter'), `${place.pointer}/runAfter`, siblings, problems),
    parent: place.parent,
    groups,
  };
  reader.byName.set(name, node);
  return node;
}

/** Reports a name that is empty, too long, or cannot be stored. */
export function checkName(what: string, name: string, pointer: string, problems: Problems): void {
  if (name === '') problems.invalid(pointer, `The name of the ${what} is empty.`);
  // Names are keys of the history: PostgreSQL keeps no NUL, and one for all unpaired surrogates.
  if (/[\p{Cc}\p{Cs}]/u.test(name)) {
    problems.invalid(pointer, `The name of the ${what} has a control character or half of a surrogate pair.`);
  }
  if (name.length > nameLengthMax) {
    problems.invalid(
      pointer,
      `The name of the ${what} has ${name.length} characters; at most ${nameLengthMax} are allowed.`,
    );
  }
}

const statuses: ReadonlyMap<string, RunAfterStatus | undefined> = new Map([
  ...(['Succeeded', 'Failed', 'Skipped', 'TimedOut', 'Cancelled'] as const).map(
    (status) => [status.toLowerCase(), status] as const,
  ),
  // A legal status that no action ends in here.
  ['aborted', undefined] as const,
]);

function readRunAfter(
  name: string,
  source: Value | undefined,
  pointer: string,
  siblings: ObjectValue,
  problems: Problems,
): ReadonlyMap<string, readonly RunAfterStatus[]> {
  const runAfter = new Map<string, readonly RunAfterStatus[]>();
  if (source === undefined || source === null) return runAfter;
  if (!isObjectValue(source)) {
    problems.invalid(pointer, `runAfter of '${name}' is ${describeValue(source)}; expected an object.`);
    return runAfter;
  }
  for (const [written, list] of source) {
    const at = pointer + jsonPointer([written]);
    const sibling = siblingName(siblings, written);
    if (sibling === undefined || sibling === name) {
      const reason = sibling === name ? 'is the action itself' : 'is no action beside it';
      problems.invalid(
        at,
        `'${name}' runs after '${written}', which ${reason}.${didYouMean(written, siblings.keys())}`,
      );
      continue;
    }
    runAfter.set(sibling, readStatuses(written, list, at, problems));
  }
  return runAfter;
}

function siblingName(siblings: ObjectValue, written: string): string | undefined {
  if (siblings.has(written)) return written;
  const lowered = written.toLowerCase();
  return [...siblings.keys()].find((name) => name.toLowerCase() === lowered);
}

function readStatuses(written: string, list: Value, pointer: string, problems: Problems): readonly RunAfterStatus[] {
  if (!isArrayValue(list) || list.length === 0) {
    problems.invalid(pointer, `The statuses of '${written}' are an array of at least one status.`);
    return [];
  }
  return list.flatMap((status, index) => {
    const key = typeof status === 'string' ? status.toLowerCase() : '';
    if (!statuses.has(key)) {
      const found = typeof status === 'string' ? `'${status}'` : describeValue(status);
      problems.invalid(
        `${pointer}/${index}`,
        `${found} is no status; expected Succeeded, Failed, Skipped, TimedOut, Cancelled or Aborted.`,
      );
    }
    return statuses.get(key) ?? [];
  });
}
